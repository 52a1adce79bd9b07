"""What every page with a form does: act, say what stands against it, and go on.

Nothing typed is lost on the way: an act that is refused is undone, and its reason stands on the
form, which is shown again with the status of the refusal.
"""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from registry.database import db
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.web import shelf


def done(form: Any, act: Callable[[], object], field: str | None = None) -> bool:
    """Do the act; what the register says against it stands on the form, with nothing lost.

    `field` is where bad input is to be mended, if it is one field that it comes from.
    """
    try:
        act()
    except (BadInput, NotAllowedNow, StaleVersion) as problem:
        db.session.rollback()
        form.add_error(field if isinstance(problem, BadInput) else None, problem.sentence)
        g.refused_with = problem.status
        return False
    return True


def status_of(form: Any) -> int:
    """422 where something has to be mended, 409 where the record has moved on; nothing is lost."""
    return int(g.get("refused_with", 422)) if form.errors or form.form_errors else 200


def form_page(template: str, form: Any, **shown: Any) -> ResponseReturnValue:
    """A page with its form, and the status that says how the form fared."""
    return render_template(template, form=form, **shown), status_of(form)


def settled(sentence: str, address: str) -> ResponseReturnValue:
    """On to another page, saying what was done. What waited on the shelf is not needed now."""
    shelf.clear()
    flash(sentence)
    return redirect(address, 303)
