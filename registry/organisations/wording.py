"""What the answers of a club's records are called on its pages, and each page of an activity told
in a line."""

from registry.organisations import categories as taxonomy
from registry.organisations.ages import ages_in_a_line
from registry.organisations.facts import fact
from registry.organisations.models import Activity
from registry.timetable.saying import sentence
from registry.web.formats import in_words, money, plural

PARENT_STAYS = {
    "no": "Parents do not stay",
    "optional": "Parents may stay",
    "yes": "Parents stay",
}
PRICE_UNITS = {"session": "a session", "term": "a term", "course": "a course"}
PERIODS = {"month": "a month", "term": "a term", "year": "a year"}
TRIALS = {"free": "First time free", "paid": "A child can try it first"}
BOOKING = {
    "link": "Book online",
    "phone": "Book by phone",
    "email": "Book by email",
    "turn_up": "Just turn up",
}
PRIVACY = {
    "open": "Everybody can see the address",
    "hidden": "Address hidden: families see the area",
    "hidden_area": "Address and area hidden: families see the city",
    "online": "Online",
}
PAGE_TITLES = {
    "what": "What it is",
    "who": "Who can come",
    "when": "When it happens",
    "where": "Where it happens",
    "cost": "What it costs",
    "booking": "How to book",
    "support": "Support and access",
    "picture": "A picture",
    "safety": "What you do with children",
}


def cost_in_words(activity: Activity) -> str:
    """£3.50 a session."""
    kind, pence = activity.price_kind, activity.price_pence
    if kind == "free":
        return "Free"
    if kind == "haf":
        return "Free with a HAF code"
    if kind == "donation":
        return f"Pay what you can, about {money(pence)}" if pence else "Pay what you can"
    unit = PRICE_UNITS.get(kind or "") or PERIODS.get(activity.price_period or "", "")
    return f"{money(pence)} {unit}".strip() if kind and pence else ""


def told(activity: Activity) -> dict[str, str]:
    """What has been said on each page, in a line; nothing where nothing was."""
    return {
        "what": in_words(taxonomy.category_label(one.code) for one in activity.categories),
        "who": _who(activity),
        "when": _when(activity),
        "where": _where(activity),
        "cost": cost_in_words(activity),
        "booking": _booking(activity),
        "support": _support(activity),
        "picture": activity.picture["alt"] if activity.picture else "",
        "safety": "",
    }


def _who(activity: Activity) -> str:
    ages = ages_in_a_line(activity.min_months, activity.max_months, activity.ages_said)
    stays = PARENT_STAYS.get(activity.parent_stays or "", "")
    return f"{ages}. {stays}" if stays else ages


def _when(activity: Activity) -> str:
    sessions = fact(activity, "sessions")
    first = [sentence(one) for one in sessions[:2]]
    more = len(sessions) - len(first)
    return ". ".join([*first, f"And {more} more"] if more else first)


def _where(activity: Activity) -> str:
    if activity.place_kind == "online":
        return "Online"
    if activity.place_kind == "various":
        return f"Various places: {activity.place_area}" if activity.place_area else ""
    return in_words(venue.name for venue in activity.venues)


def _booking(activity: Activity) -> str:
    how = BOOKING.get(activity.booking_kind or "", "")
    return f"{how}. There is a waiting list" if activity.waiting_list == "yes" else how


def _support(activity: Activity) -> str:
    asked = {one.code for one in taxonomy.marks()}
    said = len([one for one in activity.marks if one.code in asked])
    return f"{said} of {plural(len(taxonomy.marks()), 'point', 'points')} answered"
