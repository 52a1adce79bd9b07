"""The demonstration as it stands: made by the services, true in itself, and open to look at."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry import clock
from registry.accounts.demonstration_people import DEMONSTRATION_PEOPLE
from registry.accounts.models import Account
from registry.appeals.models import Appeal
from registry.assessments.lifecycle import STORED, Status
from registry.assessments.models import (
    Assessment,
    AssistedEntry,
    Decision,
    Evidence,
    Hold,
    Proposal,
    Submission,
)
from registry.assessments.progress import Progress
from registry.assessments.standing import listed_assessment
from registry.audit.chain import first_break
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.concerns.models import Concern
from registry.database import db
from registry.demonstration import building
from registry.demonstration.models import DemonstrationMark
from registry.files.kinds import examine
from registry.files.models import StoredFile
from registry.files.paper_text import text_in
from registry.files.services import open_file
from registry.matching.models import Match
from registry.merging.models import Merge
from registry.messages.models import Message
from registry.organisations.models import Activity, Organisation
from registry.reviews.models import SecondReading
from tests.page import Visitor

FALSE_ASSURANCE = re.compile(
    r"\b(safe|approved|recommended|certified|accredited|vetted|trusted)\b", re.IGNORECASE
)
pytestmark = pytest.mark.usefixtures("small")


def organisation(name: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def statuses_of(name: str) -> list[str]:
    """Of every attempt of a club, the first one first."""
    return list(
        db.session.scalars(
            select(Assessment.status)
            .where(Assessment.organisation_id == organisation(name).id)
            .order_by(Assessment.id)
        )
    )


def card(slug: str) -> dict[str, Any]:
    return db.session.scalars(select(Card.document).where(Card.slug == slug)).one()


def test_every_status_is_there():
    assert set(db.session.scalars(select(Assessment.status))) == set(STORED)


def test_nothing_is_public_that_is_not_listed_today():
    today = clock.today()
    cards = db.session.scalars(select(Card)).all()
    assert len(cards) > 5
    for one in cards:
        assert one.listed_until >= today
        assert listed_assessment(one.organisation_id, today) is not None
    listed = {one.organisation_id for one in cards}
    for assessment in db.session.scalars(select(Assessment)):
        if listed_assessment(assessment.organisation_id, today) is None:
            assert assessment.organisation_id not in listed


def test_the_history_fits_and_happened_in_its_order_before_now():
    assert first_break() is None
    instants = list(db.session.scalars(select(Entry.at).order_by(Entry.number)))
    assert all(before <= after for before, after in pairwise(instants))
    assert instants[-1] <= clock.now()
    assert clock.now() - instants[0] > timedelta(days=365)


def test_every_paper_opens_and_those_of_a_club_have_its_name():
    papers = db.session.scalars(select(StoredFile)).all()
    assert {paper.kind for paper in papers} >= {"docx"}
    for paper in papers:
        with open_file(paper) as stream:
            content = stream.read()
        assert examine(content, paper.name).kind == paper.kind
        club = db.session.get_one(Organisation, paper.organisation_id)
        words = " ".join(text_in(content, paper.kind).split())
        assert club.name in words or paper.kind == "pdf", (paper.name, club.name)


def test_every_file_that_an_answer_points_to_is_one_of_its_own():
    for submission in db.session.scalars(select(Submission)):
        shown = {one["id"] for one in submission.document["evidence"]}
        named = set(re.findall(r'"file": (\d+)', json.dumps(submission.document["answers"])))
        assert {int(number) for number in named} <= shown


def test_every_case_was_read_by_somebody_with_no_link_to_the_club():
    for decision in db.session.scalars(select(Decision)):
        assessment = db.session.get_one(Assessment, decision.assessment_id)
        assert decision.by_id not in assessment.linked_people


def test_a_case_that_needs_two_people_had_two():
    scouts = db.session.scalars(
        select(Assessment).where(
            Assessment.organisation_id == organisation("Nightjar Scout Group").id
        )
    ).one()
    by = {decision.action: decision.by_id for decision in scouts.decisions}
    assert set(by) == {"recommend", "approve"}
    assert by["recommend"] != by["approve"]


@pytest.mark.parametrize("person", DEMONSTRATION_PEOPLE, ids=lambda person: person.email)
def test_everybody_on_the_sign_in_page_can_sign_in(person: Any, sign_in: Callable[[str], Visitor]):
    visitor = sign_in(person.email)
    assert "This is a demonstration." in visitor.get("/account").text
    account = db.session.scalars(select(Account).where(Account.email == person.email)).one()
    assert account.roles == frozenset(person.roles)


def test_the_owner_has_a_listed_club_with_three_activities(sign_in: Callable[[str], Visitor]):
    assert statuses_of("Kingfisher Dance Project") == [Status.SUPERSEDED, Status.APPROVED]
    club = organisation("Kingfisher Dance Project")
    shown = db.session.scalar(select(func.count()).where(Card.organisation_id == club.id))
    assert shown == 3
    db.session.rollback()
    page = sign_in("club@example.org").get("/club")
    assert "You are on the list until" in page.text


def test_the_helper_belongs_to_the_same_club_and_does_not_own_it():
    club = organisation("Kingfisher Dance Project")
    roles = {member.account.email: member.role for member in club.members}
    assert roles == {"club@example.org": "owner", "helper@example.org": "member"}


def test_the_new_club_is_half_way():
    club = organisation("Meeple Corner")
    draft = db.session.scalars(
        select(Assessment).where(Assessment.organisation_id == club.id)
    ).one()
    progress = Progress(draft, clock.today())
    assert draft.status == Status.DRAFT
    assert 0.3 < progress.done / progress.total < 0.7


def test_the_reviewer_has_a_link_to_no_club_and_the_other_one_runs_one(
    sign_in: Callable[[str], Visitor],
):
    assert "Merridale Rooks" in sign_in("reviewer@example.org").get("/council").text
    assert "Merridale Rooks" not in sign_in("reviewer2@example.org").get("/council").text


def test_the_queue_begins_with_the_renewal_that_lapses_soon(sign_in: Callable[[str], Visitor]):
    page = sign_in("reviewer@example.org").get("/council")
    assert page.text.index("Pennside Young Voices") < page.text.index("Merridale Rooks")
    assert statuses_of("Pennside Young Voices") == [Status.APPROVED, Status.SUBMITTED]


def test_the_public_pages_are_full_and_carry_the_banner(small: Flask):
    visitor = Visitor(small)
    for path in ("/", "/activities", "/activities/street-dance-juniors"):
        assert "This is a demonstration." in visitor.get(path).text
    assert visitor.get("/activities/junior-ballroom").status == 404


def test_no_card_gives_false_assurance():
    for document in db.session.scalars(select(Card.document)):
        words = json.dumps({k: v for k, v in document.items() if k != "criteria"})
        assert not FALSE_ASSURANCE.findall(words), document["name"]


def test_letters_of_last_year_are_not_sent_today():
    waiting = db.session.scalars(select(Message).where(Message.sent_at.is_(None))).all()
    assert waiting
    assert all(clock.now() - one.queued_at < timedelta(days=15) for one in waiting)


def test_the_database_is_marked():
    marked = db.session.scalars(select(DemonstrationMark)).one()
    assert (marked.organisations, marked.seed) == (15, 1)


def test_old_words_in_a_plan_were_found_and_sent_back():
    beat_room = organisation("Beat Room")
    plan = db.session.scalars(
        select(StoredFile)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .where(StoredFile.organisation_id == beat_room.id, Evidence.question_key == "sg_policy")
    ).first()
    assert plan
    with open_file(plan) as stream:
        assert "WSCB" in text_in(stream.read(), plan.kind)


def test_the_council_has_something_of_everything_to_see_to():
    counted = {
        model: db.session.scalar(select(func.count()).select_from(model).where(*wanted))
        for model, wanted in {
            Appeal: (Appeal.state == "open",),
            Match: (Match.strength == "strong",),
            Merge: (Merge.state == "proposed",),
            Hold: (Hold.kind == "quiet", Hold.until.is_(None)),
            Proposal: (Proposal.signed_at.is_(None), Proposal.ended_at.is_(None)),
            AssistedEntry: (AssistedEntry.confirmed_at.is_(None),),
            Message: (Message.channel == "letter", Message.sent_at.is_(None)),
        }.items()
    }
    assert all(counted.values()), counted
    assert set(db.session.scalars(select(Concern.colour))) == {"green", "amber", "red"}


# Others that must not touch the small register.


def what_is_public() -> list[Any]:
    """Every card, but for the references and the keys of sessions, which are drawn anew."""
    rows = db.session.execute(select(Card.slug, Card.listed_until, Card.document))
    return sorted(
        (slug, last_day.isoformat(), json.dumps(_without_what_is_drawn(document), sort_keys=True))
        for slug, last_day, document in rows
    )


def _without_what_is_drawn(document: dict[str, Any]) -> dict[str, Any]:
    sessions = [{**one, "key": ""} for one in document["sessions"]]
    return {**document, "reference": "", "earlier_references": [], "sessions": sessions}


def test_the_same_seed_makes_the_same_register(app: Flask):
    made = []
    for _ in range(2):
        building.load(3, seed=5)
        made.append((what_is_public(), db.session.scalar(select(func.count(Entry.number)))))
        db.session.rollback()
    assert made[0] == made[1]
    assert made[0][0]


@pytest.mark.slow
def test_the_whole_register(app: Flask):
    building.load()
    db.session.commit()
    counted = {
        model: db.session.scalar(select(func.count()).select_from(model))
        for model in (Organisation, Activity, Card)
    }
    assert counted[Organisation] == 60 + 3, "one was entered for its owner, two came again"
    assert counted[Activity] > 130
    assert counted[Card] > 110
    assert first_break() is None
    assert set(db.session.scalars(select(Assessment.status))) == set(STORED)
    unread = select(SecondReading.id).where(SecondReading.read_at.is_(None))
    assert db.session.scalars(unread).all(), "nobody had the time for the last one yet"
    refuge, piano = card("play-and-stay")["venue"], card("piano-lessons")["venue"]
    assert (refuge["latitude"], refuge["ward"], refuge["area_label"]) == (None, "", "Wolverhampton")
    assert piano["hidden"]
    assert piano["postcode"] == ""
    assert card("tambourines-in-willenhall")["venue"]["outside_area"]
    slugs = set(db.session.scalars(select(Card.slug)))
    assert "trampolining" not in slugs, "an activity that nobody has read waits"
    assert "early-birds-breakfast-club-oxley" not in slugs, "a paused activity is not shown"
