"""What waits of cases and of clubs on the list: to sign, to settle, to look at again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for

from registry.appeals import queries as appeals
from registry.assessments.models import Assessment
from registry.assessments.owed import is_overdue
from registry.changes.queries import owed_by_clubs, to_look_over, waiting_changes
from registry.changes.reading import target_of
from registry.concerns.queries import quiet_holds_to_sign
from registry.council.items import Group, Item, counted, group
from registry.merging.queries import merges_to_sign, strong_matches_seen_by
from registry.people.queries import requests_to_decide
from registry.permissions import P, can
from registry.reviews import after_approval
from registry.reviews.flags import FLAGS
from registry.reviews.queue import tasks_of_other_teams
from registry.web.formats import short_date

__all__ = [
    "appeals_waiting",
    "changes",
    "clubs_on_the_list",
    "other_teams",
    "second_readings",
    "signatures",
]

# Who else at the council is asked, by the flag of the case.
TEAMS = {"ofsted_check": "early years", "school_check": "education"}
# What somebody signs, after the name of the club.
TO_SIGN = {
    "approve": "to be listed",
    "refuse": "to be refused",
    "suspend": "suspended, to be countersigned",
    "lift": "suspension to be lifted",
    "revoke": "to be revoked",
}


def signatures(actor: Any, today: date) -> Group:
    """What another senior proposed or a reviewer recommended, and suspensions nobody signed."""
    late = after_approval.unsigned_suspensions(actor, today)
    late_cases = {one.assessment.id for one in late}
    red = [
        Item(
            f"{one.assessment.organisation.name}: nobody has countersigned the suspension",
            _case(one.assessment),
            "red",
            f"Suspended on {short_date(one.since)}. 5 working days are over",
        )
        for one in late
    ]
    others = [
        Item(
            f"{one.assessment.organisation.name}: {TO_SIGN.get(one.what, one.what)}",
            _case(one.assessment),
            note=f"Since {short_date(one.since)}",
        )
        for one in after_approval.signatures_waiting(actor)
        if not (one.what == "suspend" and one.assessment.id in late_cases)
    ]
    return group(
        "To sign",
        *red,
        *others,
        counted(
            len(quiet_holds_to_sign(actor)),
            "quiet hold, or its end",
            "quiet holds, or their ends",
            url_for("concerns.holds"),
            colour="amber",
        ),
        counted(
            len(merges_to_sign(actor)),
            "merge of two records",
            "merges of two records",
            url_for("merging.merges"),
        ),
    )


def other_teams(actor: Any, today: date) -> Group:
    """What the early years team and the education team have to look at before an approval."""
    return group(
        "For other teams",
        *(
            Item(
                f"{one.organisation.name}: for the {TEAMS[flag]} team",
                _case(one),
                note=FLAGS[flag].words,
            )
            for one, flag in tasks_of_other_teams(actor)
        ),
    )


def changes(actor: Any, today: date) -> Group:
    """Changes of clubs on the list: to settle, to look over, and owners who have gone."""
    waiting = waiting_changes(actor)
    late = sum(target_of(one, today).is_over for one in waiting)
    return group(
        "Changes",
        counted(
            len(waiting),
            "change waits",
            "changes wait",
            url_for("changes.queue"),
            colour="red" if late else "",
            note=f"{late} over 5 working days" if late else "",
        ),
        counted(
            len(to_look_over(actor)),
            "change went live, nobody has looked",
            "changes went live, nobody has looked",
            url_for("changes.queue", _anchor="live"),
        ),
        counted(
            len(requests_to_decide(actor, today)),
            "hand-over waits for a decision",
            "hand-overs wait for a decision",
            url_for("people.hand_overs"),
        ),
    )


def clubs_on_the_list(actor: Any, today: date) -> Group:
    """Suspensions to look at, listings that end, leads who have gone, and what clubs owe."""
    owed = owed_by_clubs(actor)
    overdue = sum(is_overdue(one, today) for one in owed)
    vacancies = after_approval.lead_vacancies(actor, today)
    vacant = sum(one.is_overdue for one in vacancies)
    reviews = [
        Item(
            f"{one.assessment.organisation.name}: look at the suspension again",
            _case(one.assessment),
            "amber",
            f"Due on {short_date(one.due_on)}, every 28 days",
        )
        for one in after_approval.suspensions_to_review(actor, today)
    ]
    return group(
        "Clubs on the list",
        *reviews,
        counted(
            len(vacancies),
            "club has no lead, or a new one",
            "clubs have no lead, or a new one",
            url_for("reviews.after_approval"),
            colour="red" if vacant else "amber",
            note=f"{vacant} over the day" if vacant else "",
        ),
        counted(
            len(owed),
            "answer is owed by a club",
            "answers are owed by clubs",
            url_for("changes.owed"),
            colour="red" if overdue else "",
            note=f"{overdue} overdue: the listing is held" if overdue else "",
        ),
        *_lapses(actor, today),
    )


def second_readings(actor: Any, today: date) -> Group:
    """Approvals for another pair of eyes, doubts that a senior settles, and records that may be
    one club."""
    return group(
        "A second look",
        *(
            Item(
                one.assessment.organisation.name,
                url_for("reviews.read_second", reading_id=one.id),
                note="Read again what was approved",
            )
            for one in after_approval.second_readings_due(actor)
        ),
        counted(
            len(after_approval.doubts(actor)),
            "doubt about an approval",
            "doubts about approvals",
            url_for("reviews.second_readings"),
            colour="amber",
        ),
        counted(
            len(strong_matches_seen_by(actor)),
            "record may be one that we know",
            "records may be ones that we know",
            url_for("merging.matches"),
        ),
    )


def appeals_waiting(actor: Any, today: date) -> Group:
    """Appeals that nobody has answered, with how long is left."""
    return group(
        "Appeals",
        *(
            Item(
                one.appeal.assessment.organisation.name,
                url_for("appeals.appeal", appeal_id=one.appeal.id),
                one.colour,
                f"{one.words}. {one.officer or 'Nobody has it yet'}",
            )
            for one in appeals.waiting(actor, today)
        ),
    )


def _lapses(actor: Any, today: date) -> Iterable[Item | None]:
    if not can(actor, P.READ_CASE):
        return
    before = 0
    for days, found in after_approval.lapses_coming(actor, today).items():
        first = found[0].listed_until if found else None
        when = f"in {before + 1} to {days} days" if before else f"within {days} days"
        yield counted(
            len(found),
            f"listing ends {when}",
            f"listings end {when}",
            url_for("reviews.after_approval"),
            note=f"First: {short_date(first)}" if first else "",
        )
        before = days


def _case(assessment: Assessment) -> str:
    return url_for("reviews.case", assessment_id=assessment.id)
