"""What becomes of a club on the list: a suspension and its end, and a new last day.

One senior suspends at once and another countersigns. A lift or a revocation is proposed by one and
signed by another. A reviewer extends on one question that was read again.
"""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments import services
from registry.assessments.lifecycle import Action, find
from registry.assessments.models import Assessment, Proposal
from registry.assessments.services.after import why_not_extend
from registry.errors import NotAllowedNow
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.after_approval import latest_reply, review_due_on
from registry.reviews.forms import ExtendForm, ReasonForm, RevokeForm
from registry.reviews.routes.blueprint import blueprint, decided
from registry.reviews.routes.letter_first import decide_after_letter, with_words
from registry.reviews.services import read_others_again
from registry.web import shelf
from registry.web.acting import done
from registry.web.guard import requires

CASE = "/council/cases/<id:assessment_id>"
BOTH = ["GET", "POST"]


@blueprint.route(f"{CASE}/suspend", methods=BOTH)
@requires(P.SUSPEND, on=queries.case)
def suspend(assessment: Assessment) -> ResponseReturnValue:
    """Take a club off the list at once, with the reasons that it will read."""
    find(assessment.status, Action.SUSPEND)
    form = _reasons("The club reads these words. It is a neutral act: say what you need to see.")
    return decide_after_letter(
        "reviews/suspend.html",
        assessment,
        form,
        lambda: services.suspend(assessment, current_user, reason=form.reason.data),
        lambda: decided("Suspended. It is off the list now. Another senior countersigns."),
        button="Suspend now",
        use="suspend",
    )


@blueprint.route(f"{CASE}/countersign", methods=BOTH)
@requires(P.COUNTERSIGN, on=queries.case)
def countersign(assessment: Assessment) -> ResponseReturnValue:
    """Sign a suspension that another senior made."""
    proposal = _waiting(assessment, Action.SUSPEND)
    form = ReasonForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form, lambda: services.countersign(assessment, current_user)
    ):
        return decided("Countersigned. The suspension is signed by two.")
    return with_words("reviews/countersign.html", assessment, form, proposal=proposal)


@blueprint.route(f"{CASE}/review-suspension", methods=BOTH)
@requires(P.REVIEW_SUSPENSION, on=queries.case)
def review_suspension(assessment: Assessment) -> ResponseReturnValue:
    """Look at a suspension again, as is due every 28 days, and say why it goes on."""
    find(assessment.status, Action.LIFT)
    form = ReasonForm(shelf.form_data())
    form.ask(
        "Why does it go on?", "For the file. Write it so that the club may read it.", "Write why"
    )
    if form.validate_on_submit() and done(
        form,
        lambda: services.review_suspension(assessment, current_user, words=form.reason.data),
    ):
        return decided("Written down. The next look is due in 28 days.")
    return with_words(
        "reviews/review_suspension.html",
        assessment,
        form,
        due_on=review_due_on(assessment),
        reply=latest_reply(assessment),
    )


@blueprint.route(f"{CASE}/lift", methods=BOTH)
@requires(P.LIFT, on=queries.case)
def lift(assessment: Assessment) -> ResponseReturnValue:
    """Propose that a suspension ends."""
    find(assessment.status, Action.LIFT)
    form = ReasonForm(shelf.form_data())
    form.ask("Why can it end?", "The senior who signs reads this.", "Write why it can end")
    if form.validate_on_submit() and done(
        form,
        lambda: services.propose_lift(assessment, current_user, reason=form.reason.data),
    ):
        return decided("Proposed. Another senior signs it.")
    reply = latest_reply(assessment)
    return with_words("reviews/lift.html", assessment, form, "lift", reply=reply)


@blueprint.route(f"{CASE}/lift/sign", methods=BOTH)
@requires(P.LIFT, on=queries.case)
def sign_lift(assessment: Assessment) -> ResponseReturnValue:
    """Sign a lift that another senior proposed."""
    proposal = _waiting(assessment, Action.LIFT)
    form = ReasonForm(shelf.form_data())
    return decide_after_letter(
        "reviews/sign.html",
        assessment,
        form,
        lambda: services.sign_lift(assessment, current_user),
        lambda: decided("Signed. The suspension is over, and the club is told."),
        button="Sign the lift",
        proposal=proposal,
        reply=latest_reply(assessment),
    )


