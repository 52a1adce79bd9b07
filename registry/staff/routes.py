"""Pages about the council's people: who works here, as what, and how they sign in."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.accounts.models import Account
from registry.accounts.queries import recovery_codes_left, second_factor_of
from registry.accounts.web_sessions import open_web_sessions
from registry.errors import BadInput, NotAllowedNow, NotFound, StaleVersion
from registry.permissions import P, can
from registry.staff import queries, rules, services
from registry.staff.forms import InviteForm, RolesForm
from registry.web import shelf
from registry.web.guard import requires

blueprint = Blueprint("staff", __name__)

PEOPLE = "/admin/people"
PERSON = f"{PEOPLE}/<id:staff_id>"
BUTTONS: dict[str, tuple[Callable[[Account, Account], None], str]] = {
    "disable": (services.disable, "{} cannot sign in any more."),
    "enable": (services.enable, "{} can sign in again."),
    "reset": (services.take_app_away, "{} sets up a new app when they sign in next."),
    "sign_out": (services.sign_out_everywhere, "{} is signed out everywhere."),
    "invite_again": (services.invite_again, "We have written to {} again."),
}


@blueprint.get(PEOPLE)
@requires(P.READ_STAFF)
def people() -> ResponseReturnValue:
    """Everybody who works for the council here."""
    members = queries.staff_members()
    active = [one.account.roles for one in members if not one.account.disabled]
    return render_template(
        "staff/people.html",
        members=members,
        roles=rules.ROLES,
        warnings=rules.too_few(active),
        may_manage=can(current_user, P.MANAGE_STAFF),
    )


@blueprint.route(f"{PEOPLE}/invite", methods=["GET", "POST"])
@requires(P.MANAGE_STAFF)
def invite() -> ResponseReturnValue:
    """Let somebody work here, and write to them."""
    form = InviteForm(shelf.form_data())
    if form.validate_on_submit():
        try:
            account = services.invite_to_work(
                form.email.data, form.name.data, form.roles.data, _me()
            )
        except BadInput as refused:
            form.add_error("email" if "account" in refused.sentence else "roles", refused.sentence)
        else:
            shelf.clear()
            flash(f"We have written to {account.email}.")
            return redirect(PEOPLE, 303)
    status = 422 if request.method == "POST" else 200
    kept_word = request.values.get("kept", "")
    return render_template("staff/invite.html", form=form, kept_word=kept_word), status


@blueprint.get(PERSON)
@requires(P.READ_STAFF)
def person(staff_id: int) -> ResponseReturnValue:
    """One of the council's people: roles, app, browsers, and what was done to the account."""
    account = _found(staff_id)
    return render_template(
        "staff/person.html",
        account=account,
        roles=rules.ROLES,
        app=second_factor_of(account),
        codes_left=recovery_codes_left(account),
        browsers=open_web_sessions(account),
        done=queries.done_to(account),
        is_me=account.id == current_user.id,
        may_manage=can(current_user, P.MANAGE_STAFF),
    )


@blueprint.route(f"{PERSON}/roles", methods=["GET", "POST"])
@requires(P.MANAGE_STAFF)
def roles(staff_id: int) -> ResponseReturnValue:
    """Give and take roles."""
    account = _found(staff_id)
    form = RolesForm(shelf.form_data(), data={"roles": sorted(account.roles)})
    seen = request.form.getlist("seen") if request.method == "POST" else sorted(account.roles)
    status = 200
    if form.validate_on_submit():
        try:
            services.change_roles(account, form.roles.data, _me(), seen=seen)
        except (BadInput, StaleVersion) as refused:
            form.add_error("roles", refused.sentence)
            status = refused.status
        else:
            shelf.clear()
            flash(f"{account.name} was told, and signs in again.")
            return redirect(url_for("staff.person", staff_id=staff_id), 303)
    page = render_template(
        "staff/roles.html", form=form, account=account, seen=sorted(account.roles)
    )
    return page, 422 if form.errors and status == 200 else status


@blueprint.post(f"{PERSON}/<any(disable,enable,reset,sign_out,invite_again):act>")
@requires(P.MANAGE_STAFF)
def press(staff_id: int, act: str) -> ResponseReturnValue:
    """One button on that page."""
    account = _found(staff_id)
    do, said = BUTTONS[act]
    try:
        do(account, _me())
    except NotAllowedNow as refused:
        flash(refused.sentence)
    else:
        flash(said.format(account.name))
    return redirect(url_for("staff.person", staff_id=staff_id), 303)


def _found(staff_id: int) -> Account:
    account = queries.staff_account(staff_id)
    if account is None:
        raise NotFound()
    return account


def _me() -> Account:
    found: Account = current_user._get_current_object()
    return found
