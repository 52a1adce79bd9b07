"""Your own account: name, address, password, and where you are signed in."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.accounts import services
from registry.accounts.errors import BadPassword, DeadLink, WrongPassword
from registry.accounts.forms import ChangePasswordForm, NameForm, NewEmailForm
from registry.accounts.queries import recovery_codes_left, second_factor_of
from registry.accounts.routes.blueprint import (
    around_account,
    blueprint,
    dead_link,
    form_page,
    please_wait,
    their_address,
)
from registry.accounts.tokens import CHANGE_EMAIL, account_of_token, email_of_token
from registry.accounts.web_sessions import (
    NAMED_BY,
    began_with_second_factor,
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


@blueprint.get("/account")
@requires(P.USE_ACCOUNT)
def account() -> ResponseReturnValue:
    """Who you are here."""
    person = current_user._get_current_object()
    return render_template(
        "accounts/account.html",
        second_factor=second_factor_of(person),
        codes_left=recovery_codes_left(person),
        **around_account(),
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def password() -> ResponseReturnValue:
    """Choose a new password. Every other browser that was signed in is signed out."""
    person = current_user._get_current_object()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with_code = began_with_second_factor()
        try:
            services.change_password(
                person, form.current_password.data, form.password.data, their_address()
            )
        except BadPassword as bad:
            form.add_error("password", bad.sentence)
        except WrongPassword:
            form.add_error(
                "current_password", "This is not the password you have now. Type it again"
            )
        except TooManyTries as many:
            return please_wait("accounts/password.html", form, many, **around_account())
        else:
            begin_web_session(person, with_second_factor=with_code)
            flash("Your password is changed. Everybody else who was signed in is signed out.")
            return redirect("/account", 303)
    return form_page("accounts/password.html", form, **around_account())


@blueprint.route("/account/name", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def name() -> ResponseReturnValue:
    """Change your name."""
    form = NameForm(shelf.form_data(), data={"name": current_user.name})
    if form.validate_on_submit():
        services.change_name(current_user._get_current_object(), form.name.data, their_address())
        shelf.clear()
        flash("Your name is changed.")
        return redirect("/account", 303)
    return form_page("accounts/name.html", form, **around_account(), **_kept())


@blueprint.route("/account/email", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def new_email() -> ResponseReturnValue:
    """Ask for another address. The link goes there; the old one is told when it is used."""
    person = current_user._get_current_object()
    form = NewEmailForm(shelf.form_data())
    if form.validate_on_submit():
        try:
            services.ask_for_new_email(
                person, form.email.data, form.current_password.data, their_address()
            )
        except WrongPassword:
            form.add_error(
                "current_password", "This is not the password you have now. Type it again"
            )
        except (BadInput, NotAllowedNow) as refused:
            form.add_error("email", refused.sentence)
        except TooManyTries as many:
            return please_wait("accounts/new_email.html", form, many, **around_account(), **_kept())
        else:
            shelf.clear()
            flash(
                f"We have written to {form.email.data}. If nothing comes in an hour, check the "
                "address. Until you press the button there, nothing changes."
            )
            return redirect("/account", 303)
    return form_page("accounts/new_email.html", form, **around_account(), **_kept())


@blueprint.route("/account/email/<token>", methods=["GET", "POST"])
@public
def confirm_new_email(token: str) -> ResponseReturnValue:
    """The page behind the link to a new address. Only its button uses the link."""
    if request.method == "POST":
        try:
            services.confirm_new_email(token, their_address())
        except DeadLink:
            return dead_link("email")
        if current_user.is_authenticated:
            end_web_session()
        flash("Your account has its new email address. Sign in with it.")
        return redirect("/sign-in", 303)
    account = account_of_token(token, CHANGE_EMAIL)
    if account is None:
        return dead_link("email")
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
        **around_account(),
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
    record_security("web_sessions_ended", person.id, their_address())
    return redirect("/account/sessions", 303)


def _kept() -> dict[str, object]:
    """What waited on the shelf while somebody had to sign in again."""
    return {
        "was_away": request.method == "GET" and shelf.form_data() is not None,
        "kept_word": request.values.get("kept", ""),
    }
