"""What is written about two records that may be one club."""

from registry.web.fields import StringField, TextAreaField
from registry.web.forms import Form, Needed

LONGEST = 2000
_HOW = "The number of a case, such as SAS-7KQ2MX, or the address of its page"


class NotTheSameForm(Form):
    """Why two records are two clubs."""

    reason = TextAreaField(
        "Why are they not the same?",
        [Needed("Write why they are not the same")],
        hint="Say what you looked at. Only seniors and auditors read it.",
        subject="The reason",
        max_length=LONGEST,
    )


class ProposeForm(Form):
    """Which two records are one club."""

    kept = StringField(
        "The record to keep",
        [Needed("Say which record is kept")],
        hint=_HOW,
        subject="The record to keep",
        max_length=300,
        spellcheck=False,
    )
    duplicate = StringField(
        "The duplicate, which is closed",
        [Needed("Say which record is the duplicate")],
        hint=_HOW,
        subject="The duplicate",
        max_length=300,
        spellcheck=False,
    )
    reason = TextAreaField(
        "Why are they one club?",
        [Needed("Write why they are one club")],
        hint="The senior who signs reads this. Say who asked for it and what shows it.",
        subject="The reason",
        max_length=LONGEST,
    )


class DeclineForm(Form):
    """Why a proposal is not signed."""

    words = TextAreaField(
        "Why do you not sign it?",
        [Needed("Write why you do not sign it")],
        hint="Whoever proposed it reads this.",
        subject="The reason",
        max_length=LONGEST,
    )


class SignForm(Form):
    """Nothing to fill in: a button that asks to be sure."""
