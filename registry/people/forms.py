"""What is asked about the people of an organisation."""

from registry.accounts.forms import first_password_field, name_field
from registry.web.fields import (
    EmailField,
    FileField,
    RadiosField,
    TextAreaField,
)
from registry.web.forms import Form, Needed

ROLES = [
    ("member", "A helper", "Can fill in everything. Cannot sign or send, and cannot invite people"),
    ("owner", "An owner", "Can do all that, and sign and send, invite and remove people"),
]


class InvitationForm(Form):
    """Whom to invite, and as what."""

    email = EmailField(
        "Their email address",
        [Needed("Enter their email address")],
        hint="We write to this address. Only its reader can use the link.",
        autocomplete="off",
    )
    role = RadiosField("What may they do?", [Needed("Choose what they may do")], choices=ROLES)


class RoleForm(Form):
    """What one of the people may do."""

    role = RadiosField("What may they do?", [Needed("Choose what they may do")], choices=ROLES)


class OfferForm(Form):
    """To whom the owner's place is offered."""

    person = RadiosField("Who takes over?", [Needed("Choose who takes over")], choices=[])


class NewAccountForm(Form):
    """An account for somebody who was invited. The address is the invitation's."""

    name = name_field("The people of the club and the council see it.")
    password = first_password_field()


class OwnerGoneForm(Form):
    """What a helper tells the council about an owner who has gone."""

    reason = TextAreaField(
        "What happened?",
        [Needed("Tell us what happened")],
        hint="For example: our secretary moved away in May and does not answer. "
        "Please do not write about anybody’s health.",
        subject="What happened",
        max_length=2000,
    )
    proof = FileField(
        "A paper that shows that you may take over",
        hint="For example: the notes of a meeting, or a letter from your chair. "
        "PDF, Word, ODT, JPG or PNG, up to 10 MB.",
    )


class DecisionForm(Form):
    """What the council says to a helper who asked for an owner's place."""

    decision = RadiosField(
        "What do you decide?",
        [Needed("Choose what you decide")],
        choices=[
            ("confirm", "Confirm", "The helper becomes the owner, and the owner a helper"),
            ("decline", "Decline", "Everything stays as it is"),
        ],
    )
    words = TextAreaField(
        "Why?",
        [Needed("Write why")],
        hint="What you read and what it shows. If you decline, the helper reads these words.",
        subject="The reason",
        max_length=2000,
    )


class PlainForm(Form):
    """Nothing to fill in: a button that asks to be sure."""
