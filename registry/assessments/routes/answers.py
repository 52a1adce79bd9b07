"""All answers on one page, to read and to print, and as a PDF."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from registry import clock
from registry.assessments.answers_paper import AnswersPaper, answers_paper, blocks_of_answers
from registry.assessments.models import Assessment
from registry.assessments.queries import organisation_in_view
from registry.assessments.routes.blueprint import blueprint, progress_of, self_check_of
from registry.errors import NotFound
from registry.organisations.models import Organisation
from registry.papers.pdf import NoPdfHere, write_pdf
from registry.permissions import P
from registry.web.guard import requires

ACCENT = "#0b4d5c"
TITLE = "Self-check: all answers"


@blueprint.get("/club/<id:organisation_id>/self-check/answers")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def answers(organisation: Organisation) -> str:
    """Everything asked and said, with nothing to press: the page that is printed."""
    assessment = _self_check(organisation)
    progress = progress_of(assessment)
    return render_template(
        "assessments/answers.html",
        organisation=organisation,
        assessment=assessment,
        progress=progress,
        paper=_paper(assessment),
        has_both=progress.can_be_changed and assessment.latest_submission is not None,
        today=clock.today(),
    )


@blueprint.get("/club/<id:organisation_id>/self-check/answers.pdf")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def answers_pdf(organisation: Organisation) -> ResponseReturnValue:
    """The same as a PDF. Where this machine cannot make one, the page to print instead."""
    assessment = _self_check(organisation)
    paper = _paper(assessment)
    try:
        content = write_pdf(
            blocks_of_answers(paper, clock.today()),
            title=f"{TITLE} (draft)" if paper.is_draft else TITLE,
            club=paper.club,
            dated=clock.today(),
            accent=ACCENT,
        )
    except NoPdfHere:
        flash("We cannot make a PDF here just now. Print this page, or save it as a PDF yourself.")
        sent = "1" if request.args.get("sent") else None
        return redirect(url_for(".answers", organisation_id=organisation.id, sent=sent), 303)
    name = f"self-check-{assessment.reference}{'-draft' if paper.is_draft else ''}.pdf"
    return send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name
    )


def _self_check(organisation: Organisation) -> Assessment:
    assessment = self_check_of(organisation)
    if assessment is None:
        raise NotFound()
    return assessment


def _paper(assessment: Assessment) -> AnswersPaper:
    """What the club has in hand; `?sent=1`, and where it has nothing in hand, what it sent."""
    sent = assessment.latest_submission
    wants_sent = bool(request.args.get("sent")) or not progress_of(assessment).can_be_changed
    return answers_paper(assessment, sent if wants_sent else None)
