"""The numbers that people may need in a hurry: all of them, one to change, one to confirm."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.administration.forms import ButtonForm, ContactForm
from registry.administration.routes.blueprint import blueprint, did, onward, shown
from registry.administration.services import contacts as services
from registry.assessments.queries import names_of
from registry.database import db
from registry.errors import NotFound, StaleVersion
from registry.information import queries
from registry.information.models import Contact
from registry.permissions import P, can
from registry.web import shelf
from registry.web.guard import requires


@blueprint.get("/admin/contacts")
@requires(P.READ_ADMINISTRATION)
def contacts() -> str:
    """Every number, when somebody last rang it, and who."""
    rows = queries.every_contact()
    return render_template(
        "administration/contacts.html",
        contacts=rows,
        stale={one.key for one in queries.stale_contacts(clock.today())},
        names=names_of({one.verified_by_id for one in rows if one.verified_by_id}),
        may_change=can(current_user, P.MANAGE_CONTACTS),
    )


@blueprint.route("/admin/contacts/<contact_key>", methods=["GET", "POST"])
@requires(P.MANAGE_CONTACTS)
def contact(contact_key: str) -> ResponseReturnValue:
    """Change one number. What it was before stays below."""
    record = _record(contact_key)
    form = ContactForm.over(record, shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            if did(form, lambda: _change(record, form)):
                return onward(url_for("administration.contacts"), f"Saved: {record.label}.")
        except StaleVersion:
            db.session.refresh(record)
            others = form.others(ContactForm.over(record, None))
            form.version.data = str(record.version)
            return _page(form, record, 409, others=others)
    return _page(form, record)


@blueprint.post("/admin/contacts/<contact_key>/confirm")
@requires(P.MANAGE_CONTACTS)
def confirm_contact(contact_key: str) -> ResponseReturnValue:
    """Say that somebody rang it today."""
    record = _record(contact_key)
    services.confirm_contact(record, current_user, ButtonForm().read_version)
    flash(f"Confirmed today: {record.label}.")
    return redirect(url_for("administration.contacts"), 303)


def _change(record: Contact, form: ContactForm) -> None:
    services.change_contact(
        record,
        current_user,
        form.read_version,
        form.told(),
        is_confirmed=bool(form.is_confirmed.data),
    )


def _record(contact_key: str) -> Contact:
    found = queries.contact_of(contact_key)
    if found is None:
        raise NotFound()
    return found


def _page(
    form: ContactForm, record: Contact, status: int = 0, **with_it: object
) -> ResponseReturnValue:
    earlier = queries.earlier_values(record)
    ids = {one.changed_by_id for one in earlier if one.changed_by_id}
    return shown(
        "administration/contact.html",
        form,
        status,
        contact=record,
        earlier=earlier,
        names=names_of(ids),
        **with_it,
    )
