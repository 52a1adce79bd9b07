"""What is asked about wrong files, breaches, and what people want to know."""

from datetime import date
from typing import Any

from registry.data_protection.wording import KINDS, REASONS
from registry.web.fields import (
    ConfirmField,
    DateField,
    HiddenField,
    RadiosField,
    StringField,
    TextAreaField,
    YesNoField,
)
from registry.web.forms import Form, Needed, NotInFuture

LONGEST = 4000


class WrongFileForm(Form):
    """What is wrong with a file, and that it is to be erased."""

    reason = RadiosField(
        "What is wrong with it?",
        [Needed("Choose what is wrong with the file")],
        choices=list(REASONS.items()),
    )
    sure = ConfirmField(
        "Erase it now. I know that nobody can bring it back",
        [Needed("Tick the box if you want to erase it")],
    )


class BreachForm(Form):
    """What the data protection officer found."""

    is_a_risk = YesNoField(
        "Is it likely to be a risk to anybody?",
        [Needed("Say if it is likely to be a risk")],
        hint="If it is, the Information Commissioner is told within 72 hours.",
    )
    told_regulator_on = DateField(
        "The Information Commissioner was told on", [NotInFuture()], hint="Only if it is a risk."
    )
    told_people_on = DateField(
        "The people concerned were told on", [NotInFuture()], hint="Only if they were."
    )
    words = TextAreaField(
        "What you found and what was done",
        [Needed("Write what you found")],
        hint="Never write what was in the file, or whose it was.",
        max_length=LONGEST,
    )


class RequestForm(Form):
    """What somebody asks."""

    kind = RadiosField(
        "What do they ask for?",
        [Needed("Choose what they ask for")],
        choices=list(KINDS.items()),
    )
    name = StringField("Their name", [Needed("Enter their name")], max_length=200)
    reach = StringField(
        "Their email address, or how to reach them",
        [Needed("Enter how to reach them")],
        hint="The email address finds what is held. Without one, the name does.",
        max_length=254,
    )
    received_on = DateField("The day it came", [Needed("Enter the day it came"), NotInFuture()])
    words = TextAreaField("What they said, in short", max_length=LONGEST, rows=3)


class AnswerForm(Form):
    """When it was answered, and how it ended."""

    seen_version = HiddenField()
    acknowledged_on = DateField("We told them that we have it on", [NotInFuture()])
    settled_on = DateField("Answered on", [NotInFuture()])
    outcome = TextAreaField("How it ended", max_length=LONGEST, rows=3)


class SubjectAccessForm(Form):
    """Who asks to see what is held about them."""

    name = StringField("Their name", [Needed("Enter their name")], max_length=200)
    reach = StringField(
        "Their email address",
        hint="The one that they use here. Leave it empty if they have none.",
        max_length=254,
    )
    received_on = DateField("The day it came", [Needed("Enter the day it came"), NotInFuture()])


class LookUpForm(Form):
    """Whose reads to look at."""

    q = StringField("Club, reference or person", max_length=200)

    class Meta(Form.Meta):
        csrf = False


class PlainForm(Form):
    """Nothing to fill in: one button."""


def answers_of(asked: Any) -> dict[str, Any]:
    """What is kept of the answer, to fill the form with."""
    kept: dict[str, date | str | int | None] = {
        "seen_version": asked.version,
        "acknowledged_on": asked.acknowledged_on,
        "settled_on": asked.settled_on,
        "outcome": asked.outcome,
    }
    return kept
