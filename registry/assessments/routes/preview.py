"""An activity as families will see it, for the people of its club alone."""

from typing import Any

from flask import render_template, url_for

from registry.assessments.preview import preview_of
from registry.assessments.routes.blueprint import blueprint
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
    numbers: dict[str, Any] = {"organisation_id": activity.organisation_id, "activity_id": activity.id}
    document = preview_of(activity)
    page = told(document)
    if picture := document["picture"]:
        page["picture"] |= {
            name: url_for("organisations.stored_picture", **numbers, sha256=picture[size])
            for name, size in (("src", "small"), ("large_src", "large"))
        }
    return render_template(
        "directory/activity.html",
        **page,
        preview={"words": _words(activity), "back": url_for("organisations.activity", **numbers)},
    )


def _words(activity: Activity) -> str:
    """How this page and the public one stand to each other."""
    if activity.id not in listed_activity_ids(activity.organisation_id):
        return "This is how families will see it when it is on the list."
    waiting: dict[str, Any] = dict(keeping().wanted(activity))
    if waiting:
        return "This is how families will see it when the council has accepted what you changed."
    return "This is what families see today."
