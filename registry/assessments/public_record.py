"""What may be public of an organisation and of an activity, before anybody approved it.

These are the parts of a card that the club gives (registry.directory has the whole shape).
Only ticked contacts and the public part of a place ever get in here.
"""

from collections.abc import Mapping
from typing import Any

from registry.config import settings
from registry.criteria.profile import Profile
from registry.geography.queries import ward_centre
from registry.organisations.ages import ages_label
from registry.organisations.categories import category_label, mark_group, mark_label
from registry.organisations.models import Activity, Organisation
from registry.organisations.places import public_place

UNIT_LABELS = {
    "free": "",
    "session": "a session",
    "term": "a term",
    "donation": "",
    "haf": "",
}
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
            "label": _ages(activity.min_months, activity.max_months),
        },
        "parent_stays": activity.parent_stays,
        "hide_times": hides_times(activity),
        "sessions": [
            {
                "day": session.day,
                "start": session.starts.strftime("%H:%M"),
                "end": session.ends.strftime("%H:%M"),
                "season": session.season,
            }
            for session in activity.sessions
        ],
        "venue": public_place(
            activity.venue, ward_centre, settings().place_name, settings().authority_code
        ),
        "cost": {
            "kind": activity.price_kind,
            "pence": activity.price_pence,
            "unit_label": UNIT_LABELS.get(activity.price_kind or "", ""),
            "note": activity.price_note,
        },
        "support": [mark for mark in marks if mark["group"] == "support"],
        "access": [mark for mark in marks if mark["group"] == "access"],
        "languages": [word.strip() for word in activity.languages.split(",") if word.strip()],
        "contact": {
            "phone": _if(organisation.phone_is_public, organisation.phone),
            "email": _if(organisation.email_is_public, organisation.email),
            "website": _if(organisation.website_is_public, organisation.website),
        },
        "booking": {
            "kind": activity.booking_kind,
            "link": activity.booking_link,
            "note": activity.booking_note,
        },
    }


def hides_times(activity: Activity) -> bool:
    """One-to-one at somebody's home shows days and parts of the day, never clock times."""
    alone = "yes" in (activity.about.get("p_oneone") or {}).values()
    return alone and activity.venue is not None and activity.venue.privacy in HOMELY


def _ages(min_months: int, max_months: int) -> str:
    word = "Age" if min_months // 12 == max_months // 12 else "Ages"
    label = ages_label(min_months, max_months)
    return f"{word} {label[0].lower()}{label[1:]}"


def _if(ticked: bool, value: str) -> str:
    return value if ticked else ""
