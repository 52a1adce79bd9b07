"""Pages of accounts: making one, getting in and out, and the password."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.accounts import services
from registry.accounts.demonstration_people import DEMONSTRATION_PASSWORD, DEMONSTRATION_PEOPLE
from registry.accounts.destinations import home_of, page_to_open
from registry.accounts.errors import BadPassword, DeadLink, NotConfirmed, WrongPassword
from registry.accounts.forms import (
    ChangePasswordForm,
    ForgottenPasswordForm,
    NameForm,
    NewEmailForm,
    RegisterForm,
    ResetPasswordForm,
    SignInForm,
)
from registry.accounts.tokens import (
    CHANGE_EMAIL,
    CONFIRM_EMAIL,
    RESET_PASSWORD,
    account_of_token,
    email_of_token,
    link_from_seed,
)
from registry.accounts.web_sessions import (
    NAMED_BY,
    account_that_was_here,
    begin_web_session,
    end_other_web_sessions,
    end_web_session,
    end_web_session_of,
    is_this_browser,
    open_web_sessions,
)
from registry.audit.services import record_security
from registry.errors import BadInput, NotAllowedNow, TooManyTries
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import public, requires

blueprint = Blueprint("accounts", __name__)
blueprint.add_app_template_global(link_from_seed)

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
            services.register(form.name.data, form.email.data, form.password.data, _address())
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        except TooManyTries as many:
            return _wait("accounts/register.html", form, many)
        else:
            cookie[ASKED_FOR] = form.email.data
            return redirect("/register/check-your-email", 303)
    return _page("accounts/register.html", form)


@blueprint.route("/register/check-your-email", methods=["GET", "POST"])
@public
def check_your_email() -> ResponseReturnValue:
    """Where the link went, and a button for another."""
    email = cookie.get(ASKED_FOR)
    if not isinstance(email, str):
        return redirect("/register", 303)
    if request.method == "POST":
        services.send_link_again(email, _address())
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
            services.confirm_email(token, _address())
        except DeadLink:
            return _dead_link("confirm")
        cookie.pop(ASKED_FOR, None)
        flash("Your email address is confirmed. Sign in to begin.")
        return redirect("/sign-in", 303)
    account = account_of_token(token, CONFIRM_EMAIL)
    if account is None:
        return _dead_link("confirm")
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
            account = services.sign_in(form.email.data, form.password.data, _address())
        except WrongPassword as wrong:
            form.add_error("email", wrong.sentence)
        except NotConfirmed:
            cookie[ASKED_FOR] = form.email.data
            return redirect("/register/check-your-email?first=yes", 303)
        except TooManyTries as many:
            return _wait("accounts/sign_in.html", form, many, **_around_sign_in(wanted))
        else:
            begin_web_session(account)
            return redirect(wanted or home_of(account), 303)
    return _page("accounts/sign_in.html", form, **_around_sign_in(wanted))


@blueprint.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> ResponseReturnValue:
    """The way out: a button, because a link could be followed by a machine."""
    if request.method == "POST":
        if current_user.is_authenticated:
            services.sign_out(current_user.id, _address())
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
            services.ask_for_reset(form.email.data, _address())
        except TooManyTries as many:
            return _wait("accounts/forgotten_password.html", form, many)
        return redirect("/forgotten-password?sent=yes", 303)
    if request.method == "GET" and request.args.get("sent") == "yes":
        return render_template("accounts/reset_link_sent.html")
    return _page("accounts/forgotten_password.html", form)


@blueprint.route("/reset-password/<token>", methods=["GET", "POST"])
@public
def reset_password(token: str) -> ResponseReturnValue:
    """The page behind the link of a message: choose a new password. Signs nobody in."""
    account = account_of_token(token, RESET_PASSWORD)
    if account is None:
        return _dead_link("reset")
    form = ResetPasswordForm()
    if form.validate_on_submit():
        try:
            services.reset_password(token, form.password.data, _address())
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        except DeadLink:
            return _dead_link("reset")
        else:
            if current_user.is_authenticated:
                end_web_session()
            flash("You have a new password. Sign in with it.")
            return redirect("/sign-in", 303)
    return _page("accounts/reset_password.html", form, token=token, email=account.email)


@blueprint.get("/account")
@requires(P.USE_ACCOUNT)
def account() -> ResponseReturnValue:
    """Who you are here."""
    return render_template("accounts/account.html", **_around_account())


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def password() -> ResponseReturnValue:
    """Choose a new password. Every other browser that was signed in is signed out."""
    person = current_user._get_current_object()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            services.change_password(
                person, form.current_password.data, form.password.data, _address()
            )
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        except WrongPassword:
            form.add_error(
                "current_password", "This is not the password you have now. Type it again"
            )
        except TooManyTries as many:
            return _wait("accounts/password.html", form, many, **_around_account())
        else:
            begin_web_session(person)
            flash("Your password is changed. Everybody else who was signed in is signed out.")
            return redirect("/account", 303)
    return _page("accounts/password.html", form, **_around_account())


@blueprint.route("/account/name", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def name() -> ResponseReturnValue:
    """Change your name."""
    form = NameForm(shelf.form_data(), data={"name": current_user.name})
    if form.validate_on_submit():
        services.change_name(current_user._get_current_object(), form.name.data, _address())
        shelf.clear()
        flash("Your name is changed.")
        return redirect("/account", 303)
    return _page("accounts/name.html", form, **_around_account(), **_kept())


@blueprint.route("/account/email", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def new_email() -> ResponseReturnValue:
    """Ask for another address. The link goes there; the old one is told when it is used."""
    person = current_user._get_current_object()
    form = NewEmailForm(shelf.form_data())
    if form.validate_on_submit():
        try:
            services.ask_for_new_email(
                person, form.email.data, form.current_password.data, _address()
            )
        except WrongPassword:
            form.add_error(
                "current_password", "This is not the password you have now. Type it again"
            )
        except (BadInput, NotAllowedNow) as refused:
            form.add_error("email", refused.sentence)
        except TooManyTries as many:
            return _wait("accounts/new_email.html", form, many, **_around_account(), **_kept())
        else:
            shelf.clear()
            flash(
                f"We have written to {form.email.data}. If nothing comes in an hour, check the "
                "address. Until you press the button there, nothing changes."
            )
            return redirect("/account", 303)
    return _page("accounts/new_email.html", form, **_around_account(), **_kept())


@blueprint.route("/account/email/<token>", methods=["GET", "POST"])
@public
def confirm_new_email(token: str) -> ResponseReturnValue:
    """The page behind the link to a new address. Only its button uses the link."""
    if request.method == "POST":
        try:
            services.confirm_new_email(token, _address())
        except DeadLink:
            return _dead_link("email")
        if current_user.is_authenticated:
            end_web_session()
        flash("Your account has its new email address. Sign in with it.")
        return redirect("/sign-in", 303)
    account = account_of_token(token, CHANGE_EMAIL)
    if account is None:
        return _dead_link("email")
    return render_template(
        "accounts/confirm_new_email.html",
        account=account,
        email=email_of_token(token),
        token=token,
    )


@blueprint.get("/account/sessions")
@requires(P.USE_ACCOUNT)
def web_sessions() -> ResponseReturnValue:
    """Where you are signed in."""
    rows = open_web_sessions(current_user._get_current_object())
    return render_template(
        "accounts/web_sessions.html",
        rows=[(row, row.digest[:NAMED_BY], is_this_browser(row)) for row in rows],
        **_around_account(),
    )


@blueprint.post("/account/sessions/end")
@requires(P.USE_ACCOUNT)
def end_web_sessions() -> ResponseReturnValue:
    """Sign one other browser out, or all the others."""
    person = current_user._get_current_object()
    if request.form.get("which") == "others":
        end_other_web_sessions(person)
        flash("You are signed out everywhere else.")
    elif end_web_session_of(person, request.form.get("which", "")):
        flash("That browser is signed out.")
    else:
        flash("That browser was signed out already.")
    record_security("web_sessions_ended", person.id, _address())
    return redirect("/account/sessions", 303)


def _kept() -> dict[str, object]:
    """What waited on the shelf while somebody had to sign in again."""
    return {
        "was_away": request.method == "GET" and shelf.form_data() is not None,
        "kept_word": request.values.get("kept", ""),
    }


def _page(template: str, form: object, **words: object) -> ResponseReturnValue:
    """A page with its form; 422 where something is to be put right."""
    status = 422 if request.method == "POST" else 200
    return render_template(template, form=form, **words), status


def _wait(template: str, form: object, many: TooManyTries, **words: object) -> Response:
    """The same page, with what was typed, for somebody who has to wait."""
    form.add_error(None, many.sentence)  # type: ignore[attr-defined]
    response = make_response(render_template(template, form=form, **words), many.status)
    response.headers["Retry-After"] = str(many.retry_after)
    return response


def _dead_link(kind: str) -> ResponseReturnValue:
    return render_template("accounts/dead_link.html", kind=kind), 404


def _around_sign_in(wanted: str | None) -> dict[str, object]:
    """What the sign-in page says besides its form."""
    return {
        "next": wanted,
        "was_away": account_that_was_here() is not None,
        "kept": "kept=" in (wanted or "").partition("?")[2],
        "people": DEMONSTRATION_PEOPLE,
        "demonstration_password": DEMONSTRATION_PASSWORD,
    }


def _around_account() -> dict[str, object]:
    """Where this person works."""
    return {"home": home_of(current_user)}


def _address() -> str:
    """Whence the request came, as far as the proxies that we trust say so."""
    return request.remote_addr or ""
