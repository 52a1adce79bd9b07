"""The main story of the register: a club puts itself on it, is read, is found, and runs out.

The same words are walked by two readers: `reading.py` asks the application for each page and
inspects it, `tests/browser/window.py` drives a real Chromium. A `Window` is one person's browser;
what it offers is what a person can do: follow a link, fill in what is on the page, press a button.
"""

import csv
import gzip
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from registry.demonstration.answers import good_activity_profile, good_answers, good_profile
from registry.geography.services import OUR_POSTCODES
from tests.rigs.authenticator import code_for

PAPERS = Path("registry/demonstration/papers/made")
PASSWORD = "three old canal boats"
OWNER, OWNER_NAME = "priya@kingfisher.example", "Priya Nair"
REVIEWER, REVIEWER_NAME = "jo.bennett@council.example", "Jo Bennett"

CLUB, HALL, ACTIVITY = "Kingfisher Dance Project", "Foundry Lane Hall", "Street Dance Juniors"
# Where the club meets, and where the family lives that looks for it: both are real.
VENUE_AT, FAMILY_AT = "WV10 0BB", "WV11 1AB"

RETURNED, RETURNED_IS_CALLED = "sg_steps", "Steps when worried"
WORDS_TO_THE_CLUB = "Your steps do not name the night number. Add 01902 552999, please."

# Which paper a careful club shows to which question. The rest is in its safeguarding plan.
SHOWS = {
    "sg_code": "code-of-conduct.pdf",
    "sr_steps": "recruitment-checklist.pdf",
    "sr_checks": "recruitment-checklist.pdf",
    "hs_policy": "health-and-safety.pdf",
    "hs_ra_all": "risk-check-hall.pdf",
    "hs_info": "child-details-form.pdf",
    "hs_employers": "insurance.pdf",
    "eq_policy": "equality.pdf",
}
ITS_PLAN = "dance-safeguarding.pdf"
MENDED_STEPS = "parents-notice.pdf"

Look = Callable[["Window", str], None]


class Window(Protocol):
    """One person's browser."""

    def open(self, address: str) -> None:
        """Type an address."""

    def follow(self, words: str) -> None:
        """Press the link with these words."""

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in fields by their names: words, choices, several choices, or a file."""

    def press(self, words: str) -> None:
        """Press the button with these words."""

    @property
    def fields(self) -> list[str]:
        """The names of what can be filled in between header and footer, in the page's order."""

    @property
    def path(self) -> str:
        """The address of the page, without the site."""

    @property
    def h1(self) -> str:
        """The heading."""

    @property
    def words(self) -> str:
        """What the page says between header and footer."""

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""

    @property
    def links(self) -> list[str]:
        """The words of each link between header and footer."""


def nothing_more(window: Window, name: str) -> None:
    """For a walk of which nobody wants pictures."""


# The club.


def makes_an_account(club: Window, look: Look = nothing_more) -> None:
    """From the first page to “Check your email”."""
    club.open("/")
    look(club, "home-of-an-empty-list")
    club.follow("What Safe and Sound means")
    look(club, "about")
    club.open("/what-you-will-need")
    look(club, "what-you-will-need")
    club.open("/register")
    look(club, "register")
    club.fill({"name": OWNER_NAME, "email": OWNER, "password": PASSWORD})
    club.press("Make my account")
    assert club.h1 == "Check your email", (club.h1, club.errors)
    look(club, "check-your-email")


def confirms(club: Window, link: str, look: Look = nothing_more) -> None:
    """Through the link of the email, and in."""
    club.open(link)
    look(club, "confirm")
    club.press("Confirm my email address")
    assert club.h1 == "Sign in"
    look(club, "sign-in")
    signs_in(club, OWNER)
    assert club.h1 == "Get your club listed"
    look(club, "club-first")


def signs_in(somebody: Window, email: str, password: str = PASSWORD) -> None:
    """Through the sign-in page; somebody who is still signed in is at their desk at once."""
    somebody.open("/sign-in")
    if somebody.h1 != "Sign in":
        return
    somebody.fill({"email": email, "password": password})
    somebody.press("Sign in")
    if somebody.h1 == "Enter your code":
        somebody.fill({"code": code_for(email)})
        somebody.press("Go on")
    assert somebody.h1 not in ("Sign in", "Enter your code"), somebody.errors


