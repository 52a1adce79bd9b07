"""Notes that only the council reads: on a page of their own, with no words to a club near them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.errors import NotFound, NotYours
from registry.permissions import P, can
from registry.reviews import queries
from registry.reviews.forms import NoteForm
from registry.reviews.notes import note_of, notes_on
from registry.reviews.routes.blueprint import blueprint, case_view
from registry.web import shelf
from registry.web.acting import done, form_page, status_of
from registry.web.guard import requires
from registry.web.identifiers import sent_number


@blueprint.route("/council/cases/<id:assessment_id>/notes", methods=["GET", "POST"])
@requires(P.READ_CASE, on=queries.case)
def notes(assessment: Assessment) -> ResponseReturnValue:
    """Every note on a case, and a new one: on the case, or on a question that the form names."""
    key = (shelf.form_data() or request.args).get("question", "")
    view = case_view(assessment, key)
    _refuse_writing(assessment)
    form = NoteForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form, lambda: services.write_note(assessment, current_user, form.text.data, key)
    ):
        shelf.clear()
        flash("Your note is kept. Only the council reads it.")
        return redirect(_back(assessment, key), 303)
    found = notes_on([assessment.id])
    names = queries.people({one.written_by_id for one in found})
    return render_template(
        "reviews/notes.html", view=view, form=form, notes=found, names=names, key=key
    ), status_of(form)


@blueprint.route("/council/cases/<id:assessment_id>/notes/<id:note_id>", methods=["GET", "POST"])
@requires(P.READ_CASE, on=queries.case)
def note(assessment: Assessment, note_id: int) -> ResponseReturnValue:
    """One note, with what it said before; its author may say it anew."""
    found = note_of(assessment.id, note_id)
    if found is None:
        raise NotFound()
    _refuse_writing(assessment)
    form = NoteForm(shelf.form_data(), data={"text": found.text})
    number = sent_number(request.form.get("number", "")) or 0
    if form.validate_on_submit() and done(
        form,
        lambda: services.amend_note(found, assessment, current_user, form.text.data, number=number),
    ):
        shelf.clear()
        flash("Your note is changed. What it said before is kept.")
        return redirect(_back(assessment, found.question_key), 303)
    return form_page(
        "reviews/note.html",
        form,
        view=case_view(assessment),
        note=found,
        names=queries.people({found.written_by_id}),
    )


def _refuse_writing(assessment: Assessment) -> None:
    """An auditor reads what there is."""
    if request.method == "POST" and not can(current_user, P.WRITE_NOTE, assessment):
        raise NotYours()


def _back(assessment: Assessment, key: str) -> str:
    if key:
        return url_for("reviews.question", assessment_id=assessment.id, key=key)
    return url_for("reviews.case", assessment_id=assessment.id)
