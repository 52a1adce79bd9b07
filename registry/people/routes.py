"""Pages about the people of an organisation: for its people, for who is invited, for its lead,
and for the council where an owner has gone."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.accounts.errors import BadPassword
from registry.accounts.queries import normalised
from registry.audit.services import record_read
from registry.database import db
from registry.errors import BadInput, DomainError, NotAllowedNow, NotFound, NotYours
from registry.files.download import attachment_response
from registry.organisations.models import Organisation
from registry.organisations.queries import organisation_for
from registry.people import queries, services
from registry.people.forms import (
    DecisionForm,
    InvitationForm,
    NewAccountForm,
    OfferForm,
    OwnerGoneForm,
    PlainForm,
    RoleForm,
)
from registry.people.models import HandOver
from registry.permissions import P, can
from registry.web import shelf
from registry.web.acting import done, form_page
from registry.web.guard import public, requires

blueprint = Blueprint("people", __name__)

DESK = "/club/<id:organisation_id>/people"
ANSWERS = ("yes", "no")


# The people of a club.


@blueprint.get(DESK)
@requires(P.SEE_ORGANISATION, on=organisation_for)
def people(organisation: Organisation) -> ResponseReturnValue:
    """Who belongs to it, who is invited, whom it named as its lead."""
    waiting = queries.open_hand_over(organisation.id)
    may_manage = can(current_user, P.MANAGE_PEOPLE, organisation)
    return render_template(
        "people/people.html",
        organisation=organisation,
        may_manage=may_manage,
        is_last_owner=services.is_last_owner(organisation, current_user.id),
        invitations=queries.open_invitations(organisation.id) if may_manage else [],
        hand_over=waiting,
        is_mine=waiting is not None and waiting.to_id == current_user.id,
        lead=queries.lead_of(organisation.id),
        now=clock.now(),
    )


@blueprint.route(f"{DESK}/invite", methods=["GET", "POST"])
@requires(P.MANAGE_PEOPLE, on=organisation_for)
def invite(organisation: Organisation) -> ResponseReturnValue:
    """Invite somebody by email."""
    form = InvitationForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form,
        lambda: services.invite_person(
            organisation, current_user, email=form.email.data, role=form.role.data
        ),
    ):
        shelf.clear()
        flash(f"We have written to {normalised(form.email.data)}. The link works for 14 days.")
        return _to_people(organisation)
    return _page("people/invite.html", form, organisation=organisation)


@blueprint.post(f"{DESK}/invitations/<id:invitation_id>/again")
@requires(P.MANAGE_PEOPLE, on=organisation_for)
def invite_again(organisation: Organisation, invitation_id: int) -> ResponseReturnValue:
    """Send another link."""
    invitation = queries.invitation_of(organisation.id, invitation_id)
    try:
        services.send_invitation_again(invitation, current_user)
    except BadInput as refused:
        return _refused(organisation, refused)
    flash(f"We have written to {invitation.email} again. The link before works no more.")
    return _to_people(organisation)


@blueprint.post(f"{DESK}/invitations/<id:invitation_id>/withdraw")
@requires(P.MANAGE_PEOPLE, on=organisation_for)
def withdraw_invitation(organisation: Organisation, invitation_id: int) -> ResponseReturnValue:
    """Let a link work no more."""
    invitation = queries.invitation_of(organisation.id, invitation_id)
    services.withdraw_invitation(invitation, current_user)
    flash(f"The invitation to {invitation.email} works no more.")
    return _to_people(organisation)


@blueprint.route(f"{DESK}/<id:account_id>", methods=["GET", "POST"])
@requires(P.MANAGE_PEOPLE, on=organisation_for)
def person(organisation: Organisation, account_id: int) -> ResponseReturnValue:
    """Change what one of the people may do."""
    membership = queries.person_of(organisation, account_id)
    name = membership.account.name
    form = RoleForm(shelf.form_data(), data={"role": membership.role})
    if form.validate_on_submit() and done(
        form,
        lambda: services.change_role(organisation, current_user, account_id, form.role.data),
    ):
        shelf.clear()
        flash(f"{name} is {'an owner' if form.role.data == 'owner' else 'a helper'} now.")
        return _to_people(organisation)
    return _page("people/person.html", form, organisation=organisation, membership=membership)


@blueprint.route(f"{DESK}/<id:account_id>/remove", methods=["GET", "POST"])
@requires(P.MANAGE_PEOPLE, on=organisation_for)
def remove(organisation: Organisation, account_id: int) -> ResponseReturnValue:
    """Ask once more, then take somebody out."""
    membership = queries.person_of(organisation, account_id)
    if account_id == current_user.id:
        return redirect(url_for(".leave", organisation_id=organisation.id), 303)
    name = membership.account.name
    form = PlainForm()
    if request.method == "POST" and done(
        form, lambda: services.remove_member(organisation, current_user, account_id)
    ):
        flash(f"{name} is not one of your people any more. We have told them.")
        return _to_people(organisation)
    return _page("people/remove.html", form, organisation=organisation, membership=membership)


@blueprint.route(f"{DESK}/leave", methods=["GET", "POST"])
@requires(P.LEAVE_ORGANISATION, on=organisation_for)
def leave(organisation: Organisation) -> ResponseReturnValue:
    """Leave; the last owner reads what to do first."""
    name = organisation.name
    stuck = organisation.closed_at is None and services.is_last_owner(organisation, current_user.id)
    form = PlainForm()
    if request.method == "POST" and done(form, lambda: services.leave(organisation, current_user)):
        flash(f"You have left {name}.")
        return redirect("/club", 303)
    return _page("people/leave.html", form, organisation=organisation, stuck=stuck)


# Handing over.


@blueprint.route(f"{DESK}/hand-over", methods=["GET", "POST"])
@requires(P.MANAGE_PEOPLE, on=organisation_for)
def hand_over(organisation: Organisation) -> ResponseReturnValue:
    """Offer the owner's place to one of the people."""
    form = OfferForm(shelf.form_data())
    helpers = [one for one in organisation.members if one.role != "owner"]
    form.person.choices = [(str(one.account_id), one.account.name) for one in helpers]
    form.process(shelf.form_data())
    if form.validate_on_submit() and done(
        form,
        lambda: services.offer_place(organisation, current_user, int(form.person.data)),
    ):
        shelf.clear()
        flash("We have written to them. You stay the owner until they say yes.")
        return _to_people(organisation)
    return _page("people/hand_over.html", form, organisation=organisation, helpers=helpers)


