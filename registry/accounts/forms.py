"""What people type about their account."""

from registry.web.fields import EmailField, PasswordField, StringField
from registry.web.forms import Form, Needed

NEW_PASSWORD_HINT = "12 characters or more. Three or four words that you remember work well."  # noqa: S105


def name_field(hint: str) -> StringField:
    """The name of somebody who makes an account; the hint says who reads it."""
    return StringField(
        "Your name",
        [Needed("Enter your name")],
        hint=hint,
        subject="Your name",
        max_length=200,
        autocomplete="name",
        spellcheck=False,
    )


def first_password_field() -> PasswordField:
    """The password of an account that is made now."""
    return PasswordField(
        "Password",
        [Needed("Choose a password")],
        hint=NEW_PASSWORD_HINT,
        autocomplete="new-password",
    )


class RegisterForm(Form):
    """A new account."""

    name = name_field("As the council should write to you.")
    email = EmailField(
        "Email address",
        [Needed("Enter your email address")],
        hint="We send a link to it, and later the messages about your club.",
    )
    password = first_password_field()


class SignInForm(Form):
    """The way in."""

    email = EmailField(
        "Email address", [Needed("Enter your email address")], autocomplete="username"
    )
    password = PasswordField("Password", [Needed("Enter your password")])


class CodeForm(Form):
    """The code that comes after the password."""

    code = StringField(
        "Code",
        [Needed("Enter the code from your app")],
        hint="6 digits from the app on your phone, or 12 from your list of recovery codes.",
        max_length=40,
        width="10",
        inputmode="numeric",
        autocomplete="one-time-code",
        spellcheck=False,
        subject="The code",
    )


class FirstCodeForm(CodeForm):
    """The first code of an app that is set up now."""

    code = StringField(
        "The code that the app shows now",
        [Needed("Enter the code from your app")],
        hint="6 digits. They change twice a minute.",
        max_length=40,
        width="10",
        inputmode="numeric",
        autocomplete="one-time-code",
        spellcheck=False,
        subject="The code",
    )


class PasswordForm(Form):
    """The password once more, before something that makes an account weaker."""

    current_password = PasswordField("Your password", [Needed("Enter your password")])


class ForgottenPasswordForm(Form):
    """Whose password it was."""

    email = EmailField("Email address", [Needed("Enter your email address")])


class ResetPasswordForm(Form):
    """A new password, for somebody who came by a link."""

    password = PasswordField(
        "New password",
        [Needed("Choose a new password")],
        hint=NEW_PASSWORD_HINT,
        autocomplete="new-password",
    )


class ChangePasswordForm(Form):
    """A new password, for somebody who knows the old one."""

    current_password = PasswordField(
        "The password you have now", [Needed("Enter the password you have now")]
    )
    password = PasswordField(
        "New password",
        [Needed("Choose a new password")],
        hint=NEW_PASSWORD_HINT,
        autocomplete="new-password",
    )


class NameForm(Form):
    """The name of an account."""

    name = StringField(
        "Your name",
        [Needed("Enter your name")],
        hint="The people of your club and the council see it.",
        subject="Your name",
        max_length=200,
        autocomplete="name",
        spellcheck=False,
    )


class NewEmailForm(Form):
    """Another address for an account."""

    email = EmailField(
        "Your new email address",
        [Needed("Enter your new email address")],
        hint="We send a link to it. Nothing changes until you press the button there.",
    )
    current_password = PasswordField(
        "The password you have now", [Needed("Enter the password you have now")]
    )
