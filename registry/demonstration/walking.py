"""Walking an invented club through the register, by the same services that real people use.

Nothing here pokes a column: a club reaches a status because somebody took the steps to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.evaluating import review_evaluation
from registry.assessments.models import Answer, Assessment, Submission
from registry.assessments.progress import Progress
from registry.assessments.services.answers import save_answer
from registry.assessments.services.evidence import add_paper
from registry.criteria.evaluation import QuestionOutcome, Result
from registry.database import db
from registry.demonstration.answers import good_activity_profile, good_answers, good_profile
from registry.organisations import services as organisations
from registry.organisations.gaps import PRICED
from registry.organisations.models import Organisation, Venue
from registry.organisations.services import SessionFields

Paper = tuple[str, bytes]


@dataclass(frozen=True)
class ActivityPlan:
    """One activity of an invented club. Days are 0 (Monday) to 6, times “16:30”.

    `sessions` are weekly, in the `season`; `patterns` are any others, as the service takes them.
    `away` is the first day of a week in which it does not happen, and why. `more` are further
    facts as the service takes them; `picture` is what it shows, in words, and the picture.
    """

    name: str
    categories: tuple[str, ...]
    ages: tuple[int, int]
    sessions: tuple[tuple[int, str, str], ...]
    price_kind: str = "session"
    price_pence: int = 350
    summary: str = ""
    description: str = ""
    marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    season: str = "term"
    patterns: tuple[SessionFields, ...] = ()
    away: tuple[date, str] | None = None
    venues: tuple[int, ...] = (0,)
    languages: tuple[str, ...] = ()
    bring: str = ""
    price_note: str = ""
    parent_stays: str = "no"
    booking_kind: str = "turn_up"
    booking_link: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    picture: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class VenuePlan:
    """One place of an invented club."""

    name: str
    postcode: str
    address: str = ""
    privacy: str = "open"


@dataclass(frozen=True)
class ClubPlan:
    """An invented club: who, where, what, and how far along it is."""

    name: str
    kind: str
    venues: tuple[VenuePlan, ...]
    activities: tuple[ActivityPlan, ...]
    description: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    profile: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


def register(plan: ClubPlan, owner: Account) -> Organisation:
    """Put the club on the register with its places and activities."""
    organisation = organisations.register_organisation(
        owner,
        name=plan.name,
        description=plan.description,
        phone=plan.phone,
        phone_is_public=bool(plan.phone),
        email=plan.email,
        email_is_public=bool(plan.email),
        website=plan.website,
        website_is_public=bool(plan.website),
    )
    add_records(organisation, owner, plan)
    return organisation


def add_records(organisation: Organisation, by: Account, plan: ClubPlan) -> None:
    """Add the places and activities of a club."""
    venues = [
        organisations.add_venue(
            organisation,
            by,
            name=one.name,
            postcode=one.postcode,
            address=one.address,
            privacy=one.privacy,
        )
        for one in plan.venues
    ]
    for activity in plan.activities:
        add_activity(organisation, by, plan.kind, activity, venues_of(activity, venues))


def add_activity(
    organisation: Organisation, owner: Account, kind: str, plan: ActivityPlan, venues: list[Venue]
) -> None:
    """Add one activity with its sessions and what the criteria ask of it."""
    youngest, oldest = plan.ages
    ages = {"min_months": youngest * 12, "max_months": oldest * 12 + 11}
    more: Any = {"venues": venues, **ages, **plan.more}
    activity = organisations.add_activity(
        organisation,
        owner,
        name=plan.name,
        summary=plan.summary,
        description=plan.description,
        bring=plan.bring,
        categories=plan.categories,
        parent_stays=plan.parent_stays,
        languages=list(plan.languages),
        price_kind=plan.price_kind,
        price_pence=plan.price_pence if plan.price_kind in PRICED else 0,
        price_note=plan.price_note,
        booking_kind=plan.booking_kind,
        booking_link=plan.booking_link,
        marks=plan.marks,
        about={**good_activity_profile(kind), **plan.profile},
        **more,
    )
    if plan.picture:
        words, drawn = plan.picture
        organisations.set_picture(
            activity, owner, alt=words, stream=BytesIO(drawn), filename="picture.png"
        )
    for day, starts, ends in plan.sessions:
        organisations.add_session(
            activity,
            owner,
            days=(day,),
            starts=time.fromisoformat(starts),
            ends=time.fromisoformat(ends),
            season=plan.season,
        )
    for told in plan.patterns:
        organisations.add_session(activity, owner, **told)
    if plan.away:
        first, why = plan.away
        keys = [one["key"] for one in organisations.session_facts(activity)]
        last = first + timedelta(days=6)
        organisations.add_off(activity, keys, owner, first=first, last=last, why=why)


def venues_of(plan: ActivityPlan, venues: list[Venue]) -> list[Venue]:
    """The places of an activity among those of its club."""
    return [venues[number] for number in plan.venues]


def begin(organisation: Organisation, owner: Account) -> Assessment:
    """Begin a self-check."""
    return services.begin(organisation, owner)


def answer_profile(assessment: Assessment, owner: Account, plan: ClubPlan) -> None:
    """Answer what is asked about the club. No two invented clubs have one number."""
    own = _numbered(good_profile(plan.kind), assessment.organisation_id)
    for key, parts in {**own, **plan.profile}.items():
        _answer(assessment, owner, key, parts)


def _numbered(answers: Mapping[str, Mapping[str, Any]], number: int) -> dict[str, dict[str, Any]]:
    """The answers, with a number at a register that is this club's alone."""
    told = {key: dict(parts) for key, parts in answers.items()}
    for name in ("charity_number", "company_number"):
        given = told["p_charity"].get(name)
        if given:
            told["p_charity"][name] = f"{given[:-5]}{number % 100_000:05}"
    return told


