"""A change in words: what it is called, what was and what is to be, and what happens next."""

from collections.abc import Mapping
from typing import Any

from registry.assessments.models import Change, Evidence
from registry.assessments.saying import part_in_words
from registry.changes.profiles import question_of, wanted_profile
from registry.changes.queries import papers_of
from registry.changes.rules import TABLE
from registry.criteria.loading import current_edition
from registry.criteria.profile import Profile
from registry.database import db
from registry.organisations import categories as taxonomy
from registry.organisations.models import Activity, Venue
from registry.organisations.wording import BOOKING, PARENT_STAYS, PRIVACY
from registry.timetable.saying import in_full
from registry.web.formats import long_date, money

__all__ = ["Line", "lines_of", "said", "state_for_council", "state_of", "title_of", "what_differs"]

LABELS = {
    "name": "Name",
    "description": "Description",
    "website": "Website",
    "phone": "Phone number",
    "email": "Email address",
    "website_is_public": "Families see the website",
    "phone_is_public": "Families see the phone number",
    "email_is_public": "Families see the email address",
    "address": "Address",
    "postcode": "Postcode",
    "privacy": "What families see of the place",
    "summary": "In a sentence or two",
    "bring": "What to bring",
    "min_months": "Youngest age",
    "max_months": "Oldest age",
    "ages_said": "How ages are told",
    "parent_stays": "Does a parent stay?",
    "languages": "Languages",
    "price_kind": "How it is paid",
    "price_pence": "Price",
    "price_period": "The price is for",
    "price_note": "More about the price",
    "trial": "Trying it first",
    "trial_pence": "Price of trying it",
    "booking_kind": "How to book",
    "booking_link": "Web page to book on",
    "booking_note": "To know before booking",
    "waiting_list": "Waiting list",
    "last_on": "Last date",
    "venues": "Where it happens",
    "place_kind": "What kind of place",
    "place_area": "Area",
    "categories": "Kinds of activity",
    "marks": "Support and access",
    "sessions": "When it happens",
    "picture": "Picture",
    "file": "The risk check",
    "checked_on": "Last looked at on",
    "record": "The new activity",
}
PRICES = {
    "free": "Free",
    "session": "For each session",
    "term": "For a term",
    "course": "For a course",
    "membership": "Membership",
    "donation": "Pay what you can",
    "haf": "Free with a HAF code",
}
PLACES = {"venues": "At your own places", "online": "Online", "various": "At various places"}
ANSWERS = {"yes": "yes", "ask": "ask us", "no": "no"}
WORDS_OF: dict[str, Mapping[Any, str]] = {
    "price_kind": PRICES,
    "booking_kind": BOOKING,
    "parent_stays": PARENT_STAYS,
    "privacy": PRIVACY,
    "place_kind": PLACES,
    "trial": {"free": "Free", "paid": "For a price", "no": "No"},
    "waiting_list": {"yes": "Yes", "no": "No"},
    "ages_said": {"years": "In years", "months": "In months", "school": "In school years"},
}
MONTHS = ("min_months", "max_months")
PENCE = ("price_pence", "trial_pence")
NOTHING = "Nothing"
NOT_ANSWERED = "Not answered"


class Line:
    """One thing that a change alters: its label, and both values in words."""

    def __init__(self, label: str, before: list[str], after: list[str]) -> None:
        self.label = label
        self.before = before or [NOTHING]
        self.after = after or [NOTHING]


def title_of(change: Change) -> str:
    """What a change is about, in a few words."""
    if change.kind == "new_activity":
        return f"{_record_name(change)}: a new activity"
    if change.kind == "risk_check":
        subject = "A new risk check"
    elif change.about == "question":
        subject = _question_words(change)
    else:
        subject = next((row.words for row in TABLE if _is_its_row(row, change)), "Something else")
    name = _record_name(change)
    return f"{name}: {subject[0].lower()}{subject[1:]}" if name else subject


def state_of(change: Change) -> tuple[str, str]:
    """Where it stands in a few words for the club, and the colour of its tag."""
    return {
        "asked": ("We need this from you", "yellow"),
        "waiting": ("The council is reading this", "blue"),
        "live": ("On the list", ""),
        "accepted": ("Accepted", ""),
        "sent_back": ("Sent back to you", "yellow"),
        "taken_back": ("Taken back", "grey"),
    }[change.state]


def state_for_council(change: Change) -> str:
    """The same for a reviewer, as the end of a sentence."""
    return {
        "asked": "asked of the club",
        "waiting": "waits for us",
        "live": "went live",
        "accepted": "accepted",
        "sent_back": "sent back to the club",
        "taken_back": "taken back",
    }[change.state]


def lines_of(change: Change, fields: Mapping[str, Any] | None = None) -> list[Line]:
    """Each field with what it was and what it is to be, in words."""
    fields = change.fields if fields is None else fields
    if change.about == "question" and change.kind != "new_activity":
        return _lines_of_question(change, fields)
    return [
        Line(label_of(name), said(name, told["before"]), said(name, told["after"], change))
        for name, told in fields.items()
        if name != "record"
    ]


