"""Approvals that are read a second time, and what a senior does about a doubt."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.permissions import P
from registry.reviews.after_approval import (
    doubts,
    second_reading,
    second_readings_drawn,
    second_readings_due,
)
from registry.reviews.forms import ReasonForm, SecondReadingForm
from registry.reviews.models import SecondReading
from registry.reviews.queries import people
from registry.reviews.routes.blueprint import blueprint
from registry.reviews.services import read_again, settle_doubt
from registry.web import shelf
from registry.web.acting import done, form_page, status_of
from registry.web.guard import requires


@blueprint.get("/council/second-readings")
@requires(P.OPEN_SECOND_READINGS)
def second_readings() -> str:
    """What this person can read again; for seniors and auditors what came of the others."""
    waiting, drawn = doubts(current_user), second_readings_drawn(current_user)
    return render_template(
        "reviews/second_readings.html",
        due=second_readings_due(current_user),
        doubts=waiting,
        drawn=drawn,
        names=people({one.read_by_id for one in [*waiting, *drawn]}),
    )


@blueprint.route("/council/second-readings/<id:reading_id>", methods=["GET", "POST"])
@requires(P.READ_AGAIN, on=second_reading)
def read_second(reading: SecondReading) -> ResponseReturnValue:
    """Read one approval again, and say whether one agrees."""
    form = SecondReadingForm(shelf.form_data())
    form.ask(
        "What did you read and find?",
        "A doubt goes to a senior with these words.",
        "Write what you read and found",
    )
    if form.validate_on_submit() and done(
        form,
        lambda: read_again(
            reading, current_user, outcome=form.outcome.data, words=form.reason.data
        ),
    ):
        return _back("Thank you. It is written down.")
    return render_template("reviews/second_reading.html", form=form, reading=reading), status_of(
        form
    )


@blueprint.route("/council/second-readings/<id:reading_id>/settle", methods=["GET", "POST"])
@requires(P.SETTLE_DOUBT, on=second_reading)
def settle_second(reading: SecondReading) -> ResponseReturnValue:
    """Say what was done about a doubt."""
    form = ReasonForm(shelf.form_data())
    form.ask("What did you do about it?", "For the file.", "Write what you did")
    if form.validate_on_submit() and done(
        form, lambda: settle_doubt(reading, current_user, words=form.reason.data)
    ):
        return _back("Written down. The doubt is settled.")
    return form_page("reviews/settle_doubt.html", form, reading=reading)


def _back(sentence: str) -> ResponseReturnValue:
    shelf.clear()
    flash(sentence)
    return redirect(url_for("reviews.second_readings"), 303)