def registers(club: Window, look: Look = nothing_more) -> None:
    """Who they are, where they meet, what they do."""
    club.follow("Add your club")
    look(club, "club-new")
    club.fill(
        {
            "name": CLUB,
            "description": "Dance for children and young people since 2011.",
            "website": "www.kingfisher.example",
            "website_is_public": ["yes"],
            "phone": "01632 960 111",
            "phone_is_public": ["yes"],
            "email": "hello@kingfisher.example",
        }
    )
    club.press("Save and continue")
    assert club.h1 == CLUB, (club.h1, club.errors)
    look(club, "club-home-at-first")

    club.follow("Places")
    look(club, "places-none-yet")
    club.follow("Add a place")
    club.fill(
        {"name": HALL, "privacy": "open", "address": "Foundry Lane", "postcode": VENUE_AT.lower()}
    )
    look(club, "place-new")
    club.press("Save this place")
    assert club.h1 == HALL, (club.h1, club.errors)
    look(club, "place")

    club.follow("Activities")
    look(club, "activities-none-yet")
    club.follow("Add an activity")
    look(club, "activity-new")
    club.fill(
        {
            "name": ACTIVITY,
            "summary": "Street dance for beginners. Learn a routine with friends.",
            "category": "dance_arts.dance",
            "youngest": "7",
            "oldest": "11",
        }
    )
    club.press("Save and continue")
    told: dict[str, dict[str, Any]] = {
        "where": {"place_kind": "venues"},
        "cost": {"price_kind": "session", "price": "3.50", "price_note": "The first one is free."},
        "booking": {"booking_kind": "phone", "bring": "Trainers and a drink."},
        "who": {"parent_stays": "no", "languages": ["English", "Panjabi"]},
        "support": {"mark_step_free": "yes", "mark_hearing_loop": "no"},
        "safety": _about_the_activity(),
    }
    for _ in range(12):
        page = club.path.rpartition("/")[2]
        if club.path.endswith("/sessions/new"):
            club.fill({"pattern": "weekly"})
            look(club, "activity-sessions-pattern")
            club.press("Continue")
            club.fill({"days": ["1"], "starts": "4.30pm", "ends": "5.30pm", "season": "term"})
            look(club, "activity-sessions-new")
            club.press("Save and see the dates")
            assert not club.errors, club.errors
            look(club, "activity-sessions")
            club.follow("Yes, continue")
        elif page in told:
            club.fill({name: v for name, v in told[page].items() if name in club.fields})
            look(club, f"activity-{page}")
            club.press("Save and continue")
            assert not club.errors, club.errors
        else:
            break
    assert club.h1 == ACTIVITY, (club.h1, club.path)
    look(club, "activity")
    more = {
        "What it is": {"description": "We warm up, learn a routine and show it to our families."},
        "Support and access": {"note_step_free": "Ramp at the side door"},
    }
    for page, values in more.items():
        club.follow(page)
        club.fill(values)
        look(club, f"activity-more-{page.lower().replace(' ', '-')}")
        club.press("Save and come back later")
        assert club.h1 == ACTIVITY, (club.h1, club.errors)


def _about_the_activity() -> dict[str, Any]:
    """What the criteria ask of an activity, by the names of the page's fields."""
    return {
        f"{key}__{part}": value
        for key, parts in good_activity_profile("large").items()
        for part, value in parts.items()
    }


def assesses_itself(club: Window, today: date, look: Look = nothing_more) -> None:
    """Every page of the self-check, whatever it asks, and the declaration."""
    club.follow("Home")
    club.press("Begin your self-check")
    assert club.h1 == "Your self-check"
    look(club, "self-check-at-first")
    club.follow("The people who help")
    careful = CarefulClub(today)
    answered: list[str] = []
    for _ in range(80):
        if club.path.endswith("/self-check"):
            break
        page = club.path.partition("/self-check/")[2]
        assert page not in answered, f"asked twice: {page}; {club.errors or club.words[:400]}"
        answered.append(page)
        club.fill(careful.answers_to(page, club.fields))
        look(club, f"question-{len(answered):02}-{page.replace('/', '-')}")
        club.press("Save and continue")
        assert not club.errors, (page, club.errors)
        if page.startswith("about") and club.path.endswith("/self-check"):
            club.follow("Written plan")
    assert len(answered) > 25, answered
    assert "Ready to send" in club.words, club.words[-1500:]
    look(club, "self-check-done")
    club.follow("Read your answers")
    assert club.h1 == "Check your answers"
    assert "Nothing that we must have is missing." in club.words
    assert "No answer yet" not in club.words
    look(club, "check-answers")
    signs_and_sends(club, "Go on to sign", look)


