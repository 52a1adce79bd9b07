"""Help that stands beside the questions and is for everybody: which DBS check a role needs, and
short texts to start a plan from. Nothing that is typed here is kept."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from wtforms import Field

from registry import clock
from registry.assessments.model_text_files import FILE_KINDS, model_text_file
from registry.config import settings
from registry.criteria.dbs_checks import (
    Ask,
    DbsTable,
    dbs_table,
    likely_check,
    supervision_counts_on,
)
from registry.criteria.model_texts import SIZES, model_text, model_texts
from registry.errors import NotFound
from registry.files.kinds import MEDIA_TYPES
from registry.web.fields import CheckboxesField, RadiosField
from registry.web.forms import QueryForm
from registry.web.guard import public

blueprint = Blueprint("help_in_place", __name__)


@blueprint.get("/which-dbs-check")
@public
def which_dbs_check() -> ResponseReturnValue:
    """A few questions about a role, then the row of the table that fits it."""
    table = dbs_table()
    said = {ask.name: request.args.getlist(ask.name) for ask in table.asks}
    was_asked = any(name in request.args for name in ("asked", *said))
    form = _role_form(table)
    needed = table.still_needed(said) if was_asked else {}
    for name, sentence in needed.items():
        form.add_error(name, sentence)
    if not was_asked or needed:
        page = render_template(
            "assessments/which_dbs_check.html", table=table, form=form, back=_way_back(table)
        )
        return page, 422 if needed else 200
    ends_on = settings().dbs_supervision_ends_on
    role = table.role(said)
    return render_template(
        "assessments/dbs_answer.html",
        table=table,
        row=likely_check(
            role, supervision_counts=supervision_counts_on(clock.today(), ends_on)
        ),
        role=role,
        said=[(ask.text, _labels(ask, said[ask.name])) for ask in table.asks if said[ask.name]],
        supervision_ends_on=ends_on,
        today=clock.today(),
        back=_way_back(table),
    )  # fmt: skip


def _role_form(table: DbsTable) -> QueryForm:
    fields = {ask.name: _field(ask) for ask in table.asks}
    made = type("RoleForm", (QueryForm,), fields)
    form: QueryForm = made()
    return form


def _field(ask: Ask) -> Field:
    usual = [(one.value, one.label, one.hint) for one in ask.choices if not one.alone]
    none = next(((one.value, one.label) for one in ask.choices if one.alone), None)
    if ask.many:
        return CheckboxesField(ask.text, choices=usual, none=none, hint=ask.help)
    return RadiosField(ask.text, choices=usual, hint=ask.help)


def _labels(ask: Ask, chosen: list[str]) -> list[str]:
    return [one.label for one in ask.choices if one.value in chosen]


def _way_back(table: DbsTable) -> dict[str, Any] | None:
    """The question of a self-check that somebody came from, as its address says."""
    club, question = request.args.get("club", ""), request.args.get("question", "")
    if not (club.isascii() and club.isdecimal() and len(club) < 10 and question in table.questions):
        return None
    return {
        "club": club,
        "question": question,
        "href": f"/club/{club}/self-check/{question}",
    }


@blueprint.get("/model-texts")
@public
def texts() -> str:
    """Every text to start from, in the words for clubs of one size."""
    size = _size()
    return render_template(
        "assessments/model_texts.html", texts=model_texts(), sizes=SIZES, size=size
    )


@blueprint.get("/model-texts/<name>")
@public
def text(name: str) -> Response:
    """One text as a Word or ODT file, with the council's numbers of today in it."""
    key, _, kind = name.partition(".")
    try:
        chosen = model_text(key)
    except KeyError:
        raise NotFound() from None
    if kind not in FILE_KINDS:
        raise NotFound()
    content = model_text_file(chosen, kind, _size())
    return send_file(
        BytesIO(content), MEDIA_TYPES[kind], as_attachment=True, download_name=f"{key}.{kind}"
    )


def _size() -> str:
    asked = request.args.get("size", "small")
    return asked if asked in SIZES else "small"
