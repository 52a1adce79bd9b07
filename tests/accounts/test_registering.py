"""Making an account: what is asked, what is confirmed, and what nobody is told."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from registry.accounts.models import Account, AccountToken
from registry.accounts.services import give_role, invite
from registry.accounts.tokens import (
    PURPOSES,
    account_of_token,
    link_from_seed,
    make_token,
    use_token,
)
from registry.database import db
from registry.messages.models import Message
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD


def path_of(link):
    return urlsplit(link).path


@pytest.fixture
def link(register, outbox):
    """The address in the message that a new person gets."""
    register()
    return path_of(outbox.latest(MARCIA).link("/confirm/"))


def test_a_person_registers_confirms_and_signs_in(client, register, outbox):
    page = register()
    assert page.h1 == "Check your email"
    assert MARCIA in page.main

    page = client.get(path_of(outbox.latest(MARCIA).link("/confirm/")))
    assert page.h1 == "Confirm your email address"
    assert page.form().fields == {}
    page = page.press("Confirm my email address")
    assert page.h1 == "Sign in"
    assert "Your email address is confirmed" in page.main

    client.sign_in(MARCIA)
    assert client.get("/account").facts["Email address"].startswith(MARCIA)


def test_opening_the_link_uses_nothing(client, link, account_at):
    for _ in range(3):
        assert client.get(link).status == 200
    assert account_at(MARCIA).email_confirmed_at is None


def test_the_link_works_once(client, link):
    client.get(link).press("Confirm my email address")
    for page in (client.get(link), client.post(link)):
        assert page.status == 404
        assert page.h1 == "This link does not work now"


@pytest.mark.parametrize(("hours", "status"), [(23.9, 200), (24.1, 404)])
def test_the_link_works_for_24_hours(client, clock, link, account_at, hours, status):
    clock.move(hours=hours)
    assert client.get(link).status == status
    page = client.post(link)
    assert page.status == (200 if status == 200 else 404)
    assert (account_at(MARCIA).email_confirmed_at is not None) is (status == 200)


@pytest.mark.parametrize("purpose", PURPOSES.values(), ids=PURPOSES)
def test_of_two_who_press_at_once_one_uses_the_link(marcia, purpose):
    """Both have seen that the link works; only the first to use it may go on."""
    word = link_from_seed(purpose.name, make_token(marcia, purpose)).rpartition("/")[2]
    assert account_of_token(word, purpose) is marcia
    assert use_token(word, purpose)
    assert not use_token(word, purpose)
    assert account_of_token(word, purpose) is None


def test_an_unknown_link_and_a_used_one_are_the_same_page(client, link):
    client.get(link).press("Confirm my email address")
    used, unknown = client.get(link), client.get("/confirm/not-a-link-at-all")
    assert (used.status, used.main) == (unknown.status, unknown.main)


def test_a_link_to_choose_a_password_confirms_nothing(client, register, outbox, account_at):
    register()
    client.get("/forgotten-password").form().fill({"Email address": MARCIA}).submit()
    reset = path_of(outbox.latest(MARCIA).link("/reset-password/"))
    for ask in (client.get, client.post):
        assert ask(reset.replace("/reset-password/", "/confirm/")).status == 404
    assert account_at(MARCIA).email_confirmed_at is None


def test_an_account_that_is_not_confirmed_cannot_act(client, register):
    register()
    page = client.sign_in(MARCIA)
    assert page.h1 == "Confirm your email address first"
    assert client.get("/account").h1 == "Sign in"


def test_whoever_has_the_right_password_may_ask_for_the_link_again(client, register, outbox):
    register()
    first = outbox.latest(MARCIA).link("/confirm/")
    page = client.sign_in(MARCIA).press("Send the message again")
    assert "We sent another message" in page.main
    second = outbox.latest(MARCIA).link("/confirm/")
    assert second != first
    client.get(path_of(second)).press("Confirm my email address")
    client.sign_in(MARCIA)
    assert client.get("/account").status == 200


def test_a_wrong_password_says_nothing_about_confirming(client, new_visitor, register):
    register()
    unconfirmed = client.sign_in(MARCIA, "not the password at all")
    unknown = new_visitor().sign_in("nobody@example.org", "not the password at all")
    assert unconfirmed.status == unknown.status == 422
    assert unconfirmed.errors == unknown.errors


def test_registering_a_taken_address_shows_the_same_page_and_tells_its_owner(
    marcia, register, outbox
):
    taken = register(MARCIA, "four green river stones")
    letter = outbox.latest(MARCIA)
    assert "already have" in letter.subject
    assert not [link for link in letter.links if "/confirm/" in link]
    new = register("new@example.org", "four green river stones")
    assert new.status == taken.status == 200
    assert taken.main.replace(MARCIA, "X") == new.main.replace("new@example.org", "X")


def test_registering_a_taken_address_changes_nothing(client, marcia, register):
    register(MARCIA, "four green river stones", name="Mallory")
    assert client.sign_in(MARCIA, "four green river stones").status == 422
    client.sign_in(MARCIA, PASSWORD)
    assert client.get("/account").facts["Name"] == "Marcia Bent"


def test_registering_in_other_letters_is_the_same_address(marcia, register, outbox):
    register("Marcia@Example.ORG")
    assert "already have" in outbox.latest(MARCIA).subject
    assert db.session.query(Account).count() == 1


def test_the_link_goes_with_what_was_typed_when_it_was_asked_for(client, register, outbox):
    """Somebody who registers another person's address first keeps no password of theirs."""
    register(MARCIA, "a stranger chose this one", name="Mallory")
    strangers = path_of(outbox.latest(MARCIA).link("/confirm/"))
    register(MARCIA, PASSWORD, name="Marcia Bent")
    own = path_of(outbox.latest(MARCIA).link("/confirm/"))
    assert client.get(strangers).status == 404
    client.get(own).press("Confirm my email address")
    assert client.sign_in(MARCIA, "a stranger chose this one").status == 422
    client.sign_in(MARCIA, PASSWORD)
    assert client.get("/account").facts["Name"] == "Marcia Bent"


