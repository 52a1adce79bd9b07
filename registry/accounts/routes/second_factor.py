"""The second factor: asked for after the password, set up, and looked after on your account."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.accounts import codes, services
from registry.accounts.demonstration_people import DEMONSTRATION_SECRET
from registry.accounts.destinations import home_of, page_to_open
from registry.accounts.errors import WrongCode, WrongPassword
from registry.accounts.forms import CodeForm, FirstCodeForm, PasswordForm
from registry.accounts.half_way import (
    account_half_way,
    end_half_way,
    forget_secret_to_set_up,
    secret_to_set_up,
    was_half_way,
)
from registry.accounts.models import Account, SecondFactor
from registry.accounts.queries import recovery_codes_left, second_factor_of
from registry.accounts.routes.blueprint import (
    around_account,
    blueprint,
    form_page,
    page_half_way,
    please_wait,
    their_address,
)
from registry.accounts.web_sessions import begin_web_session, end_other_web_sessions
from registry.config import settings
from registry.errors import NotAllowedNow, TooManyTries
from registry.permissions import P
from registry.web.guard import public, requires

TOO_LONG = "There were more than 10 minutes between your password and your code. Sign in again."


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def sign_in_code() -> ResponseReturnValue:
    """The code that is asked for after the password."""
    account, wanted = account_half_way(), page_to_open(request.values.get("next", ""))
    if account is None:
        return _not_half_way(wanted)
    if second_factor_of(account) is None:
        return redirect(page_half_way("set_up", wanted), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            services.complete_sign_in(account, form.code.data, their_address())
        except WrongCode as wrong:
            form.add_error("code", wrong.sentence)
        except TooManyTries as many:
            return please_wait("accounts/code.html", form, many, **_around_code(account, wanted))
        else:
            return _come_in(account, wanted)
    return form_page("accounts/code.html", form, **_around_code(account, wanted))


@blueprint.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def sign_in_set_up() -> ResponseReturnValue:
    """Set the second factor up: everybody of the council does, before they see anything else."""
    account, wanted = account_half_way(), page_to_open(request.values.get("next", ""))
    if account is None:
        return _not_half_way(wanted)
    if second_factor_of(account) is not None:
        return redirect(page_half_way("code", wanted), 303)

    def begin() -> None:
        begin_web_session(account, with_second_factor=True)

    return _set_up(account, begin, action="/sign-in/set-up", on=wanted or home_of(account))


@blueprint.route("/account/second-factor/set-up", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def set_up_second_factor() -> ResponseReturnValue:
    """Switch the second factor on. It is offered to people of clubs."""
    person = current_user._get_current_object()
    if second_factor_of(person) is not None:
        return redirect("/account/second-factor", 303)

    def begin() -> None:
        end_other_web_sessions(person)
        begin_web_session(person, with_second_factor=True)

    return _set_up(person, begin, action="/account/second-factor/set-up", on="/account")


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def second_factor() -> ResponseReturnValue:
    """What you sign in with besides the password; new recovery codes."""
    person = current_user._get_current_object()
    if second_factor_of(person) is None:
        return redirect("/account/second-factor/set-up", 303)
    form = CodeForm()
    words = {"left": recovery_codes_left(person), **around_account()}
    if form.validate_on_submit():
        try:
            made = services.make_recovery_codes(person, form.code.data, their_address())
        except WrongCode as wrong:
            form.add_error("code", wrong.sentence)
        except TooManyTries as many:
            return please_wait("accounts/second_factor.html", form, many, **words)
        else:
            return _show_codes(made, "/account")
    return form_page("accounts/second_factor.html", form, **words)


@blueprint.route("/account/second-factor/off", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def switch_second_factor_off() -> ResponseReturnValue:
    """Sign in with the password alone again. Not for the council's people."""
    person = current_user._get_current_object()
    if person.is_staff or second_factor_of(person) is None:
        return redirect("/account", 303)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            services.switch_off(person, form.current_password.data, their_address())
        except WrongPassword:
            form.add_error("current_password", "This is not your password. Type it again")
        except TooManyTries as many:
            return please_wait("accounts/second_factor_off.html", form, many, **around_account())
        else:
            flash("It is off. You sign in with your password alone.")
            return redirect("/account", 303)
    return form_page("accounts/second_factor_off.html", form, **around_account())


def _set_up(
    account: Account, begin: Callable[[], None], *, action: str, on: str
) -> ResponseReturnValue:
    """The page with the picture for the app, until its first code is typed."""
    secret = secret_to_set_up(account)
    form = FirstCodeForm()
    words = {
        "action": action,
        "next": on if request.values.get("next") else "",
        "secret": codes.in_groups(secret),
        "qr": codes.qr_picture(secret, account.email),
        "email": account.email,
    }
    if form.validate_on_submit():
        try:
            made = services.set_up(account, secret, form.code.data, their_address())
        except WrongCode as wrong:
            form.add_error("code", wrong.sentence)
        except NotAllowedNow:
            return redirect("/sign-in", 303)
        except TooManyTries as many:
            return please_wait("accounts/set_up.html", form, many, **words)
        else:
            forget_secret_to_set_up()
            begin()
            return _show_codes(made, on)
    return form_page("accounts/set_up.html", form, **words)


def _show_codes(made: list[str], on: str) -> ResponseReturnValue:
    """Recovery codes, in the answer to what made them and nowhere else: nothing keeps them."""
    told = "\n".join(made)
    return render_template("accounts/recovery_codes.html", codes=made, told=told, on=on)


def _come_in(account: Account, wanted: str | None) -> ResponseReturnValue:
    begin_web_session(account, with_second_factor=True)
    left = recovery_codes_left(account)
    if left < 3:
        flash(f"You have {left} recovery codes left. Make new ones on your account page.")
    return redirect(wanted or home_of(account), 303)


def _not_half_way(wanted: str | None) -> ResponseReturnValue:
    """Somebody who is in already goes on; anybody else gives their password first."""
    if current_user.is_authenticated:
        return redirect(wanted or home_of(current_user), 303)
    if was_half_way():
        end_half_way()
        flash(TOO_LONG)
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


def _around_code(account: Account, wanted: str | None) -> dict[str, object]:
    return {"next": wanted, "shown_code": _code_of_demonstration(account)}


def _code_of_demonstration(account: Account) -> str:
    """A demonstration shows the next code that works, for the secret that everybody knows."""
    kept = second_factor_of(account)
    if not settings().demonstration or kept is None or not _is_known(kept):
        return ""
    this = codes.step_at(clock.now())
    near = (this, this + codes.STEPS_ASIDE, this - codes.STEPS_ASIDE)
    step = next((one for one in near if one > kept.last_step), None)
    return codes.code_at(DEMONSTRATION_SECRET, step) if step else ""


def _is_known(kept: SecondFactor) -> bool:
    return codes.opened(kept.secret) == DEMONSTRATION_SECRET
