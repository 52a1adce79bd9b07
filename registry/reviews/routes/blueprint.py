"""What the pages of a case share."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.models import Assessment
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.reviews.reading import CaseView, view_of
from registry.web import shelf

blueprint = Blueprint("reviews", __name__)


def case_view(assessment: Assessment, key: str | None = None) -> CaseView:
    """The case as whoever is signed in sees it today."""
    return view_of(assessment, current_user, clock.today(), key)


def done(form: Any, act: Any) -> bool:
    """Do the act; what the register says against it stands on the form, with nothing lost."""
    try:
        act()
    except (BadInput, NotAllowedNow, StaleVersion) as problem:
        db.session.rollback()
        form.add_error(None, problem.sentence)
        g.refused_with = problem.status
        return False
    return True


def read_submission() -> int:
    """The submission that was on the page when the person decided: a decision names it."""
    named = request.form.get("submission", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0


def page(template: str, view: CaseView, form: Any, **more: Any) -> ResponseReturnValue:
    """A page of the case with its form, and the status that says how the form fared."""
    return render_template(template, view=view, form=form, **more), status(form)


def status(form: Any) -> int:
    """422 where something has to be mended, 409 where the case has moved on; nothing is lost."""
    return int(g.get("refused_with", 422)) if form.errors or form.form_errors else 200


def decided(sentence: str) -> ResponseReturnValue:
    """Back to the queue, saying what was decided."""
    shelf.clear()
    flash(sentence)
    return redirect(url_for("council.home"), 303)


def to_next(assessment: Assessment, after: str = "") -> ResponseReturnValue:
    """To the next question without a finding, or back to the case when all are read."""
    key = case_view(assessment).next_unread(after)
    if key is None:
        return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)
    return redirect(url_for("reviews.question", assessment_id=assessment.id, key=key), 303)
