"""Pages about the history: find, check, sample, take away, and what can be sealed."""

from dataclasses import replace
from datetime import date
from random import SystemRandom
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context
from flask import url_for as address
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from registry import clock
from registry.accounts.models import Account
from registry.assessments.models import Assessment
from registry.audit.checking import ask_for_check
from registry.audit.models import Entry
from registry.audit.queries import (
    how_many,
    last_checks,
    last_number,
    page_of,
    sample,
    stream,
    waiting_checks,
)
from registry.audit.sealing import last_year_to_seal, sealable, seals
from registry.audit.services import record
from registry.inspection import queries
from registry.inspection.exporting import FORMATS, as_file
from registry.inspection.queries import Asked
from registry.inspection.sentences import KINDS
from registry.organisations.models import Organisation
from registry.organisations.queries import organisation_for
from registry.permissions import P, can
from registry.reviews.queries import case
from registry.web.guard import requires

blueprint = Blueprint("inspection", __name__)

HISTORY = "/admin/history"
PAGE_SIZE = 50
SIZES = (10, 25, 50, 100)
MOST_PAGES = 100_000


@blueprint.get(HISTORY)
@requires(P.READ_HISTORY)
def history() -> ResponseReturnValue:
    """Who did what, as far as this person may know; filtered and paged."""
    asked, problem = _asked()
    found = queries.found_by(asked, restricted=_sees_restricted())
    return render_template(
        "inspection/history.html",
        asked=asked,
        problem=problem,
        kinds=_kinds(),
        actions=queries.actions_there_are(restricted=_sees_restricted()),
        formats=FORMATS,
        sizes=SIZES,
        may_export=can(current_user, P.EXPORT_HISTORY),
        **_paged(found, "inspection.history", _as_query(asked)),
    ), 422 if problem else 200


@blueprint.post(f"{HISTORY}/export")
@requires(P.EXPORT_HISTORY)
def export() -> ResponseReturnValue:
    """The same entries as a file. That they were taken is an entry, and it comes first."""
    form = request.form.get("form", "csv")
    form = form if form in FORMATS else "csv"
    asked, _ = _asked()
    found = queries.found_by(asked, restricted=_sees_restricted())
    record("exported", ("history", form), _me(), details={"form": form, "entries": how_many(found)})
    response = Response(
        stream_with_context(as_file(stream(found), form)),
        content_type=f"{FORMATS[form]}; charset=utf-8",
    )
    name = f"history-{clock.today().isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.route(f"{HISTORY}/sample", methods=["GET", "POST"])
@requires(P.EXPORT_HISTORY)
def draw_sample() -> ResponseReturnValue:
    """Some entries drawn at random. The same address shows the same ones again."""
    asked, _ = _asked()
    if request.method == "POST":
        seed, size = SystemRandom().randrange(1, 1_000_000), _size(request.form.get("size", ""))
        asked = replace(asked, up_to=last_number())
        record("sampled", ("history", str(seed)), _me(), details={"seed": seed, "size": size})
        query = {**_as_query(asked), "seed": seed, "size": size}
        return redirect(address("inspection.draw_sample", **query), 303)
    seed, size = request.args.get("seed", 1, int), _size(request.args.get("size", ""))
    found = queries.found_by(asked, restricted=_sees_restricted())
    rows = sample(found, size, seed)
    return render_template(
        "inspection/sample.html",
        asked=asked,
        query=_as_query(asked),
        seed=seed,
        size=size,
        sizes=SIZES,
        lines=queries.lines_of(rows),
        restricted=_sees_restricted(),
    )


@blueprint.route(f"{HISTORY}/check", methods=["GET", "POST"])
@requires(P.READ_HISTORY)
def check() -> ResponseReturnValue:
    """Walk along the chain, and say what was found."""
    if request.method == "POST":
        if not waiting_checks():
            ask_for_check(_me())
        return redirect(address("inspection.check"), 303)
    return render_template(
        "inspection/check.html",
        checks=last_checks(),
        waiting=bool(waiting_checks()),
        total=last_number(),
        can_be_sealed=sealable(),
        last_year=last_year_to_seal(),
        seals=seals(),
    )


