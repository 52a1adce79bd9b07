"""One question of a case: the answer, the papers, the checks and the finding."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.audit.services import record_read
from registry.errors import NotFound, NotYours
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.forms import NoteForm, finding_form
from registry.reviews.notes import notes_on
from registry.reviews.papers import Wanted
from registry.reviews.reading import CaseView
from registry.reviews.routes.blueprint import blueprint, case_view, page, read_submission, to_next
from registry.reviews.since import Since, since_of
from registry.web import shelf
from registry.web.acting import done
from registry.web.guard import requires


@blueprint.route("/council/cases/<id:assessment_id>/questions/<key>", methods=["GET", "POST"])
@requires(P.READ_CASE, on=queries.case)
def question(assessment: Assessment, key: str) -> ResponseReturnValue:
    """One question: the answer, the help, the papers and the checks, with the finding."""
    view = case_view(assessment, key)
    if view.question is None:
        raise NotFound()
    if request.method == "POST" and not view.may_find:
        raise NotYours()
    form = finding_form(view.question, view.outcome.suggested, view.kept_finding, shelf.form_data())
    if form.validate_on_submit() and done(
        form,
        lambda: services.record_finding(
            assessment,
            current_user,
            key,
            submission_id=read_submission(),
            result=form.result.data,
            reason=form.reason.data or "",
            words=form.words.data or "",
        ),
    ):
        shelf.clear()
        return to_next(assessment, after=key)
    wanted = Wanted.from_address(request.args)
    shown = view.shown(wanted)
    since = since_of(assessment, view.question, shown, request.args.get("before", ""))
    _record_reads(view, shown.open.file_id if shown.open else None, since)
    notes = notes_on([assessment.id], key)
    return page(
        "reviews/question.html",
        view,
        form,
        shown=shown,
        since=since,
        notes=notes,
        note_form=NoteForm(None),
        names=queries.people({note.written_by_id for note in notes}),
    )


def _record_reads(view: CaseView, file_id: int | None, since: Since) -> None:
    """What is private on the page of a question is read: the entries come before it is shown."""
    organisation_id = view.assessment.organisation_id
    private = [("stored_file", one) for one in (file_id, since.paper_id) if one]
    if view.contact:
        private.append(("contact", view.assessment.id))
    for subject in private:
        record_read(subject, current_user, organisation_id)
