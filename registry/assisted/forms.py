"""What is asked of somebody who enters for a club, and of who confirms it."""

from registry.web.fields import (
    DateField,
    FileField,
    RadiosField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Form, Needed, NotInFuture

HOW = (("paper", "On paper"), ("telephone", "By telephone"))


class RegisterForm(Form):
    """A club of somebody without email."""

    club = StringField(
        "What is the club called?",
        [Needed("Enter the name of the club")],
        hint="The name that families know.",
        max_length=200,
    )
    owner = StringField(
        "Who runs it?",
        [Needed("Enter the name of who runs it")],
        hint="Their full name. They sign, and get our letters.",
        max_length=200,
    )
    address = TextAreaField(
        "Where do letters to them go?",
        [Needed("Enter the postal address")],
        hint="One line for each line of the address, with the postcode last.",
        rows=4,
        max_length=400,
    )
    phone = StringField("Their telephone number", max_length=40, inputmode="tel", width="20")
    how = RadiosField(
        "How do they tell us?",
        [Needed("Choose how they tell us")],
        choices=list(HOW),
    )


class BeginForm(Form):
    """Beginning to enter for a club that is here already."""

    how = RadiosField(
        "How do they tell you?",
        [Needed("Choose how they tell you")],
        choices=list(HOW),
    )


class SendForm(Form):
    """Who signed the declaration on paper, and the paper."""

    declared_name = StringField(
        "Who signed?", [Needed("Enter who signed the declaration")], max_length=200
    )
    declared_role = StringField(
        "Their job in the club", [Needed("Enter their job in the club")], max_length=200
    )
    signed_on = DateField(
        "The day they signed", [Needed("Enter the day they signed"), NotInFuture()]
    )
    declaration = FileField(
        "The declaration that they signed",
        hint="A scan or a photo. PDF, Word, ODT, JPG or PNG, up to 10 MB.",
    )


class ConfirmForm(Form):
    """What a second person says to what a colleague entered."""

    decision = RadiosField(
        "Does it say what the paper says?",
        [Needed("Choose if it says what the paper says")],
        choices=[
            ("yes", "Yes, send it", "It goes to the queue, and you may not review it"),
            ("no", "No, it has to be entered again"),
        ],
    )
    words = TextAreaField(
        "What does not match?", hint="Only if you say no.", rows=3, max_length=2000
    )


class PostedForm(Form):
    """The day of the post."""

    posted_on = DateField("Posted on", [Needed("Enter the day of the post"), NotInFuture()])


class CodeForm(Form):
    """The code of a letter."""

    code = StringField(
        "The code in our letter",
        [Needed("Enter the code in our letter")],
        hint="It looks like ABCD-EFGH-JKLM-NPQR.",
        max_length=40,
        width="20",
        spellcheck=False,
        autocomplete="off",
    )


class PlainForm(Form):
    """Nothing to fill in: two buttons."""


class LookUpForm(Form):
    """Which club."""

    q = StringField("Name of the club, or reference of its case", max_length=200)

    class Meta(Form.Meta):
        csrf = False
