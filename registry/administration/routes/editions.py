"""Editions of the criteria: writing one, comparing it, saying from when it counts."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.administration import queries
from registry.administration.edition_compare import compared
from registry.administration.edition_text import read_edition
from registry.administration.forms import AdoptForm, ButtonForm, DocumentForm, QuestionForm
from registry.administration.models import KeptEdition
from registry.administration.routes.blueprint import blueprint, did, onward, shown
from registry.administration.services import editions as services
from registry.criteria.content import Edition, Question
from registry.criteria.loading import (
    current_edition,
    known_editions,
    load_edition,
    shipped_text,
)
from registry.criteria.loading import (
    editions as numbers,
)
from registry.criteria.moving_on import SENT_UNDER_THE_OLD, differences
from registry.database import db
from registry.errors import NotAllowedNow, NotFound, StaleVersion
from registry.permissions import P, can
from registry.web import shelf
from registry.web.guard import requires

EDITION = "/admin/editions/<number>"


@blueprint.get("/admin/editions")
@requires(P.READ_ADMINISTRATION)
def editions() -> str:
    """Every edition, and what is being written."""
    return render_template(
        "administration/editions.html",
        known=known_editions(),
        current=current_edition().number,
        drafts=queries.drafts(),
        today=clock.today(),
        may_change=can(current_user, P.MANAGE_EDITIONS),
    )


@blueprint.post("/admin/editions/draft")
@requires(P.MANAGE_EDITIONS)
def begin_edition() -> ResponseReturnValue:
    """Start a draft from the edition that counts today."""
    draft = services.begin_draft(current_user)
    flash(f"Edition {draft.number} is a draft. Nobody but administrators and auditors sees it.")
    return redirect(url_for("administration.edition", number=draft.number), 303)


@blueprint.get(EDITION)
@requires(P.READ_ADMINISTRATION)
def edition(number: str) -> str:
    """One edition: its questions, what is different, what must be put right."""
    kept = queries.find_kept(number)
    if kept is None and number not in numbers():
        raise NotFound()
    read = read_edition(kept.document, number) if kept else None
    shown_edition = read.edition if read else load_edition(number)
    current = current_edition()
    return render_template(
        "administration/edition.html",
        number=number,
        kept=kept,
        edition=shown_edition,
        problems=read.problems if read and kept and kept.in_force_on is None else (),
        current=current,
        differences=[compared(one) for one in differences(current, shown_edition)],
        open_now=queries.open_under(current.number),
        days_left=SENT_UNDER_THE_OLD.days,
        today=clock.today(),
        may_change=can(current_user, P.MANAGE_EDITIONS),
    )


@blueprint.get(f"{EDITION}/document.toml")
@requires(P.READ_ADMINISTRATION)
def edition_document(number: str) -> Response:
    """The whole edition as a file, to change its structure at home."""
    kept = queries.find_kept(number)
    if kept is None and number not in numbers():
        raise NotFound()
    text = kept.document if kept else shipped_text(number)
    answer = Response(text, content_type="application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="edition-{number}.toml"'
    return answer


@blueprint.route(f"{EDITION}/document", methods=["GET", "POST"])
@requires(P.MANAGE_EDITIONS)
def change_document(number: str) -> ResponseReturnValue:
    """Take a changed file, or change the text here. What cannot be read stays in the box."""
    draft = _draft(number)
    kept = {"version": draft.version, "text": draft.document}
    form = DocumentForm(shelf.form_data_and_files(), data=kept)
    if request.method == "POST" and form.validate():
        if form.upload.data:
            form.text.raw_data = [form.upload.data.read().decode("utf-8", errors="replace")]
            form.text.data = form.text.raw_data[0]
        text = str(form.text.data).replace("\r\n", "\n")
        try:
            if did(
                form,
                lambda: services.replace_text(draft, current_user, form.read_version, text),
            ):
                return onward(_to(number), "The document is saved. Look at what is different.")
        except StaleVersion:
            db.session.refresh(draft)
            form.version.data = str(draft.version)
            return shown(
                "administration/document.html", form, 409, draft=draft, number=number, moved=True
            )
    return shown("administration/document.html", form, draft=draft, number=number)


@blueprint.route(f"{EDITION}/questions/<question_key>", methods=["GET", "POST"])
@requires(P.MANAGE_EDITIONS)
def edition_question(number: str, question_key: str) -> ResponseReturnValue:
    """Put one question in other words."""
    draft = _draft(number)
    question = _question(read_edition(draft.document, number).edition, question_key)
    form = QuestionForm.of(shelf.form_data(), draft.version, question)
    if request.method == "POST" and form.validate():
        try:
            if did(
                form,
                lambda: services.change_words(
                    draft, current_user, form.read_version, question_key, form.told()
                ),
            ):
                return onward(f"{_to(number)}#{question_key}", f"Saved: {form.short.data}.")
        except StaleVersion:
            db.session.refresh(draft)
            now = _question(read_edition(draft.document, number).edition, question_key)
            others = form.others(QuestionForm.of(None, draft.version, now))
            form.version.data = str(draft.version)
            return _question_page(form, 409, draft, question_key, others=others)
    return _question_page(form, 0, draft, question_key)


@blueprint.post(f"{EDITION}/questions/<question_key>/<any(up,down):way>")
@requires(P.MANAGE_EDITIONS)
def move_question(number: str, question_key: str, way: str) -> ResponseReturnValue:
    """Ask a question earlier or later."""
    draft = _draft(number)
    _question(read_edition(draft.document, number).edition, question_key)
    places = -1 if way == "up" else 1
    services.move_question(draft, current_user, ButtonForm().read_version, question_key, places)
    return redirect(f"{_to(number)}#{question_key}", 303)


@blueprint.route(f"{EDITION}/adopt", methods=["GET", "POST"])
@requires(P.MANAGE_EDITIONS)
def adopt_edition(number: str) -> ResponseReturnValue:
    """Say from which day a draft counts."""
    draft = _draft(number)
    form = AdoptForm(shelf.form_data(), data={"version": draft.version})
    if (
        request.method == "POST"
        and form.validate()
        and did(
            form,
            lambda: services.adopt(draft, current_user, form.read_version, form.in_force_on.data),
        )
    ):
        return onward(_to(number), f"Edition {number} has its day.")
    current = current_edition()
    return shown(
        "administration/adopt.html",
        form,
        draft=draft,
        number=number,
        current=current,
        problems=read_edition(draft.document, number).problems,
        open_now=queries.open_under(current.number),
        days_left=SENT_UNDER_THE_OLD.days,
    )


@blueprint.post(f"{EDITION}/take-back")
@requires(P.MANAGE_EDITIONS)
def take_back_edition(number: str) -> ResponseReturnValue:
    """Make an edition a draft again that is not in force yet."""
    kept = queries.kept_edition(number)
    services.take_back(kept, current_user, ButtonForm().read_version)
    flash(f"Edition {number} is a draft again.")
    return redirect(_to(number), 303)


@blueprint.post(f"{EDITION}/throw-away")
@requires(P.MANAGE_EDITIONS)
def throw_away_edition(number: str) -> ResponseReturnValue:
    """Throw a draft away."""
    services.throw_away(queries.kept_edition(number), current_user, ButtonForm().read_version)
    flash(f"The draft of edition {number} is gone.")
    return redirect(url_for("administration.editions"), 303)


def _draft(number: str) -> KeptEdition:
    kept = queries.kept_edition(number)
    if kept.in_force_on is not None:
        raise NotAllowedNow("An edition that has a day is never changed. Begin a new draft.")
    return kept


def _question(edition: Edition, key: str) -> Question:
    found = next((one for one in edition.questions if one.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _to(number: str) -> str:
    return url_for("administration.edition", number=number)


def _question_page(
    form: QuestionForm, status: int, draft: KeptEdition, key: str, **with_it: Any
) -> ResponseReturnValue:
    return shown(
        "administration/edition_question.html",
        form,
        status,
        number=draft.number,
        question_key=key,
        **with_it,
    )
