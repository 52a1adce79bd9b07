"""What a service costs, in pounds, and what the club adds."""

from collections.abc import Iterator

from registry.opendata.oruk.context import Context, Document, Thing
from registry.opendata.oruk.saying import told

_OPTIONS = {
    "free": "Free",
    "haf": "Free with a holiday activities and food (HAF) code",
    "donation": "Give what you can",
    "session": "Each session",
    "term": "Each term",
    "course": "The whole course",
    "membership": "Membership",
}
_ALWAYS_FREE = ("free", "haf")


def cost_options_of(document: Document, service_id: str, to: Context) -> list[Thing]:
    """Each way to pay."""
    return [
        told(
            id=to.part(service_id, "cost_option", number),
            service_id=service_id,
            currency="GBP" if "amount" in option else None,
            **option,
        )
        for number, option in enumerate(_options(document))
    ]


def fees_in_words(document: Document) -> str:
    """What the club adds about money."""
    cost = document.get("cost") or {}
    points = (one["label"] for one in cost.get("points") or () if one.get("answer") == "yes")
    return ". ".join(filter(None, (str(cost.get("note") or "").strip().rstrip("."), *points)))


def _options(document: Document) -> Iterator[Thing]:
    cost = document.get("cost") or {}
    kind, pence = cost.get("kind"), int(cost.get("pence") or 0)
    if kind in _OPTIONS:
        is_known = kind in _ALWAYS_FREE or pence or kind != "donation"
        yield told(
            option=_OPTIONS[kind],
            amount=pounds(0 if kind in _ALWAYS_FREE else pence) if is_known else None,
            amount_description=cost.get("unit_label"),
        )
    if cost.get("trial") == "free":
        yield told(option="First session", amount=0, amount_description="Free")
    elif cost.get("trial") == "paid":
        yield told(option="First session", amount=pounds(int(cost.get("trial_pence") or 0)))


def pounds(pence: int) -> int | float:
    """350 is 3.5, and 400 is 4."""
    return pence // 100 if pence % 100 == 0 else pence / 100