@blueprint.route(f"{DESK}/hand-over/answer", methods=["GET", "POST"])
@requires(P.ANSWER_HAND_OVER, on=organisation_for)
def answer_offer(organisation: Organisation) -> ResponseReturnValue:
    """Say yes or no to the owner's place."""
    waiting = queries.open_hand_over(organisation.id)
    if waiting is None or waiting.kind != "offered" or waiting.to_id != current_user.id:
        raise NotAllowedNow("Nobody offers you this place now.")
    form = PlainForm()
    answer = request.form.get("answer")
    if request.method == "POST" and answer in ANSWERS:
        if answer == "yes":
            services.accept_place(organisation, current_user)
            flash(f"You own {organisation.name} now.")
        else:
            services.decline_place(organisation, current_user)
            flash("You said no. Nothing has changed.")
        return _to_people(organisation)
    if request.method == "POST":
        form.add_error(None, "Press yes or no")
    return _page("people/answer_offer.html", form, organisation=organisation, waiting=waiting)


@blueprint.post(f"{DESK}/hand-over/take-back")
@requires(P.SEE_ORGANISATION, on=organisation_for)
def take_back(organisation: Organisation) -> ResponseReturnValue:
    """Take an offer, or what was asked of the council, back."""
    services.take_back_offer(organisation, current_user)
    flash("It is taken back. Nothing has changed.")
    return _to_people(organisation)


