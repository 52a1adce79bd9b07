"""The columns of our own template, and which of them somebody else's headings mean. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

MOST_COLUMNS = 200
_ALIKE_ENOUGH = 90
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """One thing that can be taken in: its name in the template, and what a person reads.

    `also` are headings that mean the same elsewhere, in small letters without marks.
    """

    name: str
    label: str
    group: str
    also: tuple[str, ...] = ()
    is_needed: bool = False
    example: str = ""


_CLUB, _ACTIVITY, _PLACE, _TIMES, _COST = (
    "The club",
    "The activity",
    "Where",
    "When",
    "Cost and booking",
)
COLUMNS = (
    Column("organisation_id", "Its number in your list", _CLUB,
           ("organization id", "provider id", "club id"), example="C-104"),
    Column("organisation_name", "Name of the club", _CLUB,
           ("organisation", "organization", "organization name", "provider", "provider name",
            "club", "club name", "group", "group name", "run by"), True,
           "Foundry Lane Judo"),
    Column("organisation_description", "What the club is", _CLUB,
           ("organization description", "about the club", "club description"),
           example="A judo club for children."),
    Column("organisation_website", "Website of the club", _CLUB,
           ("website", "web site", "web", "url", "organization url", "organisation url",
            "homepage"), example="https://judo.example"),
    Column("organisation_phone", "Phone of the club", _CLUB,
           ("phone", "telephone", "phone number", "telephone number", "tel", "mobile",
            "contact phone", "contact telephone"), example="01902 496 0123"),
    Column("organisation_email", "Email of the club", _CLUB,
           ("email", "e mail", "email address", "contact email", "organization email"),
           example="judo@example.org"),
    Column("activity_id", "Its number in your list", _ACTIVITY,
           ("id", "identifier", "external id", "externalid", "record id", "service id", "slug",
            "reference"), example="A-7"),
    Column("activity_name", "Name of the activity", _ACTIVITY,
           ("name", "title", "activity", "service", "service name", "session name"), True,
           "Little Judo"),
    Column("summary", "What it is, in a sentence", _ACTIVITY, ("short description",),
           example="Judo for beginners."),
    Column("description", "More about it", _ACTIVITY, ("details", "about", "full description"),
           example="We play, fall and roll."),
    Column("categories", "Kinds of activity", _ACTIVITY,
           ("category", "kind", "kinds", "type", "activity type", "taxonomy"),
           example="Martial arts"),
    Column("minimum_age", "Youngest age", _ACTIVITY,
           ("min age", "age from", "youngest", "from age", "youngest age", "minimum age years"),
           example="5"),
    Column("maximum_age", "Oldest age", _ACTIVITY,
           ("max age", "age to", "oldest", "to age", "oldest age", "maximum age years"),
           example="8"),
    Column("minimum_age_months", "Youngest age in months", _ACTIVITY, ("min age months",)),
    Column("maximum_age_months", "Oldest age in months", _ACTIVITY, ("max age months",)),
    Column("support", "Support for children", _ACTIVITY, ("send support",), example="Small groups"),
    Column("access", "What the place has", _ACTIVITY,
           ("accessibility", "location accessibilities", "facilities"), example="Hearing loop"),
    Column("languages", "Languages spoken", _ACTIVITY, ("language",), example="Punjabi"),
    Column("last_date", "Last day of it", _ACTIVITY,
           ("end date", "ends on", "last day", "last on", "date to", "valid to"),
           example="31/07/2027"),
    Column("venue_name", "Name of the place", _PLACE,
           ("venue", "place", "location", "location name", "where", "place name"),
           example="Foundry Lane Hall"),
    Column("venue_address", "Address of the place", _PLACE,
           ("address", "street", "street address", "address 1", "location address"),
           example="Foundry Lane"),
    Column("venue_postcode", "Postcode of the place", _PLACE,
           ("postcode", "post code", "postal code", "zip"), example="WV10 0BB"),
    Column("days", "Days of the week", _TIMES,
           ("day", "weekday", "weekdays", "day of week"), example="Monday; Thursday"),
    Column("start_time", "Starts at", _TIMES,
           ("start", "starts", "from time", "time from", "opens at", "time start", "begins"),
           example="16:30"),
    Column("end_time", "Ends at", _TIMES,
           ("end", "ends", "to time", "time to", "closes at", "finish", "finishes"),
           example="17:30"),
    Column("term_time_only", "In school terms only", _TIMES,
           ("term time", "term time only", "season"), example="yes"),
    Column("price", "Price in pounds", _COST,
           ("cost", "fee", "fees", "amount", "price gbp", "cost pounds"), example="4.50"),
    Column("price_per", "What the price is for", _COST,
           ("price unit", "cost type", "per", "price kind", "cost kind"), example="session"),
    Column("price_note", "More about the price", _COST, ("cost notes", "cost note", "price notes"),
           example="First time free"),
    Column("booking_link", "Link to book", _COST,
           ("booking url", "book online", "book at"), example="https://judo.example/book"),
)  # fmt: skip
BY_NAME = {one.name: one for one in COLUMNS}
NEEDED = tuple(one for one in COLUMNS if one.is_needed)


def plain(heading: str) -> str:
    """A heading in small letters, without marks and lines: “Post-code*” is “post code”."""
    return _NOT_A_WORD.sub(" ", heading.casefold()).strip()


_MEANING = {
    words: one.name
    for one in COLUMNS
    for words in (plain(one.name), plain(f"{one.group} {one.label}"), *one.also)
}


def guess(header: Sequence[str]) -> dict[str, str]:
    """Which of our columns each heading means: “3” (its place, from 0) → our name.

    The heading itself comes first, then one that is nearly it. Each of ours is given once.
    """
    found: dict[str, str] = {}
    for nearly in (False, True):
        for place, heading in enumerate(header):
            name = _meant(plain(heading), nearly)
            if name and str(place) not in found and name not in found.values():
                found[str(place)] = name
    return found


def _meant(words: str, nearly: bool) -> str | None:
    if not words or words in _MEANING or not nearly:
        return _MEANING.get(words)
    best = process.extractOne(words, list(_MEANING), scorer=fuzz.ratio, score_cutoff=_ALIKE_ENOUGH)
    return _MEANING[best[0]] if best else None


def missing(columns: Mapping[str, str]) -> list[str]:
    """What no column stands for though nothing can be taken in without it, in words."""
    return [one.label for one in NEEDED if one.name not in columns.values()]


def letters(place: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 27 is AB."""
    named = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        named = chr(65 + rest) + named
    return named


def twice(header: Sequence[str]) -> list[str]:
    """A sentence for each heading that stands over more than one column."""
    there: dict[str, list[int]] = {}
    for place, heading in enumerate(header):
        if plain(heading):
            there.setdefault(plain(heading), []).append(place)
    return [
        f"{len(places)} columns have the heading “{header[places[0]][:60]}”: "
        f"{', '.join(letters(place) for place in places[:10])}. Only the one you choose is read."
        for places in there.values()
        if len(places) > 1
    ]
