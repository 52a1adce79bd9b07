"""Activities and when they happen. Pausing and ending one is public at once, so the pages that do
it (in registry.assessments) publish the cards straight after."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.organisations import categories as taxonomy
from registry.organisations.ages import OLDEST_WITH_SEND, months_from
from registry.organisations.facts import set_facts
from registry.organisations.gaps import PRICED, activity_gaps
from registry.organisations.keeping import Kept, keeping, wanted_facts
from registry.organisations.models import (
    AGES_SAID,
    BOOKING_KINDS,
    MARK_ANSWERS,
    PARENT_STAYS,
    PLACE_KINDS,
    PRICE_KINDS,
    PRICE_PERIODS,
    TRIALS,
    YES_NO,
    Activity,
    Organisation,
    Venue,
)
from registry.organisations.services.changing import (
    add_with_slug,
    claim,
    different,
    keep,
    may,
    needed,
    one_of,
    only,
)
from registry.permissions import P

MOST_ACTIVITIES = 150
MOST_CATEGORIES = 4

_ONE_OF = {
    "ages_said": AGES_SAID,
    "parent_stays": PARENT_STAYS,
    "place_kind": PLACE_KINDS,
    "price_kind": PRICE_KINDS,
    "price_period": PRICE_PERIODS,
    "trial": TRIALS,
    "booking_kind": BOOKING_KINDS,
    "waiting_list": YES_NO,
}


class ActivityFields(TypedDict, total=False):
    """What a club says of an activity.

    `categories` are second-level codes, the main one first. `marks` gives (answer, note) for
    each mark that is answered; one left out is not answered. `about` are profile answers.
    `venues` are places of the club, the main one first; `ages_said` is how its ages are told.
    """

    name: str
    summary: str
    description: str
    bring: str
    categories: Sequence[str]
    min_months: int
    max_months: int
    ages_said: str
    parent_stays: str | None
    languages: Sequence[str]
    place_kind: str
    place_area: str
    venues: Sequence[Venue]
    price_kind: str | None
    price_pence: int
    price_period: str | None
    price_note: str
    trial: str | None
    trial_pence: int
    booking_kind: str | None
    booking_link: str
    booking_note: str
    waiting_list: str | None
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
    known = {name: given[name] for name in ("name", "min_months", "max_months")}
    activity = Activity(state="draft", about=given.pop("about", {}), **known)
    activity.organisation_id = organisation.id
    add_with_slug(activity, given["name"], "activity")
    db.session.refresh(organisation, ["activities"])
    set_facts(activity, _as_facts(given))
    keeping().added(activity, actor)
    offer_when_complete(activity)
    record("add_activity", activity, actor)
    return activity


def change_activity(
    activity: Activity,
    actor: Any,
    *,
    version: int | None = None,
    begins_on: date | None = None,
    **values: Unpack[ActivityFields],
) -> Kept:
    """Change what a club says of an activity. Answers what was written and what waits.

    `begins_on` is the later day from which a new risk is true. Raises StaleVersion, and
    NotAllowedNow for an activity that has ended.
    """
    may_change(activity, actor)
    facts = _as_facts(_checked(values, activity.organisation))
    ages = wanted_facts(activity, ("min_months", "max_months")) | facts
    _ages_in_order(ages["min_months"], ages["max_months"])
    changed = different(activity, facts)
    if not changed:
        return Kept()
    claim(activity, version)
    kept = keep(activity, changed, actor, begins_on)
    offer_when_complete(activity)
    record("change_activity", activity, actor, details={"fields": sorted(changed)})
    return kept


def pause(activity: Activity, actor: Any) -> None:
    """The club takes an activity off for a while. Pausing twice is pausing once."""
    _move(activity, actor, "pause_activity", "live", "paused")


def resume(activity: Activity, actor: Any) -> None:
    """The club starts a paused activity again. What the council has to read first waits."""
    if activity.state != "waiting":
        _move(activity, actor, "resume_activity", "paused", "live")
        activity.state = keeping().starts_as(activity)


def end_activity(activity: Activity, actor: Any) -> None:
    """The club ends an activity for good. What was said of it stays in its history."""
    may(actor, P.EDIT_ORGANISATION, activity)
    if activity.state != "ended":
        claim(activity, None)
        activity.state = "ended"
        keeping().ended(activity, actor)
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


def may_change(activity: Activity, actor: Any) -> None:
    """Whether this person may alter it. Raises NotYours, and NotAllowedNow where it has ended."""
    may(actor, P.EDIT_ORGANISATION, activity)
    if activity.state == "ended":
        raise NotAllowedNow("This activity has ended. You cannot change it now.")


def offer_when_complete(activity: Activity) -> None:
    """A draft with nothing missing is live, or waits for the council to read it. It never goes
    back by itself: what the public sees of it is what the council read, whatever its club is
    changing meanwhile."""
    if activity.state == "draft" and not activity_gaps(activity):
        activity.state = keeping().starts_as(activity)


def _as_facts(given: dict[str, Any]) -> dict[str, Any]:
    """What was given, as it is kept: plain JSON."""
    facts = dict(given)
    if "venues" in facts:
        facts["venues"] = [venue.id for venue in facts["venues"]]
    if "languages" in facts:
        facts["languages"] = list(facts["languages"])
    if facts.get("last_on"):
        facts["last_on"] = facts["last_on"].isoformat()
    if "categories" in facts:
        facts["categories"] = list(facts["categories"])
    if "marks" in facts:
        facts["marks"] = {code: list(said) for code, said in facts["marks"].items()}
    return facts


def _checked(values: Any, organisation: Organisation) -> dict[str, Any]:
    given = only(values, ActivityFields.__annotations__)
    needed(given, "name", "Enter the name of the activity.")
    for name, allowed in _ONE_OF.items():
        one_of(given, name, allowed)
    if "min_months" in given and "max_months" in given:
        _ages_in_order(given["min_months"], given["max_months"])
    if "categories" in given:
        _check_categories(given["categories"])
    if "marks" in given:
        _check_marks(given["marks"])
    if any(venue.organisation_id != organisation.id for venue in given.get("venues", ())):
        raise BadInput("Choose one of your own places.")
    if min(given.get("price_pence", 0), given.get("trial_pence", 0)) < 0:
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