def answer_questions(
    assessment: Assessment,
    owner: Account,
    plan: ClubPlan,
    papers: Sequence[Paper],
    reviewed_on: date | None = None,
    most: int | None = None,
    lead: tuple[str, str] | None = None,
) -> None:
    """Answer every question that this club is asked as a careful one would, or the first `most`.

    Papers go where a policy is asked; the first serves wherever nothing better is at hand. The
    lead is the owner, unless somebody else's name is given, with an email or a telephone number.
    """
    lead_name, lead_email = lead or (owner.name, owner.email)
    evidence = None
    for name, content in papers:
        shown = add_paper(
            assessment, owner, "sg_policy", FileStorage(BytesIO(content), filename=name)
        )
        evidence = evidence or shown
    assert evidence is not None, "a club shows at least one paper"
    answers = good_answers(
        plan.kind,
        file_id=evidence.id,
        today=clock.today(),
        activity_ids=[a.id for a in assessment.organisation.activities],
        reviewed_on=reviewed_on,
        lead_name=lead_name,
        lead_email=lead_email,
    )
    asked = {question.key for question in Progress(assessment, clock.today()).asked}
    wanted = [one for one in {**answers, **plan.answers}.items() if one[0] in asked]
    for key, parts in wanted[:most]:
        _answer(assessment, owner, key, parts)


def submit(assessment: Assessment, owner: Account) -> Submission:
    """Declare and send."""
    return services.submit(assessment, owner, declared_name=owner.name, declared_role="Owner")


def take_case(assessment: Assessment, reviewer: Account) -> None:
    """Take the case, if nobody has."""
    services.start_review(assessment, reviewer)


def find_all_met(
    assessment: Assessment, reviewer: Account, reason: str = "The paper shows it."
) -> None:
    """Find every question met; with a reason wherever the rule suggests something else."""
    submission = latest_submission(assessment)
    for key, one in review_evaluation(assessment, clock.today()).questions.items():
        if not one.applies:
            continue
        good = fair_finding(one)
        services.record_finding(
            assessment,
            reviewer,
            key,
            submission_id=submission.id,
            result=str(good),
            reason="" if good is one.suggested else reason,
        )


def fair_finding(outcome: QuestionOutcome) -> Result:
    """What a reviewer finds who is content: met wherever it counts, else as the rule suggests."""
    if outcome.blocks:
        return Result.MET
    known = outcome.suggested in (Result.MET, Result.PARTLY, Result.NOT_MET, Result.NA)
    return outcome.suggested if known else Result.NOT_MET


def latest_submission(assessment: Assessment) -> Submission:
    """What was sent last, of an assessment that was sent."""
    submission = assessment.latest_submission
    assert submission is not None
    return submission


def approve(assessment: Assessment, reviewer: Account) -> None:
    """Approve, or recommend it where two people are needed."""
    submission = assessment.latest_submission
    assert submission is not None
    services.approve(
        assessment, reviewer, submission_id=submission.id, reason="All four points are met."
    )


def account_of(email: str) -> Account:
    """The account with this address, which is there."""
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def _answer(assessment: Assessment, owner: Account, key: str, parts: dict[str, Any]) -> None:
    """Save one answer as a page would."""
    kept = next((a for a in assessment.answers if a.question_key == key), None)
    save_answer(assessment, owner, key, parts, version=_version(kept))


def _version(kept: Answer | None) -> int:
    return kept.version if kept else 0
