"""Forgetting a password, and choosing another."""

from urllib.parse import urlsplit

import pytest

from registry.accounts.services import invite, make_account
from registry.database import db
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD

NEW = "four green river stones"


def path_of(link):
    return urlsplit(link).path


def forget(visitor, email=MARCIA):
    return visitor.get("/forgotten-password").form().fill({"Email address": email}).submit()


def choose(visitor, link, password=NEW):
    page = visitor.get(link).form(link).fill({"New password": password})
    return page.submit("Save my new password")


@pytest.fixture
def link(client, marcia, outbox):
    """The address in the message that somebody gets who forgot."""
    forget(client)
    return path_of(outbox.latest(MARCIA).link("/reset-password/"))


def test_a_person_chooses_a_new_password_by_the_link(client, link):
    page = choose(client, link)
    assert page.h1 == "Sign in"
    assert "You have a new password" in page.main
    assert client.sign_in(MARCIA, PASSWORD).status == 422
    client.sign_in(MARCIA, NEW)
    assert client.get("/account").h1 == "Your account"


def test_choosing_signs_nobody_in(client, link):
    choose(client, link)
    assert client.get("/account").h1 == "Sign in"


def test_opening_the_link_uses_nothing(client, link):
    for _ in range(3):
        assert client.get(link).h1 == "Choose a new password"
    assert choose(client, link).h1 == "Sign in"


def test_the_link_works_once(client, link):
    choose(client, link)
    assert client.get(link).status == 404
    assert client.post(link, {"password": "yet another long one"}).status == 404
    client.sign_in(MARCIA, NEW)
    assert client.get("/account").h1 == "Your account"


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 404)])
def test_the_link_works_for_an_hour(client, clock, marcia, outbox, minutes, status):
    clock.freeze("2026-11-22 16:30")
    forget(client)
    link = path_of(outbox.latest(MARCIA).link("/reset-password/"))
    clock.move(minutes=minutes)
    assert client.get(link).status == status
    assert client.post(link, {"password": NEW}).status == status


def test_the_link_is_dead_when_its_person_signs_in(client, link):
    client.sign_in(MARCIA)
    assert client.get(link).status == 404


def test_the_link_is_dead_when_the_password_changes(client, new_visitor, marcia, outbox):
    client.sign_in(MARCIA)
    forget(new_visitor())
    link = path_of(outbox.latest(MARCIA).link("/reset-password/"))
    form = client.get("/account/password").form("/account/password")
    form.fill(current_password=PASSWORD, password=NEW).submit()
    assert new_visitor().get(link).status == 404


def test_one_of_two_links_kills_the_other(client, marcia, outbox):
    forget(client)
    first = path_of(outbox.latest(MARCIA).link("/reset-password/"))
    forget(client)
    second = path_of(outbox.latest(MARCIA).link("/reset-password/"))
    choose(client, first)
    assert client.get(second).status == 404


def test_a_link_to_confirm_an_address_chooses_no_password(client, register, outbox):
    register()
    link = path_of(outbox.latest(MARCIA).link("/confirm/"))
    other = link.replace("/confirm/", "/reset-password/")
    assert client.get(other).status == 404
    assert client.post(other, {"password": NEW}).status == 404


def test_a_link_of_an_account_that_was_disabled_is_dead(client, marcia, link):
    marcia.disabled = True
    assert client.get(link).status == 404


def test_an_unknown_address_gets_the_same_page_and_no_message(client, marcia, outbox):
    known, unknown = forget(client), forget(client, "nobody@example.org")
    assert (known.status, known.main) == (unknown.status, unknown.main)
    assert known.path == unknown.path
    assert outbox.to("nobody@example.org") == []


def test_a_disabled_account_gets_no_message(client, marcia, outbox):
    marcia.disabled = True
    assert forget(client).h1 == "Check your email"
    assert outbox.letters == []


def test_five_messages_a_day(client, clock, marcia, outbox):
    pages = {forget(client).main for _ in range(7)}
    assert len(pages) == 1
    assert len(outbox.to(MARCIA)) == 5
    clock.move(hours=23)
    forget(client)
    assert len(outbox.to(MARCIA)) == 5
    clock.move(hours=1.1)
    forget(client)
    assert len(outbox.to(MARCIA)) == 6


def test_other_people_still_get_theirs(client, marcia, outbox):
    make_account("other@example.org", "Other", PASSWORD)
    for _ in range(6):
        forget(client)
    forget(client, "other@example.org")
    assert len(outbox.to("other@example.org")) == 1


def test_a_new_password_ends_every_web_session_and_tells_the_owner(
    client, new_visitor, marcia, outbox
):
    stranger = new_visitor()
    stranger.sign_in(MARCIA)
    forget(client)
    choose(client, path_of(outbox.latest(MARCIA).link("/reset-password/")))
    assert stranger.get("/account").h1 == "Sign in"
    letter = outbox.latest(MARCIA)
    assert letter.subject == "Safe and Sound: your password was changed"
    assert NEW not in letter.text


def test_a_password_that_cannot_be_chosen_leaves_the_link_alive(client, link):
    page = choose(client, link, "too short")
    assert page.status == 422
    assert page.errors == [
        "The password must be 12 characters or more. Three or four words work well"
    ]
    assert "too short" not in page.html
    assert choose(client, link).h1 == "Sign in"


def test_somebody_who_never_confirmed_can_choose_a_password_instead(client, register, outbox):
    """The link shows that they read the mailbox, and a stranger's password is gone."""
    register(MARCIA, "a stranger chose this one")
    confirm = path_of(outbox.latest(MARCIA).link("/confirm/"))
    forget(client)
    choose(client, path_of(outbox.latest(MARCIA).link("/reset-password/")))
    assert client.get(confirm).status == 404
    assert client.sign_in(MARCIA, "a stranger chose this one").status == 422
    client.sign_in(MARCIA, NEW)
    assert client.get("/account").h1 == "Your account"


def test_an_invited_person_chooses_their_own_password(client, app):
    link = path_of(invite("jo@example.org", "Jo Bennett", "reviewer"))
    db.session.commit()
    assert client.sign_in("jo@example.org", "none").status == 422
    choose(client, link)
    client.sign_in("jo@example.org", NEW)
    assert client.get("/account").facts["Name"] == "Jo Bennett"
    assert client.get(link).status == 404


def test_choosing_ends_the_stay_of_whoever_sits_at_this_browser(client, new_visitor, link):
    make_account("other@example.org", "Other", PASSWORD)
    client.sign_in("other@example.org")
    page = choose(client, link)
    assert page.h1 == "Sign in"
    assert client.get("/account").h1 == "Sign in"


def test_asking_and_choosing_are_written_down(client, marcia, link, security_entries):
    forget(client, "nobody@example.org")
    choose(client, link)
    assert security_entries(marcia) == ["reset_asked", "password_reset"]
    assert security_entries() == ["reset_asked", "reset_asked", "password_reset"]
