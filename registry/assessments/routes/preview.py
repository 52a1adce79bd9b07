"""An activity as families will see it, for the people of its club alone."""

from typing import Any

from flask import render_template, url_for

from registry.assessments.preview import preview_of
from registry.assessments.routes.blueprint import blueprint
from registry.config import settings
from registry.directory.telling import told
from registry.organisations.keeping import keeping
from registry.organisations.models import Activity
from registry.organisations.queries import activity_for, listed_activity_ids
from registry.permissions import P
from registry.web.guard import requires


@blueprint.get("/club/<id:organisation_id>/activities/<id:activity_id>/preview")
@requires(P.SEE_ORGANISATION, on=activity_for)
def preview(activity: Activity) -> str:
    """The public page, from the same words and the same template, marked as a preview."""
    document = preview_of(activity)
    return shown_as_preview(
        activity,
        document,
        words=f"Only people of your club can see this page. {_words(activity)}",
        back=url_for("organisations.activity", **_numbers(activity)),
        back_to=document["name"],
    )


def shown_as_preview(
    activity: Activity, document: dict[str, Any], *, words: str, back: str, back_to: str
) -> str:
    """The public page of a document that is not public. Its picture is not public either."""
    page = told(document, settings().directions_url)
    if picture := document["picture"]:
        page["picture"] |= {
            name: url_for(
                "organisations.stored_picture", **_numbers(activity), sha256=picture[size]
            )
            for name, size in (("src", "small"), ("large_src", "large"))
        }
    preview = {"words": words, "back": back, "back_to": back_to}
    return render_template("directory/activity.html", **page, preview=preview)


def _numbers(activity: Activity) -> dict[str, Any]:
    return {"organisation_id": activity.organisation_id, "activity_id": activity.id}


def _words(activity: Activity) -> str:
    """How this page and the public one stand to each other."""
    if activity.id not in listed_activity_ids(activity.organisation_id):
        return "This is how families will see it when it is on the list."
    waiting: dict[str, Any] = dict(keeping().wanted(activity))
    if waiting:
        return "This is how families will see it when the council has accepted what you changed."
    return "This is what families see today."
