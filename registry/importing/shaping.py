"""From the pieces of one row to the facts that the register would keep of it, or to what is wrong.

Pure: what the council keeps in lists comes in as `Known`. A mistake keeps the row out; a note says
what was left out or put in for it, and the row comes in. What nobody said stays unsaid: it is the
club that fills it in.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from registry.geography.places import format_postcode, normalise_postcode
from registry.importing import cells, elsewhere
from registry.importing.columns import plain
from registry.importing.pieces import Pieces, Place, Times
from registry.organisations.ages import OLDEST, OLDEST_WITH_SEND, months_from, oldest_allowed
from registry.timetable.terms import ALL_YEAR, TERM

LONGEST_KEY = 200
MOST_PLACES, MOST_TIMES, MOST_KINDS = 10, 20, 4
_PRICES = {
    "session": "session", "class": "session", "lesson": "session", "visit": "session",
    "per session": "session",
    "a session": "session",
    "a term": "term",
    "a course": "course", "per class": "session", "per lesson": "session",
    "term": "term", "per term": "term", "course": "course", "per course": "course",
}  # fmt: skip

Said = list[tuple[str, str]]


@dataclass(frozen=True)
class Known:
    """The council's lists, by their words in small letters, and the day."""

    kinds: Mapping[str, str]
    marks: Mapping[str, str]
    languages: Mapping[str, str]
    today: date


@dataclass
class Shaped:
    """What one row comes to: facts where nothing is wrong."""

    number: int
    key: str
    organisation_key: str
    name: str = ""
    club: str = ""
    facts: dict[str, Any] | None = None
    problems: Said = field(default_factory=list)
    notes: Said = field(default_factory=list)


def digest(facts: Any) -> str:
    """The same for the same facts, in whatever order."""
    said = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def shape(pieces: Pieces, known: Known) -> Shaped:
    """Everything that can be said of a row, all its mistakes at once."""
    return _Shaping(pieces, known).shaped()


