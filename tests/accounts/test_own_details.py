"""What people change about their own account: name, address, and where they are signed in."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.database import db
from tests import factories as make
from tests.page import PASSWORD, Page, Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock

NEW = "marcia.bent@example.org"


def ask_for(client: Visitor, email: str = NEW, password: str = PASSWORD) -> Page:
    """Fill in the form for another address."""
    form = client.get("/account").follow("Change your email address").form()
    return form.fill({"email": email, "current_password": password}).submit()


def test_a_name_is_changed(marcia: Account, client: Visitor) -> None:
    client.sign_in(marcia.email)
    form = client.get("/account").follow("Change your name").form()
    assert form.fill({"name": ""}).submit().status == 422
    page = form.fill({"name": "Marcia Bent-Smith"}).submit()
    assert page.facts["Name"] == "Marcia Bent-Smith"


def test_a_new_address_is_confirmed_there_and_told_to_the_old(
    marcia: Account, client: Visitor, outbox: Outbox, security_entries: Callable[..., list[str]]
) -> None:
    old = marcia.email
    client.sign_in(old)
    assert f"We have written to {NEW}" in ask_for(client).text
    db.session.commit()
    assert marcia.email == old  # asked for is not changed
    link = outbox.latest(NEW).link("/account/email/")
    page = client.get(link)
    db.session.commit()
    assert marcia.email == old  # looked at is not changed
    page = page.press("Use this address")
    assert page.h1 == "Sign in"
    db.session.commit()
    assert marcia.email == NEW
    assert "new email address" in outbox.latest(old).subject
    assert client.get("/account").path.startswith("/sign-in")
    assert client.sign_in(old).status == 422
    assert client.sign_in(NEW).path != "/sign-in"
    assert client.get(link).status == 404
    assert "email_changed" in security_entries(marcia)


def test_a_wrong_password_or_the_same_address_sends_nothing(
    marcia: Account, client: Visitor, outbox: Outbox
) -> None:
    client.sign_in(marcia.email)
    assert ask_for(client, password="not this one").status == 422
    assert ask_for(client, email=marcia.email.upper()).status == 422
    assert outbox.waiting == []


def test_nobody_learns_that_an_address_has_an_account(
    marcia: Account, client: Visitor, outbox: Outbox
) -> None:
    make.a_person("Somebody", email="taken@example.org")
    db.session.commit()
    client.sign_in(marcia.email)
    free, taken = ask_for(client, "free@example.org"), ask_for(client, "taken@example.org")
    assert free.status == taken.status == 200
    assert free.text.replace("free@", "taken@") == taken.text
    assert outbox.to("taken@example.org") == []


def test_an_address_that_somebody_took_meanwhile_is_not_given_twice(
    marcia: Account, client: Visitor, outbox: Outbox
) -> None:
    client.sign_in(marcia.email)
    ask_for(client)
    link = outbox.latest(NEW).link("/account/email/")
    make.a_person("Quicker", email=NEW)
    db.session.commit()
    assert client.get(link).press("Use this address").status == 404


def test_a_link_ends_after_24_hours_and_with_the_password(
    marcia: Account, client: Visitor, outbox: Outbox, clock: Clock
) -> None:
    from registry.accounts import services

    client.sign_in(marcia.email)
    ask_for(client)
    first = outbox.latest(NEW).link("/account/email/")
    services.change_password(marcia, PASSWORD, "four old canal boats", "192.0.2.1")
    db.session.commit()
    assert client.get(first).status == 404
    client.sign_in(marcia.email, "four old canal boats")
    ask_for(client, password="four old canal boats")
    second = outbox.latest(NEW).link("/account/email/")
    clock.move(hours=25)
    assert client.get(second).status == 404


def test_a_reviewers_address_stays_because_it_says_what_they_may_not_read(
    app: Flask, client: Visitor, outbox: Outbox
) -> None:
    reviewer = make.a_reviewer()
    db.session.commit()
    client.sign_in(reviewer.email)
    assert "Change your email address" not in client.get("/account").links
    page = client.get("/account/email").form().fill({"email": NEW, "current_password": PASSWORD})
    assert page.submit().status == 422
    assert outbox.waiting == []


def test_other_browsers_are_listed_and_can_be_signed_out(
    marcia: Account, new_visitor: Callable[[], Visitor]
) -> None:
    here, phone, library = new_visitor(), new_visitor(), new_visitor()
    for visitor in (phone, library, here):
        visitor.sign_in(marcia.email)
    page = here.get("/account").follow("Look where you are signed in")
    assert page.main.count("Another browser") == 2
    assert page.main.count("This browser") == 1
    page = page.form("Sign out everywhere else").submit()
    assert page.main.count("Another browser") == 0
    for visitor in (phone, library):
        assert visitor.get("/account").path.startswith("/sign-in")
    assert here.get("/account").status == 200


def test_one_browser_is_signed_out_and_the_rest_stay(
    marcia: Account, new_visitor: Callable[[], Visitor]
) -> None:
    here, phone = new_visitor(), new_visitor()
    phone.sign_in(marcia.email)
    here.sign_in(marcia.email)
    form = here.get("/account/sessions").form("which")
    form.submit()
    assert phone.get("/account").path.startswith("/sign-in")
    assert here.get("/account").status == 200


@pytest.mark.parametrize("which", ["", "nonsense", "0" * 16])
def test_nobody_ends_the_stay_of_somebody_else(
    marcia: Account, which: str, new_visitor: Callable[[], Visitor]
) -> None:
    theirs, mine = new_visitor(), new_visitor()
    other = make.a_person()
    db.session.commit()
    theirs.sign_in(other.email)
    mine.sign_in(marcia.email)
    from registry.accounts.models import WebSession

    digest = db.session.query(WebSession).filter_by(account_id=other.id).one().digest
    mine.post("/account/sessions/end", {"which": which or digest[:16]})
    assert theirs.get("/account").status == 200