@blueprint.get(f"{HISTORY}/security")
@requires(P.READ_HISTORY)
def security() -> ResponseReturnValue:
    """Who did not get in, what was taken away, and who read very much."""
    return render_template(
        "inspection/security.html",
        failures=queries.failures(),
        taken=queries.taken_away(restricted=_sees_restricted()),
        readers=queries.bulk_readers(),
        many=queries.MANY_READS,
        days=queries.SINCE.days,
    )


@blueprint.get(f"{HISTORY}/organisations/<id:organisation_id>")
@requires(P.READ_RECORD_HISTORY, on=organisation_for)
def organisation_history(organisation: Organisation) -> ResponseReturnValue:
    """What was done to one organisation."""
    everything = can(current_user, P.SEE_QUIET_HOLD, organisation)
    return _record(
        organisation.name,
        queries.of_organisation(organisation, everything=everything),
        "inspection.organisation_history",
        everything=everything,
        organisation_id=organisation.id,
    )


@blueprint.get(f"{HISTORY}/cases/<id:assessment_id>")
@requires(P.READ_RECORD_HISTORY, on=case)
def case_history(assessment: Assessment) -> ResponseReturnValue:
    """What was done on one case."""
    everything = can(current_user, P.SEE_QUIET_HOLD, assessment)
    return _record(
        f"the case of {assessment.organisation.name}",
        queries.of_case(assessment, everything=everything),
        "inspection.case_history",
        everything=everything,
        assessment_id=assessment.id,
    )


def _record(
    name: str, found: Select[Entry], endpoint: str, *, everything: bool, **names: Any
) -> ResponseReturnValue:
    return render_template(
        "inspection/record.html",
        name=name,
        **{**_paged(found, endpoint, names), "restricted": everything},
    )


def _paged(found: Select[Entry], endpoint: str, query: dict[str, Any]) -> dict[str, Any]:
    """One page of entries, and the way to the others."""
    total = how_many(found)
    pages = max(1, -(-total // PAGE_SIZE))
    wanted = request.args.get("page", 1, int)
    page = min(max(1, wanted), pages)
    return {
        "lines": queries.lines_of(page_of(found, page, PAGE_SIZE)),
        "total": total,
        "page": page,
        "pages": pages,
        "page_url": lambda number: address(endpoint, **query, page=number),
        "query": query,
        "restricted": _sees_restricted(),
    }


def _asked() -> tuple[Asked, str]:
    """What the address asks for, and what is wrong with it."""
    given = request.values
    first, last = _day(given.get("first_on", "")), _day(given.get("last_on", ""))
    asked = Asked(
        who=given.get("who", "").strip()[:100],
        organisation=given.get("organisation", "").strip()[:100],
        kind=given.get("kind", "") if given.get("kind", "") in KINDS else "",
        action=given.get("action", "").strip()[:60],
        first_on=first if isinstance(first, date) else None,
        last_on=last if isinstance(last, date) else None,
        up_to=given.get("up_to", None, int),
    )
    if "" in (first, last):
        return asked, "A day must look like 2026-11-22"
    if asked.first_on and asked.last_on and asked.first_on > asked.last_on:
        return asked, "The first day must be before the last day"
    return asked, ""


def _day(typed: str) -> date | str | None:
    """A day, nothing where none was typed, or an empty text where it cannot be read."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return ""


def _as_query(asked: Asked) -> dict[str, Any]:
    """What was asked, for an address."""
    said = {name: getattr(asked, name) for name in asked.__dataclass_fields__}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in said.items()
        if value not in ("", None)
    }


def _kinds() -> list[tuple[str, str]]:
    """What there is to choose from: of quiet holds, only for those who know of them."""
    shown = [(key, words) for key, (words, _) in KINDS.items()]
    return [("", "Everything"), *(one for one in shown if _sees_restricted() or one[0] != "holds")]


def _size(typed: str) -> int:
    return int(typed) if typed.isdecimal() and typed.isascii() and int(typed) in SIZES else 25


def _sees_restricted() -> bool:
    """Auditors read everything; administrators nothing that is restricted."""
    return not current_user.roles.isdisjoint({"auditor", "senior"})


def _me() -> Account:
    found: Account = current_user._get_current_object()
    return found