def signs_and_sends(club: Window, by: str, look: Look = nothing_more) -> None:
    """The declaration. `by` is the link that leads to it."""
    club.follow(by)
    look(club, "declare")
    club.fill(
        {
            "agreed": ["1", "2", "3", "4", "5"],
            "declared_name": OWNER_NAME,
            "declared_role": "Head teacher",
        }
    )
    club.press("Sign and send to the council")
    assert club.h1 == "We have your self-check", (club.h1, club.errors)
    look(club, "sent")


class CarefulClub:
    """Answers whatever a page asks, from the answers of a dance school that does things well."""

    def __init__(self, today: date) -> None:
        self.answers = {
            **good_profile("large"),
            **good_answers(
                "large", file_id=0, today=today, activity_ids=[0],
                lead_name=OWNER_NAME, lead_email=OWNER,
            ),
        }  # fmt: skip
        # Last week, so that the date of the plan is what runs out first.
        self.answers["hs_ra_date"] = {
            "rows": [{"checked_on": (today - timedelta(days=7)).isoformat()}]
        }
        self.shown: set[str] = set()

    def answers_to(self, page: str, fields: list[str]) -> dict[str, Any]:
        """What goes into each field of a page, by its name. Some stay empty."""
        found = {}
        rows: dict[str, int] = {}
        for name in fields:
            key, _, rest = name.partition("-")
            if key not in self.answers or not key.startswith("p_"):
                key, rest = page, name
            if key not in self.answers:
                continue
            value = self._value(key, rest, fields, rows)
            if value not in (None, "", []):
                found[name] = value
        self.shown |= {value.name for value in found.values() if isinstance(value, Path)}
        return found

    def _value(self, key: str, name: str, fields: list[str], rows: dict[str, int]) -> Any:
        parts = self.answers[key]
        if name in parts and name == "file":
            return self._paper(key) if self._is_new(key, fields) else None
        if name == "file-reuse":
            return None if self._is_new(key, fields) else [self._paper(key).name]
        if name in parts:
            return _typed(parts[name])
        part, _, rest = name.partition("-")
        if part not in parts:
            return None
        if rest in ("day", "month", "year"):
            return str(getattr(date.fromisoformat(parts[part]), rest))
        if isinstance(parts[part], Mapping):
            return parts[part].get(rest)
        if isinstance(parts[part], list):
            return self._cell(key, parts[part], rest, rows)
        return None

    def _cell(self, key: str, said: list[Any], name: str, rows: dict[str, int]) -> Any:
        """One cell of a table. Rows come in the order of the page, whatever they are called."""
        about, _, column = name.partition("-")
        row = said[number] if (number := rows.setdefault(about, len(rows))) < len(said) else {}
        if column == "new":
            return self._paper(key) if "file" in row else None
        column, _, box = column.partition("-")
        if column not in row or column == "file":
            return None
        if box:
            return str(getattr(date.fromisoformat(row[column]), box))
        return _typed(row[column])

    def _is_new(self, key: str, fields: list[str]) -> bool:
        """Whether the paper has to be sent: it was not, or there is nothing yet to choose from."""
        return self._paper(key).name not in self.shown or "file-reuse" not in fields

    def _paper(self, key: str) -> Path:
        return PAPERS / SHOWS.get(key, ITS_PLAN)


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value)


def mends(club: Window, look: Look = nothing_more) -> None:
    """Sees the words, mends only that, and sends again."""
    signs_in(club, OWNER)
    assert WORDS_TO_THE_CLUB in club.words, club.words
    look(club, "club-home-sent-back")
    club.follow(RETURNED_IS_CALLED)
    assert WORDS_TO_THE_CLUB in club.words
    look(club, "question-sent-back")
    club.fill({"file": PAPERS / MENDED_STEPS, "note": "The night number is on the new notice."})
    club.press("Save and continue")
    assert club.h1 == "Your self-check", (club.h1, club.errors)
    look(club, "self-check-mended")
    club.open(club.path + "/eq_policy")
    assert "not open for changes" in club.words
    club.follow("Back to your self-check")
    signs_and_sends(club, "Sign and send")


def is_listed_until(club: Window) -> date:
    """The last day, as the club's own front page says it."""
    club.open("/club")
    found = re.search(r"on the list until (\d+ \w+ \d{4})", club.words)
    assert found, club.words
    return datetime.strptime(found[1], "%d %B %Y").date()  # noqa: DTZ007


# The council.


