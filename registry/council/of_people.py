"""What waits from people: what they told us, entered on paper, asked about their data."""

from datetime import date
from typing import Any

from flask import url_for

from registry.assisted import queries as assisted
from registry.concerns.queries import by_colour
from registry.council.items import Group, Item, counted, group
from registry.data_protection import queries as data_protection
from registry.permissions import P, can
from registry.web.formats import short_date

__all__ = ["concerns", "data_requests", "on_paper"]

URGENCY = {
    "red": ("concern to pass on today", "concerns to pass on today"),
    "amber": ("concern for 2 working days", "concerns for 2 working days"),
    "green": ("concern for 10 working days", "concerns for 10 working days"),
}


def concerns(actor: Any, today: date) -> Group:
    """How many concerns of each colour wait: counts only, never their words."""
    if not can(actor, P.READ_CONCERN):
        return Group("Concerns")
    lines: list[Item | None] = []
    for colour, count, due_on in by_colour(actor, today):
        late = due_on is not None and due_on < today
        said = f"The first is {'over since' if late else 'due on'} {short_date(due_on)}"
        one, many = URGENCY[colour]
        lines.append(
            counted(
                count,
                one,
                many,
                url_for("concerns.concerns"),
                colour="red" if late else colour,
                note=said if due_on else "",
            )
        )
    return group("Concerns", *lines)


def on_paper(actor: Any, today: date) -> Group:
    """What colleagues entered for clubs, and letters to print and post."""
    letters = assisted.letters_waiting(actor) if can(actor, P.SEND_LETTERS) else []
    return group(
        "On paper",
        counted(
            len(assisted.to_confirm(actor)),
            "entry of a colleague to confirm",
            "entries of colleagues to confirm",
            url_for("assisted.entries"),
        ),
        counted(
            len(assisted.sent_back_entries(actor)),
            "entry of yours to mend",
            "entries of yours to mend",
            url_for("assisted.entries"),
            colour="amber",
        ),
        counted(len(letters), "letter to post", "letters to post", url_for("assisted.letters")),
    )


def data_requests(actor: Any, today: date) -> Group:
    """What people asked about their data, and papers that were wrong files elsewhere."""
    asked: Item | None = None
    if can(actor, P.ANSWER_DATA_REQUEST):
        waiting, late = data_protection.open_requests(today)
        asked = counted(
            waiting,
            "person waits for an answer about their data",
            "people wait for an answer about their data",
            url_for("data_protection.data_requests"),
            colour="red" if late else "",
            note=f"{late} over the day" if late else "",
        )
    papers = [
        Item(
            f"{one.organisation.name}: ask for a paper again",
            url_for("data_protection.lost_paper", lost_paper_id=one.id),
            "amber",
            "The same file was a wrong one elsewhere",
        )
        for one in data_protection.papers_to_ask_again(actor)
    ]
    return group("Data protection", asked, *papers)
