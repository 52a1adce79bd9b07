"""The council's lists: what is in each, adding to one, changing a line, retiring it."""

import re
import secrets
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.administration.forms import ButtonForm, ItemForm, SchoolYearForm
from registry.administration.kept_lists import KINDS, ListKind
from registry.administration.routes.blueprint import blueprint, did, onward, shown
from registry.administration.services import lists as services
from registry.errors import NotFound, StaleVersion
from registry.geography.place_names import code_of
from registry.lists.items import Item
from registry.permissions import P, can
from registry.timetable import council_terms
from registry.web import shelf
from registry.web.guard import requires

LIST = "/admin/lists/<list_key>"


@blueprint.get("/admin/lists")
@requires(P.READ_ADMINISTRATION)
def lists() -> str:
    """Every list that the council keeps."""
    return render_template("administration/lists.html", kinds=KINDS.values())


@blueprint.get(LIST)
@requires(P.READ_ADMINISTRATION)
def items(list_key: str) -> str:
    """What is in one list, under its headings."""
    kind = _kind(list_key)
    kept = kind.kept()
    return render_template(
        "administration/items.html",
        kind=kind,
        kept=kept,
        groups=_grouped(kind),
        may_change=can(current_user, P.MANAGE_LISTS),
    )


@blueprint.route(f"{LIST}/add", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def add_item(list_key: str) -> ResponseReturnValue:
    """Add a line."""
    kind = _kind(list_key)
    form = _form(kind)
    if request.method == "POST" and form.validate():
        item = _new(kind, form)
        if did(form, lambda: services.add_item(kind, current_user, form.read_version, item)):
            return onward(_to(kind), f"Added: {item.label}.")
    return shown("administration/item.html", form, kind=kind, item=None)


@blueprint.route(f"{LIST}/<code>", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def item(list_key: str, code: str) -> ResponseReturnValue:
    """Give a line other words."""
    kind = _kind(list_key)
    there = _item(kind, code)
    form = _form(kind, there)
    if request.method == "POST" and form.validate():
        changed = _changed(kind, form, there)
        try:
            if did(
                form,
                lambda: services.change_item(kind, current_user, form.read_version, changed),
            ):
                return onward(_to(kind), f"Saved: {changed.label}.")
        except StaleVersion:
            now = _item(kind, code)
            others = form.others(_form(kind, now, sent=False))
            form.version.data = str(kind.kept().number)
            return shown("administration/item.html", form, 409, kind=kind, item=now, others=others)
    return shown("administration/item.html", form, kind=kind, item=there)


@blueprint.post(f"{LIST}/<code>/retire")
@requires(P.MANAGE_LISTS)
def retire_item(list_key: str, code: str) -> ResponseReturnValue:
    """Offer a line to nobody any more."""
    kind, there = _line(list_key, code)
    services.retire_item(kind, current_user, ButtonForm().read_version, code)
    flash(f"{there.label} is offered no more. It stays where it is already. You can bring it back.")
    return redirect(_to(kind), 303)


@blueprint.post(f"{LIST}/<code>/bring-back")
@requires(P.MANAGE_LISTS)
def bring_back_item(list_key: str, code: str) -> ResponseReturnValue:
    """Offer a line again."""
    kind, there = _line(list_key, code)
    services.bring_back_item(kind, current_user, ButtonForm().read_version, code)
    flash(f"{there.label} is offered again.")
    return redirect(_to(kind), 303)


@blueprint.post(f"{LIST}/<code>/<any(up,down):way>")
@requires(P.MANAGE_LISTS)
def move_item(list_key: str, code: str, way: str) -> ResponseReturnValue:
    """Show a line further up or down."""
    kind, _ = _line(list_key, code)
    if not kind.is_in_order:
        raise NotFound()
    places = -1 if way == "up" else 1
    services.move_item(kind, current_user, ButtonForm().read_version, code, places)
    return redirect(f"{_to(kind)}#{code.replace('.', '-')}", 303)


def _kind(list_key: str) -> ListKind:
    if list_key not in KINDS:
        raise NotFound()
    return KINDS[list_key]


def _item(kind: ListKind, code: str) -> Item:
    found = kind.kept().find(code)
    if found is None:
        raise NotFound()
    return found


def _line(list_key: str, code: str) -> tuple[ListKind, Item]:
    kind = _kind(list_key)
    return kind, _item(kind, code)


def _to(kind: ListKind) -> str:
    return url_for("administration.items", list_key=kind.key)


def _form(kind: ListKind, there: Item | None = None, *, sent: bool = True) -> Any:
    data = shelf.form_data() if sent else None
    if kind.key == council_terms.KEY:
        return SchoolYearForm.of(data, kind.kept().number, there)
    return ItemForm.of(kind, data, there)


def _new(kind: ListKind, form: Any) -> Item:
    """The line that was typed, with a code that stays for ever."""
    if isinstance(form, SchoolYearForm):
        return form.item(str(form.begins_on.year))
    label = str(form.label.data)
    if "day" in form:
        return Item(form.day.data.isoformat(), label)
    if not kind.can_rename:
        return Item(label, label)
    code = re.sub(r"[^a-z0-9_]", "", code_of(label))[:30] or secrets.token_hex(4)
    details = form.details()
    if form.parent and kind.key == "categories":
        return Item(f"{form.parent}.{code}", label, form.parent)
    if kind.key == "categories":
        details = {"icon": "people", "tint": "canal"}
    return Item(code, label, form.parent, details=details)


def _changed(kind: ListKind, form: Any, there: Item) -> Item:
    """The line with its new words."""
    if isinstance(form, SchoolYearForm):
        return replace(form.item(there.code), retired=there.retired)
    label = str(form.label.data) if kind.can_rename else there.label
    return replace(there, label=label, details={**there.details, **form.details()})


def _grouped(kind: ListKind) -> list[tuple[str, list[Item]]]:
    """The lines under their headings; kinds of activity have each first level as a heading."""
    kept = kind.kept()
    lines = list(kept)
    if kind.key == council_terms.KEY:
        lines.sort(key=lambda one: one.details["blocks"][0]["first"])
    elif not kind.is_in_order:
        lines.sort(key=lambda one: one.code if kind.key == "closure_days" else one.label)
    if not kind.groups():
        return [("", lines)]
    found = [
        (words, [x for x in lines if x.parent == code]) for code, words in kind.groups().items()
    ]
    return [(words, group) for words, group in found if group]
