"""Inviting somebody: to one address, once, for 14 days, and nobody learns who has an account."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.accounts.models import Account
from registry.database import db
from registry.errors import BadInput
from registry.organisations.models import Organisation
from registry.people import services
from registry.people.models import Invitation
from tests import factories as make
from tests.page import PASSWORD, Page, Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock

NEW = "dawn@example.org"
Roles = Callable[[Organisation], dict[str, str]]


def invited(club: Organisation, email: str = NEW, role: str = "member") -> Invitation:
    """Somebody who has a link in their mailbox."""
    found = services.invite_person(club, make.owner_of(club), email=email, role=role)
    db.session.commit()
    return found


def link_to(outbox: Outbox, email: str = NEW) -> str:
    """The address in the newest invitation."""
    return outbox.latest(email).link("/invitation/")


def join(page: Page) -> Page:
    """Choose a password, and join."""
    return (
        page.form("Make my account and join")
        .fill({"Your name": "Dawn White", "Password": PASSWORD})
        .submit("Make my account and join")
    )


def test_a_new_person_chooses_a_password_and_joins(
    club: Organisation, client: Visitor, outbox: Outbox, roles: Roles
) -> None:
    owner = make.owner_of(club)
    client.sign_in(owner.email)
    form = client.get(f"/club/{club.id}/people").follow("Invite somebody").form()
    page = form.fill({"email": "Dawn@Example.org", "role": "member"}).submit()
    assert "We have written to dawn@example.org" in page.text
    assert NEW in page.main
    client.sign_out()
    letter = outbox.latest(NEW)
    assert owner.name in letter.subject
    page = client.get(link_to(outbox))
    assert page.h1 == f"Join {club.name}"
    assert owner.name in page.main
    page = join(page)
    assert "You have joined" in page.text
    assert page.h1 == "Sign in"
    page = page.form("/sign-in").fill({"email": NEW, "password": PASSWORD}).submit()
    assert page.path == f"/club/{club.id}"
    assert roles(club)[NEW] == "member"


def test_somebody_with_an_account_signs_in_and_joins(
    club: Organisation, client: Visitor, outbox: Outbox, roles: Roles
) -> None:
    known = make.a_person("Dawn White", email=NEW)
    invited(club, role="owner")
    page = client.get(link_to(outbox))
    assert "Sign in" in page.links
    form = page.follow("Sign in").form("/sign-in")
    page = form.fill({"email": NEW, "password": PASSWORD}).submit()
    assert page.press("Join").path == f"/club/{club.id}"
    assert roles(club)[known.email] == "owner"


def test_somebody_signed_in_with_another_address_is_told_so_and_cannot_join(
    club: Organisation, client: Visitor, outbox: Outbox, roles: Roles
) -> None:
    other = make.a_person("Somebody Else")
    invited(club)
    client.sign_in(other.email)
    page = client.get(link_to(outbox))
    assert f"This invitation is for {NEW}. You are signed in as {other.email}." in page.main
    assert "Join" not in page.buttons
    assert client.post(page.path).status == 403
    assert other.email not in roles(club)


def test_a_link_works_once(club: Organisation, client: Visitor, outbox: Outbox) -> None:
    invited(club)
    link = link_to(outbox)
    join(client.get(link))
    assert client.get(link).status == 404
    assert client.post(link, {"name": "X", "password": PASSWORD}).status == 404


def test_a_link_ends_after_14_days(
    club: Organisation, client: Visitor, outbox: Outbox, clock: Clock
) -> None:
    invited(club)
    link = link_to(outbox)
    clock.move(days=13, hours=23)
    assert client.get(link).status == 200
    clock.move(hours=2)
    assert client.get(link).status == 404


def test_another_link_ends_the_one_before_it_and_withdrawing_ends_both(
    club: Organisation, client: Visitor, outbox: Outbox
) -> None:
    invited(club)
    first = link_to(outbox)
    client.sign_in(make.owner_of(club).email)
    client.get(f"/club/{club.id}/people").press(f"Send it again to {NEW}")
    second = link_to(outbox)
    assert second != first
    page = client.get(f"/club/{club.id}/people").press(f"Withdraw it for {NEW}")
    assert "works no more" in page.text
    client.sign_out()
    assert client.get(first).status == 404
    assert client.get(second).status == 404


def test_the_database_keeps_the_digest_alone(club: Organisation, outbox: Outbox) -> None:
    kept = invited(club)
    word = link_to(outbox).rpartition("/")[2]
    assert kept.digest != word
    assert len(kept.digest) == 64


def test_an_owner_sees_the_same_whether_the_address_has_an_account(
    club: Organisation, client: Visitor
) -> None:
    make.a_person("Known", email="known@example.org")
    db.session.commit()
    client.sign_in(make.owner_of(club).email)
    answers = []
    for email in ("known@example.org", "other@example.org"):
        form = client.get(f"/club/{club.id}/people/invite").form()
        page = form.fill({"email": email, "role": "member"}).submit()
        answers.append((page.status, page.path, page.text.split("We have written")[1][:70]))
        client.get(f"/club/{club.id}/people").press(f"Withdraw it for {email}")
    assert answers[0][:2] == answers[1][:2]
    assert answers[0][2].replace("known", "other") == answers[1][2]


def test_one_of_the_people_is_not_invited_again(club: Organisation) -> None:
    helper = make.a_member(club)
    with pytest.raises(BadInput, match="one of your people already"):
        services.invite_person(club, make.owner_of(club), email=helper.email.upper(), role="member")


def test_nobody_can_fill_a_mailbox_with_invitations(club: Organisation, outbox: Outbox) -> None:
    owner = make.owner_of(club)
    for _ in range(5):
        services.invite_person(club, owner, email=NEW, role="member")
    with pytest.raises(BadInput, match="Try again tomorrow"):
        services.invite_person(club, owner, email=NEW, role="member")
    db.session.rollback()
    assert len(outbox.to(NEW)) <= 5


def test_an_account_that_nobody_confirmed_is_its_mailboxs_reader(
    club: Organisation, app: Flask, client: Visitor, outbox: Outbox
) -> None:
    """Somebody else asked for it with a password of their own: that password goes."""
    from registry.accounts import services as accounts

    accounts.register("An Impostor", NEW, "their own long words", "192.0.2.1")
    db.session.commit()
    invited(club)
    join(client.get(link_to(outbox)))
    account = db.session.scalars(select(Account).where(Account.email == NEW)).one()
    assert account.name == "Dawn White"
    assert client.sign_in(NEW, "their own long words").status == 422
    assert client.sign_in(NEW).path != "/sign-in"


def test_a_weak_password_is_refused_and_the_link_still_works(
    club: Organisation, client: Visitor, outbox: Outbox
) -> None:
    invited(club)
    form = client.get(link_to(outbox)).form("Make my account and join")
    page = form.fill({"Your name": "Dawn White", "Password": "short"}).submit()
    assert page.status == 422
    assert page.form("name").values
    assert "You have joined" in join(page).text


def test_the_address_of_somebody_who_never_came_is_forgotten(
    club: Organisation, clock: Clock
) -> None:
    invited(club)
    clock.move(days=43)
    services.forget_old_invitations()
    assert db.session.query(Invitation).count() == 1
    clock.move(days=2)
    services.forget_old_invitations()
    assert db.session.query(Invitation).count() == 0
