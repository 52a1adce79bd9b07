"""Closing an organisation: gone from the list at once, for good, and nothing signed is lost."""

import pytest
from flask import Flask

from registry.assessments.models import Submission
from registry.assessments.services.begin import why_not_begin
from registry.cards.models import Card
from registry.changes.queries import open_changes
from registry.clock import today
from registry.database import db
from registry.errors import NotAllowedNow, NotYours
from registry.leaving import services
from registry.organisations.models import Organisation
from registry.organisations.services import change_details
from registry.people import services as people
from registry.people.queries import open_hand_over, open_invitations
from tests import factories as make
from tests.page import Visitor
from tests.rigs.letters import Outbox


def cards(organisation: Organisation) -> int:
    """How many of its activities the public can find."""
    return db.session.query(Card).filter_by(organisation_id=organisation.id).count()


def test_the_owner_closes_it_and_it_is_gone_at_once_and_everybody_is_told(
    app: Flask, client: Visitor, outbox: Outbox
) -> None:
    listed = make.an_approved()
    club, owner = listed.organisation, make.owner_of(listed)
    helper = make.a_member(club)
    db.session.commit()
    page = f"/organisations/{club.slug}"
    assert client.get(page).status == 200
    client.sign_in(owner.email)
    form = client.get(f"/club/{club.id}/close").form("Close it for good")
    assert form.submit("Close it for good").status == 422  # the box is not ticked
    done = client.page.form("Close it for good").fill({"sure": True}).submit()
    assert "is closed" in done.text
    assert "put it on the register again" in done.main
    db.session.commit()
    assert listed.status == "closed"
    assert club.closed_at is not None
    assert cards(club) == 0
    assert client.get(page).status == 404
    for person in (owner, helper):
        letter = outbox.latest(person.email)
        assert "is closed" in letter.subject
        assert "cannot be undone" in letter.text
    assert why_not_begin(club, today())
    assert db.session.query(Submission).filter_by(assessment_id=listed.id).count() == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "renewing"])
def test_an_open_self_check_ends_with_it(app: Flask, status: str) -> None:
    if status == "renewing":
        listed = make.an_approved(reviewed_on=make.date(2026, 1, 1))
        club = listed.organisation
    else:
        club = (make.a_draft() if status == "draft" else make.a_submitted()).organisation
    services.close_organisation(club, make.owner_of(club))
    found = assessments_of(club)
    assert set(found) == {"closed"}


def assessments_of(club: Organisation) -> list[str]:
    """The statuses of its self-checks."""
    from registry.assessments.standing import all_assessments

    return [str(one.status) for one in all_assessments(club.id)]


def test_what_waits_for_the_council_ends_with_it(app: Flask) -> None:
    listed = make.an_approved()
    club, owner = listed.organisation, make.owner_of(listed)
    change_details(club, owner, name="Another Name")
    assert [one.state for one in open_changes(club.id)] == ["waiting"]
    services.close_organisation(club, owner)
    assert open_changes(club.id) == []
    assert club.name != "Another Name"


def test_a_suspended_one_keeps_its_suspension(app: Flask) -> None:
    suspended = make.a_suspended()
    services.close_organisation(suspended.organisation, make.owner_of(suspended))
    assert suspended.status == "suspended"
    assert suspended.organisation.closed_at is not None
    assert cards(suspended.organisation) == 0


def test_nobody_comes_or_takes_over_afterwards(app: Flask, client: Visitor, outbox: Outbox) -> None:
    club = make.a_club()
    owner, helper = make.owner_of(club), make.a_member(club)
    people.invite_person(club, owner, email="dawn@example.org", role="owner")
    people.offer_place(club, owner, helper.id)
    db.session.commit()
    link = outbox.latest("dawn@example.org").link("/invitation/")
    services.close_organisation(club, owner)
    db.session.commit()
    assert open_invitations(club.id) == []
    assert open_hand_over(club.id) is None
    assert client.get(link).status == 404
    with pytest.raises(NotAllowedNow):
        people.invite_person(club, owner, email="sam@example.org", role="member")


def test_only_an_owner_closes_it_and_only_once(app: Flask) -> None:
    club = make.a_club()
    helper = make.a_member(club)
    db.session.commit()
    with pytest.raises(NotYours):
        services.close_organisation(club, helper)
    db.session.rollback()
    services.close_organisation(club, make.owner_of(club))
    with pytest.raises(NotAllowedNow):
        services.close_organisation(club, make.owner_of(club))


def test_the_last_owner_may_leave_what_is_closed(app: Flask) -> None:
    club = make.a_club()
    owner = make.owner_of(club)
    services.close_organisation(club, owner)
    people.leave(club, owner)
    assert owner.id not in club.member_ids


def test_a_closed_club_gets_no_reminder(app: Flask, outbox: Outbox) -> None:
    from registry.jobs.nightly import run_night

    listed = make.an_approved()
    services.close_organisation(listed.organisation, make.owner_of(listed))
    db.session.commit()
    before = len(outbox.letters)
    assert not run_night().failed
    assert len(outbox.letters) == before
