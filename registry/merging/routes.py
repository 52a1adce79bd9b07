"""Pages about matches, for seniors; and about merges, for administrators and seniors."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.errors import NotYours
from registry.matching.models import Match
from registry.matching.reasons import in_words
from registry.matching.services import settle_as_not_the_same
from registry.merging import queries, services
from registry.merging.forms import DeclineForm, NotTheSameForm, ProposeForm, SignForm
from registry.merging.models import Merge
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web import shelf
from registry.web.acting import done, form_page, status_of
from registry.web.guard import requires
from registry.web.identifiers import sent_number

blueprint = Blueprint("merging", __name__)

BOTH = ["GET", "POST"]
ONE = "/admin/merges/<id:merge_id>"


@blueprint.get("/council/matches")
@requires(P.SEE_MATCHES)
def matches() -> str:
    """The strong matches that nobody has answered."""
    found = queries.strong_matches_seen_by(current_user)
    return render_template(
        "merging/matches.html", rows=[(one, in_words(one.open_hits)) for one in found]
    )


@blueprint.route("/council/matches/<id:match_id>", methods=BOTH)
@requires(P.SEE_MATCHES, on=queries.match)
def match(one: Match) -> ResponseReturnValue:
    """Two records side by side, what they have in common, and what to make of it."""
    may_settle = can(current_user, P.SETTLE_MATCH, one)
    if request.method == "POST" and not may_settle:
        raise NotYours()
    form = NotTheSameForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form,
        lambda: settle_as_not_the_same(
            one, current_user, version=_seen_version(), reason=form.reason.data
        ),
    ):
        shelf.clear()
        flash("Written down. This match counts no more.")
        return redirect(url_for(".match", match_id=one.id), 303)
    page = render_template(
        "merging/match.html",
        match=one,
        records=_records(one.one, one.other),
        reasons=in_words(one.open_hits),
        answered=in_words(hit for hit in one.hits if hit in one.settled_hits),
        settled_by=queries.names_of({one.settled_by_id}).get(one.settled_by_id or 0, ""),
        form=form,
        may_settle=may_settle and one.counts,
        may_propose=can(current_user, P.PROPOSE_MERGE, one),
        was_away=request.method == "GET" and shelf.form_data() is not None,
    )
    return page, status_of(form)


@blueprint.get("/admin/merges")
@requires(P.READ_MERGE)
def merges() -> str:
    """What waits for a signature, and what was settled."""
    waiting, settled = queries.merges(current_user)
    return render_template(
        "merging/merges.html",
        waiting=waiting,
        settled=settled,
        names=queries.names_of({one.proposed_by_id for one in waiting}),
        may_propose=can(current_user, P.PROPOSE_MERGE),
    )


@blueprint.route("/admin/merges/new", methods=BOTH)
@requires(P.PROPOSE_MERGE)
def propose() -> ResponseReturnValue:
    """Propose that two records are put together."""
    asked = {name: request.args.get(name, "") for name in ("kept", "duplicate")}
    form = ProposeForm(shelf.form_data(), data=asked)
    if form.validate_on_submit():
        kept, duplicate = (_named(form, name) for name in ("kept", "duplicate"))
        made: list[Merge] = []
        if (
            kept
            and duplicate
            and done(
                form,
                lambda: made.append(
                    services.propose_merge(kept, duplicate, current_user, reason=form.reason.data)
                ),
            )
        ):
            shelf.clear()
            flash("Proposed. A senior signs it, or not.")
            return redirect(url_for(".merge", merge_id=made[0].id), 303)
    return form_page("merging/propose.html", form)


@blueprint.get(ONE)
@requires(P.READ_MERGE, on=queries.merge)
def merge(one: Merge) -> str:
    """One proposal: the two records side by side, why, and what became of it."""
    return _page("merging/merge.html", one)


@blueprint.route(f"{ONE}/sign", methods=BOTH)
@requires(P.SIGN_MERGE, on=queries.merge)
def sign(one: Merge) -> ResponseReturnValue:
    """Sign it: they are put together at once, for good."""
    form = SignForm()
    if request.method == "POST" and done(form, lambda: services.sign_merge(one, current_user)):
        flash("Signed. They are one record now, and the owners have been told.")
        return redirect(url_for(".merge", merge_id=one.id), 303)
    return _page("merging/sign.html", one, form=form), status_of(form)


@blueprint.route(f"{ONE}/decline", methods=BOTH)
@requires(P.SIGN_MERGE, on=queries.merge)
def decline(one: Merge) -> ResponseReturnValue:
    """Do not sign it."""
    form = DeclineForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form, lambda: services.decline_merge(one, current_user, words=form.words.data)
    ):
        shelf.clear()
        flash("Not signed. Both records stay as they are.")
        return redirect(url_for(".merge", merge_id=one.id), 303)
    return _page("merging/decline.html", one, form=form), status_of(form)


@blueprint.post(f"{ONE}/withdraw")
@requires(P.WITHDRAW_MERGE, on=queries.merge)
def withdraw(one: Merge) -> ResponseReturnValue:
    """Take a proposal back."""
    services.withdraw_merge(one, current_user)
    flash("Taken back. Both records stay as they are.")
    return redirect(url_for(".merge", merge_id=one.id), 303)


def _page(template: str, one: Merge, **more: Any) -> str:
    return render_template(
        template,
        merge=one,
        records=_records(one.kept, one.duplicate),
        names=queries.names_of({one.proposed_by_id, one.settled_by_id}),
        may_sign=one.is_open and can(current_user, P.SIGN_MERGE, one),
        may_withdraw=one.is_open and can(current_user, P.WITHDRAW_MERGE, one),
        **more,
    )


def _records(*organisations: Organisation) -> list[queries.Record]:
    return [queries.record_of(one, current_user, clock.today()) for one in organisations]


def _named(form: ProposeForm, name: str) -> Organisation | None:
    """The organisation that was written in a field; what is not known there is said."""
    found = queries.organisation_called(form[name].data)
    if found is None:
        form.add_error(name, "No record has this number or address. Check it")
    return found


def _seen_version() -> int:
    """The version of the match that was on the page."""
    return sent_number(request.form.get("version", "")) or 0
