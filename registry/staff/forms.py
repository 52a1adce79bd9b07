"""What administrators type about the council's people."""

from registry.staff.rules import ROLES, WHAT_THEY_DO
from registry.web.fields import CheckboxesField, Choice, EmailField, StringField
from registry.web.forms import Form, Needed

CHOICES = [Choice(role, words, hint=WHAT_THEY_DO[role]) for role, words in ROLES.items()]


class InviteForm(Form):
    """Somebody who is to work for the council here."""

    name = StringField(
        "Their name",
        [Needed("Enter their name")],
        hint="As colleagues see it.",
        subject="Their name",
        max_length=200,
        autocomplete="off",
        spellcheck=False,
    )
    email = EmailField(
        "Their work email address",
        [Needed("Enter their email address")],
        hint="We send a link to it. Nobody but they choose the password.",
        autocomplete="off",
    )
    roles = CheckboxesField(
        "What they do here", [Needed("Choose at least one role")], choices=CHOICES
    )


class RolesForm(Form):
    """What somebody may do."""

    roles = CheckboxesField("What they do here", choices=CHOICES)
