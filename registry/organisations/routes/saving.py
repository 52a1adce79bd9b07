"""What pages over a record share: saving it, or showing the page again with all that was typed."""

from collections.abc import Callable
from typing import Any

from flask import (
    current_app,
    flash,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.organisations.forms import (
    VersionedForm,
)
from registry.organisations.keeping import Kept
from registry.organisations.models import Organisation
from registry.organisations.queries import (
    listed_activity_ids,
    read_again,
)
from registry.web import shelf


def save_or_show(
    form: VersionedForm,
    record: Any,
    save: Callable[[], Kept | None],
    onward: Callable[[], str],
    template: str,
    **shown: Any,
) -> ResponseReturnValue:
    """Save a form over a record and go on; else show the page again with all that was typed."""
    if request.method == "POST" and form.validate():
        try:
            kept = save()
        except StaleVersion:
            read_again(record)
            others = form.others(type(form).over(record, None))
            form.version.data = str(record.version)
            return shown_again(template, form, 409, others=others, **shown)
        except (BadInput, NotAllowedNow) as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(_saved(kept))
            return redirect(onward(), 303)
    return shown_again(template, form, **shown)


def _saved(kept: Kept | None) -> str:
    """What became of it, in a sentence or two."""
    if kept is None or not kept.waiting:
        return "We have saved what you told us."
    if kept.written:
        return "We have saved what you told us. The council reads some of it first."
    return "The council reads this first. Until then families see what they saw before."


def publish(organisation: Organisation) -> None:
    """Take out at once what an organisation on the list has just made private."""
    if listed_activity_ids(organisation.id):
        current_app.extensions["publish"](organisation)


def shown_again(template: str, form: Any, status: int = 0, **shown: Any) -> ResponseReturnValue:
    """The page, with the status that says whether something is to be mended."""
    on_shelf = shelf.kept()
    page = render_template(
        template,
        form=form,
        was_away=on_shelf is not None and request.method == "GET",
        kept_word=request.values.get("kept", "") if on_shelf else "",
        **shown,
    )
    return page, status or (422 if request.method == "POST" else 200)
