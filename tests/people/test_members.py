"""Who belongs to a club, and that there is always an owner, whoever does what and at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.accounts.models import Account
from registry.accounts.services import give_role
from registry.assessments import letters
from registry.database import db
from registry.errors import DomainError, NotAllowedNow, NotFound, NotYours
from registry.organisations.models import Membership, Organisation
from registry.people import services
from registry.people.services.members import put_in
from registry.permissions import P, can
from tests import factories as make
from tests.page import Visitor
from tests.rigs.letters import Outbox

Roles = Callable[[Organisation], dict[str, str]]


def an_owner_more(organisation: Organisation) -> Account:
    """A second owner."""
    account = make.a_person("Ola Second")
    put_in(organisation, account, "owner", account)
    db.session.commit()
    return account


def test_an_owner_makes_a_helper_an_owner_and_back(
    club: Organisation, roles: Roles, outbox: Outbox
) -> None:
    owner, helper = make.owner_of(club), make.a_member(club)
    assert services.change_role(club, owner, helper.id, "owner")
    assert roles(club)[helper.email] == "owner"
    assert "you are an owner" in outbox.latest(helper.email).subject
    assert services.change_role(club, owner, helper.id, "member")
    assert roles(club)[helper.email] == "member"
    assert not services.change_role(club, owner, helper.id, "member")


def test_nobody_can_remove_or_demote_the_last_owner_and_the_last_owner_cannot_leave(
    club: Organisation, roles: Roles
) -> None:
    owner = make.owner_of(club)
    make.a_member(club)
    db.session.commit()
    for act in (
        lambda: services.remove_member(club, owner, owner.id),
        lambda: services.change_role(club, owner, owner.id, "member"),
        lambda: services.leave(club, owner),
    ):
        with pytest.raises(NotAllowedNow, match="needs an owner"):
            act()
        db.session.rollback()
    assert roles(club)[owner.email] == "owner"


def test_a_helper_manages_nobody(club: Organisation) -> None:
    owner, helper = make.owner_of(club), make.a_member(club)
    db.session.commit()
    for act in (
        lambda: services.remove_member(club, helper, owner.id),
        lambda: services.change_role(club, helper, helper.id, "owner"),
        lambda: services.invite_person(club, helper, email="a@example.org", role="owner"),
        lambda: services.offer_place(club, helper, owner.id),
    ):
        with pytest.raises(NotYours):
            act()
        db.session.rollback()


def test_who_is_removed_is_told_and_sees_the_club_no_more(
    club: Organisation, outbox: Outbox, new_visitor: Callable[[], Visitor]
) -> None:
    helper = make.a_member(club)
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(helper.email)
    assert visitor.get(f"/club/{club.id}").status == 200
    services.remove_member(club, make.owner_of(club), helper.id)
    assert "not with" in outbox.latest(helper.email).subject
    assert visitor.get(f"/club/{club.id}").status == 404


def test_reminders_go_only_to_owners_who_are_there(app: Flask, outbox: Outbox) -> None:
    assessment = make.an_approved()
    club, first = assessment.organisation, make.owner_of(assessment)
    second = an_owner_more(club)
    services.leave(club, first)
    db.session.commit()
    assert letters._recipients("club/reminder", assessment) == [(second.name, second.email)]


def test_a_reviewer_who_leaves_a_club_still_may_not_read_its_case(app: Flask) -> None:
    assessment = make.a_submitted()
    linked = make.a_member(assessment.organisation)
    give_role(linked, "reviewer")
    services.leave(assessment.organisation, linked)
    db.session.commit()
    assert linked.id not in assessment.member_ids
    assert not can(linked, P.READ_CASE, assessment)


def test_invitations_of_somebody_who_was_removed_work_no_more(club: Organisation) -> None:
    owner, second = make.owner_of(club), an_owner_more(club)
    invitation = services.invite_person(club, second, email="own@example.org", role="owner")
    services.remove_member(club, owner, second.id)
    db.session.commit()
    assert invitation.withdrawn_at is not None


ACTS = ("leave", "remove", "demote", "promote", "offer", "accept", "decline", "take_back")


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 3)),
        min_size=4,
        max_size=14,
    )
)
def test_whatever_its_people_do_a_club_has_an_owner(
    app: Flask, deeds: list[tuple[str, int, int]]
) -> None:
    club = make.a_club()
    people = [make.owner_of(club), an_owner_more(club), make.a_member(club), make.a_member(club)]
    db.session.commit()
    for deed, who, whom in deeds:
        actor, other = people[who], people[whom]
        try:
            _do(deed, club, actor, other)
            db.session.commit()
        except DomainError:
            db.session.rollback()
        assert club.owner_ids, f"{deed} left nobody"


def _do(deed: str, club: Organisation, actor: Account, other: Account) -> None:
    acts: dict[str, Callable[[], Any]] = {
        "leave": lambda: services.leave(club, actor),
        "remove": lambda: services.remove_member(club, actor, other.id),
        "demote": lambda: services.change_role(club, actor, other.id, "member"),
        "promote": lambda: services.change_role(club, actor, other.id, "owner"),
        "offer": lambda: services.offer_place(club, actor, other.id),
        "accept": lambda: services.accept_place(club, actor),
        "decline": lambda: services.decline_place(club, actor),
        "take_back": lambda: services.take_back_offer(club, actor),
    }
    acts[deed]()


@pytest.mark.parametrize("deed", ["remove", "leave", "demote"])
def test_two_owners_who_act_against_each_other_at_once_leave_one(
    app: Flask, club: Organisation, roles: Roles, deed: str
) -> None:
    ids = [make.owner_of(club).id, an_owner_more(club).id]
    db.session.commit()
    together, outcomes = threading.Barrier(2), []

    def act(actor_id: int, other_id: int) -> None:
        with app.app_context():
            organisation = db.session.get_one(Organisation, club_id)
            actor = db.session.get_one(Account, actor_id)
            other = db.session.get_one(Account, other_id)
            assert len(organisation.members) == 2  # both have read it before either acts
            db.session.rollback()
            together.wait(20)
            try:
                _do(deed, organisation, actor, other)
                db.session.commit()
                outcomes.append("done")
            except (NotYours, NotAllowedNow, NotFound) as problem:
                db.session.rollback()
                outcomes.append(type(problem).__name__)
            finally:
                db.session.remove()

    club_id = club.id
    db.session.commit()
    db.session.remove()
    threads = [
        threading.Thread(target=act, args=pair) for pair in ((ids[0], ids[1]), (ids[1], ids[0]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    assert outcomes.count("done") == 1, outcomes
    left = db.session.get_one(Organisation, club_id)
    assert list(roles(left).values()).count("owner") == 1


def test_the_page_says_who_is_here_and_offers_a_helper_nothing_of_an_owner(
    club: Organisation, new_visitor: Callable[[], Visitor]
) -> None:
    owner, helper = make.owner_of(club), make.a_member(club)
    db.session.commit()
    theirs, ours = new_visitor(), new_visitor()
    ours.sign_in(owner.email)
    page = ours.get(f"/club/{club.id}/people")
    assert helper.email in page.main
    assert "Invite somebody" in page.links
    theirs.sign_in(helper.email)
    page = theirs.get(f"/club/{club.id}/people")
    assert owner.name in page.main
    assert owner.email not in page.main
    assert "Invite somebody" not in page.links
    assert "Our owner has gone" in page.links


def test_the_last_owner_reads_what_to_do_before_leaving(
    club: Organisation, new_visitor: Callable[[], Visitor]
) -> None:
    visitor = new_visitor()
    visitor.sign_in(make.owner_of(club).email)
    page = visitor.get(f"/club/{club.id}/people/leave")
    assert page.h1 == "You are the only owner"
    assert "Leave" not in page.buttons
    assert visitor.post(f"/club/{club.id}/people/leave").status == 409


def test_somebody_with_several_clubs_chooses_and_sees_all_of_them(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    person = make.a_person("Two Clubs")
    make.a_club(make.DANCE, person)
    other = make.a_club(make.CHESS)
    put_in(other, person, "member", person)
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(person.email)
    page = visitor.get("/club")
    assert make.DANCE.name in page.links
    assert make.CHESS.name in page.links
    assert "You are an owner" in page.main
    assert "You are a helper" in page.main
    assert db.session.query(Membership).filter_by(account_id=person.id).count() == 2
