"""Deleting an account: name and address are gone, what was signed stays, nobody is locked out."""

from typing import Any

from flask import Flask

from registry.accounts.models import Account
from registry.accounts.queries import account_by_email
from registry.audit.chain import first_break
from registry.audit.models import Entry
from registry.database import db
from registry.jobs.nightly import run_night
from registry.messages.models import Message
from registry.organisations.models import Membership
from registry.people import services as people
from registry.people.models import Invitation
from tests import factories as make
from tests.page import PASSWORD, Page, Visitor
from tests.rigs.letters import Outbox


def delete(client: Visitor, password: str = PASSWORD, **filled: Any) -> Page:
    """Fill in the page, and press."""
    form = client.get("/account/delete").form("Delete my account")
    return form.fill({"sure": True, "current_password": password, **filled}).submit()


def test_name_and_address_go_and_the_history_keeps_the_number(
    app: Flask, client: Visitor, outbox: Outbox
) -> None:
    draft = make.a_draft()
    club, owner = draft.organisation, make.owner_of(draft)
    people.invite_person(club, owner, email="dawn@example.org", role="owner")
    people.accept_with_new_account(
        outbox.latest("dawn@example.org").link("/invitation/")[-64:],
        name="Dawn Whitehouse",
        password=PASSWORD,
    )
    db.session.commit()
    dawn = account_by_email("dawn@example.org")
    assert dawn is not None
    people.change_role(club, dawn, owner.id, "member")
    people.change_role(club, dawn, owner.id, "owner")
    db.session.commit()
    client.sign_in("dawn@example.org")
    page = delete(client)
    assert "Your account is deleted" in page.text
    db.session.commit()
    kept = db.session.get_one(Account, dawn.id)
    assert (kept.name, kept.disabled) == ("A former member", True)
    assert kept.erased_at is not None
    assert account_by_email("dawn@example.org") is None
    assert db.session.query(Membership).filter_by(account_id=dawn.id).count() == 0
    assert db.session.query(Entry).filter_by(actor_id=dawn.id).count() >= 3
    assert first_break() is None
    assert client.get("/account").path.startswith("/sign-in")
    assert client.sign_in("dawn@example.org").status == 422
    assert "deleted" in outbox.latest("dawn@example.org").subject
    run_night()
    for model in (Account, Message, Invitation, Membership):
        assert "dawn" not in _everything(model), model.__name__


def _everything(model: Any) -> str:
    rows = db.session.execute(db.select(model.__table__)).all()
    db.session.rollback()
    return repr([tuple(row) for row in rows]).lower()


def test_the_last_owner_of_anything_cannot_and_reads_what_to_do(
    app: Flask, client: Visitor
) -> None:
    club = make.a_club()
    owner = make.owner_of(club)
    db.session.commit()
    client.sign_in(owner.email)
    page = client.get("/account/delete")
    assert f"The people of {club.name}" in page.links
    assert "Delete my account" not in page.buttons
    page = client.post("/account/delete", {"sure": "yes", "current_password": PASSWORD})
    assert page.status == 409
    db.session.commit()
    assert owner.erased_at is None
    assert club.owner_ids == {owner.id}


def test_an_owner_of_what_is_closed_or_has_another_owner_can(app: Flask, client: Visitor) -> None:
    from registry.leaving.services import close_organisation

    owner = make.a_person()
    closed, shared = make.a_club(make.DANCE, owner), make.a_club(make.CHESS, owner)
    second = make.a_member(shared)
    people.change_role(shared, owner, second.id, "owner")
    close_organisation(closed, owner)
    db.session.commit()
    client.sign_in(owner.email)
    assert "Your account is deleted" in delete(client).text
    db.session.commit()
    assert shared.owner_ids == {second.id}


def test_a_wrong_password_or_an_empty_box_deletes_nothing(app: Flask, client: Visitor) -> None:
    person = make.a_person()
    db.session.commit()
    client.sign_in(person.email)
    assert delete(client, "not my password").status == 422
    assert delete(client, sure=False).status == 422
    db.session.commit()
    assert person.erased_at is None


def test_people_of_the_council_are_not_erased_by_a_page(app: Flask, client: Visitor) -> None:
    reviewer = make.a_reviewer()
    db.session.commit()
    client.sign_in(reviewer.email)
    assert "Ask an administrator" in client.get("/account/delete").main
    page = client.post("/account/delete", {"sure": "yes", "current_password": PASSWORD})
    assert page.status == 409
    db.session.commit()
    assert reviewer.erased_at is None


def test_the_same_address_can_register_again_afterwards(
    app: Flask, client: Visitor, outbox: Outbox
) -> None:
    from registry.accounts import services as accounts

    person = make.a_person("Marcia Bent", email="marcia@example.org")
    db.session.commit()
    client.sign_in(person.email)
    delete(client)
    accounts.register("Marcia Bent", "marcia@example.org", PASSWORD, "192.0.2.9")
    db.session.commit()
    again = account_by_email("marcia@example.org")
    assert again is not None
    assert again.id != person.id
