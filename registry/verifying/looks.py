"""How often a listing was looked at, as a club is told: never so that one person shows. Pure."""

FEW = 5
_STEPS = ((20, 5), (200, 10), (1000, 50))
_LARGEST_STEP = 100


def times_in_words(times: int) -> str:
    """“about 40 times”; of a handful only that it was fewer than 5."""
    if times < FEW:
        return f"fewer than {FEW} times"
    step = next((step for below, step in _STEPS if times < below), _LARGEST_STEP)
    return f"about {(times + step // 2) // step * step:,} times"