def reads_every_question(council: Window, look: Look = nothing_more) -> int:
    """Takes the next case and finds on every question; returns how many there were."""
    signs_in(council, REVIEWER)
    assert council.h1 == "What needs you today"
    council.open("/council/cases")
    assert CLUB in council.words
    look(council, "council-queue")
    council.open("/council")
    council.press("Take the next case")
    read = 0
    while "result" in council.fields:
        key = council.path.rpartition("/")[2]
        found: dict[str, Any] = {"result": "met"}
        if key == RETURNED:
            found = {
                "result": "partly",
                "reason": "The night number is not in the paper.",
                "words": WORDS_TO_THE_CLUB,
            }
        council.fill(found)
        if read < 4:
            look(council, f"case-question-{key}")
        council.press("Save, next question")
        assert not council.errors, (key, council.errors)
        read += 1
        assert read < 80
    assert council.h1 == CLUB
    look(council, "case-read")
    return read


def returns_one_question(council: Window, look: Look = nothing_more) -> None:
    """With the words that were written beside the finding."""
    council.follow("Send questions back")
    look(council, "case-return")
    council.fill({"chosen": [RETURNED]})
    council.press("See the letter")
    assert WORDS_TO_THE_CLUB in council.words
    look(council, "case-letter")
    council.press("Send back")
    assert council.h1 == "What needs you today", (council.h1, council.errors)
    council.open("/council/cases?where=club")
    assert CLUB in council.words
    look(council, "council-queue-sent-back")


def reads_again_and_approves(council: Window, look: Look = nothing_more, case: str = "") -> None:
    """Only what is new needs reading; then the club is on the list. `case` is its address, where
    the club has another case on the desk."""
    council.open(case or "/council")
    if not case:
        council.follow(CLUB)
    look(council, "case-again")
    council.press("Take this case")
    while "result" in council.fields:
        assert council.path.endswith(RETURNED), council.path
        council.fill({"result": "met", "reason": "Both numbers are in the new notice."})
        council.press("Save, next question")
        assert not council.errors, council.errors
    council.follow("Approve")
    look(council, "case-approve")
    council.press("See the letter")
    council.press("Approve")
    assert council.h1 == "What needs you today", (council.h1, council.errors)
    assert "is on the list" in council.words


# The family.


def finds_it(family: Window, look: Look = nothing_more) -> str:
    """Searches from home, and reads the listing; returns its address."""
    family.open("/")
    look(family, "home")
    family.fill({"q": "street dance", "age": "8", "postcode": FAMILY_AT})
    family.press("Search")
    assert family.h1 == "1 activity", family.words
    assert miles_in_words(VENUE_AT, FAMILY_AT) in family.words, family.words
    look(family, "results")
    family.follow(ACTIVITY)
    assert family.h1 == ACTIVITY
    for fact in (CLUB, HALL, "Tuesdays", "4.30pm to 5.30pm", "£3.50", "7 to 11", "Ramp"):
        assert fact in family.words, (fact, family.words)
    assert "01632 960111" in family.words
    assert "hello@kingfisher.example" not in family.words, "this was not ticked as public"
    look(family, "listing")
    listing = family.path
    family.follow(CLUB)
    assert ACTIVITY in family.links
    look(family, "organisation")
    return listing


def finds_nothing_more(family: Window, listing: str, look: Look = nothing_more) -> None:
    """The page is gone, and so is the hit."""
    family.open(listing)
    assert CLUB not in family.words and ACTIVITY not in family.words, family.words
    look(family, "listing-gone")
    family.open("/")
    look(family, "home-when-it-is-gone")
    family.fill({"q": "street dance", "postcode": FAMILY_AT})
    family.press("Search")
    assert CLUB not in family.words, family.words
    look(family, "results-none")


# How far it is, found without asking the register.


def miles_in_words(one: str, other: str) -> str:
    """The great-circle distance as a parent reads it: to a tenth of a mile."""
    far = great_circle_miles(point_of(one), point_of(other))
    return f"{far:.1f} miles"


def great_circle_miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the haversine formula, on a sphere of the Earth's mean radius."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    a = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(a)) / 1.609344


def point_of(postcode: str) -> tuple[float, float]:
    """Where a postcode is, read from the file itself."""
    row = next(row for row in postcodes() if row["postcode"] == postcode)
    return float(row["latitude"]), float(row["longitude"])


def postcodes() -> list[dict[str, str]]:
    """Every postcode that the register ships with."""
    with gzip.open(OUR_POSTCODES, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