@blueprint.route(f"{DESK}/owner-gone", methods=["GET", "POST"])
@requires(P.ASK_FOR_HAND_OVER, on=organisation_for)
def owner_gone(organisation: Organisation) -> ResponseReturnValue:
    """Tell the council that the owner has gone, with a paper that proves it."""
    waiting = queries.open_hand_over(organisation.id)
    if waiting is not None and not services.stands_in_the_way(waiting):
        waiting = None
    form = OwnerGoneForm(shelf.form_data())
    files = shelf.files("proof")
    if request.method == "POST":
        valid = form.validate()
        if not files:
            form.add_error("proof", "Add a paper that shows that you may take over")
        if valid and files and done(form, lambda: _ask(organisation, form, files[0]), "proof"):
            shelf.clear()
            flash("The council has it. We have told the owner.")
            return _to_people(organisation)
    kept_word = shelf.keep_sent_files() if request.method == "POST" else None
    return _page(
        "people/owner_gone.html",
        form,
        organisation=organisation,
        waiting=waiting,
        kept_file=files[0].filename if files and "proof" not in form.errors else "",
        kept_word=kept_word or request.values.get("kept", ""),
        was_away=request.method == "GET" and shelf.form_data() is not None,
    )


@blueprint.route(f"{DESK}/owner-gone/object", methods=["GET", "POST"])
@requires(P.OBJECT_TO_HAND_OVER, on=organisation_for)
def object_to_it(organisation: Organisation) -> ResponseReturnValue:
    """The owner says that they are still there."""
    waiting = queries.open_hand_over(organisation.id)
    if waiting is None or waiting.kind != "asked":
        raise NotAllowedNow("Nobody asks for your place now.")
    form = PlainForm()
    if request.method == "POST" and done(
        form, lambda: services.object_to_hand_over(organisation, current_user)
    ):
        flash("You stay the owner. We have told the person who asked.")
        return _to_people(organisation)
    return _page("people/object.html", form, organisation=organisation, waiting=waiting)


# The safeguarding lead.


@blueprint.post(f"{DESK}/lead")
@requires(P.EDIT_ORGANISATION, on=organisation_for)
def ask_lead(organisation: Organisation) -> ResponseReturnValue:
    """Write to the lead again."""
    try:
        services.ask_lead_again(organisation, current_user)
    except BadInput as refused:
        return _refused(organisation, refused)
    flash("We have written to your lead again.")
    return _to_people(organisation)


@blueprint.route("/lead/<token>", methods=["GET", "POST"])
@public
def lead(token: str) -> ResponseReturnValue:
    """The page behind the link to a lead: what the role means, yes, or “this is not me”."""
    named = queries.lead_behind(token)
    if named is None:
        return render_template("people/dead_link.html", kind="lead"), 404
    answer = request.form.get("answer")
    if request.method == "POST" and answer in ANSWERS:
        services.answer_as_lead(token, answer == "yes")
        return redirect(f"/lead/thank-you?said={answer}", 303)
    form = PlainForm()
    if request.method == "POST":
        form.add_error(None, "Press one of the two buttons")
    return _page("people/lead.html", form, named=named, token=token)


@blueprint.get("/lead/thank-you")
@public
def lead_answered() -> ResponseReturnValue:
    """What happens with the lead's answer."""
    return render_template("people/lead_answered.html", is_lead=request.args.get("said") == "yes")


