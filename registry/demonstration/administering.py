"""What an invented administrator has done: some days on which the council is closed, and a draft of
the next edition with one question in other words."""

from datetime import date, timedelta
from functools import partial

from registry import clock
from registry.administration.kept_lists import KINDS, closure_day
from registry.administration.services import editions, lists
from registry.demonstration.moments import Part, at_desk
from registry.demonstration.people import People
from registry.lists.closure_days import KEY, kept_closure_days

ADMINISTRATOR = "admin@example.org"
# Far enough ahead that no clock of the register that is running now stops on one.
_AHEAD = timedelta(days=60)
_STEPS = {
    "help": "Write down what to do, step by step, and who to tell. Put it where helpers see it.",
}


def parts_of_administering(people: People, today: date) -> list[Part]:
    """What the administrator did in the last days."""
    return [
        (at_desk(today, 9, 12), partial(_close_days, people)),
        (at_desk(today, 4, 16), partial(_write_anew, people)),
    ]


def _close_days(people: People) -> None:
    administrator = people.of_the_council(ADMINISTRATOR)
    for day in _between_the_holidays():
        item = closure_day(day, "Between the holidays")
        lists.add_item(KINDS[KEY], administrator, kept_closure_days().number, item)


def _write_anew(people: People) -> None:
    administrator = people.of_the_council(ADMINISTRATOR)
    draft = editions.begin_draft(administrator)
    editions.change_words(draft, administrator, draft.version, "sg_steps", _STEPS)


def _between_the_holidays() -> list[date]:
    """The last three days of a December that is not near."""
    ahead = clock.today() + _AHEAD
    year = ahead.year if ahead <= date(ahead.year, 12, 29) else ahead.year + 1
    return [date(year, 12, day) for day in (29, 30, 31)]
