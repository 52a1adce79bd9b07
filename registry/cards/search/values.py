"""What may stand in the address of a search, name by name. Pure."""

from collections.abc import Iterable

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIMES = ("school-day", "after-school", "evening", "weekend", "holidays")
COSTS = ("free", "haf", "3", "5", "10")
FIT, DISTANCE, NEXT, PRICE, NAME = "fit", "distance", "next", "price", "name"
SORTS = (FIT, DISTANCE, NEXT, PRICE, NAME)
LIST, MAP = "list", "map"
VIEWS = (LIST, MAP)
YES, THIS_WEEK, TYPED = "yes", "week", "typed"
OLDEST = 25
FARTHEST = 30

# How ages are offered to tick (domain E.2): what stands in the address, and its years.
AGE_BANDS = {
    f"{youngest}-{oldest}": tuple(range(youngest, oldest + 1))
    for youngest, oldest in (
        (0, 2),
        (3, 4),
        (5, 7),
        (8, 10),
        (11, 13),
        (14, 15),
        (16, 17),
        (18, 25),
    )
}


def ages_in_words(ages: Iterable[int]) -> str:
    """“8”, “11 to 17” or “3, 8 to 10”: what the age box says, and can read again."""
    runs: list[tuple[int, int]] = []
    for age in sorted(set(ages)):
        if runs and age == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], age)
        else:
            runs.append((age, age))
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in runs)
