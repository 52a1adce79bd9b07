"""Why a card is among the results, a few words for each thing that was asked, and what of that
the card does not say: nobody guesses for the club."""

from collections.abc import Iterator

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


def fit(hit: Hit, result: SearchResult, place_name: str) -> Fit:
    """How one hit is shown among the results of a search."""
    line = card_line(hit.document, place_name, hit.place)
    return line._replace(
        # Its page knows what was chosen, so that it can be put on the same list.
        href=SearchRequest(chosen=result.request.chosen).address(line.href),
        miles=hit.miles,
        reasons=tuple(reasons(hit, result)),
        unsure=tuple(unsure(hit, result.request)),
    )


def reasons(hit: Hit, result: SearchResult) -> Iterator[str]:
    """What fits, for each thing that was asked for."""
    request, document = result.request, hit.document
    if request.q:
        yield f"fits “{request.q}”"
    if request.ages and (ages := _shared_ages(document, request)):
        yield f"right for {age_in_words(ages)}"
    yield from map(in_a_line, _shared_categories(document, request))
    yield from _when(hit, request)
    if request.cost and "cost" not in hit.unsure:
        yield _price(document)
    yield from (f"yes: {label}" for label in _answered("yes", document, request))
    spoken = set(map(language_word, document.get("languages") or ())) if request.languages else ()
    if languages := [name for name in request.languages if language_word(name) in spoken]:
        yield f"in {in_words(languages)}"
    if request.online and not result.place:
        yield "online"
    if result.place:
        yield _distance(hit, result.place)


def unsure(hit: Hit, request: SearchRequest) -> Iterator[str]:
    """What was asked for and nobody can tell from the card."""
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
    if asked := [*_answered("ask", hit.document, request)]:
        yield f"ask the club: {in_words(asked)}"


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


def _when(hit: Hit, request: SearchRequest) -> Iterator[str]:
    """Days and times hold of the same session, so both are said of what surely fits."""
    if (request.days or request.times) and not {"day", "time"} & hit.unsure:
        slots = worked_out(
            hit.document,
            ("slots", kept_school_years()),
            lambda: slots_of(hit.document, school_calendar()),
        )
        days, times = days_and_times(slots, request.days, request.times)
        if request.days and days:
            yield f"on {days_in_words(days)}"
        if request.times:
            yield from (AT_TIMES[time] for time in times)
    if request.soon or request.sort == NEXT:
        told = coming(hit.document)
        if told and told.next.startswith("Next: "):
            yield in_a_line(told.next.replace("Next: ", "next on ", 1))


def _distance(hit: Hit, place: SearchPoint) -> str:
    venue = place_of(hit.document, hit.place)
    if hit.miles is None and venue.get("various"):
        return "at various places"
    if hit.miles is None:
        return "online, so any distance" if venue.get("online") else "ask the club how far it is"
    rough = venue.get("hidden") or not place.exact
    return f"{'about ' if rough else ''}{miles(hit.miles)} from {place.label}"


def _shared_ages(document: Document, request: SearchRequest) -> list[int]:
    ages = document["ages"]
    youngest, oldest = ages.get("min_months"), ages.get("max_months")
    if youngest is None or oldest is None:
        return []
    return [age for age in request.ages if youngest // 12 <= age <= oldest // 12]


def _shared_categories(document: Document, request: SearchRequest) -> list[str]:
    held = {str(told.get("code", "")) for told in document.get("categories") or ()}
    held |= {code.partition(".")[0] for code in held}
    return [category_label(code) for code in request.categories if code in held]


def _answered(answer: str, document: Document, request: SearchRequest) -> Iterator[str]:
    """What was asked of support and access, where the club's answer is this."""
    for group, asked in (("support", request.support), ("access", request.access)):
        if asked:
            said = {one.get("code"): one.get("answer") for one in document.get(group) or ()}
            yield from (in_a_line(mark_label(code)) for code in asked if said.get(code) == answer)