def test_registering_the_address_of_an_invited_reviewer_gives_no_password(
    client, app, register, outbox
):
    invite("reviewer@example.org", "Jo Bennett", "reviewer")
    register("reviewer@example.org", PASSWORD, name="Mallory")
    assert "already have" in outbox.latest("reviewer@example.org").subject
    assert client.sign_in("reviewer@example.org", PASSWORD).status == 422


def test_a_role_takes_the_password_of_an_address_that_nobody_confirmed(
    client, register, outbox, account_at
):
    register()
    link = path_of(outbox.latest(MARCIA).link("/confirm/"))
    give_role(account_at(MARCIA), "reviewer")
    assert client.get(link).status == 404
    assert client.sign_in(MARCIA).status == 422


@pytest.mark.parametrize("taken", [True, False])
def test_five_messages_a_day_to_one_person(client, clock, register, outbox, marcia, taken):
    address = MARCIA if taken else "new@example.org"
    for _ in range(4):
        register(address)
    page = client.get("/register/check-your-email")
    for _ in range(3):
        page = page.press("Send the message again")
        assert page.h1 == "Check your email"
    assert len(outbox.to(address)) == 5
    clock.move(hours=24.1)
    register(address)
    assert len(outbox.to(address)) == 6


def test_thirty_messages_an_hour_from_one_address_of_the_net(client, clock, register):
    for number in range(30):
        assert register(f"person{number}@example.org").status == 200
    page = register("one-too-many@example.org")
    assert page.status == 429
    assert int(page.headers["Retry-After"]) <= 3600
    assert page.form("/register").fields["email"] == "one-too-many@example.org"
    assert client.get("/register/check-your-email").press("Send the message again").status == 429
    clock.move(hours=1.01)
    assert register("one-too-many@example.org").h1 == "Check your email"


def test_what_was_typed_is_there_again_but_never_the_password(client):
    form = client.get("/register").form("/register")
    page = form.fill(
        {"Your name": "Marcia Bent", "Email address": "marcia at home", "Password": "too short"}
    ).submit()
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.form("/register").fields == {
        "name": "Marcia Bent",
        "email": "marcia at home",
        "password": "",
    }
    assert "too short" not in page.html
    assert "marcia at home" in page.errors[0]


def test_each_missing_answer_is_said_and_linked(client):
    page = client.get("/register").form("/register").submit()
    assert page.errors == ["Enter your name", "Enter your email address", "Choose a password"]
    assert {"#name", "#email", "#password"} <= set(page.hrefs)


def test_the_form_sets_nothing_that_it_does_not_ask(client, register, account_at):
    client.get("/register")
    client.post(
        "/register",
        {
            "name": "Mallory",
            "email": "mallory@example.org",
            "password": PASSWORD,
            "roles": "senior",
            "email_confirmed_at": "2026-01-01",
            "id": "77",
        },
    )
    account = account_at("mallory@example.org")
    assert account.roles == frozenset()
    assert account.email_confirmed_at is None
    assert account.id != 77


@pytest.mark.parametrize("name", ["Marcia\r\nBcc: all@example.org", "Marcia\x00", "x" * 201])
def test_a_name_cannot_carry_what_a_message_would_suffer_from(client, outbox, name):
    client.get("/register")
    client.post("/register", {"name": name, "email": MARCIA, "password": PASSWORD})
    for letter in outbox.letters:
        assert "Bcc" not in letter.email
        assert letter.to == MARCIA


def test_the_address_in_a_message_is_the_installations_own(client, app, outbox):
    client.get("/register")
    data = {"name": "Marcia", "email": MARCIA, "password": PASSWORD}
    client.post("/register", data, headers={"X-Forwarded-Host": "evil.example"})
    public = app.extensions["settings"].public_url
    assert outbox.latest(MARCIA).link("/confirm/").startswith(f"{public}/confirm/")


def test_a_copy_of_the_database_holds_no_link(register, outbox, account_at):
    register()
    word = outbox.latest(MARCIA).link("/confirm/").rpartition("/")[2]
    assert len(word) * 4 >= 128
    kept = [token.digest for token in db.session.scalars(select(AccountToken))]
    said = [str(m.context) + m.dedupe_key for m in db.session.scalars(select(Message))]
    assert word not in "".join(kept + said + [account_at(MARCIA).password_hash])


def test_registering_is_written_down(client, link, security_entries, account_at):
    client.get(link).press("Confirm my email address")
    client.sign_in(MARCIA)
    said = security_entries(account_at(MARCIA))
    assert said == ["registration_asked", "email_confirmed", "signed_in"]
