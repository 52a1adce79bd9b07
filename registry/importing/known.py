"""The council's lists as they stand today, by their words, for whoever shapes rows."""

from registry import clock
from registry.importing.columns import plain
from registry.importing.shaping import Known
from registry.organisations import categories as taxonomy


def known_today() -> Known:
    """Kinds, support, access and languages, by their codes and by their words."""
    kinds: dict[str, str] = {}
    for first in taxonomy.categories():
        for one in first.subs:
            if not one.retired:
                kinds[one.code] = one.code
                kinds.setdefault(plain(one.label), one.code)
    marks: dict[str, str] = {}
    for mark in taxonomy.marks():
        marks[mark.code] = mark.code
        marks.setdefault(plain(mark.label), mark.code)
    languages = {plain(one): one for one in taxonomy.languages()}
    return Known(kinds=kinds, marks=marks, languages=languages, today=clock.today())
