"""The ready-made words, for administrators to write, change and put aside."""

from itertools import groupby

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.database import db
from registry.errors import BadInput, StaleVersion
from registry.permissions import P, can
from registry.ready_words import services
from registry.ready_words.forms import WordsForm, words_form
from registry.ready_words.models import ReadyWords
from registry.ready_words.queries import all_words, one_text
from registry.ready_words.uses import uses
from registry.web import shelf
from registry.web.acting import form_page
from registry.web.guard import requires

blueprint = Blueprint("ready_words", __name__)


@blueprint.get("/admin/words")
@requires(P.READ_ADMINISTRATION)
def words() -> str:
    """Every text by its use."""
    names = dict(uses())
    rows = groupby(all_words(), key=lambda one: one.use)
    found = {use: list(texts) for use, texts in rows}
    order = [use for use in names if use in found] + [use for use in found if use not in names]
    groups = [(names.get(use, use), found[use]) for use in order]
    may_change = can(current_user, P.MANAGE_WORDS)
    return render_template("ready_words/words.html", groups=groups, may_change=may_change)


@blueprint.route("/admin/words/new", methods=["GET", "POST"])
@requires(P.MANAGE_WORDS)
def new_words() -> ResponseReturnValue:
    """Write a new text."""
    form = words_form(uses(), shelf.form_data())
    if form.validate_on_submit():
        services.add_words(
            current_user, use=form["use"].data, title=form.title.data, text=form.text.data
        )
        return _back("Added.")
    return form_page("ready_words/edit.html", form, words=None)


@blueprint.route("/admin/words/<id:words_id>", methods=["GET", "POST"])
@requires(P.MANAGE_WORDS, on=one_text)
def edit_words(words: ReadyWords) -> ResponseReturnValue:
    """Change a text."""
    kept = {
        "use": words.use,
        "title": words.title,
        "text": words.text,
        "sort": words.sort,
        "version": words.version,
    }
    names = uses()
    if words.use not in dict(names):
        names = [*names, (words.use, words.use)]
    form = words_form(names, shelf.form_data(), kept)
    if form.validate_on_submit() and _changed(words, form):
        return _back("Changed.")
    return form_page("ready_words/edit.html", form, words=words)


@blueprint.post("/admin/words/<id:words_id>/retire")
@requires(P.MANAGE_WORDS, on=one_text)
def retire(words: ReadyWords) -> ResponseReturnValue:
    """Offer a text no more."""
    services.retire_words(words, current_user)
    return _back("It is offered no more. What was written with it stays.")


@blueprint.post("/admin/words/<id:words_id>/bring-back")
@requires(P.MANAGE_WORDS, on=one_text)
def bring_back(words: ReadyWords) -> ResponseReturnValue:
    """Offer a retired text again."""
    services.bring_back_words(words, current_user)
    return _back("It is offered again.")


def _changed(words: ReadyWords, form: WordsForm) -> bool:
    number = words.id
    try:
        services.change_words(
            words,
            current_user,
            version=form.read_version,
            use=form["use"].data,
            title=form.title.data,
            text=form.text.data,
            sort=form.sort.data or 0,
        )
    except (StaleVersion, BadInput) as problem:
        db.session.rollback()
        form.add_error(None, problem.sentence)
        now = one_text(number)
        form.version.data = str(now.version) if now else ""
        g.refused_with = problem.status
        return False
    return True


def _back(sentence: str) -> ResponseReturnValue:
    shelf.clear()
    flash(sentence)
    return redirect(url_for(".words"), 303)
