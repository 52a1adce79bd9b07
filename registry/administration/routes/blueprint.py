"""The blueprint of administration, and what its pages share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from registry.errors import BadInput, NotAllowedNow
from registry.web import shelf

blueprint = Blueprint("administration", __name__)


def shown(template: str, form: Any, status: int = 0, **with_it: Any) -> ResponseReturnValue:
    """A page with a form, with all that was typed, and the status that says how it went."""
    on_shelf = shelf.kept()
    page = render_template(
        template,
        form=form,
        was_away=on_shelf is not None and request.method == "GET",
        kept_word=request.values.get("kept", "") if on_shelf else "",
        **with_it,
    )
    return page, status or (422 if request.method == "POST" else 200)


def did(form: Any, act: Callable[[], object]) -> bool:
    """Whether it could be done; else the form says why not."""
    try:
        act()
    except (BadInput, NotAllowedNow) as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def onward(where: str, said: str) -> ResponseReturnValue:
    """What was sent is saved: say so on the next page."""
    shelf.clear()
    flash(said)
    return redirect(where, 303)