def what_differs(change: Change, version: int) -> list[Line]:
    """What was altered since somebody read that version: what they read, and what stands now."""
    read = next((one["fields"] for one in change.earlier if one["version"] == version), None)
    if read is None:
        return []
    names = dict.fromkeys([*read, *change.fields])
    fields = {
        name: {
            "before": read.get(name, {}).get("after"),
            "after": change.fields.get(name, {}).get("after"),
        }
        for name in names
    }
    differ = {name: one for name, one in fields.items() if one["before"] != one["after"]}
    found = lines_of(change, {name: one for name, one in differ.items() if name != "record"})
    if "record" in differ:
        before, after = differ["record"]["before"] or {}, differ["record"]["after"] or {}
        found += [
            Line(label_of(name), said(name, before.get(name)), said(name, after.get(name)))
            for name in dict.fromkeys([*before, *after])
            if before.get(name) != after.get(name)
        ]
    return found


def label_of(name: str) -> str:
    """What a fact is called."""
    if name.startswith("about."):
        return _profile_words(name.removeprefix("about."))
    return LABELS.get(name, name.replace("_", " ").capitalize())


def said(name: str, value: Any, change: Change | None = None) -> list[str]:
    """A fact in words, line by line."""
    if name.startswith("about."):
        return _said_of_profile(name.removeprefix("about."), value)
    if value in (None, "", [], {}):
        return [NOTHING]
    if isinstance(value, bool):
        return ["Yes" if value else "No"]
    if name in WORDS_OF:
        return [WORDS_OF[name].get(value, str(value))]
    if name in MONTHS:
        return [_age_in_words(name, value)]
    if name in PENCE:
        return [money(value)]
    if name in ("last_on", "checked_on"):
        return [long_date(value)]
    if name == "venues":
        return [_venue_words(number) for number in value]
    if name == "categories":
        return [taxonomy.category_label(code) for code in value]
    if name == "marks":
        return [_mark_words(code, *one) for code, one in value.items()]
    if name == "sessions":
        return in_full(value)
    if name == "picture":
        return [str(value.get("alt") or value.get("text") or "A picture")]
    if name == "file":
        paper = db.session.get(Evidence, value)
        return [paper.file.name if paper else "A paper"]
    return [str(one) for one in value] if isinstance(value, list) else str(value).splitlines()


def _age_in_words(name: str, months: int) -> str:
    """One end of an age range: the oldest is told by the last month before a birthday."""
    whole = months % 12 == (11 if name == "max_months" else 0)
    number, unit = (months // 12, "year") if whole else (months, "month")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _is_its_row(row: Any, change: Change) -> bool:
    return row.kind == change.kind and row.about in (change.about, "picture")


def _record_name(change: Change) -> str:
    if not change.record_id:
        return ""
    record: Venue | Activity | None
    if change.about == "venue":
        record = db.session.get(Venue, change.record_id)
    else:
        record = db.session.get(Activity, change.record_id)
    return record.name if record else ""


def _question_words(change: Change) -> str:
    question = question_of(change.assessment, change.question_key)
    if question is not None:
        return str(getattr(question, "short", "") or question.text)
    row = next((row for row in TABLE if row.kind == change.kind), None)
    return row.words if row else "An answer"


def _lines_of_question(change: Change, fields: Mapping[str, Any]) -> list[Line]:
    question = question_of(change.assessment, change.question_key)
    if question is None or change.record_id:
        return [
            Line(label_of(name), said(name, told["before"]), said(name, told["after"]))
            for name, told in fields.items()
        ]
    profile: Profile = wanted_profile(change.assessment)
    names = {one.id: one.file.name for one in change.assessment.evidence}
    names |= {one.id: one.file.name for one in papers_of(change)}
    parts = {part.name: part for part in question.parts}
    found = []
    for name, told in fields.items():
        if name in parts:
            before, after = (
                part_in_words(parts[name], told[side], profile, names)
                for side in ("before", "after")
            )
            found.append(Line(parts[name].label or question.text, before, after))
    return found


def _said_of_profile(key: str, parts: Any) -> list[str]:
    """“No” and “not answered” are never the same."""
    if not parts or not any(value not in (None, "", []) for value in parts.values()):
        return [NOT_ANSWERED]
    question = next((q for q in _activity_questions() if q.key == key), None)
    labels = {
        choice.value: choice.label
        for part in (question.parts if question else ())
        for choice in part.choices
    }
    words = []
    for value in parts.values():
        for one in value if isinstance(value, list) else [value]:
            words.append({"yes": "Yes", "no": "No"}.get(one) or labels.get(one, str(one)))
    return words


def _profile_words(key: str) -> str:
    question = next((one for one in _activity_questions() if one.key == key), None)
    return question.text if question else key


def _activity_questions() -> Any:
    return current_edition().profile_of("activity")


def _venue_words(number: Any) -> str:
    venue = db.session.get(Venue, number) if isinstance(number, int) else None
    if venue is None:
        return "A place that is not there any more"
    return ", ".join(
        part for part in (venue.name, *venue.address.splitlines(), venue.postcode) if part
    )


def _mark_words(code: str, answer: str, note: str = "") -> str:
    told = f"{taxonomy.mark_label(code)}: {ANSWERS.get(answer, answer)}"
    return f"{told} ({note})" if note else told
