"""The pages of the quiet hold: seniors act, auditors read. Every look is a restricted entry."""

from collections.abc import Iterable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.audit.services import record_read
from registry.concerns import queries, services
from registry.concerns.forms import ADVICE_WORDS, AdviceForm, HoldForm
from registry.concerns.models import Concern, HoldProposal
from registry.concerns.routes.blueprint import blueprint
from registry.concerns.services.holding import Advice
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web import shelf
from registry.web.acting import done, form_page, settled
from registry.web.guard import requires
from registry.web.identifiers import sent_number


@blueprint.get("/council/holds")
@requires(P.SEE_QUIET_HOLD)
def holds() -> str:
    """What waits for a signature, what is in force, and what has ended."""
    found = queries.proposals(current_user)
    numbers = {one.id for one in found}
    _record_looks(found)
    shown = [one for one in queries.proposals(current_user) if one.id in numbers]
    return render_template(
        "concerns/holds.html",
        to_sign=[one for one in shown if one.is_open],
        in_force=[one for one in shown if one.what == "set" and one.is_in_force],
        over=[one for one in shown if one.what == "set" and one.is_over],
        people=queries.people(_people_of(shown)),
        may_propose=can(current_user, P.SET_QUIET_HOLD),
    )


@blueprint.get("/council/holds/<id:hold_id>")
@requires(P.SEE_QUIET_HOLD, on=queries.proposal_to_read)
def hold(proposal: HoldProposal) -> ResponseReturnValue:
    """One of them: who proposed, who signed, on whose advice."""
    _record_looks([proposal])
    return _hold_page(proposal)


@blueprint.post("/council/holds/<id:hold_id>/sign")
@requires(P.SIGN_QUIET_HOLD, on=queries.proposal_to_read)
def sign_hold(proposal: HoldProposal) -> ResponseReturnValue:
    """Sign what another senior proposed."""
    services.sign(proposal, current_user)
    words = "The quiet hold begins now." if proposal.what == "set" else "The quiet hold is over."
    return settled(words, url_for(".hold", hold_id=proposal.id))


@blueprint.post("/council/holds/<id:hold_id>/take-back")
@requires(P.SET_QUIET_HOLD, on=queries.proposal_to_read)
def take_back_hold(proposal: HoldProposal) -> ResponseReturnValue:
    """Let a proposal go that nobody has signed."""
    services.take_back(proposal, current_user)
    return settled("The proposal is gone.", url_for(".holds"))


@blueprint.route("/council/holds/<id:hold_id>/end", methods=["GET", "POST"])
@requires(P.SET_QUIET_HOLD, on=queries.proposal_to_read)
def end_hold(proposal: HoldProposal) -> ResponseReturnValue:
    """Propose that it ends. Another senior signs that too."""
    form = AdviceForm(shelf.form_data())
    organisation = proposal.organisation
    made: list[HoldProposal] = []
    if form.validate_on_submit() and done(
        form,
        lambda: made.append(services.propose_end(organisation, current_user, _advice(form))),
    ):
        return settled("Proposed. Another senior signs it.", url_for(".hold", hold_id=made[0].id))
    if request.method == "GET":
        _record_looks([proposal])
    return form_page("concerns/end_hold.html", form, proposal=proposal)


@blueprint.get("/council/holds/new")
@requires(P.SET_QUIET_HOLD)
def new_hold() -> str:
    """Find the organisation."""
    named = request.args.get("name", "")[:100]
    return render_template(
        "concerns/new_hold.html",
        named=named,
        found=queries.organisations_named(named, current_user, P.SET_QUIET_HOLD),
    )


@blueprint.route("/council/holds/new/<id:organisation_id>", methods=["GET", "POST"])
@requires(P.SET_QUIET_HOLD, on=queries.organisation_to_hold)
def propose_hold(organisation: Organisation) -> ResponseReturnValue:
    """Propose a quiet hold, with or without the listing."""
    there = queries.hold_at(organisation.id)
    if request.method == "GET" and there is not None:
        return redirect(url_for(".hold", hold_id=there.id))
    form = HoldForm(shelf.form_data())
    concern, made = _concern_of(organisation), list[HoldProposal]()
    if form.validate_on_submit() and done(
        form,
        lambda: made.append(
            services.propose_hold(
                organisation,
                current_user,
                _advice(form),
                takes_listing_off=form.listing.data == "off",
                concern=concern,
            )
        ),
    ):
        return settled(
            "Proposed. It does nothing until another senior signs.",
            url_for(".hold", hold_id=made[0].id),
        )
    return form_page("concerns/propose_hold.html", form, organisation=organisation, concern=concern)


def _hold_page(proposal: HoldProposal) -> ResponseReturnValue:
    there = queries.open_proposal(proposal.organisation_id)
    return render_template(
        "concerns/hold.html",
        proposal=proposal,
        people=queries.people(_people_of([proposal])),
        advice=ADVICE_WORDS,
        concern=_concern_to_show(proposal),
        waiting=there if there and there.id != proposal.id else None,
        may_sign=proposal.is_open and can(current_user, P.SIGN_QUIET_HOLD, proposal),
        may_take_back=proposal.is_open and can(current_user, P.SET_QUIET_HOLD, proposal),
        may_end=proposal.what == "set"
        and proposal.is_in_force
        and there is None
        and can(current_user, P.SET_QUIET_HOLD, proposal),
    )


def _record_looks(found: Iterable[HoldProposal]) -> None:
    """An entry for each before it is shown, which only seniors and auditors may read."""
    for number, organisation_id in [(one.id, one.organisation_id) for one in found]:
        subject = (HoldProposal.__tablename__, number)
        record_read(subject, current_user, organisation_id, restricted=True)


def _advice(form: AdviceForm) -> Advice:
    assert form.advised_on.data is not None
    return Advice(
        of=form.advice_of.data, on=form.advised_on.data, reference=form.reference.data or ""
    )


def _concern_of(organisation: Organisation) -> Concern | None:
    """The concern from whose page somebody came, if it is about this organisation."""
    number = sent_number(request.args.get("concern", "")) or 0
    found = queries.concern_to_read(number) if number else None
    is_its = found is not None and found.organisation_id == organisation.id
    return found if is_its and can(current_user, P.READ_CONCERN, found) else None


def _concern_to_show(proposal: HoldProposal) -> Concern | None:
    found = queries.concern_to_read(proposal.concern_id) if proposal.concern_id else None
    return found if found and can(current_user, P.READ_CONCERN, found) else None


def _people_of(found: Iterable[HoldProposal]) -> set[int | None]:
    return {
        number
        for one in found
        for number in (one.proposed_by_id, one.signed_by_id, one.ended_by_id)
    }
