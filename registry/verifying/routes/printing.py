"""The club's own page with its notice and badge, and the notice as a page and as a PDF."""

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from registry import clock
from registry.assessments.queries import organisation_in_view
from registry.assessments.standing import told_as_listed
from registry.config import settings
from registry.organisations.models import Organisation
from registry.papers.apart import page_as_pdf_apart
from registry.papers.pdf import NoPdfHere
from registry.permissions import P
from registry.verifying.badge import DARK, LIGHT, badge_in_the_page, code_for_a_page
from registry.verifying.looks import times_in_words
from registry.verifying.notice import notice_paper, notice_title, qr_picture, site_in_words
from registry.verifying.queries import looks_since, looks_told_to, verdict_told_to
from registry.verifying.routes.blueprint import blueprint
from registry.verifying.verdict import Verdict
from registry.web.guard import requires


@blueprint.get("/club/<id:organisation_id>/notice-and-badge")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def notice_and_badge(organisation: Organisation) -> str:
    """What the club may print and show, and how it looks today."""
    today = clock.today()
    verdict = verdict_told_to(organisation.id, today)
    if verdict is None:
        return _why_not(organisation)
    return render_template(
        "verifying/notice_and_badge.html",
        organisation=organisation,
        verdict=verdict,
        badges=[
            (on, badge_in_the_page(verdict, on), code_for_a_page(verdict, on))
            for on in (LIGHT, DARK)
        ],
        grey=badge_in_the_page(None),
        looks=[
            (name, times_in_words(times)) for name, times in looks_told_to(organisation.id, today)
        ],
        since=looks_since(today),
    )


@blueprint.get("/club/<id:organisation_id>/notice")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def notice(organisation: Organisation) -> str:
    """The notice as a page that prints on one sheet."""
    verdict = verdict_told_to(organisation.id, clock.today())
    if verdict is None:
        return _why_not(organisation)
    address = _address_of(verdict)
    return render_template(
        "verifying/notice.html",
        organisation=organisation,
        verdict=verdict,
        title=notice_title(verdict),
        address=address,
        shown=site_in_words(address),
        square=qr_picture(address),
    )


@blueprint.get("/club/<id:organisation_id>/notice.pdf")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def notice_pdf(organisation: Organisation) -> ResponseReturnValue:
    """The same as a PDF. Where this machine cannot make one, the page to print instead."""
    verdict = verdict_told_to(organisation.id, clock.today())
    if verdict is None:
        return redirect(url_for(".notice_and_badge", organisation_id=organisation.id), 303)
    try:
        content = page_as_pdf_apart(notice_paper(verdict, _address_of(verdict)))
    except NoPdfHere:
        flash("We cannot make a PDF here just now. Print this page, or save it as a PDF yourself.")
        return redirect(url_for(".notice", organisation_id=organisation.id), 303)
    return send_file(
        BytesIO(content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"notice-{verdict.reference}.pdf",
    )


def _address_of(verdict: Verdict) -> str:
    return f"{settings().public_url}{verdict.path}"


def _why_not(organisation: Organisation) -> str:
    """The plain page for a club that has nothing to print today."""
    return render_template(
        "verifying/nothing_to_print.html",
        organisation=organisation,
        is_closed=organisation.closed_at is not None,
        is_listed=told_as_listed(organisation.id, clock.today()) is not None,
    )
