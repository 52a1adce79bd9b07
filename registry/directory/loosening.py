"""What to let go of when nothing fits: the smallest change first, each with what it would find."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from registry.cards.queries import SearchResult, counts_of
from registry.cards.search.request import DISTANCE, FIT, OLDEST, SearchRequest
from registry.directory.asking import (
    AT_TIMES,
    COSTS,
    age_in_words,
    as_sentence,
    category_label,
    far_in_words,
    in_a_line,
    mark_label,
)
from registry.directory.filters import DISTANCES
from registry.directory.search_page import PARENTS, SearchPage
from registry.web.formats import DAY_NAMES, in_words

# All are counted in one statement, and no more of them than anybody reads.
MOST_ASKED, MOST_OFFERED, FEW = 12, 5, 2


class Loosening(NamedTuple):
    """Something to let go of, and how many activities that would find. `is_one` thing, or all but
    the age and the place."""

    text: str
    href: str
    finds: int
    is_one: bool = True


def loosenings(result: SearchResult, page: SearchPage = PARENTS) -> list[Loosening]:
    """What would be found by letting go of one thing at a time; only what finds something. Where
    that is little, what there is for the same age and place, and at last everything."""
    single = [*islice(_looser(result, page), MOST_ASKED)]
    less = [*_only_who_and_where(result.request, page)]
    everything = page.everything(result.request)
    rest = [] if _is_all(result.request, everything) else [("Everything on the list", everything)]
    finds = counts_of([request for _, request in (*single, *less, *rest)], beside=result)
    beyond = len(single) + len(less)
    offered = _that_find(single, finds[: len(single)], page)[:MOST_OFFERED]
    if len(offered) < FEW:
        offered += _that_find(less, finds[len(single) : beyond], page, is_one=False)
    return offered + _that_find(rest, finds[beyond:], page, is_one=False)


def _that_find(
    looser: Sequence[tuple[str, SearchRequest]],
    finds: Sequence[int],
    page: SearchPage,
    *,
    is_one: bool = True,
) -> list[Loosening]:
    """Those that find something; `finds` says of each how much."""
    return [
        Loosening(text, page.address(request), found, is_one)
        for (text, request), found in zip(looser, finds, strict=True)
        if found
    ]


def _is_all(request: SearchRequest, everything: SearchRequest) -> bool:
    return replace(request, page=1, sort=FIT) == replace(everything, sort=FIT)


def _looser(result: SearchResult, page: SearchPage) -> Iterator[tuple[str, SearchRequest]]:
    """Every single change, from the one that gives up least."""
    request = result.request
    yield from _less_support(request)
    yield from _other_times(request)
    yield from _farther(result)
    yield from _dearer(request)
    if request.languages:
        yield (
            f"Any language, not just {in_words(request.languages, last='or')}",
            request.changed(languages=()),
        )
    if request.online:
        yield "Not only online", request.changed(online=False)
    yield from _other_kinds(request)
    yield from _other_ages(request, page)
    if request.q:
        yield f"Anything, not just “{request.q}”", request.changed(q="", as_typed=False)


def _less_support(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    for name in ("support", "access"):
        chosen = getattr(request, name)
        for code in chosen:
            left = tuple(other for other in chosen if other != code)
            yield f"Without “{mark_label(code)}”", request.changed(**{name: left})


def _other_times(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    if request.times:
        times = in_words((AT_TIMES[time] for time in request.times), last="or")
        yield f"Any time, not just {times}", request.changed(times=())
    if request.days:
        days = in_words((DAY_NAMES[day] for day in request.days), last="or")
        yield f"Any day, not just {days}", request.changed(days=())
    if request.times and request.days:
        yield "Any day and any time", request.changed(days=(), times=())
    if request.soon:
        yield "Later than the next 7 days", request.changed(soon=False)


def _farther(result: SearchResult) -> Iterator[tuple[str, SearchRequest]]:
    request = result.request
    if request.miles is None or not result.place:
        return
    farther = [far for far in DISTANCES if far > request.miles][:2]
    for far in farther:
        yield f"Up to {far_in_words(far)} away", request.changed(miles=far)
    yield "Any distance", request.changed(miles=None)


def _dearer(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    if request.cost:
        yield f"Any cost, not just {in_a_line(COSTS[request.cost])}", request.changed(cost="")


def _other_kinds(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    if not request.categories:
        return
    kinds = in_words(map(category_label, request.categories), last="or")
    wider = tuple(dict.fromkeys(code.partition(".")[0] for code in request.categories))
    if wider != request.categories:
        label = in_words(map(category_label, wider), last="or")
        yield f"All of {label}, not just {kinds}", request.changed(categories=wider)
    yield f"Any kind, not just {kinds}", request.changed(categories=())


def _other_ages(request: SearchRequest, page: SearchPage) -> Iterator[tuple[str, SearchRequest]]:
    if not request.ages or page.takes_for_granted(request):
        return
    around = {near for age in request.ages for near in (age - 1, age, age + 1)}
    wider = tuple(age for age in sorted(around) if 0 <= age <= OLDEST)
    yield as_sentence(age_in_words(wider)), request.changed(ages=wider)
    if not page.ages:
        yield f"Any age, not just {age_in_words(request.ages)}", request.changed(ages=())
    else:
        yield as_sentence(age_in_words(page.ages)), request.changed(ages=page.ages)


def _only_who_and_where(
    request: SearchRequest, page: SearchPage
) -> Iterator[tuple[str, SearchRequest]]:
    """All but the age and the place, where more than one other thing was asked."""
    kept = SearchRequest(
        ages=request.ages,
        postcode=request.postcode,
        place=request.place,
        miles=request.miles,
        view=request.view,
        chosen=request.chosen,
        sort=request.sort if request.is_somewhere or request.sort != DISTANCE else FIT,
    )
    others = len(request.pairs()) - len(kept.pairs())
    if others > 1 and not _is_all(kept, page.everything(request)):
        said = [age_in_words(request.ages)] if request.ages else []
        where = request.place or request.postcode
        said += [f"near {where}"] if where else []
        yield f"Anything for {' '.join(said)}" if request.ages else f"Anything {said[0]}", kept