# Who is invited.


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """The page behind an invitation: join, or choose a password and join. Its button uses it."""
    found = queries.invitation_behind(token)
    if found is None:
        return render_template("people/dead_link.html", kind="invitation"), 404
    if current_user.is_authenticated:
        return _join(found, token)
    if not services.needs_account(found):
        return render_template("people/invitation.html", invitation=found, token=token)
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            organisation = services.accept_with_new_account(
                token, name=form.name.data, password=form.password.data
            )
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        else:
            flash(f"You have joined {organisation.name}. Sign in to begin.")
            return redirect(f"/sign-in?next=/club/{organisation.id}", 303)
    return _page("people/invitation_new.html", form, invitation=found, token=token)


def _join(found: Any, token: str) -> ResponseReturnValue:
    is_theirs = current_user.email == found.email
    if request.method == "POST" and is_theirs:
        organisation = services.accept_invitation(token, current_user)
        flash(f"You have joined {organisation.name}.")
        return redirect(f"/club/{organisation.id}", 303)
    page = render_template(
        "people/invitation.html", invitation=found, token=token, is_theirs=is_theirs
    )
    return page, 403 if request.method == "POST" else 200


# The council.


@blueprint.get("/council/hand-overs")
@requires(P.READ_HAND_OVER)
def hand_overs() -> ResponseReturnValue:
    """What helpers ask whose owner has gone."""
    waiting, settled = queries.requests_seen_by(current_user)
    return render_template(
        "people/hand_overs.html", waiting=waiting, settled=settled, today=clock.today()
    )


@blueprint.route("/council/hand-overs/<id:hand_over_id>", methods=["GET", "POST"])
@requires(P.READ_HAND_OVER, on=queries.hand_over)
def hand_over_request(asked: HandOver) -> ResponseReturnValue:
    """One of them: what was written, the proof, and the decision."""
    may_decide = can(current_user, P.DECIDE_HAND_OVER, asked)
    if request.method == "POST" and not may_decide:
        raise NotYours()
    form = DecisionForm(shelf.form_data())
    if form.validate_on_submit():
        decide = (
            services.confirm_hand_over
            if form.decision.data == "confirm"
            else services.decline_hand_over
        )
        if done(form, lambda: decide(asked, current_user, form.words.data)):
            shelf.clear()
            flash("It is decided. We have told them.")
            return redirect(url_for(".hand_overs"), 303)
    return _page(
        "people/hand_over_request.html",
        form,
        asked=asked,
        owners=[one for one in asked.organisation.members if one.role == "owner"],
        may_decide=may_decide and asked.state == "open",
        settled_by=queries.names_of({asked.settled_by_id}).get(asked.settled_by_id or 0, ""),
        today=clock.today(),
    )


@blueprint.get("/council/hand-overs/<id:hand_over_id>/proof")
@requires(P.READ_HAND_OVER, on=queries.hand_over)
def proof(asked: HandOver) -> ResponseReturnValue:
    """The proof, as an attachment. The entry comes before the file."""
    if asked.file is None:
        raise NotFound()
    stored = asked.file
    record_read(("stored_file", stored.id), current_user, asked.organisation_id)
    return attachment_response(stored)


def _ask(organisation: Organisation, form: OwnerGoneForm, sent: FileStorage) -> None:
    services.ask_for_place(
        organisation,
        current_user,
        reason=form.reason.data,
        proof=sent.stream,  # type: ignore[arg-type]
        filename=sent.filename or "proof",
    )


def _page(template: str, form: Any, **words: Any) -> ResponseReturnValue:
    """A page with its form; 422 where something is to be mended, 409 where it is too late."""
    words.setdefault("kept_word", request.values.get("kept", ""))
    words.setdefault("was_away", request.method == "GET" and shelf.form_data() is not None)
    return form_page(template, form, **words)


def _refused(organisation: Organisation, problem: DomainError) -> ResponseReturnValue:
    """A button that could not be pressed now: the page of people says why."""
    db.session.rollback()
    flash(problem.sentence)
    return _to_people(organisation)


def _to_people(organisation: Organisation) -> ResponseReturnValue:
    return redirect(url_for(".people", organisation_id=organisation.id), 303)
