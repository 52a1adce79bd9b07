"""Pages for paper and telephone: entering for a club, confirming it, letters by post."""

from io import BytesIO
from typing import BinaryIO, cast

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.accounts import throttling
from registry.assessments.answers_paper import answers_paper
from registry.assessments.models import AssistedEntry
from registry.assessments.progress import Progress
from registry.assessments.services.submit import Incomplete, what_is_missing
from registry.assessments.standing import open_assessment
from registry.assisted import queries, services
from registry.assisted.codes import letter_code
from registry.assisted.forms import (
    BeginForm,
    CodeForm,
    ConfirmForm,
    LookUpForm,
    PlainForm,
    PostedForm,
    RegisterForm,
    SendForm,
)
from registry.assisted.printing import letters_as_pdf
from registry.assisted.services.entries import entry_behind
from registry.audit.services import record_read
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, TooManyTries
from registry.files.download import attachment_response
from registry.organisations.models import Organisation
from registry.organisations.queries import organisation_for
from registry.papers.pdf import NoPdfHere
from registry.permissions import P
from registry.web import shelf
from registry.web.acting import done, form_page
from registry.web.guard import public, requires

blueprint = Blueprint("assisted", __name__)
blueprint.add_app_template_global(letter_code)


@blueprint.get("/council/assisted")
@requires(P.SEND_LETTERS)
def entries() -> ResponseReturnValue:
    """What is being entered, what waits to be confirmed, and how to begin."""
    form = LookUpForm(request.args)
    wanted = form.q.data or ""
    return render_template(
        "assisted/entries.html",
        form=form,
        wanted=wanted,
        found=queries.clubs_called(current_user, wanted),
        entering=queries.entered_now(current_user),
        to_confirm=queries.to_confirm(current_user),
        waiting=queries.waiting_entries(current_user),
        sent_back=queries.sent_back_entries(current_user),
    )


@blueprint.route("/council/assisted/new", methods=["GET", "POST"])
@requires(P.SEND_LETTERS)
def register_for() -> ResponseReturnValue:
    """Put a club on the register for somebody without email."""
    form = RegisterForm(shelf.form_data())
    made: list[Organisation] = []
    if form.validate_on_submit() and done(
        form,
        lambda: made.append(
            services.register_for(
                current_user,
                owner=form.owner.data,
                address=form.address.data,
                phone=form.phone.data or "",
                how=form.how.data,
                club=form.club.data,
            )
        ),
    ):
        shelf.clear()
        return redirect(url_for(".club", organisation_id=made[0].id), 303)
    return form_page("assisted/new.html", form)


@blueprint.route("/council/assisted/clubs/<id:organisation_id>", methods=["GET", "POST"])
@requires(P.ASSIST, on=organisation_for)
def club(organisation: Organisation) -> ResponseReturnValue:
    """One club: begin to enter for it, go to its pages, make it ready to send."""
    form = BeginForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form, lambda: services.begin_assisting(organisation, current_user, form.how.data)
    ):
        shelf.clear()
        return redirect(url_for(".club", organisation_id=organisation.id), 303)
    under_way = open_assessment(organisation.id)
    today = clock.today()
    return form_page(
        "assisted/club.html",
        form,
        organisation=organisation,
        is_entering=current_user.id in organisation.assisting_ids,
        under_way=under_way,
        progress=Progress(under_way, today) if under_way else None,
        ready=bool(under_way) and not what_is_missing(under_way, today) if under_way else False,
    )


@blueprint.post("/council/assisted/clubs/<id:organisation_id>/stop")
@requires(P.ASSIST, on=organisation_for)
def stop(organisation: Organisation) -> ResponseReturnValue:
    """Stop entering for a club."""
    services.stop_assisting(organisation, current_user)
    flash(f"You stopped entering for {organisation.name}. What you entered is kept.")
    return redirect(url_for(".entries"), 303)


@blueprint.route("/council/assisted/clubs/<id:organisation_id>/send", methods=["GET", "POST"])
@requires(P.ASSIST, on=organisation_for)
def send(organisation: Organisation) -> ResponseReturnValue:
    """Who signed, with the paper: then somebody else confirms it."""
    under_way = open_assessment(organisation.id)
    if under_way is None or current_user.id not in organisation.assisting_ids:
        raise NotAllowedNow("You do not enter for this club now.")
    form = SendForm(shelf.form_data_and_files(), data={"declared_name": _owner_name(organisation)})
    sent = form.declaration.data
    if form.is_submitted() and not sent:
        form.validate()
        form.add_error("declaration", "Choose the declaration that they signed")
    elif form.validate_on_submit():
        try:
            services.prepare(
                under_way,
                current_user,
                declared_name=form.declared_name.data,
                declared_role=form.declared_role.data,
                signed_on=form.signed_on.data,
                declaration=cast(BinaryIO, sent.stream),
                filename=sent.filename or "declaration",
            )
        except Incomplete as incomplete:
            for _, what in incomplete.missing:
                form.add_error(None, what)
        except BadInput as refused:
            db.session.rollback()
            form.add_error("declaration", refused.sentence)
        else:
            shelf.clear()
            flash("It waits to be confirmed, by the club or by a colleague. Its letter is written.")
            return redirect(url_for(".entries"), 303)
    return form_page(
        "assisted/send.html",
        form,
        organisation=organisation,
        progress=Progress(under_way, clock.today()),
    )