@blueprint.route(f"{CASE}/revoke", methods=BOTH)
@requires(P.REVOKE, on=queries.case)
def revoke(assessment: Assessment) -> ResponseReturnValue:
    """Propose to revoke, when the club's time to reply is over."""
    find(assessment.status, Action.REVOKE)
    form = RevokeForm(shelf.form_data())
    form.ask(
        "Reasons",
        "The club reads these words once another senior has signed, with how to appeal.",
        "Write the reasons that the club will read",
    )
    if form.validate_on_submit() and done(
        form,
        lambda: services.propose_revoke(
            assessment,
            current_user,
            reason=form.reason.data,
            not_before_on=form.not_before_on.data,
            approval_was_false=bool(form.approval_was_false.data),
        ),
    ):
        return decided("Proposed. Another senior signs it.")
    return with_words(
        "reviews/revoke.html",
        assessment,
        form,
        "revoke",
        reply=latest_reply(assessment),
        reply_until=services.reply_until(assessment),
    )


@blueprint.route(f"{CASE}/revoke/sign", methods=BOTH)
@requires(P.REVOKE, on=queries.case)
def sign_revoke(assessment: Assessment) -> ResponseReturnValue:
    """Sign a revocation that another senior proposed."""
    proposal = _waiting(assessment, Action.REVOKE)
    form = ReasonForm(shelf.form_data())
    queued: list[int] = []

    def act() -> None:
        services.sign_revoke(assessment, current_user)
        queued[:] = [read_others_again(assessment)] if proposal.approval_was_false else []

    def then() -> ResponseReturnValue:
        more = f" {queued[0]} more to read again." if queued else ""
        return decided(f"Signed. It is revoked, and the club is told.{more}")

    return decide_after_letter(
        "reviews/sign.html",
        assessment,
        form,
        act,
        then,
        button="Sign the revocation",
        proposal=proposal,
        reply=latest_reply(assessment),
    )


@blueprint.route(f"{CASE}/proposals/<id:proposal_id>/end", methods=BOTH)
@requires(P.COUNTERSIGN, on=queries.case)
def end_proposal(assessment: Assessment, proposal_id: int) -> ResponseReturnValue:
    """Take back what one proposed, or decline to sign what another did, with words."""
    proposal = next((p for p in assessment.proposals if p.id == proposal_id and p.is_open), None)
    if proposal is None or proposal.action == Action.SUSPEND:
        raise NotAllowedNow("This proposal does not wait any more. Look at the case again.")
    own = proposal.proposed_by_id == current_user.id
    act = services.take_back_proposal if own else services.decline_to_sign
    form = ReasonForm(shelf.form_data())
    form.ask("Why?", "For the file, and for the other senior.", "Write why")
    if form.validate_on_submit() and done(
        form, lambda: act(assessment, current_user, proposal_id, words=form.reason.data)
    ):
        return decided("Taken back." if own else "Declined. It is not proposed any more.")
    return with_words("reviews/end_proposal.html", assessment, form, proposal=proposal, own=own)


@blueprint.route(f"{CASE}/extend", methods=BOTH)
@requires(P.EXTEND, on=queries.case)
def extend(assessment: Assessment) -> ResponseReturnValue:
    """Give a new last day on one question that was read again: the plan's new review date."""
    find(assessment.status, Action.EXTEND)
    form = ExtendForm(shelf.form_data())
    form.ask(
        "What did you read?",
        "For the file: the paper, its date, where the date stands.",
        "Write what you read",
    )
    return decide_after_letter(
        "reviews/extend.html",
        assessment,
        form,
        lambda: services.extend(
            assessment,
            current_user,
            new_review_on=form.reviewed_on.data,
            reason=form.reason.data,
        ),
        lambda: decided("Extended. The club is told its new last day."),
        button="Extend",
        use="extend",
        problem=why_not_extend(assessment, clock.today()),
    )


def _reasons(hint: str) -> ReasonForm:
    form = ReasonForm(shelf.form_data())
    form.ask("Reasons", hint, "Write the reasons that the club will read")
    return form


def _waiting(assessment: Assessment, action: Action) -> Proposal:
    """The proposal that waits for a signature. Raises NotAllowedNow where none does."""
    for proposal in assessment.proposals:
        if proposal.action == action and proposal.is_open:
            return proposal
    raise NotAllowedNow("Nothing waits for a second signature here.")
