"""What an invented administrator has done: some days on which the council is closed, and a draft of
the next edition with one question in other words."""

from datetime import date, timedelta

from registry import clock
from registry.accounts.models import Account
from registry.administration.kept_lists import KINDS, closure_day
from registry.administration.services import editions, lists
from registry.lists.closure_days import KEY, kept_closure_days

# Far enough ahead that no clock of the register that is running now stops on one.
_AHEAD = timedelta(days=60)
_STEPS = {
    "help": "Write down what to do, step by step, and who to tell. Put it where helpers see it.",
}


def administer(administrator: Account) -> None:
    """Do what this administrator has done by now."""
    for day in _between_the_holidays():
        item = closure_day(day, "Between the holidays")
        lists.add_item(KINDS[KEY], administrator, kept_closure_days().number, item)
    draft = editions.begin_draft(administrator)
    editions.change_words(draft, administrator, draft.version, "sg_steps", _STEPS)


def _between_the_holidays() -> list[date]:
    """The last three days of a December that is not near."""
    ahead = clock.today() + _AHEAD
    year = ahead.year if ahead <= date(ahead.year, 12, 29) else ahead.year + 1
    return [date(year, 12, day) for day in (29, 30, 31)]
