"""The invented clubs, as `content/*.toml` tells of them.

Content, read once. docs/demonstration.md says how a club is written.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from registry import clock
from registry.demonstration.drawings import drawing
from registry.demonstration.walking import ActivityPlan, VenuePlan
from registry.organisations.ages import Age, read_age, said_in
from registry.organisations.services import SessionFields

CONTENT = Path(__file__).parent / "content"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# What a club does with children, as the content says it, and the profile question that asks.
DOES = {
    "online": "p_online",
    "trips": "p_trips",
    "lifts": "p_transport",
    "overnight": "p_overnight",
    "one_to_one": "p_oneone",
    "care": "p_care",
}
_PRICE = re.compile(
    r"£(?P<pounds>\d+)(?:\.(?P<pence>\d\d))?(?: a (?P<unit>term|course|month|year))?"
    r"|(?P<small>\d\d)p"
)
_MEMBERS_PAY_BY = ("month", "year")
_SESSION = re.compile(r"(?P<day>[A-Z][a-z]{2}) (?P<starts>\d\d:\d\d)-(?P<ends>\d\d:\d\d)")


@dataclass(frozen=True)
class Activity:
    """One activity: what its club says of it, and how risky it is.

    `later` is how many days ago it was added, where that was after the council had read the rest.
    """

    plan: ActivityPlan
    does: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    later: int = 0


@dataclass(frozen=True)
class Club:
    """One invented club: who it is, what it does and says, and what became of it (`story`)."""

    name: str
    owner: str
    about: str
    people: int
    places: tuple[str, ...]
    story: Mapping[str, Any]
    venues: tuple[VenuePlan, ...]
    activities: tuple[Activity, ...]
    account: str = ""
    members: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    deputy: str = ""
    chair: str = ""
    phone: str = ""
    web: str = ""
    hidden_contacts: tuple[str, ...] = ()
    employees: int = 0
    young_helpers: bool = False
    national: tuple[str, ...] = ()
    charity_number: str = ""
    company_number: str = ""
    ofsted: str = ""
    school_hours: tuple[int, int] | None = None
    only_for: str = ""
    others: str = ""
    policy: str = ""
    policy_as: str = "docx"
    special: Mapping[str, str] = field(default_factory=dict)
    open_access: Mapping[str, str] = field(default_factory=dict)
    clear: Mapping[str, str] = field(default_factory=dict)
    employers_ended: int = 0
    unchecked: int = 0
    has_own_papers: bool = True

    @property
    def is_alone(self) -> bool:
        """Whether one person is the whole club."""
        return self.people == 1

    @property
    def is_large(self) -> bool:
        """Whether five people or more help, so that a deputy is needed."""
        return self.people >= 5

    @property
    def uses_national_policies(self) -> bool:
        """Whether its plans are those of a national body."""
        return self.national[:1] == ("uses",)

    @property
    def safeguarding_lead(self) -> str:
        """Who is in charge of keeping children from harm."""
        return self.lead or self.owner

    @property
    def shown_phone(self) -> str:
        """The phone number that the club shows to the public."""
        return "" if "phone" in self.hidden_contacts else self.phone

    @property
    def shown_email(self) -> str:
        """The email address that the club shows to the public."""
        if "email" in self.hidden_contacts:
            return ""
        return f"hello@{self.web}.example" if self.web else f"{_joined(self.name)}@mail.example"

    @property
    def shown_website(self) -> str:
        """The website that the club shows to the public."""
        hidden = not self.web or "website" in self.hidden_contacts
        return "" if hidden else f"https://{self.web}.example"

    @property
    def owner_email(self) -> str:
        """Where the owner signs in and gets letters."""
        return self.account or email_of(self.owner, self.name)

    def at_first(self) -> tuple[Activity, ...]:
        """The activities that the club had when it registered."""
        return tuple(one for one in self.activities if not one.later)


@cache
def written_clubs() -> tuple[Club, ...]:
    """Every club that somebody wrote. Those that a small register needs come first."""
    read = [
        given
        for path in sorted(CONTENT.glob("*.toml"))
        for given in tomllib.loads(path.read_text(encoding="utf-8")).get("club", [])
    ]
    read.sort(key=lambda given: given.get("first", 1000))
    return tuple(_club(given, number) for number, given in enumerate(read))


def renamed(club: Club, number: int, **changed: Any) -> Club:
    """The same kind of club under another name, with numbers of its own."""
    return replace(club, phone=_phone(number), **_numbers(club.__dict__, number), **changed)


def email_of(person: str, club: str) -> str:
    """An address that reaches nobody, for somebody of a club."""
    return f"{_joined(person, '.')}@{_joined(club)}.example"


def _club(given: dict[str, Any], number: int) -> Club:
    told = dict(given)
    told.pop("first", None)
    venues = told.pop("venue")
    activities = told.pop("activity")
    plain: dict[str, Any] = {
        name: told.pop(name, "") for name in ("name", "owner", "about", "lead", "deputy")
    }
    member = told.pop("member", None)
    hours = told.pop("school_hours", None)
    return Club(
        **plain,
        **_numbers(told, number),
        people=told.pop("people"),
        places=tuple(told.pop("places")),
        story=told.pop("story"),
        venues=tuple(_venue(one) for one in venues),
        activities=tuple(_activity(one, venues) for one in activities),
        members=(tuple(member),) if member else (),
        phone=told.pop("phone", "") or _phone(number),
        hidden_contacts=tuple(told.pop("private", "").split()),
        national=tuple(told.pop("national", ())),
        school_hours=(hours[0], hours[1]) if hours else None,
        **{name: value for name, value in told.items() if name not in ("charity", "company")},
    )


def _numbers(given: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Charity and company numbers that nobody has."""
    is_charity = given.get("charity") or given.get("charity_number")
    is_company = given.get("company") or given.get("company_number")
    return {
        "charity_number": f"99{10_000 + number:05}" if is_charity else "",
        "company_number": f"99{100_000 + number:06}" if is_company else "",
    }


