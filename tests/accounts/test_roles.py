"""Roles are given and taken by commands, and each is an entry in the history."""

import pytest
from sqlalchemy import select

from registry.accounts.demonstration_people import DEMONSTRATION_PEOPLE
from registry.accounts.models import STAFF_ROLES
from registry.accounts.services import give_role, invite, make_account, take_role
from registry.audit.chain import first_break
from registry.audit.models import Entry
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from tests.page import PASSWORD


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_role_is_given_and_taken_and_written_down(marcia, role):
    give_role(marcia, role)
    assert marcia.roles == {role}
    take_role(marcia, role)
    assert marcia.roles == frozenset()
    said = db.session.execute(select(Entry.action, Entry.details).order_by(Entry.number)).all()
    assert [tuple(row) for row in said] == [
        ("role_given", {"role": role}),
        ("role_taken", {"role": role}),
    ]
    assert first_break() is None


def test_there_are_no_other_roles(marcia):
    with pytest.raises(BadInput):
        give_role(marcia, "owner")


def test_an_address_has_one_account(marcia):
    with pytest.raises(NotAllowedNow):
        make_account("Marcia@example.org", "Another", PASSWORD)


def test_inviting_somebody_who_is_there_gives_the_role_and_leaves_the_password(client, marcia):
    invite(marcia.email, "Marcia Bent", "senior")
    assert marcia.roles == {"senior"}
    client.sign_in(marcia.email)
    assert client.get("/account").h1 == "Your account"


def test_the_demonstrations_people_have_roles_that_exist():
    for person in DEMONSTRATION_PEOPLE:
        assert set(person.roles) <= set(STAFF_ROLES)
