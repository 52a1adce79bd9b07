"""What the pages of a case share."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.models import Assessment
from registry.reviews.reading import CaseView, view_of
from registry.web.acting import form_page, settled
from registry.web.identifiers import sent_number

blueprint = Blueprint("reviews", __name__)


def case_view(assessment: Assessment, key: str | None = None) -> CaseView:
    """The case as whoever is signed in sees it today."""
    return view_of(assessment, current_user, clock.today(), key)


def read_submission() -> int:
    """The submission that was on the page when the person decided: a decision names it."""
    return sent_number(request.form.get("submission", "")) or 0


def page(template: str, view: CaseView, form: Any, **more: Any) -> ResponseReturnValue:
    """A page of the case with its form, and the status that says how the form fared."""
    return form_page(template, form, view=view, **more)


def decided(sentence: str) -> ResponseReturnValue:
    """Back to the queue, saying what was decided."""
    return settled(sentence, url_for("council.home"))


def to_next(assessment: Assessment, after: str = "") -> ResponseReturnValue:
    """To the next question without a finding, or back to the case when all are read."""
    key = case_view(assessment).next_unread(after)
    if key is None:
        return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)
    return redirect(url_for("reviews.question", assessment_id=assessment.id, key=key), 303)
