"""Activities and when they happen. Pausing and ending one is public at once, so the pages that do
it (in registry.assessments) publish the cards straight after."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, TypedDict, Unpack

from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.organisations import categories as taxonomy
from registry.organisations.ages import OLDEST_WITH_SEND, months_from
from registry.organisations.gaps import PRICED, activity_gaps
from registry.organisations.models import (
    BOOKING_KINDS,
    MARK_ANSWERS,
    PARENT_STAYS,
    PRICE_KINDS,
    SEASONS,
    Activity,
    ActivityCategory,
    ActivityMark,
    Organisation,
    Session,
    Venue,
)
from registry.organisations.services.changing import (
    add_with_slug,
    claim,
    different,
    may,
    needed,
    one_of,
    only,
)
from registry.permissions import P

MOST_ACTIVITIES = 150
MOST_SESSIONS = 60
MOST_CATEGORIES = 4


class ActivityFields(TypedDict, total=False):
    """What a club says of an activity.

    `categories` are second-level codes, the main one first. `marks` gives (answer, note) for
    each mark that is answered; one left out is not answered. `about` are profile answers.
    """

    name: str
    summary: str
    description: str
    bring: str
    categories: Sequence[str]
    min_months: int
    max_months: int
    parent_stays: str | None
    languages: str
    venue: Venue | None
    price_kind: str | None
    price_pence: int
    price_note: str
    booking_kind: str | None
    booking_link: str
    booking_note: str
    marks: Mapping[str, tuple[str, str]]
    about: dict[str, Any]
    last_on: date | None


def add_activity(
    organisation: Organisation, actor: Any, **values: Unpack[ActivityFields]
) -> Activity:
    """Add an activity. It needs a name and ages; the rest may follow page by page."""
    may(actor, P.EDIT_ORGANISATION, organisation)
    if len(organisation.activities) >= MOST_ACTIVITIES:
        raise BadInput("You have as many activities as one club can. Call us if you need more.")
    given = _checked({"name": "", **values}, organisation)
    if given.get("min_months") is None or given.get("max_months") is None:
        raise BadInput("Give the youngest and the oldest age.")
    categories, marks = given.pop("categories", ()), given.pop("marks", {})
    activity = Activity(**{"state": "draft", "about": {}, **given})
    activity.organisation_id = organisation.id
    add_with_slug(activity, given["name"], "activity")
    db.session.refresh(organisation, ["activities"])
    _set_categories(activity, categories)
    _set_marks(activity, marks)
    _offer_when_complete(activity)
    record("add_activity", activity, actor)
    return activity


def change_activity(
    activity: Activity,
    actor: Any,
    *,
    version: int | None = None,
    **values: Unpack[ActivityFields],
) -> bool:
    """Change what a club says of an activity. Answers whether anything was changed.

    Raises StaleVersion, and NotAllowedNow for an activity that has ended.
    """
    _may_change(activity, actor)
    given = _checked(values, activity.organisation)
    _ages_in_order(
        given.get("min_months", activity.min_months), given.get("max_months", activity.max_months)
    )
    changed = different(
        activity, {k: v for k, v in given.items() if k not in ("categories", "marks")}
    )
    if "categories" in given and list(given["categories"]) != codes_of(activity):
        changed["categories"] = given["categories"]
    if "marks" in given and dict(given["marks"]) != marks_of(activity):
        changed["marks"] = given["marks"]
    if not changed:
        return False
    claim(activity, version)
    fields = sorted(changed)
    if "categories" in changed:
        _set_categories(activity, changed.pop("categories"))
    if "marks" in changed:
        _set_marks(activity, changed.pop("marks"))
    for name, value in changed.items():
        setattr(activity, name, value)
    _offer_when_complete(activity)
    record("change_activity", activity, actor, details={"fields": fields})
    return True


def add_session(
    activity: Activity, actor: Any, *, day: int, starts: time, ends: time, season: str = "term"
) -> Session:
    """Add a weekly session. The same one twice is one; two that overlap are two groups."""
    _may_change(activity, actor)
    one_of({"season": season}, "season", SEASONS)
    if day not in range(7):
        raise BadInput("Choose a day of the week.")
    if ends <= starts:
        raise BadInput("The end must be later than the start, on the same day.")
    told = (day, starts, ends, season)
    for there in activity.sessions:
        if (there.day, there.starts, there.ends, there.season) == told:
            return there
    if len(activity.sessions) >= MOST_SESSIONS:
        raise BadInput("That is as many sessions as one activity can have.")
    session = Session(day=day, starts=starts, ends=ends, season=season)
    activity.sessions.append(session)
    db.session.flush()
    activity.sessions.sort(key=lambda one: (one.day, one.starts, one.id))
    _offer_when_complete(activity)
    record("add_session", session, actor, organisation_id=activity.organisation_id)
    return session


def remove_session(activity: Activity, session: Session, actor: Any) -> None:
    """Take a weekly session away."""
    _may_change(activity, actor)
    if session in activity.sessions:
        record("remove_session", session, actor, organisation_id=activity.organisation_id)
        activity.sessions.remove(session)
        db.session.flush()


def pause(activity: Activity, actor: Any) -> None:
    """The club takes an activity off for a while. Pausing twice is pausing once."""
    _move(activity, actor, "pause_activity", "live", "paused")


def resume(activity: Activity, actor: Any) -> None:
    """The club starts a paused activity again."""
    _move(activity, actor, "resume_activity", "paused", "live")


def end_activity(activity: Activity, actor: Any) -> None:
    """The club ends an activity for good. What was said of it stays in its history."""
    may(actor, P.EDIT_ORGANISATION, activity)
    if activity.state != "ended":
        claim(activity, None)
        activity.state = "ended"
        record("end_activity", activity, actor)


def codes_of(activity: Activity) -> list[str]:
    """Its categories, the main one first."""
    return [one.code for one in activity.categories]


def marks_of(activity: Activity) -> dict[str, tuple[str, str]]:
    """Its answered marks: code to answer and note."""
    return {one.code: (one.answer, one.note) for one in activity.marks}


def _move(activity: Activity, actor: Any, action: str, before: str, after: str) -> None:
    may(actor, P.EDIT_ORGANISATION, activity)
    if activity.state == after:
        return
    if activity.state != before:
        raise NotAllowedNow()
    claim(activity, None)
    activity.state = after
    record(action, activity, actor)


def _may_change(activity: Activity, actor: Any) -> None:
    may(actor, P.EDIT_ORGANISATION, activity)
    if activity.state == "ended":
        raise NotAllowedNow("This activity has ended. You cannot change it now.")


def _offer_when_complete(activity: Activity) -> None:
    """A draft with nothing missing is live. It never goes back by itself: what the public sees
    of it is what the council read, whatever its club is changing meanwhile."""
    if activity.state == "draft" and not activity_gaps(activity):
        activity.state = "live"


def _checked(values: Any, organisation: Organisation) -> dict[str, Any]:
    given = only(values, ActivityFields.__annotations__)
    needed(given, "name", "Enter the name of the activity.")
    one_of(given, "parent_stays", PARENT_STAYS)
    one_of(given, "price_kind", PRICE_KINDS)
    one_of(given, "booking_kind", BOOKING_KINDS)
    if "min_months" in given and "max_months" in given:
        _ages_in_order(given["min_months"], given["max_months"])
    if "categories" in given:
        _check_categories(given["categories"])
    if "marks" in given:
        _check_marks(given["marks"])
    if given.get("venue") and given["venue"].organisation_id != organisation.id:
        raise BadInput("Choose one of your own places.")
    if given.get("price_pence", 0) < 0:
        raise BadInput("The price must be 0 or more.")
    if given.get("price_kind") in PRICED and not given.get("price_pence", 1):
        raise BadInput("Give the price, or choose free.")
    return given


def _ages_in_order(min_months: int, max_months: int) -> None:
    if not 0 <= min_months <= max_months <= months_from(0, OLDEST_WITH_SEND)[1]:
        raise BadInput("The oldest age must not be below the youngest.")


def _check_categories(codes: Sequence[str]) -> None:
    if len(codes) > MOST_CATEGORIES or len(set(codes)) != len(codes):
        raise BadInput("Choose one main kind and up to three more, each once.")
    if not all(taxonomy.is_second_level(code) for code in codes):
        raise BadInput("Choose kinds of activity from the list.")


def _check_marks(marks: Mapping[str, tuple[str, str]]) -> None:
    for code, (answer, note) in marks.items():
        if taxonomy.mark(code) is None or answer not in MARK_ANSWERS or len(note) > 200:
            raise BadInput("Choose yes, ask us or no.")


def _set_categories(activity: Activity, codes: Sequence[str]) -> None:
    """Replace them in two steps: a code may move to a place that another still holds."""
    if activity.categories:
        activity.categories = []
        db.session.flush()
    activity.categories = [
        ActivityCategory(position=position, code=code) for position, code in enumerate(codes)
    ]
    db.session.flush()


def _set_marks(activity: Activity, marks: Mapping[str, tuple[str, str]]) -> None:
    kept = {one.code: one for one in activity.marks if one.code in marks}
    activity.marks = list(kept.values())
    for code, (answer, note) in marks.items():
        if code in kept:
            kept[code].answer, kept[code].note = answer, note
        else:
            activity.marks.append(ActivityMark(code=code, answer=answer, note=note))
    db.session.flush()
