"""What the council's pages of concerns and holds share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from registry.database import db
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.web import shelf

blueprint = Blueprint("concerns", __name__)


def done(form: Any, act: Callable[[], object]) -> bool:
    """Do the act; what the register says against it stands on the form, with nothing lost."""
    try:
        act()
    except (BadInput, NotAllowedNow, StaleVersion) as problem:
        db.session.rollback()
        form.add_error(None, problem.sentence)
        g.refused_with = problem.status
        return False
    return True


def page(template: str, form: Any, **more: Any) -> ResponseReturnValue:
    """A page with its form, and the status that says how the form fared."""
    status = int(g.get("refused_with", 422)) if form.errors or form.form_errors else 200
    return render_template(template, form=form, **more), status


def settled(sentence: str, address: str) -> ResponseReturnValue:
    """On to another page, saying what was done."""
    shelf.clear()
    flash(sentence)
    return redirect(address, 303)
