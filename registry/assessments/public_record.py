"""What may be public of an organisation and of an activity, before anybody approved it.

These are the parts of a card that the club gives (registry.directory has the whole shape).
Only ticked contacts and the public part of a place ever get in here.
"""

from collections.abc import Mapping
from typing import Any

from registry.config import settings
from registry.criteria.profile import Profile
from registry.geography.queries import ward_centre
from registry.organisations.ages import ages_in_a_line
from registry.organisations.categories import category_label, mark_group, mark_label
from registry.organisations.facts import fact
from registry.organisations.models import Activity, Organisation
from registry.organisations.places import public_places

UNIT_LABELS = {"session": "a session", "term": "a term", "course": "a course"}
PERIOD_LABELS = {"month": "a month", "term": "a term", "year": "a year"}
HOMELY = ("hidden", "hidden_area")


def organisation_record(organisation: Organisation, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The public part of the organisation."""
    profile = Profile.from_answers(answers, [])
    return {
        "slug": organisation.slug,
        "name": organisation.name,
        "description": organisation.description,
        "charity_number": profile.charity_number,
        "company_number": profile.company_number,
        "ofsted_number": profile.ofsted_urn,
        "national_body": profile.national_body,
        "website": _if(organisation.website_is_public, organisation.website),
    }


def activity_record(activity: Activity) -> dict[str, Any]:
    """The public part of the activity, with its public place and the contacts that are ticked."""
    organisation = activity.organisation
    marks = [
        {
            "code": mark.code,
            "label": mark_label(mark.code),
            "answer": mark.answer,
            "note": mark.note,
            "group": mark_group(mark.code),
        }
        for mark in activity.marks
    ]
    return {
        "activity_id": activity.id,
        "slug": activity.slug,
        "name": activity.name,
        "summary": activity.summary,
        "description": activity.description,
        "bring": activity.bring,
        "categories": [
            {"code": c.code, "label": category_label(c.code)} for c in activity.categories
        ],
        "ages": {
            "min_months": activity.min_months,
            "max_months": activity.max_months,
            "said_in": activity.ages_said,
            "label": ages_in_a_line(activity.min_months, activity.max_months, activity.ages_said),
        },
        "parent_stays": activity.parent_stays,
        "hide_times": hides_times(activity),
        "sessions": fact(activity, "sessions"),
        "last_on": fact(activity, "last_on"),
        **places_record(activity),
        "cost": {
            "kind": activity.price_kind,
            "pence": activity.price_pence,
            "unit_label": _unit_label(activity),
            "note": activity.price_note,
            "trial": activity.trial,
            "trial_pence": activity.trial_pence if activity.trial == "paid" else 0,
            "points": [mark for mark in marks if mark["group"] == "cost"],
        },
        "support": [mark for mark in marks if mark["group"] == "support"],
        "access": [mark for mark in marks if mark["group"] == "access"],
        "languages": list(activity.languages),
        "contact": {
            "phone": _if(organisation.phone_is_public, organisation.phone),
            "email": _if(organisation.email_is_public, organisation.email),
            "website": _if(organisation.website_is_public, organisation.website),
        },
        "booking": {
            "kind": activity.booking_kind,
            "link": activity.booking_link,
            "note": activity.booking_note,
            "waiting_list": activity.waiting_list,
        },
        "picture": activity.picture,
    }


def hides_times(activity: Activity) -> bool:
    """One-to-one at somebody's home shows days and parts of the day, never clock times."""
    alone = "yes" in (activity.about.get("p_oneone") or {}).values()
    return alone and any(venue.privacy in HOMELY for venue in activity.venues)


def places_record(activity: Activity) -> dict[str, Any]:
    """Where it happens, as far as that is public: the main place, and where else.

    Each says which venue it was, so that what a club hides later can be left out; no card does.
    """
    chosen = settings()
    venues = activity.venues if activity.place_kind == "venues" else []
    told = public_places(
        activity.place_kind,
        activity.place_area,
        venues,
        ward_centre,
        chosen.place_name,
        chosen.authority_code,
    )
    numbers: list[int | None] = [venue.id for venue in venues]
    main, *others = (
        {**place, "venue_id": n} for place, n in zip(told, numbers or [None], strict=True)
    )
    return {"venue": main, "also_at": others}


def _unit_label(activity: Activity) -> str:
    if activity.price_kind == "membership":
        return PERIOD_LABELS.get(activity.price_period or "", "")
    return UNIT_LABELS.get(activity.price_kind or "", "")


def _if(ticked: bool, value: str) -> str:
    return value if ticked else ""
