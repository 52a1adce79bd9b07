"""The way in and out: making an account, signing in, and a forgotten password."""

from flask import flash, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.accounts import services
from registry.accounts.codes import in_groups
from registry.accounts.demonstration_people import (
    DEMONSTRATION_PASSWORD,
    DEMONSTRATION_PEOPLE,
    DEMONSTRATION_SECRET,
)
from registry.accounts.destinations import home_of, page_to_open
from registry.accounts.errors import BadPassword, DeadLink, NotConfirmed, WrongPassword
from registry.accounts.forms import (
    ForgottenPasswordForm,
    RegisterForm,
    ResetPasswordForm,
    SignInForm,
)
from registry.accounts.half_way import begin_half_way
from registry.accounts.routes.blueprint import (
    blueprint,
    dead_link,
    form_page,
    page_half_way,
    please_wait,
    their_address,
)
from registry.accounts.tokens import CONFIRM_EMAIL, RESET_PASSWORD, account_of_token
from registry.accounts.web_sessions import (
    account_that_was_here,
    begin_web_session,
    end_web_session,
)
from registry.errors import TooManyTries
from registry.web.guard import public

# Whom “Check your email” wrote to: in this browser's own cookie, until the account is confirmed.
ASKED_FOR = "asked_for"


@blueprint.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Ask for an account."""
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(home_of(current_user), 303)
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            services.register(form.name.data, form.email.data, form.password.data, their_address())
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        except TooManyTries as many:
            return please_wait("accounts/register.html", form, many)
        else:
            cookie[ASKED_FOR] = form.email.data
            return redirect("/register/check-your-email", 303)
    return form_page("accounts/register.html", form)


@blueprint.route("/register/check-your-email", methods=["GET", "POST"])
@public
def check_your_email() -> ResponseReturnValue:
    """Where the link went, and a button for another."""
    email = cookie.get(ASKED_FOR)
    if not isinstance(email, str):
        return redirect("/register", 303)
    if request.method == "POST":
        services.send_link_again(email, their_address())
        flash("We sent another message. It can take a few minutes to come.")
        return redirect("/register/check-your-email", 303)
    return render_template(
        "accounts/check_your_email.html", email=email, first=request.args.get("first") == "yes"
    )


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """The page behind the link of a message. Only its button uses the link."""
    if request.method == "POST":
        try:
            services.confirm_email(token, their_address())
        except DeadLink:
            return dead_link("confirm")
        cookie.pop(ASKED_FOR, None)
        flash("Your email address is confirmed. Sign in to begin.")
        return redirect("/sign-in", 303)
    account = account_of_token(token, CONFIRM_EMAIL)
    if account is None:
        return dead_link("confirm")
    return render_template("accounts/confirm.html", account=account, token=token)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The way in. What was typed before a web session ended waits behind `next`."""
    wanted = page_to_open(request.values.get("next", ""))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(wanted or home_of(current_user), 303)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            account = services.sign_in(form.email.data, form.password.data, their_address())
        except WrongPassword as wrong:
            form.add_error("email", wrong.sentence)
        except NotConfirmed:
            cookie[ASKED_FOR] = form.email.data
            return redirect("/register/check-your-email?first=yes", 303)
        except TooManyTries as many:
            return please_wait("accounts/sign_in.html", form, many, **_around_sign_in(wanted))
        else:
            if services.is_all(account):
                begin_web_session(account)
                return redirect(wanted or home_of(account), 303)
            begin_half_way(account)
            return redirect(page_half_way("code", wanted), 303)
    return form_page("accounts/sign_in.html", form, **_around_sign_in(wanted))


@blueprint.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> ResponseReturnValue:
    """The way out: a button, because a link could be followed by a machine."""
    if request.method == "POST":
        if current_user.is_authenticated:
            services.sign_out(current_user.id, their_address())
        end_web_session()
        return redirect("/sign-out", 303)
    return render_template("accounts/sign_out.html")


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten_password() -> ResponseReturnValue:
    """Ask for a link to choose a new password."""
    form = ForgottenPasswordForm()
    if form.validate_on_submit():
        try:
            services.ask_for_reset(form.email.data, their_address())
        except TooManyTries as many:
            return please_wait("accounts/forgotten_password.html", form, many)
        return redirect("/forgotten-password?sent=yes", 303)
    if request.method == "GET" and request.args.get("sent") == "yes":
        return render_template("accounts/reset_link_sent.html")
    return form_page("accounts/forgotten_password.html", form)


@blueprint.route("/reset-password/<token>", methods=["GET", "POST"])
@public
def reset_password(token: str) -> ResponseReturnValue:
    """The page behind the link of a message: choose a new password. Signs nobody in."""
    account = account_of_token(token, RESET_PASSWORD)
    if account is None:
        return dead_link("reset")
    form = ResetPasswordForm()
    if form.validate_on_submit():
        try:
            services.reset_password(token, form.password.data, their_address())
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        except DeadLink:
            return dead_link("reset")
        else:
            if current_user.is_authenticated:
                end_web_session()
            flash("You have a new password. Sign in with it.")
            return redirect("/sign-in", 303)
    return form_page("accounts/reset_password.html", form, token=token, email=account.email)


def _around_sign_in(wanted: str | None) -> dict[str, object]:
    """What the sign-in page says besides its form."""
    return {
        "next": wanted,
        "was_away": account_that_was_here() is not None,
        "kept": "kept=" in (wanted or "").partition("?")[2],
        "people": DEMONSTRATION_PEOPLE,
        "demonstration_password": DEMONSTRATION_PASSWORD,
        "demonstration_secret": in_groups(DEMONSTRATION_SECRET),
    }
