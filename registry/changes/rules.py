"""What becomes of each thing that a club on the list alters: one table (domain B.4). Pure.

`docs/changes.md` shows the same table; a test holds them equal, and another that every fact of a
working record is in it. What nobody ruled on waits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registry.changes.wary import why_it_waits

__all__ = [
    "DUE_WITHIN",
    "FLAGS_THAT_HIDE",
    "TABLE",
    "TWO_PEOPLE",
    "Effect",
    "Row",
    "kind_of",
    "row_of",
    "row_of_question",
    "waits",
]

DUE_WITHIN = 20  # working days: for a club to send an answer that a change brings along


class Effect(StrEnum):
    """When a change takes effect."""

    LIVE = "live"  # at once; a reviewer looks at it afterwards
    READ = "read"  # at once, unless the words hold what the council reads first
    NARROWS = "narrows"  # at once where it shows less to the public, else it waits
    WAITS = "waits"  # when a reviewer has accepted it


@dataclass(frozen=True)
class Row:
    """One row: what is altered, its kind, when it takes effect, and by when a club must tell.

    `fields` are facts of the record (registry.organisations.facts), or keys of questions; one
    that ends in a dot stands for all that begin with it. `within` is in working days.
    """

    about: str
    kind: str
    fields: tuple[str, ...]
    effect: Effect
    words: str
    within: int | None = None


O, V, A, Q, PIC = "organisation", "venue", "activity", "question", "picture"  # noqa: E741
LIVE, READ, NARROWS, WAITS = Effect.LIVE, Effect.READ, Effect.NARROWS, Effect.WAITS

# The weightiest first: a change of several fields is called by the first of its rows.
TABLE: tuple[Row, ...] = (
    Row(A, "flag_on", ("about.",), WAITS, "A new risk", 10),
    Row(A, "flag_off", ("about.",), WAITS, "A risk that has gone", None),
    Row(A, "safety", ("about.",), LIVE, "A first answer that is no", None),
    Row(A, "ages", ("min_months", "max_months", "ages_said"), WAITS, "The ages", 10),
    Row(O, "name", ("name",), WAITS, "The name of your organisation", 10),
    Row(A, "name", ("name",), WAITS, "The name of the activity", 10),
    Row(A, "new_venue", ("venues", "place_kind", "place_area"), WAITS, "Where it happens", 10),
    Row(V, "address", ("name", "address", "postcode"), WAITS, "The place and its address", 10),
    Row(V, "privacy", ("privacy",), NARROWS, "How much of the place families see", None),
    Row(PIC, "picture", ("picture",), NARROWS, "The picture", None),
    Row(A, "times", ("sessions", "last_on"), READ, "When it happens", None),
    Row(
        A,
        "price",
        ("price_kind", "price_pence", "price_period", "price_note", "trial", "trial_pence"),
        READ,
        "What it costs",
        None,
    ),
    Row(
        A,
        "contact",
        ("booking_kind", "booking_link", "waiting_list"),
        LIVE,
        "How families book",
        None,
    ),
    Row(
        O,
        "contact",
        ("website", "phone", "email", "website_is_public", "phone_is_public", "email_is_public"),
        LIVE,
        "How families reach you",
        None,
    ),
    Row(
        A,
        "text",
        ("summary", "description", "bring", "booking_note", "languages", "marks"),
        READ,
        "Words about the activity",
        None,
    ),
    Row(O, "text", ("description",), READ, "Words about your organisation", None),
    Row(A, "details", ("categories", "parent_stays"), LIVE, "The kind, and who stays", None),
    Row(Q, "new_activity", ("hs_ra_all",), WAITS, "A new activity", None),
    Row(Q, "risk_check", ("hs_ra_date",), WAITS, "A new risk check", None),
    Row(
        Q,
        "lead",
        ("sg_lead", "sg_lone_contact", "sg_lead_training"),
        WAITS,
        "Who leads on safeguarding",
        5,
    ),
    Row(Q, "review_date", ("sg_review_date",), WAITS, "When you checked your plan", None),
    Row(Q, "insurance", ("hs_employers", "hs_public"), WAITS, "Your insurance", 10),
    Row(Q, "first_helper", ("p_people",), WAITS, "How many people help", 10),
    Row(Q, "legal_form", ("p_charity",), WAITS, "What kind of body you are", 10),
    Row(Q, "about_club", ("p_",), WAITS, "What your organisation is like", 10),
    Row(Q, "regulator", ("regulator",), WAITS, "What a regulator did", 0),
    Row(Q, "question", ("",), WAITS, "An answer of your self-check", None),
)
# Whoever adds one of these needs a second pair of eyes at the council (domain G2).
TWO_PEOPLE = ("p_overnight", "p_care", "p_oneone")
FLAGS_THAT_HIDE = "flag_on"
UNRULED = Row("", "other", (), WAITS, "Something else", None)


def row_of(about: str, field: str, before: Any, after: Any) -> Row:
    """The row for one fact that is altered."""
    if about == A and field.startswith("about."):
        kind = _kind_of_flag(before, after)
        return next(row for row in TABLE if row.kind == kind)
    for row in TABLE:
        if row.about in (about, PIC) and field in row.fields:
            return row
    return UNRULED


def row_of_question(key: str) -> Row:
    """The row for a question that is answered anew: its own, else that of all like it."""
    rows = [row for row in TABLE if row.about == Q]
    own = next((row for row in rows if key in row.fields), None)
    return own or next(
        row for row in rows for field in row.fields if field in ("p_", "") and key.startswith(field)
    )


def waits(about: str, field: str, before: Any, after: Any) -> str:
    """Why the council reads this first, in words for the club; nothing where it is live at once."""
    row = row_of(about, field, before, after)
    if row.effect is LIVE:
        return ""
    if row.effect is READ:
        return why_it_waits(_free_words(field, after))
    if row.effect is NARROWS and _shows_less(before, after):
        return ""
    return "the council reads this first"


def _free_words(field: str, after: Any) -> Any:
    """What somebody typed in their own words. Of sessions that is why a day is different; their
    dates and times stand in a row, and would look like a telephone number."""
    if field != "sessions":
        return after
    return [day.get("why") for one in after for day in (*one.get("off", ()), *one.get("extra", ()))]


def kind_of(about: str, fields: Mapping[str, Mapping[str, Any]]) -> str:
    """What a change of several fields is called: by the weightiest of its rows."""
    kinds = {
        row_of(about, name, told["before"], told["after"]).kind for name, told in fields.items()
    }
    return next((row.kind for row in TABLE if row.kind in kinds), UNRULED.kind)


def flags_of(parts: Any) -> frozenset[str]:
    """The risks that one profile answer of an activity names. Not answered names none."""
    found = set()
    for name, value in (parts or {}).items():
        if value == "yes":
            found.add(name)
        elif isinstance(value, list):
            found |= {one for one in value if one != "none"}
    return frozenset(found)


def adds_what_two_read(fields: Iterable[tuple[str, Any, Any]]) -> bool:
    """Whether nights away, personal care, or an adult alone with one child is added."""
    return any(
        name.removeprefix("about.") in TWO_PEOPLE and flags_of(after) - flags_of(before)
        for name, before, after in fields
    )


def _kind_of_flag(before: Any, after: Any) -> str:
    if flags_of(after) - flags_of(before):
        return "flag_on"
    if flags_of(before) - flags_of(after):
        return "flag_off"
    # “No” where nothing was said is a first answer, and no risk that goes away.
    return "safety" if _says_something(after) else "flag_off"


def _says_something(parts: Any) -> bool:
    return any(value not in (None, "", []) for value in (parts or {}).values())


_SHOWS = {"open": 3, "hidden": 2, "hidden_area": 1, "online": 1}


def _shows_less(before: Any, after: Any) -> bool:
    """Whether a place is hidden more than before, or a picture is taken away."""
    if after is None:
        return True
    if not isinstance(after, str):
        return False
    return after != "online" and _SHOWS.get(after, 9) < _SHOWS.get(before, 0)
