"""What is still missing before an activity can be listed, page by page. Pure."""

from registry.criteria.profile import activity_problems
from registry.organisations.models import Activity

# The pages on which a club tells of an activity, in the order in which they are asked.
PAGES = ("what", "who", "when", "where", "cost", "booking", "support", "picture", "safety")
# The states of an activity that runs, or is about to.
RUNNING = ("draft", "waiting", "live")
PRICED = ("session", "term", "course", "membership")


def activity_gaps(activity: Activity) -> list[str]:
    """What is missing, each as a sentence that says what to do. Empty: it can be listed."""
    return [sentence for sentences in gaps_by_page(activity).values() for sentence in sentences]


def gaps_by_page(activity: Activity) -> dict[str, list[str]]:
    """What is missing on each page. A page where nothing is missing is not here."""
    return {page: sentences for page in PAGES if (sentences := list(_GAPS[page](activity)))}


def activity_profile(activity: Activity) -> dict[str, object]:
    """The activity as the criteria read it: its id, name, status and profile answers.

    Ages stand in one place, the activity itself; `p_ages` is filled from there.
    """
    ages = dict(activity.about.get("p_ages") or {})
    ages |= {"youngest": activity.min_months // 12, "oldest": activity.max_months // 12}
    status = activity.state if activity.state in ("paused", "ended") else "active"
    return {
        "id": activity.id,
        "name": activity.name,
        "status": status,
        "profile": {**activity.about, "p_ages": ages},
    }


def _what(activity: Activity) -> list[str]:
    gaps = []
    if not activity.categories:
        gaps.append("Choose what kind of activity it is")
    if not activity.summary:
        gaps.append("Say what it is in a sentence or two")
    return gaps


def _who(activity: Activity) -> list[str]:
    return [] if activity.parent_stays else ["Say if a parent stays"]


def _when(activity: Activity) -> list[str]:
    return [] if activity.sessions else ["Say when it happens"]


def _where(activity: Activity) -> list[str]:
    if activity.place_kind == "various":
        return [] if activity.place_area else ["Say in which area it happens"]
    if activity.place_kind == "venues" and not activity.happens_at:
        return ["Choose where it happens"]
    return []


def _cost(activity: Activity) -> list[str]:
    if not activity.price_kind:
        return ["Say what it costs"]
    if activity.price_kind in PRICED and not activity.price_pence:
        return ["Give the price"]
    if activity.price_kind == "membership" and not activity.price_period:
        return ["Say if members pay by the month, the term or the year"]
    return []


def _booking(activity: Activity) -> list[str]:
    organisation = activity.organisation
    if not activity.booking_kind:
        return ["Say how to book"]
    if activity.booking_kind == "link" and not activity.booking_link:
        return ["Give the link to book"]
    if activity.booking_kind == "phone" and not organisation.public_phone:
        return ["Families book by phone, so show your phone number to the public"]
    if activity.booking_kind == "email" and not organisation.public_email:
        return ["Families book by email, so show your email address to the public"]
    return []


def _support(_: Activity) -> list[str]:
    """Nothing here must be answered: what is not said is shown as not said."""
    return []


def _picture(_: Activity) -> list[str]:
    """Nobody needs a picture."""
    return []


def _safety(activity: Activity) -> list[str]:
    problems = activity_problems(activity.about, activity.min_months)
    if len(problems) > 2:
        return ["Answer the questions on what you do with children"]
    return list(problems.values())


_GAPS = {
    "what": _what,
    "who": _who,
    "when": _when,
    "where": _where,
    "cost": _cost,
    "booking": _booking,
    "support": _support,
    "picture": _picture,
    "safety": _safety,
}
