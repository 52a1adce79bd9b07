"""Why a card is among the results, a few words for each thing that was asked, and what of that
the card does not say: nobody guesses for the club."""

from collections.abc import Iterator
from functools import lru_cache, partial

from registry import clock
from registry.cards.documents import worked_out
from registry.cards.queries import Hit, SearchResult
from registry.cards.search.moments import days_and_times, slots_of
from registry.cards.search.prices import pence_per_session
from registry.cards.search.request import NEXT, SearchRequest
from registry.cards.search.rows import language_word
from registry.directory.asking import (
    AT_TIMES,
    age_in_words,
    category_label,
    in_a_line,
    mark_label,
)
from registry.directory.coming import coming
from registry.directory.lines import Document, Fit, card_line, cost_line, place_of
from registry.geography.queries import SearchPoint
from registry.timetable.council_terms import kept_school_years, school_calendar
from registry.timetable.saying import days_in_words
from registry.web.formats import in_words, miles, money

# So many answers are kept as they are said: the same ranges and days stand on many cards.
_SAID = 5_000


def fit(hit: Hit, result: SearchResult, place_name: str) -> Fit:
    """How one hit is shown among the results of a search."""
    line, why = card_line(hit.document, place_name, hit.place), Why(result)
    return line._replace(
        # Its page knows what was chosen, so that it can be put on the same list.
        href=SearchRequest(chosen=result.request.chosen).address(line.href),
        miles=hit.miles,
        reasons=tuple(why.reasons(hit)),
        unsure=tuple(why.unsure(hit)),
    )


def reasons(hit: Hit, result: SearchResult) -> Iterator[str]:
    """What fits, for each thing that was asked for."""
    return Why(result).reasons(hit)


def unsure(hit: Hit, request: SearchRequest) -> Iterator[str]:
    """What was asked for and nobody can tell from the card."""
    return Why(SearchResult(request, 1, 1, 1, ())).unsure(hit)


class Why:
    """Why the cards of one search fit. What is the same for all of them is worked out once."""

    def __init__(self, result: SearchResult) -> None:
        request = self.request = result.request
        self.place = result.place
        self.words = f"fits “{request.q}”" if request.q else ""
        self.kinds = [(code, in_a_line(category_label(code))) for code in request.categories]
        self.marks = [
            (group, [(code, in_a_line(mark_label(code))) for code in asked])
            for group, asked in (("support", request.support), ("access", request.access))
            if asked
        ]
        self.spoken = [(language_word(name), name) for name in request.languages]
        self.asks_when = bool(request.days or request.times)
        self.slots = ("slots", kept_school_years()) if self.asks_when else ()
        self.says_next = request.soon or request.sort == NEXT

    def reasons(self, hit: Hit) -> Iterator[str]:
        """What fits, for each thing that was asked for."""
        request, document = self.request, hit.document
        if self.words:
            yield self.words
        if request.ages and (ages := _right_for(*_range_of(document), request.ages)):
            yield ages
        if self.kinds:
            held = worked_out(document, "kinds", lambda: _held_kinds(document))
            yield from (label for code, label in self.kinds if code in held)
        if self.asks_when or self.says_next:
            yield from self._when(hit)
        if request.cost and "cost" not in hit.unsure:
            yield _price(document)
        if self.marks:
            yield from (f"yes: {label}" for label in self._answered("yes", document))
        if self.spoken:
            spoken = set(map(language_word, document.get("languages") or ()))
            if languages := [name for word, name in self.spoken if word in spoken]:
                yield f"in {in_words(languages)}"
        if self.place:
            yield _distance(hit, self.place)
        elif request.online:
            yield "online"

    def unsure(self, hit: Hit) -> Iterator[str]:
        """What was asked for and nobody can tell from the card."""
        if hit.unsure:
            yield from _not_said(hit)
        if self.marks and (asked := [*self._answered("ask", hit.document)]):
            yield f"ask the club: {in_words(asked)}"

    def _when(self, hit: Hit) -> Iterator[str]:
        """Days and times hold of the same session, so both are said of what surely fits."""
        request, document = self.request, hit.document
        if self.asks_when and not {"day", "time"} & hit.unsure:
            slots = worked_out(document, self.slots, lambda: slots_of(document, school_calendar()))
            yield from _on_days_and_times(slots, request.days, request.times)
        if self.says_next:
            told = coming(document)
            if told and told.next.startswith("Next: "):
                yield in_a_line(told.next.replace("Next: ", "next on ", 1))

    def _answered(self, answer: str, document: Document) -> Iterator[str]:
        """What was asked of support and access, where the club's answer is this."""
        for group, asked in self.marks:
            said = worked_out(document, ("answers", group), partial(_answers, document, group))
            yield from (label for code, label in asked if said.get(code) == answer)


def _not_said(hit: Hit) -> Iterator[str]:
    if {"day", "time"} <= hit.unsure:
        yield "does not say when"
    elif "day" in hit.unsure:
        yield "does not say which days"
    elif "time" in hit.unsure:
        yield "does not say what time"
    if "when" in hit.unsure:
        yield "ask the club for the next date"
    if "cost" in hit.unsure:
        yield _price_to_ask(hit.document)


def _price_to_ask(document: Document) -> str:
    """“price is for a term: ask”."""
    unit = str((document.get("cost") or {}).get("unit_label") or "")
    is_by_session = unit in ("", "a session")
    return "ask the club what it costs" if is_by_session else f"price is for {unit}: ask"


def _price(document: Document) -> str:
    """“free”, “£3.50 a session”, and for a term's price “about £2.50 a session”."""
    said = in_a_line(cost_line(document).title)
    if (document.get("cost") or {}).get("kind") not in ("term", "course"):
        return said
    pence = pence_per_session(document, school_calendar(), clock.today())
    return f"about {money(pence)} a session" if pence else said


def _distance(hit: Hit, place: SearchPoint) -> str:
    venue = place_of(hit.document, hit.place)
    if hit.miles is None and venue.get("various"):
        return "at various places"
    if hit.miles is None:
        return "online, so any distance" if venue.get("online") else "ask the club how far it is"
    rough = venue.get("hidden") or not place.exact
    return f"{'about ' if rough else ''}{miles(hit.miles)} from {place.label}"


def _range_of(document: Document) -> tuple[int | None, int | None]:
    ages = document["ages"]
    return ages.get("min_months"), ages.get("max_months")


@lru_cache(maxsize=_SAID)
def _right_for(youngest: int | None, oldest: int | None, asked: tuple[int, ...]) -> str:
    """Which of the ages that were asked for it is right for."""
    if youngest is None or oldest is None:
        return ""
    ages = [age for age in asked if youngest // 12 <= age <= oldest // 12]
    return f"right for {age_in_words(ages)}" if ages else ""


@lru_cache(maxsize=_SAID)
def _on_days_and_times(
    slots: int, days: tuple[int, ...], times: tuple[str, ...]
) -> tuple[str, ...]:
    """Those of the days and times that are met, each pair by one session."""
    met, at = days_and_times(slots, days, times)
    on = (f"on {days_in_words(met)}",) if days and met else ()
    return (*on, *(AT_TIMES[time] for time in at)) if times else on


def _held_kinds(document: Document) -> set[str]:
    """The kinds of a card, of both levels."""
    held = {str(told.get("code", "")) for told in document.get("categories") or ()}
    return held | {code.partition(".")[0] for code in held}


def _answers(document: Document, group: str) -> dict[str, str]:
    """What the club said of each kind of support, or of the place."""
    return {one.get("code"): one.get("answer") for one in document.get(group) or ()}
