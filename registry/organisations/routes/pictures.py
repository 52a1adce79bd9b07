"""The picture of an activity: giving it one, seeing it, and taking it away."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.files.download import picture_response
from registry.files.pictures import remade
from registry.organisations import services
from registry.organisations.forms.picture import PictureForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.organisations.queries import activity_for, listed_activity_ids, read_again
from registry.organisations.routes.blueprint import blueprint
from registry.organisations.routes.onward import address, page_after
from registry.organisations.routes.saving import publish
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/picture", methods=["GET", "POST"]
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def picture(activity: Activity) -> ResponseReturnValue:
    """Choose a picture, or change its words. A file that was chosen once is kept meanwhile."""
    form = PictureForm.over(activity, shelf.form_data())
    if request.method == "GET":
        return _page(activity, form, shelf.files("picture"), request.values.get("kept", ""))
    offered = _good(shelf.files("picture")[:1], form)
    wanted = wanted_facts(activity, ("picture",))["picture"]
    if not form.validate():
        return _again(activity, form, offered)
    if not offered and wanted is None:
        form.add_error("picture", "Choose a picture")
        return _again(activity, form, offered)
    try:
        kept = services.set_picture(
            activity,
            current_user,
            version=form.read_version,
            stream=offered[0].stream if offered else None,  # type: ignore[arg-type]
            filename=(offered[0].filename or "") if offered else "",
            **form.told(),
        )
    except StaleVersion:
        read_again(activity)
        others = form.others(PictureForm.over(activity, None))
        form.version.data = str(activity.version)
        return _again(activity, form, offered, 409, others=others)
    except (BadInput, NotAllowedNow) as refused:
        form.add_error("picture", refused.sentence)
        return _again(activity, form, [])
    shelf.clear()
    waits = "picture" in kept.waiting
    flash(
        "We have your picture. The council looks at it first, then families see it."
        if waits
        else "We have saved your picture."
    )
    return redirect(page_after(activity, "picture"), 303)


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/picture/remove",
    methods=["GET", "POST"],
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def remove_picture(activity: Activity) -> ResponseReturnValue:
    """Ask once more, then take the picture away at once."""
    if request.method == "POST":
        if services.remove_picture(activity, current_user):
            publish(activity.organisation)
            flash("The picture is gone.")
        return redirect(address(".picture", activity), 303)
    return render_template(
        "organisations/remove_picture.html",
        organisation=activity.organisation,
        activity=activity,
        picture=activity.picture or wanted_facts(activity, ("picture",))["picture"],
    )


@blueprint.get(
    "/club/<id:organisation_id>/activities/<id:activity_id>/pictures/<string(length=64):sha256>"
)
@requires(P.READ_EVIDENCE, on=activity_for)
def stored_picture(activity: Activity, sha256: str) -> ResponseReturnValue:
    """A picture of this club, for its people and for the council, whether it is public or not."""
    return picture_response(sha256, activity.organisation_id)


def _good(offered: list[FileStorage], form: PictureForm) -> list[FileStorage]:
    """The file that came, if we can show it; else the form says why not."""
    for sent in offered:
        try:
            remade(sent.stream.read(), sent.filename or "")
        except BadInput as refused:
            form.picture.process_errors = [refused.sentence]
            return []
        sent.stream.seek(0)
    return offered


def _again(
    activity: Activity,
    form: PictureForm,
    offered: list[FileStorage],
    status: int = 422,
    **shown: Any,
) -> ResponseReturnValue:
    """The page once more, with all that was typed; a good file waits on the shelf."""
    word = (shelf.keep_sent_files() or "") if offered else ""
    return _page(activity, form, offered, word, **shown), status


def _page(
    activity: Activity, form: PictureForm, offered: list[FileStorage], word: str, **shown: Any
) -> str:
    wanted = wanted_facts(activity, ("picture",))["picture"]
    return render_template(
        "organisations/picture.html",
        form=form,
        organisation=activity.organisation,
        activity=activity,
        picture=activity.picture,
        waiting=wanted if wanted != activity.picture else None,
        kept_word=word if offered else "",
        kept_files=[one.filename for one in offered],
        was_away=request.method == "GET" and bool(word),
        is_listed=activity.id in listed_activity_ids(activity.organisation_id),
        **shown,
    )
