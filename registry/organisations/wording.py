"""What the answers of a club's records are called on its pages, and each page of an activity told
in a line."""

from registry.organisations import categories as taxonomy
from registry.organisations.ages import ages_label
from registry.organisations.models import Activity, Session
from registry.web.formats import in_words, money, plural, time_range, weekday

SEASONS = {"term": "in term time", "holidays": "in school holidays", "all_year": "all year"}
PARENT_STAYS = {
    "no": "Parents do not stay",
    "optional": "Parents may stay",
    "yes": "Parents stay",
}
PRICE_UNITS = {"session": "a session", "term": "a term or course"}
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
    "safety": "What you do with children",
}


def session_in_words(session: Session) -> str:
    """Tuesday 4.30pm to 5.30pm, in term time."""
    times = time_range(session.starts, session.ends)
    return f"{weekday(session.day)} {times}, {SEASONS[session.season]}"


def cost_in_words(activity: Activity) -> str:
    """£3.50 a session."""
    kind, pence = activity.price_kind, activity.price_pence
    if kind == "free":
        return "Free"
    if kind == "haf":
        return "Free with a HAF code"
    if kind == "donation":
        return f"Pay what you can, about {money(pence)}" if pence else "Pay what you can"
    return f"{money(pence)} {PRICE_UNITS[kind]}" if kind and pence else ""


def told(activity: Activity) -> dict[str, str]:
    """What has been said on each page, in a line; nothing where nothing was."""
    return {
        "what": in_words(taxonomy.category_label(one.code) for one in activity.categories),
        "who": _who(activity),
        "when": _when(activity),
        "where": activity.venue.name if activity.venue else "",
        "cost": cost_in_words(activity),
        "booking": BOOKING.get(activity.booking_kind or "", ""),
        "support": _support(activity),
        "safety": "",
    }


def _who(activity: Activity) -> str:
    ages = f"Ages {ages_label(activity.min_months, activity.max_months).lower()}"
    stays = PARENT_STAYS.get(activity.parent_stays or "", "")
    return f"{ages}. {stays}" if stays else ages


def _when(activity: Activity) -> str:
    first = [session_in_words(one) for one in activity.sessions[:2]]
    more = len(activity.sessions) - len(first)
    return ". ".join([*first, f"And {more} more"] if more else first)


def _support(activity: Activity) -> str:
    said = len(activity.marks)
    return f"{said} of {plural(len(taxonomy.marks()), 'point', 'points')} answered"