class _Shaping:
    """One row on its way."""

    def __init__(self, pieces: Pieces, known: Known) -> None:
        self.pieces, self.known = pieces, known
        self.problems: Said = list(pieces.broken)
        self.notes: Said = []

    def shaped(self) -> Shaped:
        """Read every piece, then say what it comes to."""
        organisation, activity = self._organisation(), self._activity()
        places, sessions = self._places(), self._sessions()
        self._looked_over()
        if not organisation["name"] and activity["name"]:
            organisation["name"] = activity["name"]
            self._note("organisation_name", "is empty, so the club has the name of the activity")
        pieces = self.pieces
        by_name = digest([plain(organisation["name"])])[:16]
        organisation_key = pieces.organisation_key.strip()[:LONGEST_KEY] or f"name:{by_name}"
        twin = [organisation_key, plain(activity["name"]), [one["postcode"] for one in places]]
        key = pieces.key.strip()[:LONGEST_KEY] or f"name:{digest(twin)[:16]}"
        facts = None
        if not self.problems:
            facts = {
                "organisation": organisation,
                "activity": activity,
                "places": places,
                "sessions": sessions,
            }
        return Shaped(
            pieces.number,
            key,
            organisation_key,
            cells.shown(activity["name"] or pieces.name),
            cells.shown(organisation["name"] or pieces.organisation_name),
            facts,
            self.problems,
            self.notes,
        )

    # The club.

    def _organisation(self) -> dict[str, Any]:
        pieces = self.pieces
        return {
            "name": self._read("organisation_name", _line(200)),
            "description": self._read("organisation_description", _lines(5000), let_go=True),
            "website": self._read("organisation_website", cells.website, pieces, let_go=True),
            "phone": self._read("organisation_phone", cells.phone, let_go=True),
            "email": self._read("organisation_email", cells.email),
        }

    # The activity.

    def _activity(self) -> dict[str, Any]:
        name = self._read("name", _line(200))
        if not name and not self._is_wrong("name"):
            self._wrong("name", "is empty. Every activity needs a name")
        summary = self._read("summary", _line(300), let_go=True)
        description = self._read("description", _lines(5000), let_go=True)
        if not summary and description and len(description) <= 300:
            summary, description = " ".join(description.split()), ""
        kinds = self._kinds()
        activity = {
            "name": name,
            "summary": summary,
            "description": description,
            "categories": kinds,
            "marks": self._marks(),
            "languages": self._languages(),
            "last_on": self._last_on(),
        }
        return activity | self._ages(kinds) | self._cost()

    def _ages(self, kinds: list[str]) -> dict[str, Any]:
        """In months: from years, or as the source counts them in months itself."""
        low = self._read("minimum_age_months", cells.whole_number)
        high = self._read("maximum_age_months", cells.whole_number)
        if low is None or high is None:
            return self._ages_in_years(kinds)
        if not 0 <= low <= high <= months_from(0, OLDEST_WITH_SEND)[1]:
            self._wrong("maximum_age_months", f"is no range of ages: {low} to {high}")
        whole = low % 12 == 0 and high % 12 == 11
        return {"min_months": low, "max_months": high, "ages_said": "years" if whole else "months"}

    def _ages_in_years(self, kinds: list[str]) -> dict[str, Any]:
        youngest = self._read("minimum_age", cells.age)
        oldest = self._read("maximum_age", cells.age)
        most = oldest_allowed(kinds)
        if youngest is not None and youngest > OLDEST_WITH_SEND:
            self._wrong("minimum_age", f"is {youngest}: the register is for children")
            return {}
        if youngest is not None and oldest is not None and youngest > oldest:
            self._wrong("maximum_age", f"is {oldest}, below the youngest, which is {youngest}")
            return {}
        if youngest is None and not self._is_wrong("minimum_age"):
            self._note("minimum_age", "is empty. The club is asked; until then it is 0")
        if oldest is None and not self._is_wrong("maximum_age"):
            self._note("maximum_age", f"is empty. The club is asked; until then it is {OLDEST}")
        if youngest is not None and youngest > most:
            most = OLDEST_WITH_SEND
        if oldest is not None and oldest > most:
            self._note("maximum_age", f"is {oldest}. The register goes to {most}")
        first = youngest or 0
        last = max(min(oldest if oldest is not None else OLDEST, most), first)
        low, high = months_from(first, last)
        return {"min_months": low, "max_months": high, "ages_said": "years"}

    def _cost(self) -> dict[str, Any]:
        pence = self._read("price", cells.money, let_go=True)
        is_free = self._read("is_free", cells.yes_or_no, let_go=True)
        note = self._read("price_note", _line(200), let_go=True) or ""
        per = plain(self.pieces.price_per)
        kind = None
        if is_free or (pence == 0 and self.pieces.price.strip()):
            kind, pence = "free", 0
        elif pence:
            kind = _PRICES.get(per, "session" if not per else None)
        if pence and kind is None:
            said = f"£{pence / 100:.2f} {' '.join(self.pieces.price_per.split())[:60]}".strip()
            note, pence = f"{said}. {note}".strip(" .")[:200] if note else said, 0
            self._note("price_per", "is none of session, term or course, so it stands as a note")
        link = self._read("booking_link", cells.website, let_go=True) or ""
        return {
            "price_kind": kind,
            "price_pence": pence or 0,
            "price_note": note,
            "booking_kind": "link" if link else None,
            "booking_link": link,
        }

    def _last_on(self) -> str | None:
        found = self._read("last_date", cells.day)
        if found is not None and found < self.known.today:
            self._wrong("last_date", f"is {found:%d/%m/%Y}: it is over already")
        return found.isoformat() if found else None

    def _kinds(self) -> list[str]:
        return self._chosen(
            "categories", self.pieces.categories, self.known.kinds, elsewhere.KINDS, MOST_KINDS
        )

    def _marks(self) -> list[str]:
        return sorted(
            self._chosen("marks", self.pieces.marks, self.known.marks, elsewhere.MARKS, 40)
        )

    def _languages(self) -> list[str]:
        return self._chosen("languages", self.pieces.languages, self.known.languages, {}, 20)

    def _chosen(
        self,
        piece: str,
        said: list[str],
        ours: Mapping[str, str],
        theirs: Mapping[str, str],
        most: int,
    ) -> list[str]:
        """Those that the register knows; a note for the others."""
        found: list[str] = []
        strange: list[str] = []
        for one in said:
            words = plain(one)
            code = ours.get(one.strip().casefold()) or ours.get(words)
            code = code or next((c for w, c in theirs.items() if w == words), None)
            if code is None and words not in elsewhere.SAY_NOTHING:
                strange.append(cells.shown(one))
            elif code is not None and code not in found:
                found.append(code)
        if strange:
            listed = ", ".join(f"“{one}”" for one in strange[:5])
            more = f" and {len(strange) - 5} more" if len(strange) > 5 else ""
            self._note(piece, f"has {listed}{more}, which the register does not know")
        return found[:most]

    # Where and when.

    def _places(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for place in self.pieces.places[:MOST_PLACES]:
            told = self._place(place)
            if told and told not in found:
                found.append(told)
        return found

    def _place(self, place: Place) -> dict[str, str] | None:
        postcode = normalise_postcode(place.postcode)
        if place.postcode.strip() and postcode is None:
            self._note("postcode", f"is no postcode: “{cells.shown(place.postcode)}”. Left out")
        address = self._text("address", place.address, 300)
        name = self._text("venue_name", place.name, 200) or address.split(",")[0].split("\n")[0]
        kept = format_postcode(postcode) if postcode else ""
        if not (name or kept):
            return None
        return {
            "name": (name or kept)[:200],
            "address": address,
            "postcode": kept,
            "privacy": "hidden" if place.is_hidden else "open",
        }

    def _sessions(self) -> list[dict[str, Any]]:
        days: dict[tuple[str, str, str], set[int]] = {}
        for times in self.pieces.times[:MOST_TIMES]:
            if told := self._times(times):
                days.setdefault(told[0], set()).update(told[1])
        return [
            {
                "key": digest([start, end, season, sorted(on)])[:8],
                "pattern": "weekly",
                "days": sorted(on),
                "start": start,
                "end": end,
                "season": season,
            }
            for (start, end, season), on in sorted(days.items())
        ]

    def _times(self, times: Times) -> tuple[tuple[str, str, str], list[int]] | None:
        try:
            days = cells.days(times.days)
            starts, ends = cells.clock(times.starts), cells.clock(times.ends)
            in_terms = cells.yes_or_no(times.in_terms)
        except cells.Unreadable as wrong:
            self._note("times", f"{wrong}. The club says when it is")
            return None
        if not days and starts is None and ends is None:
            return None
        if not days or starts is None or ends is None or starts >= ends:
            self._note("times", "are not whole: a day, a start and a later end. Left out")
            return None
        return (_clock(starts), _clock(ends), TERM if in_terms else ALL_YEAR), days

    # Reading, and saying what is wrong.

    def _read(
        self,
        piece: str,
        read: Callable[[str], Any],
        pieces: Pieces | None = None,
        *,
        let_go: bool = False,
    ) -> Any:
        """A piece as it is kept. What cannot be read is a mistake; or, where the row can do
        without it, a note."""
        typed = str(getattr(pieces or self.pieces, piece))
        try:
            return read(typed)
        except cells.Unreadable as wrong:
            if let_go and not cells.is_formula(typed):
                self._note(piece, f"{wrong}. Left out")
                return None if read in _NOT_WORDS else ""
            self._wrong(piece, str(wrong))
            return None if read in _NOT_WORDS else ""

    def _text(self, piece: str, typed: str, most: int) -> str:
        try:
            return cells.text(typed, most)
        except cells.Unreadable as wrong:
            self._note(piece, f"{wrong}. Left out")
            return ""

    def _looked_over(self) -> None:
        """What was taken out of the words without changing what they say."""
        if any(cells.has_markup(one) for one in self.pieces.texts):
            self._note("", "HTML was taken out of the words")
        if any(cells.has_hidden(one) for one in self.pieces.texts):
            self._note("", "Marks that nobody can see were taken out of the words")

    def _wrong(self, piece: str, sentence: str) -> None:
        self.problems.append((self._called(piece), sentence))

    def _note(self, piece: str, sentence: str) -> None:
        self.notes.append((self._called(piece), sentence))

    def _is_wrong(self, piece: str) -> bool:
        return any(column == self._called(piece) for column, _ in self.problems)

    def _called(self, piece: str) -> str:
        return self.pieces.called.get(piece, _CALLED.get(piece, ""))


_NOT_WORDS = (cells.age, cells.day, cells.money, cells.whole_number, cells.yes_or_no)
# What a piece is called where its source has no columns.
_CALLED = {
    "organisation_name": "The name of the organisation",
    "organisation_description": "The description of the organisation",
    "organisation_website": "The website of the organisation",
    "organisation_phone": "The telephone number",
    "organisation_email": "The email address",
    "name": "The name",
    "summary": "The summary",
    "description": "The description",
    "minimum_age": "The youngest age",
    "maximum_age": "The oldest age",
    "minimum_age_months": "The youngest age in months",
    "maximum_age_months": "The oldest age in months",
    "categories": "The kind",
    "languages": "The language",
    "marks": "The support or access",
    "postcode": "The postcode",
    "venue_name": "The name of the place",
    "address": "The address",
    "times": "The times",
    "price": "The price",
    "price_per": "What the price is for",
    "price_note": "The note on the price",
    "is_free": "Whether it is free",
    "booking_link": "The link to book",
    "last_date": "The last day",
}


def _clock(value: time) -> str:
    return value.strftime("%H:%M")


def _line(most: int) -> Callable[[str], str]:
    return lambda typed: cells.one_line(typed, most)


def _lines(most: int) -> Callable[[str], str]:
    return lambda typed: cells.text(typed, most)