@blueprint.route("/council/assisted/entries/<id:entry_id>", methods=["GET", "POST"])
@requires(P.CONFIRM_ENTRY, on=queries.entry)
def confirm(entry: AssistedEntry) -> ResponseReturnValue:
    """Hold the paper beside what a colleague entered, and say if it is the same."""
    form = ConfirmForm(shelf.form_data())

    def act() -> None:
        if form.decision.data == "yes":
            services.confirm_by_second(entry, current_user)
        else:
            services.decline(entry, current_user, form.words.data or "")

    if form.validate_on_submit() and done(form, act):
        shelf.clear()
        flash(
            "It is sent, and in the queue. A colleague reviews it."
            if form.decision.data == "yes"
            else "It goes back to be entered again."
        )
        return redirect(url_for(".entries"), 303)
    shown = answers_paper(entry.assessment, None)
    names = queries.names_of(set(entry.entered_by_ids))
    number, organisation_id = entry.assessment_id, entry.organisation_id
    # What is private in the answers is read: the entry comes before it is shown.
    record_read(("contact", number), current_user, organisation_id)
    return form_page("assisted/confirm.html", form, entry=entry, paper=shown, names=names)


@blueprint.get("/council/assisted/entries/<id:entry_id>/declaration")
@requires(P.READ_ENTRY, on=queries.entry)
def declaration(entry: AssistedEntry) -> ResponseReturnValue:
    """The paper that the club signed, as an attachment. The entry comes before the file."""
    stored = entry.declaration
    record_read(("stored_file", stored.id), current_user, entry.organisation_id)
    return attachment_response(stored)


# The code in a letter.


@blueprint.route("/letter", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Type the code of a letter."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            throttling.count(LETTER_CODES, address=request.remote_addr or "")
        except TooManyTries as many:
            form.add_error("code", many.sentence)
            g.refused_with = many.status
        else:
            if entry_behind(form.code.data) is not None:
                return redirect(url_for(".confirm_by_code", token=form.code.data), 303)
            form.add_error("code", "We do not know this code. Look at it again, or call us")
    return form_page("assisted/code.html", form)


LETTER_CODES = throttling.Limit("letter code", 10, throttling.PASSWORD_TRIES.within)


@blueprint.route("/letter/<token>", methods=["GET", "POST"])
@public
def confirm_by_code(token: str) -> ResponseReturnValue:
    """The page behind the code: is what we entered right?"""
    entry = entry_behind(token)
    if entry is None:
        return render_template("assisted/dead_code.html"), 404
    answer = request.form.get("answer")
    form = PlainForm()
    if request.method == "POST" and answer in ("yes", "no"):
        act = services.confirm_by_club if answer == "yes" else services.decline_by_club
        if done(form, lambda: act(token)):
            return redirect(url_for(".confirmed", said=answer), 303)
    elif request.method == "POST":
        form.add_error(None, "Press one of the two buttons")
    return form_page("assisted/confirm_by_code.html", form, entry=entry, token=token)


@blueprint.get("/letter/thank-you")
@public
def confirmed() -> ResponseReturnValue:
    """What happens now."""
    return render_template("assisted/confirmed.html", is_right=request.args.get("said") == "yes")


# Letters.


@blueprint.route("/council/letters", methods=["GET", "POST"])
@requires(P.SEND_LETTERS)
def letters() -> ResponseReturnValue:
    """The letters to print and post. Sent to, it says that all of them were posted."""
    waiting = queries.letters_waiting(current_user)
    form = PostedForm(shelf.form_data(), data={"posted_on": clock.today()})
    if form.validate_on_submit() and done(
        form, lambda: services.posted(waiting, current_user, form.posted_on.data)
    ):
        shelf.clear()
        flash("It is written down that they are posted.")
        return redirect(url_for(".letters"), 303)
    return form_page(
        "assisted/letters.html",
        form,
        waiting=waiting,
        posted=queries.letters_posted(current_user),
    )


@blueprint.get("/council/letters/all.pdf")
@requires(P.SEND_LETTERS)
def all_letters() -> ResponseReturnValue:
    """Every letter that waits, one after another, to print."""
    return _pdf(queries.letters_waiting(current_user), "letters")


@blueprint.get("/council/letters/<id:letter_id>.pdf")
@requires(P.SEND_LETTERS, on=queries.letter)
def letter(found: queries.Letter) -> ResponseReturnValue:
    """One letter, to print."""
    return _pdf([found], f"letter-{found.id}")


@blueprint.post("/council/letters/<id:letter_id>/posted")
@requires(P.SEND_LETTERS, on=queries.letter)
def posted(found: queries.Letter) -> ResponseReturnValue:
    """One letter was posted today."""
    services.posted([found], current_user, clock.today())
    flash("It is written down that it is posted.")
    return redirect(url_for(".letters"), 303)


def _pdf(found: list[queries.Letter], name: str) -> ResponseReturnValue:
    if not found:
        flash("There is no letter to print.")
        return redirect(url_for(".letters"), 303)
    try:
        content = letters_as_pdf(found)
    except NoPdfHere:
        flash("We cannot make a PDF on this machine. Ask whoever runs it to install pango.")
        return redirect(url_for(".letters"), 303)
    answer = send_file(
        BytesIO(content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{name}-{clock.today().isoformat()}.pdf",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _owner_name(organisation: Organisation) -> str:
    owners = [one.account.name for one in organisation.members if one.role == "owner"]
    return owners[0] if owners else ""
