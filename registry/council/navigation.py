"""The way round the council's desk: what stands at the top of its pages, for each person.

The first row are the rooms of the desk. A room with several pages has a second row, which is
shown on its own pages. A link is shown to whoever may open its page; a room that has a page
somebody may open leads them to the first of those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from registry.permissions import P, can


@dataclass(frozen=True)
class Link:
    """One page. `section` is what the page's template says of itself; `room` is what it is in."""

    words: str
    endpoint: str
    permission: P
    section: str
    room: str


ROOMS = (
    ("desk", "Today"),
    ("cases", "Cases"),
    ("changes", "Changes"),
    ("concerns", "Concerns"),
    ("appeals", "Appeals"),
    ("reports", "Reports"),
    ("administration", "Administration"),
)

# In the order in which a room shows them; the first is where the room opens.
LINKS = (
    Link("Today", "council.home", P.OPEN_COUNCIL_DESK, "home", "desk"),
    Link("Letters", "assisted.letters", P.SEND_LETTERS, "letters", "desk"),
    Link("Emails", "council.bounced_emails", P.READ_BOUNCED, "emails", "desk"),
    Link("Your links", "reviews.conflicts", P.STATE_CONFLICTS, "conflicts", "desk"),
    Link("Cases", "reviews.queue", P.READ_CASE, "cases", "cases"),
    Link("Signatures", "reviews.signatures", P.COUNTERSIGN, "signatures", "cases"),
    Link(
        "Second readings",
        "reviews.second_readings",
        P.OPEN_SECOND_READINGS,
        "second_readings",
        "cases",
    ),
    Link("After approval", "reviews.after_approval", P.READ_CASE, "after_approval", "cases"),
    Link("Same club again", "merging.matches", P.SEE_MATCHES, "matches", "cases"),
    Link("By paper", "assisted.entries", P.SEND_LETTERS, "assisted", "cases"),
    Link("Changes", "changes.queue", P.READ_CASE, "changes", "changes"),
    Link("Owed by clubs", "changes.owed", P.READ_CASE, "owed", "changes"),
    Link("Hand-overs", "people.hand_overs", P.READ_HAND_OVER, "hand_overs", "changes"),
    Link("Concerns", "concerns.concerns", P.READ_CONCERN, "concerns", "concerns"),
    Link("Quiet holds", "concerns.holds", P.SEE_QUIET_HOLD, "holds", "concerns"),
    Link("Appeals", "appeals.appeals", P.OPEN_APPEALS, "appeals", "appeals"),
    Link("Reports", "insights.council_reports", P.READ_REPORTS, "reports", "reports"),
    Link(
        "Overview",
        "administration.front",
        P.READ_ADMINISTRATION,
        "administration",
        "administration",
    ),
    Link("People", "staff.people", P.READ_STAFF, "people", "administration"),
    Link("Numbers", "administration.contacts", P.READ_ADMINISTRATION, "contacts", "administration"),
    Link("Lists", "administration.lists", P.READ_ADMINISTRATION, "lists", "administration"),
    Link(
        "Editions", "administration.editions", P.READ_ADMINISTRATION, "editions", "administration"
    ),
    Link("Words", "ready_words.words", P.READ_ADMINISTRATION, "words", "administration"),
    Link("Imports", "importing.imports", P.READ_IMPORTS, "imports", "administration"),
    Link("Notices", "administration.notices", P.READ_ADMINISTRATION, "notices", "administration"),
    Link("Merges", "merging.merges", P.READ_MERGE, "merges", "administration"),
    Link(
        "Requests",
        "data_protection.data_requests",
        P.READ_DATA_PROTECTION,
        "data_requests",
        "administration",
    ),
    Link(
        "Subject access",
        "data_protection.subject_access_requests",
        P.ANSWER_DATA_REQUEST,
        "subject_access",
        "administration",
    ),
    Link(
        "Breaches", "data_protection.breaches", P.READ_DATA_PROTECTION, "breaches", "administration"
    ),
    Link(
        "Retention",
        "data_protection.retention_report",
        P.READ_DATA_PROTECTION,
        "retention",
        "administration",
    ),
    Link("Who read what", "data_protection.reads", P.SEE_WHO_READ, "reads", "administration"),
    Link("Copies", "exporting.exports", P.EXPORT_REGISTER, "exports", "administration"),
    Link("History", "inspection.history", P.READ_HISTORY, "history", "administration"),
)


@dataclass(frozen=True)
class Shown:
    """One link as a page shows it."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class Rows:
    """What stands at the top of one page."""

    rooms: list[Shown]
    pages: list[Shown]


def navigation(actor: Any, section: str, links: Sequence[Link] = LINKS) -> Rows:
    """The two rows for this person on this page."""
    seen = [link for link in links if _may_open(actor, link)]
    here = next((link.room for link in links if link.section == section), "")
    doors = [
        (room, words, next((link for link in seen if link.room == room), None))
        for room, words in ROOMS
    ]
    pages = [link for link in seen if link.room == here]
    return Rows(
        rooms=[
            Shown(words, url_for(door.endpoint), room == here)
            for room, words, door in doors
            if door
        ],
        pages=[Shown(link.words, url_for(link.endpoint), link.section == section) for link in pages]
        if len(pages) > 1
        else [],
    )


def _may_open(actor: Any, link: Link) -> bool:
    return link.endpoint in current_app.view_functions and can(actor, link.permission)
