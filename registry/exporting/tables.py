"""What is in a copy of the register: a file for each table, column by column. Pure.

By name, so that nothing new comes along by itself. Never in it: answers, papers, findings, notes,
reasons, concerns, quiet holds, and who at the council did what. An address that is not public,
and every way to reach a person, is in it only where that was asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from registry.csv_files import Cell, Column

Value = Callable[[Any, "Asked"], Cell]


class Asked(NamedTuple):
    """What a copy is to have, and what is known besides the records: the organisations that are on
    the list as their club is told."""

    with_contacts: bool
    listed: frozenset[int]


class File(NamedTuple):
    """One table of the copy. `leads_to` are foreign keys: a column, the file, the column there."""

    name: str
    title: str
    columns: tuple[Column, ...]
    values: tuple[Value, ...]
    primary_key: str
    leads_to: tuple[tuple[str, str, str], ...] = ()
    only_with_contacts: bool = False

    def cells(self, record: Any, asked: Asked) -> list[Cell]:
        """One line of it."""
        return [value(record, asked) for value in self.values]


def _file(
    name: str,
    title: str,
    columns: Iterable[tuple[Column, Value]],
    leads_to: tuple[tuple[str, str, str], ...] = (),
    *,
    primary_key: str = "id",
    only_with_contacts: bool = False,
) -> File:
    told = list(columns)
    return File(
        name,
        title,
        tuple(column for column, _ in told),
        tuple(value for _, value in told),
        primary_key,
        leads_to,
        only_with_contacts,
    )


def _same(name: str, holds: str, datatype: str = "string", **more: bool) -> tuple[Column, Value]:
    """A column that is called as in the record."""
    return Column(name, holds, datatype, **more), lambda record, asked: getattr(record, name)


_NUMBER = _same("id", "Its number here.", "integer", required=True)
_OF_ORGANISATION = _same("organisation_id", "Whose it is.", "integer", required=True)
_OF_ACTIVITY = _same("activity_id", "Of which activity.", "integer", required=True)
_TO_ORGANISATION = ("organisation_id", "organisations.csv", "id")
_TO_ACTIVITY = ("activity_id", "activities.csv", "id")

ORGANISATIONS = _file(
    "organisations.csv",
    "Every organisation, closed ones too",
    (
        _NUMBER,
        _same("slug", "Its name in addresses.", required=True),
        _same("name", "What it is called.", required=True),
        _same("description", "Who they are, in their words."),
        (
            Column("website", "Its website, where that is public."),
            lambda one, asked: one.public_website,
        ),
        (
            Column("public_phone", "The phone number that it made public."),
            lambda one, asked: one.public_phone,
        ),
        (
            Column("public_email", "The email address that it made public."),
            lambda one, asked: one.public_email,
        ),
        (
            Column("is_listed", "Whether it is on the list today.", "boolean", required=True),
            lambda one, asked: one.id in asked.listed,
        ),
        _same("contact_confirmed_on", "When it last confirmed its contact.", "date"),
        _same("created_at", "Since when it is on the register.", "dateTime", required=True),
        _same("closed_at", "When it closed.", "dateTime"),
        _same("merged_into_id", "The record that it was put together with.", "integer"),
    ),
)
VENUES = _file(
    "venues.csv",
    "The places of each",
    (
        _NUMBER,
        _OF_ORGANISATION,
        _same("privacy", "open, hidden, hidden_area or online.", required=True),
        (
            Column("name", "What it is called. Of a private place only with personal contacts."),
            lambda one, asked: one.name if _may_be_told(one, asked) else None,
        ),
        (
            Column("address", "The address. Of a private place only with personal contacts."),
            lambda one, asked: one.address if _may_be_told(one, asked) else None,
        ),
        (
            Column("postcode", "The postcode. Of a private place only with personal contacts."),
            lambda one, asked: one.postcode if _may_be_told(one, asked) else None,
        ),
        (
            Column("ward_name", "The ward; of a refuge and the like, nothing."),
            lambda one, asked: (
                None if one.privacy == "hidden_area" and not asked.with_contacts else one.ward_name
            ),
        ),
        _same("authority_name", "The council in whose area it is."),
    ),
    (_TO_ORGANISATION,),
)
ACTIVITIES = _file(
    "activities.csv",
    "The activities of each, in every state",
    (
        _NUMBER,
        _OF_ORGANISATION,
        _same("slug", "Its name in addresses.", required=True),
        _same("name", "What it is called.", required=True),
        _same("state", "draft, waiting, live, paused or ended.", required=True),
        _same("summary", "The activity in a line."),
        _same("description", "The activity in the club’s words."),
        (
            Column("categories", "Its kinds by their codes, the main one first.", many=True),
            lambda one, asked: [each.code for each in one.categories],
        ),
        _same("min_months", "The youngest age, in months.", "integer", required=True),
        _same("max_months", "The oldest age, in months.", "integer", required=True),
        _same("parent_stays", "Whether a parent stays: yes, no or optional."),
        _same("place_kind", "venues, online or various.", required=True),
        (
            Column("venue_ids", "Where it happens, the main place first.", many=True),
            lambda one, asked: [str(each.venue_id) for each in one.happens_at],
        ),
        _same("price_kind", "free, session, term, course, membership, donation or haf."),
        _same("price_pence", "What it costs, in pence.", "integer"),
        _same("price_period", "How long a membership lasts."),
        _same("booking_kind", "link, phone, email or turn_up."),
        _same("waiting_list", "Whether there is a waiting list: yes or no."),
        _same("languages", "The languages that are spoken.", many=True),
        (
            Column("marks", "Support, access and cost: each code with the answer.", many=True),
            lambda one, asked: [f"{each.code}={each.answer}" for each in one.marks],
        ),
        _same("last_on", "Its last day, where there is one.", "date"),
    ),
    (_TO_ORGANISATION,),
)
SESSIONS = _file(
    "sessions.csv",
    "When each activity happens",
    (
        _NUMBER,
        _OF_ACTIVITY,
        _same("pattern", "weekly, fortnightly, monthly and so on.", required=True),
        (
            Column("days", "The days of the week, 0 for Monday.", many=True),
            lambda one, asked: [str(day) for day in one.days],
        ),
        (
            Column("starts", "When it starts.", "time", required=True),
            lambda one, asked: f"{one.starts:%H:%M:%S}",
        ),
        (
            Column("ends", "When it ends.", "time", required=True),
            lambda one, asked: f"{one.ends:%H:%M:%S}",
        ),
        _same("season", "term, holidays, all_year and so on.", required=True),
        _same("anchor", "A day from which a fortnight counts.", "date"),
        _same("nth", "Which week of a month; -1 for the last.", "integer"),
        _same("dates", "Its dates, where it follows no rule.", many=True),
        (
            Column("runs", "Its first and last days, such as 2027-01-04/2027-03-26.", many=True),
            lambda one, asked: ["/".join(run) for run in one.runs],
        ),
        (
            Column("off", "Days on which it does not happen.", many=True),
            lambda one, asked: [each["on"] for each in one.off],
        ),
        (
            Column("extra", "Days on which it happens besides.", many=True),
            lambda one, asked: [each["on"] for each in one.extra],
        ),
    ),
    (_TO_ACTIVITY,),
)
ASSESSMENTS = _file(
    "assessments.csv",
    "Every self-check, and where it stands",
    (
        _NUMBER,
        _OF_ORGANISATION,
        _same("reference", "Its reference.", required=True),
        _same("edition", "The edition of the criteria.", required=True),
        (
            Column("status", "Where it stands.", required=True),
            lambda one, asked: str(one.status),
        ),
        _same("status_since", "Since when.", "dateTime", required=True),
        _same("is_renewal", "Whether it followed another.", "boolean", required=True),
        _same("begun_at", "When it was begun.", "dateTime", required=True),
        _same("submitted_at", "When it was sent.", "dateTime"),
        _same("decided_on", "When it was decided.", "date"),
        _same("listed_until", "The last day of its listing.", "date"),
        _same("not_before_on", "The day before which the club may not ask again.", "date"),
        _same("appeal_since", "Since when an appeal is open.", "dateTime"),
    ),
    (_TO_ORGANISATION,),
)
DECISIONS = _file(
    "decisions.csv",
    "Every decision, without its reasons and without who took it",
    (
        _NUMBER,
        _same("assessment_id", "On which self-check.", "integer", required=True),
        _same("action", "What was decided.", required=True),
        _same("at", "When.", "dateTime", required=True),
        _same("edition", "The edition of the criteria.", required=True),
        _same("listed_until", "The last day of the listing that it gave.", "date"),
    ),
    (("assessment_id", "assessments.csv", "id"),),
)
CONTACTS = _file(
    "contacts.csv",
    "How to reach each organisation and its people. Private",
    (
        (
            Column("id", "A number in this file.", "integer", required=True),
            lambda one, asked: one["id"],
        ),
        (
            Column("organisation_id", "Whose it is.", "integer", required=True),
            lambda one, asked: one["organisation_id"],
        ),
        (
            Column("role", "organisation, owner or member.", required=True),
            lambda one, asked: one["role"],
        ),
        (Column("name", "Who it is."), lambda one, asked: one["name"]),
        (Column("email", "Their email address."), lambda one, asked: one["email"]),
        (Column("phone", "Their phone number."), lambda one, asked: one["phone"]),
    ),
    (_TO_ORGANISATION,),
    only_with_contacts=True,
)
FILES = (ORGANISATIONS, VENUES, ACTIVITIES, SESSIONS, ASSESSMENTS, DECISIONS, CONTACTS)


def files_for(*, with_contacts: bool) -> tuple[File, ...]:
    """The files of a copy, in their order."""
    return tuple(one for one in FILES if with_contacts or not one.only_with_contacts)


def contacts_of(organisation: Any, number: int) -> list[Mapping[str, Any]]:
    """How to reach one organisation and its people; numbered on from `number`."""
    own = {
        "role": "organisation",
        "name": organisation.name,
        "email": organisation.email,
        "phone": organisation.phone,
    }
    people = [
        {"role": one.role, "name": one.account.name, "email": one.account.email, "phone": ""}
        for one in organisation.members
    ]
    return [
        {"id": which, "organisation_id": organisation.id, **told}
        for which, told in enumerate((own, *people), number)
    ]


def _may_be_told(venue: Any, asked: Asked) -> bool:
    return asked.with_contacts or venue.privacy == "open"
