"""The council's pages of imports: begin one, read its report, carry it out, undo it, invite."""

from collections.abc import Callable
from itertools import chain
from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.accounts.queries import normalised
from registry.errors import NotFound
from registry.importing import queries, reporting, services
from registry.importing.columns import COLUMNS
from registry.importing.forms import BeginForm, InviteForm, PlainForm, columns_form
from registry.importing.models import ImportRow, ImportRun
from registry.importing.working import progress_of
from registry.matching.reasons import in_words
from registry.organisations.models import Organisation
from registry.permissions import P, can, linked
from registry.web import shelf
from registry.web.acting import done, form_page, settled
from registry.web.guard import requires
from registry.web.identifiers import sent_number

blueprint = Blueprint("importing", __name__)

IMPORTS = "/council/imports"
ONE = f"{IMPORTS}/<id:import_id>"
LISTS = {
    "mistakes": "Rows with a mistake",
    "likely": "Clubs that may be here already",
    "new": "New",
    "changed": "Changed at the source",
    "kept": "Changed here, so they stay",
    "notes": "Rows with a note",
}


@blueprint.get(IMPORTS)
@requires(P.READ_IMPORTS)
def imports() -> str:
    """Every import, the newest first."""
    return render_template(
        "importing/imports.html", runs=queries.runs(), may_import=can(current_user, P.IMPORT)
    )


@blueprint.route(f"{IMPORTS}/new", methods=["GET", "POST"])
@requires(P.IMPORT)
def begin() -> ResponseReturnValue:
    """Give a file or an address."""
    form = BeginForm(shelf.form_data())
    if form.validate_on_submit():
        sent = next(iter(shelf.files("file")), None)
        address = (form.address.data or "").strip()
        begun: list[ImportRun] = []

        def act() -> None:
            if sent:
                run = services.begin_with_file(
                    cast(BinaryIO, sent.stream),
                    sent.filename or "file",
                    current_user,
                    source=form.source.data,
                )
            else:
                run = services.begin_with_address(address, current_user, source=form.source.data)
            begun.append(run)

        if bool(sent) == bool(address):
            form.add_error("file", "Choose a file, or give a web address: one of the two")
        elif done(form, act, "file" if sent else "address"):
            shelf.clear()
            return redirect(_next_page(begun[0]), 303)
    return form_page("importing/begin.html", form)


@blueprint.get(f"{IMPORTS}/template.csv")
@requires(P.READ_IMPORTS)
def template() -> Response:
    """A file of our own columns, with one line as an example."""
    return _csv(
        iter([reporting.as_csv([c.name for c in COLUMNS], [c.example for c in COLUMNS])]),
        "activities-to-take-in.csv",
    )


