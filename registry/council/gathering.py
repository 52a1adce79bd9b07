"""What waits for somebody of the council, said in a few lines by each room that holds it.

A gatherer asks its room and returns a group of lines, or nothing where nothing waits: an empty
day is a calm one. Every question leaves out what the person may not read, so no line and no
count here knows of a club that they have a link to.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from registry.assessments.owed import is_overdue
from registry.changes.queries import owed_by_clubs, to_look_over, waiting_changes
from registry.changes.reading import target_of
from registry.council.bounced import bounced
from registry.people.queries import requests_to_decide
from registry.permissions import P, can
from registry.reviews import after_approval
from registry.web.formats import plural, short_date

__all__ = ["GATHERERS", "Group", "Item", "gathered"]

# What somebody signs, after the name of the club.
TO_SIGN = {
    "approve": "to be listed",
    "refuse": "to be refused",
    "suspend": "suspended, to be countersigned",
    "lift": "suspension to be lifted",
    "revoke": "to be revoked",
}


@dataclass(frozen=True)
class Item:
    """One line: what waits, where to go, and how pressing it is (red, amber or nothing)."""

    words: str
    href: str
    colour: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The lines of one kind."""

    title: str
    items: tuple[Item, ...]

    @property
    def is_red(self) -> bool:
        """Whether anything in it is late."""
        return any(item.colour == "red" for item in self.items)


Gatherer = Callable[[Any, date], Group]


def gathered(actor: Any, today: date) -> list[Group]:
    """Everything that waits for this person, what is late first."""
    groups = [group for gather in GATHERERS if (group := gather(actor, today)).items]
    return sorted(groups, key=lambda group: not group.is_red)


def signatures(actor: Any, today: date) -> Group:
    """What another senior proposed or a reviewer recommended, and suspensions nobody signed."""
    late = after_approval.unsigned_suspensions(actor, today)
    late_cases = {one.assessment.id for one in late}
    waiting = [
        one
        for one in after_approval.signatures_waiting(actor)
        if not (one.what == "suspend" and one.assessment.id in late_cases)
    ]
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
        for one in waiting
    ]
    return Group("To sign", (*red, *others))


def changes(actor: Any, today: date) -> Group:
    """Changes of clubs on the list: to settle, to look over, and owners who have gone."""
    waiting = waiting_changes(actor)
    late = sum(target_of(one, today).is_over for one in waiting)
    live, hand_overs = len(to_look_over(actor)), len(requests_to_decide(actor, today))
    return _group(
        "Changes",
        _counted(
            len(waiting),
            "change waits",
            "changes wait",
            url_for("changes.queue"),
            colour="red" if late else "",
            note=f"{late} over 5 working days" if late else "",
        ),
        _counted(
            live,
            "change went live, nobody has looked",
            "changes went live, nobody has looked",
            url_for("changes.queue", _anchor="live"),
        ),
        _counted(
            hand_overs,
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
    return _group(
        "Clubs on the list",
        *reviews,
        _counted(
            len(vacancies),
            "club has no lead, or a new one",
            "clubs have no lead, or a new one",
            url_for("changes.owed"),
            colour="red" if vacant else "amber",
            note=f"{vacant} over the day" if vacant else "",
        ),
        _counted(
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
    """Approvals that were drawn by chance, for another pair of eyes."""
    return _group(
        "Second readings",
        *(
            Item(one.assessment.organisation.name, _case(one.assessment), note="Drawn by chance")
            for one in after_approval.second_readings_due(actor)
        ),
    )


def emails(actor: Any, today: date) -> Group:
    """Emails that no try could deliver."""
    if not can(actor, P.READ_BOUNCED):
        return Group("Emails", ())
    return _group(
        "Emails",
        _counted(
            len(bounced(actor)),
            "email never arrived",
            "emails never arrived",
            url_for("council.bounced_emails"),
            colour="amber",
        ),
    )


def links_to_clubs(actor: Any, today: date) -> Group:
    """How many links between staff and clubs are known, for seniors."""
    if not can(actor, P.COUNT_CONFLICTS):
        return Group("Links to clubs", ())
    count = after_approval.conflicts_count()
    return _group(
        "Links to clubs",
        _counted(count, "link between staff and a club", "links between staff and clubs", ""),
    )


GATHERERS: tuple[Gatherer, ...] = (
    signatures,
    changes,
    clubs_on_the_list,
    second_readings,
    emails,
    links_to_clubs,
)


def _lapses(actor: Any, today: date) -> Iterable[Item | None]:
    for days, found in after_approval.lapses_coming(actor, today).items():
        first = found[0].listed_until if found else None
        yield _counted(
            len(found),
            f"listing ends within {days} days",
            f"listings end within {days} days",
            url_for("reviews.queue", where="listed", order="ends"),
            note=f"First: {short_date(first)}" if first else "",
        )


def _case(assessment: Any) -> str:
    return url_for("reviews.case", assessment_id=assessment.id)


def _counted(
    count: int, one: str, many: str, href: str, colour: str = "", note: str = ""
) -> Item | None:
    return Item(plural(count, one, many), href, colour, note) if count else None


def _group(title: str, *items: Item | None) -> Group:
    return Group(title, tuple(item for item in items if item))
