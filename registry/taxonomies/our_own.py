"""Our own taxonomies: what clubs choose from, how ages are offered, and what the council did."""

from functools import lru_cache

from registry.cards.categories import kept_categories
from registry.cards.marks import kept_marks
from registry.cards.search.values import AGE_BANDS
from registry.lists.items import KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE
from registry.taxonomies.terms import Taxonomy, Term

ACTIVITIES, SUPPORT, AGES, SCHEME = "activities", "support", "ages", "scheme"
KEYS = (ACTIVITIES, SUPPORT, AGES, SCHEME)
READ = "self-check-read"
_GROUPS = {"support": "Support", "access": "Access", "cost": "Help with the cost"}


def our_own() -> tuple[Taxonomy, ...]:
    """Each of them."""
    return _activities(kept_categories()), _support(kept_marks()), _AGES, _SCHEME


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _activities(kept: KeptItems) -> Taxonomy:
    labels = {one.code: one.label for one in kept}
    terms = tuple(
        Term(
            ACTIVITIES,
            one.code,
            one.label,
            f"{labels[one.parent]}: {one.label}" if one.parent in labels else "",
            one.parent,
            ours=(one.code,),
        )
        for first in kept
        if not first.parent
        for one in (first, *(sub for sub in kept if sub.parent == first.code))
    )
    return Taxonomy(
        ACTIVITIES,
        "Kinds of activity",
        "What children and young people can do there.",
        terms,
        is_ours=True,
    )


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _support(kept: KeptItems) -> Taxonomy:
    terms = (
        term
        for group, label in _GROUPS.items()
        for term in (
            Term(SUPPORT, f"group-{group}", label),
            *(
                Term(
                    SUPPORT,
                    one.code,
                    one.label,
                    one.details.get("hint", ""),
                    f"group-{group}",
                    ours=(one.code,),
                )
                for one in kept
                if one.parent == group
            ),
        )
    )
    return Taxonomy(
        SUPPORT,
        "Support, access and cost",
        "What the club says it offers. The council does not check this.",
        tuple(terms),
        is_ours=True,
    )


_AGES = Taxonomy(
    AGES,
    "Ages",
    "Which ages it is for, in years.",
    tuple(
        Term(AGES, band, f"{years[0]} to {years[-1]}", f"For ages {years[0]} to {years[-1]}")
        for band, years in AGE_BANDS.items()
    ),
    is_ours=True,
)
# What the council did, and no more: the words of domain C.3.
_SCHEME = Taxonomy(
    SCHEME,
    "What the council read",
    "What the council has done about a club. This is not a promise that the club is safe.",
    (
        Term(
            SCHEME,
            READ,
            "Self-check read",
            "The council read the club’s answers and papers. It did not watch the club or check "
            "each adult. This is not a promise that the club is safe.",
        ),
    ),
    is_ours=True,
)
