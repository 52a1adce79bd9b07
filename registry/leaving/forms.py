"""What is asked of somebody who goes for good."""

from registry.web.fields import ConfirmField, PasswordField
from registry.web.forms import Form, Needed


class CloseOrganisationForm(Form):
    """Closing an organisation."""

    sure = ConfirmField(
        "I know that this cannot be undone", [Needed("Tick the box if you want to close it")]
    )


class DeleteAccountForm(Form):
    """Deleting an account."""

    sure = ConfirmField(
        "I know that this cannot be undone", [Needed("Tick the box if you want to delete it")]
    )
    current_password = PasswordField("Your password", [Needed("Enter your password")])