@blueprint.get(ONE)
@requires(P.READ_IMPORTS, on=queries.run)
def one(run: ImportRun) -> ResponseReturnValue:
    """One import: how far it is, its report, and what can be done with it."""
    may_import = can(current_user, P.IMPORT, run)
    if run.state == "matching" and may_import:
        return redirect(url_for(".columns", import_id=run.id), 303)
    lists = _lists(run)
    shown = request.args.get("show", "")
    shown = shown if shown in lists else next(iter(lists), "")
    page = max(sent_number(request.args.get("page")) or 1, 1)
    rows, found = queries.rows_of(run, shown, page) if shown else ([], 0)
    at, of = progress_of(run)
    return render_template(
        "importing/one.html",
        run=run,
        may_import=may_import,
        summary=reporting.summary(run),
        lists={key: (LISTS[key], count) for key, count in lists.items()},
        shown=shown,
        rows=[(row, list(reporting.sentences(row)), _beside(row)) for row in rows],
        found=found,
        page=page,
        pages=-(-found // queries.PER_PAGE),
        page_url=lambda number: url_for(".one", import_id=run.id, show=shown, page=number),
        at=at,
        of=of,
        may_undo=may_import and run.undo_until is not None and run.undo_until > clock.now(),
        sees_why=can(current_user, P.SEE_MATCHES),
    )


@blueprint.route(f"{ONE}/columns", methods=["GET", "POST"])
@requires(P.IMPORT, on=queries.run)
def columns(run: ImportRun) -> ResponseReturnValue:
    """Say what each column of a table is."""
    if run.state != "matching":
        return redirect(url_for(".one", import_id=run.id), 303)
    form = columns_form(run, shelf.form_data())
    if form.validate_on_submit() and done(
        form, lambda: services.choose_columns(run, form.chosen, current_user)
    ):
        return settled("The file is being read.", url_for(".one", import_id=run.id))
    return form_page("importing/columns.html", form, run=run)


@blueprint.get(f"{ONE}/mistakes.csv")
@requires(P.READ_IMPORTS, on=queries.run)
def mistakes(run: ImportRun) -> Response:
    """Every mistake and note as a file to mend by."""
    return _csv(
        reporting.mistakes_as_csv(queries.rows_with_sentences(run.id)), f"import-{run.id}.csv"
    )


@blueprint.post(f"{ONE}/carry-out")
@requires(P.IMPORT, on=queries.run)
def carry_out(run: ImportRun) -> ResponseReturnValue:
    """Make drafts of it."""
    return _act(
        run,
        lambda: services.ask_to_carry_out(
            run, current_user, without_mistakes=request.form.get("without_mistakes") == "yes"
        ),
        "It is being carried out.",
    )


@blueprint.post(f"{ONE}/put-aside")
@requires(P.IMPORT, on=queries.run)
def put_aside(run: ImportRun) -> ResponseReturnValue:
    """Take nothing in."""
    return _act(run, lambda: services.put_aside(run, current_user), "Nothing came in.")


@blueprint.post(f"{ONE}/go-on")
@requires(P.IMPORT, on=queries.run)
def go_on(run: ImportRun) -> ResponseReturnValue:
    """Try again what stopped."""
    return _act(run, lambda: services.go_on(run, current_user), "It is tried again.")


@blueprint.post(f"{ONE}/undo")
@requires(P.IMPORT, on=queries.run)
def undo(run: ImportRun) -> ResponseReturnValue:
    """Take it away again."""
    return _act(run, lambda: services.undo(run, current_user), "The import is undone.")


@blueprint.post(f"{ONE}/rows/<id:row_id>")
@requires(P.IMPORT, on=queries.run)
def choose(run: ImportRun, row_id: int) -> ResponseReturnValue:
    """Leave out a club that may be here already, or take it in."""
    row = queries.row(run.id, row_id)
    if row is None:
        raise NotFound()
    is_out = request.form.get("left_out") == "yes"
    return _act(
        run,
        lambda: services.choose(run, row, current_user, is_out=is_out),
        "It will be left out." if is_out else "It will be taken in.",
        show="likely",
    )


@blueprint.get(f"{ONE}/clubs")
@requires(P.READ_IMPORTS, on=queries.run)
def clubs(run: ImportRun) -> str:
    """The clubs that an import made, and which of them somebody has taken over."""
    page = max(sent_number(request.args.get("page")) or 1, 1)
    found, count = queries.clubs_of(run.id, page)
    return render_template(
        "importing/clubs.html",
        run=run,
        clubs=[one for one in found if not linked(current_user, one.organisation)],
        count=count,
        page=page,
        pages=-(-count // queries.PER_PAGE),
        page_url=lambda number: url_for(".clubs", import_id=run.id, page=number),
        may_import=can(current_user, P.IMPORT, run),
    )


@blueprint.route(f"{ONE}/clubs/<id:organisation_id>/invite", methods=["GET", "POST"])
@requires(P.IMPORT, on=queries.organisation_imported)
def invite(organisation: Organisation) -> ResponseReturnValue:
    """Invite somebody of a club to take its record over."""
    run_id = int((request.view_args or {})["import_id"])
    form = InviteForm(shelf.form_data(), data={"email": organisation.email})
    if form.validate_on_submit() and done(
        form, lambda: services.invite_club(organisation, current_user, form.email.data), "email"
    ):
        return settled(
            f"We have written to {normalised(form.email.data)}. The link works for 14 days.",
            url_for(".clubs", import_id=run_id),
        )
    return form_page("importing/invite.html", form, organisation=organisation, import_id=run_id)


def _act(
    run: ImportRun, act: Callable[[], object], said: str, show: str | None = None
) -> ResponseReturnValue:
    """Press a button of the page; what stands against it is said on the page again."""
    number, form = run.id, PlainForm()
    if done(form, act):
        flash(said)
    else:
        flash(form.form_errors[0])
    return redirect(url_for(".one", import_id=number, show=show), 303)


def _next_page(run: ImportRun) -> str:
    return url_for(".columns" if run.state == "matching" else ".one", import_id=run.id)


def _lists(run: ImportRun) -> dict[str, int]:
    """The lists of rows that there are, with how long each is."""
    if run.rows_gone_at is not None or run.state not in ("ready", "carrying_out", "done"):
        return {}
    counts = {key: run.count("mistake" if key == "mistakes" else key) for key in LISTS}
    counts["notes"] = queries.count_notes(run.id)
    return {key: count for key, count in counts.items() if count}


def _beside(row: ImportRow) -> list[dict[str, Any]]:
    """The records here that may be the same, but for clubs that this person has a link to."""
    there = queries.organisations_by_id([one["id"] for one in row.likely])
    return [
        {
            "organisation": there[one["id"]],
            "postcodes": sorted({v.postcode for v in there[one["id"]].venues if v.postcode}),
            "is_strong": one["strength"] == "strong",
            "why": in_words(one["hits"]),
        }
        for one in row.likely
        if one["id"] in there and not linked(current_user, there[one["id"]])
    ]


def _csv(lines: Any, name: str) -> Response:
    answer = Response("".join(chain(lines)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
