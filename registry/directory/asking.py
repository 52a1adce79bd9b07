"""A search in words: what was asked for, thing by thing, and how much there is."""

from collections.abc import Iterable, Iterator

from registry.cards.categories import category
from registry.cards.marks import mark
from registry.cards.queries import SearchResult
from registry.cards.search.request import SearchRequest, ages_in_words
from registry.timetable.saying import days_in_words
from registry.web.formats import in_words, miles, plural

# How a value is called in a list of choices, and inside a sentence.
TIMES = {
    "school-day": "School day, up to 3pm",
    "after-school": "After school, 3pm to 6pm",
    "evening": "Evening, after 6pm",
    "weekend": "Weekend",
    "holidays": "School holidays",
}
TIMES_SHORT = {
    "school-day": "School day",
    "after-school": "After school",
    "evening": "Evening",
    "weekend": "Weekend",
    "holidays": "School holidays",
}
AT_TIMES = {
    "school-day": "in the school day",
    "after-school": "after school",
    "evening": "in the evening",
    "weekend": "at the weekend",
    "holidays": "in the school holidays",
}
COSTS = {
    "free": "Free",
    "haf": "Free with a HAF code",
    "3": "£3 or less",
    "5": "£5 or less",
    "10": "£10 or less",
}
THIS_WEEK = "In the next 7 days"


def heading(result: SearchResult) -> str:
    """The title of the results: how many there are."""
    if result.is_more:
        return f"More than {plural(result.total, 'activity', 'activities')}"
    if result.total:
        return plural(result.total, "activity", "activities")
    if result.request.asks_for_nothing:
        return "Nothing is on the list yet"
    return "Nothing matches all of that yet"


def asked_in_words(result: SearchResult) -> str:
    """“for age 8, on Tuesdays, within 2 miles of WV10 0BB”. Nothing for nothing asked."""
    return ", ".join(_asked(result))


def _asked(result: SearchResult) -> Iterator[str]:
    request = result.request
    if request.q:
        yield f"for “{request.q}”"
    if request.ages:
        yield f"for {age_in_words(request.ages)}"
    if request.categories:
        yield f"in {in_words(map(category_label, request.categories), last='or')}"
    if request.days:
        yield f"on {days_in_words(request.days, last='or')}"
    if request.times:
        yield in_words((AT_TIMES[time] for time in request.times), last="or")
    if request.soon:
        yield "in the next 7 days"
    if request.cost:
        yield in_a_line(COSTS[request.cost])
    if request.support or request.access:
        yield f"with {in_words(f'“{mark_label(m)}”' for m in (*request.support, *request.access))}"
    if request.languages:
        yield f"in {in_words(request.languages, last='or')}"
    if request.online:
        yield "online"
    if result.place:
        yield near_in_words(result)


def near_in_words(result: SearchResult) -> str:
    """“within 2 miles of WV10 0BB”; for an area, of its middle."""
    place, far = result.place, result.request.miles
    if place is None:
        return ""
    label = place.label if place.exact or place.is_place else f"the middle of {place.label}"
    return f"nearest to {label}" if far is None else f"within {far_in_words(far)} of {label}"


def far_in_words(far: float) -> str:
    """“half a mile”, “2 miles”."""
    return "half a mile" if far == 0.5 else miles(far)


def category_label(code: str) -> str:
    """What people call a kind of activity."""
    found = category(code)
    return found.label if found else code


def mark_label(code: str) -> str:
    """What people call a kind of support, or something about the place."""
    found = mark(code)
    return found.label if found else code


def age_in_words(ages: Iterable[int]) -> str:
    """“age 8”, “ages 8 and 11” or “ages 11 to 17”."""
    words = ages_in_words(ages)
    if words.isdigit():
        return f"age {words}"
    return f"ages {in_words(words.split(', '))}"


def runs_of_ages(request: SearchRequest) -> list[tuple[int, ...]]:
    """The ages as somebody would name them: one child's after the other, a long row together."""
    runs: list[list[int]] = []
    for age in request.ages:
        if runs and age == runs[-1][-1] + 1:
            runs[-1].append(age)
        else:
            runs.append([age])
    return [
        run for ages in runs for run in ([tuple(ages)] if len(ages) > 2 else [(a,) for a in ages])
    ]


def as_sentence(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]


def in_a_line(text: str) -> str:
    """“No steps” is “no steps” inside a line, and “BSL” stays as it is."""
    first = text.split(" ", 1)[0]
    return text if first != first.capitalize() else text[:1].lower() + text[1:]