def _venue(given: dict[str, Any]) -> VenuePlan:
    return VenuePlan(
        given["name"],
        given.get("postcode", ""),
        given.get("address", ""),
        given.get("privacy", "open"),
    )


def _activity(given: dict[str, Any], venues: list[dict[str, Any]]) -> Activity:
    place = venues[_places(given)[0]]
    price_kind, price_pence = _price(given["price"])
    book, _, link = given.get("book", "turn up").partition(" https://")
    does, risks = tuple(given.get("does", ())), tuple(given.get("risk", ()))
    youngest, oldest = (read_age(str(end)) for end in given["ages"])
    assert youngest, given["ages"]
    assert oldest, given["ages"]
    plan = ActivityPlan(
        name=given["name"],
        categories=tuple(given["kind"]),
        ages=(youngest.first_month // 12, oldest.last_month // 12),
        sessions=tuple(_sessions(given.get("when", ""))),
        patterns=tuple(_pattern(one, clock.today()) for one in given.get("patterns", ())),
        away=_away(given.get("away"), clock.today()),
        season=given.get("season", "term"),
        price_kind=price_kind,
        price_pence=price_pence,
        price_note=given.get("price_note", ""),
        summary=given["summary"],
        description=given.get("text", ""),
        bring=given.get("bring", ""),
        languages=tuple(filter(None, given.get("languages", "").split(", "))),
        parent_stays=given.get("parent", "no"),
        venues=_places(given),
        marks=_marks(given, place),
        booking_kind=book.replace(" ", "_"),
        booking_link=f"https://{link}" if link else "",
        profile=_about(youngest.first_month // 12, given.get("long_stay", False), does, risks),
        more=_more(given, youngest, oldest),
        picture=_picture(given.get("picture")),
    )
    return Activity(plan, does, risks, given.get("later", 0))


def _more(given: dict[str, Any], youngest: Age, oldest: Age) -> dict[str, Any]:
    """What only some activities tell: `trial = "£1"`, `waiting_list = "yes"`, `area = "parks"`."""
    told: dict[str, Any] = {
        "min_months": youngest.first_month,
        "max_months": oldest.last_month,
        "ages_said": said_in(youngest, oldest),
    }
    if trial := given.get("trial"):
        pence = 0 if trial in ("free", "no") else _price(trial)[1]
        told |= {"trial": "paid" if pence else trial, "trial_pence": pence}
    if list_kept := given.get("waiting_list"):
        told["waiting_list"] = list_kept
    if area := given.get("area"):
        told |= {"place_kind": "various", "place_area": area, "venues": []}
    period = given["price"].rpartition(" ")[2]
    return told | ({"price_period": period} if period in _MEMBERS_PAY_BY else {})


def _picture(told: list[str] | None) -> tuple[str, bytes] | None:
    """`picture = ["ball", "A football in front of a goal"]`: a drawing, and what it shows."""
    return (told[1], drawing(told[0])) if told else None


def _places(given: dict[str, Any]) -> tuple[int, ...]:
    """Which of the club's places: `venue = 1`, or `venue = [0, 2]` with the main one first."""
    told = given.get("venue", 0)
    return (told,) if isinstance(told, int) else tuple(told)


def _about(
    youngest: int, long_stay: bool, does: tuple[str, ...], risks: tuple[str, ...]
) -> dict[str, Any]:
    """What the criteria ask of an activity."""
    ages = {"long_stay": "yes" if long_stay else "no"} if youngest < 8 else {}
    asked = {key: {"said": "yes" if word in does else "no"} for word, key in DOES.items()}
    return {"p_ages": ages, **asked, "p_risk": {"ticked": list(risks) or ["none"]}}


def _marks(given: dict[str, Any], place: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """“step_free ask:quiet_room no:hoist”: of the place, and of the activity."""
    notes = given.get("notes", {})
    words = f"{place.get('access', '')} {given.get('support', '')} {given.get('cost', '')}".split()
    pairs = [word.rpartition(":")[::2] for word in words]
    return {code: (answer or "yes", notes.get(code, "")) for answer, code in pairs}


def _sessions(when: str) -> list[tuple[int, str, str]]:
    """“Tue 16:30-17:30, Sat 10:00-11:00”."""
    found = [_SESSION.fullmatch(one) for one in when.split(", ") if one]
    assert all(found), when
    return [(DAYS.index(m["day"]), m["starts"], m["ends"]) for m in found if m]


def _pattern(given: Mapping[str, Any], today: date) -> SessionFields:
    """A session that is not plainly weekly. Its dates are days from today, or rather the first
    of its days from then on: `{ is = "course", days = "Sun", at = "10:00-11:00", runs = [[0, 60]] }`.
    """
    days = tuple(DAYS.index(day) for day in given.get("days", "").split())
    starts, _, ends = given["at"].partition("-")
    told: SessionFields = {
        "pattern": given["is"],
        "starts": time.fromisoformat(starts),
        "ends": time.fromisoformat(ends),
        "season": given.get("season", "all_year"),
    }
    if "on" in given:
        told["dates"] = [_day_from(today, number, days) for number in given["on"]]
    else:
        told["days"] = days
    if "anchor" in given:
        told["anchor"] = _day_from(today, given["anchor"], days)
    if "nth" in given:
        told["nth"] = given["nth"]
    if "runs" in given:
        told["runs"] = [
            (_day_from(today, first, days), today + timedelta(days=last))
            for first, last in given["runs"]
        ]
    return told


def _away(given: list[Any] | None, today: date) -> tuple[date, str] | None:
    """“The week that begins in so many days, and why”."""
    return (today + timedelta(days=given[0]), given[1]) if given else None


def _day_from(today: date, number: int, days: tuple[int, ...]) -> date:
    """So many days from today, and on to the first of these days of the week."""
    day = today + timedelta(days=number)
    return day + timedelta(days=min((wanted - day.weekday()) % 7 for wanted in days))


def _price(written: str) -> tuple[str, int]:
    """“£3.50”, “£45 a term”, “£8 a month”, “50p”, “free”, “donation” or “haf”."""
    found = _PRICE.fullmatch(written)
    if not found:
        return written, 0
    pence = int(found["small"] or 0) + int(found["pounds"] or 0) * 100 + int(found["pence"] or 0)
    unit = found["unit"] or "session"
    return ("membership" if unit in _MEMBERS_PAY_BY else unit), pence


def _phone(number: int) -> str:
    """From the thousand numbers that are kept for stories (01632 960000 to 960999)."""
    return f"01632 960{100 + number % 900:03}"


def _joined(words: str, between: str = "") -> str:
    plain = re.sub(r"[^a-z0-9 ]", "", words.lower().replace("ó", "o"))
    return between.join(plain.split())
