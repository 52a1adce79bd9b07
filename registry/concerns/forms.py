"""What somebody writes to us, and what the council writes about it."""

from registry.concerns.models import COLOURS
from registry.web.fields import DateField, RadiosField, StringField, TextAreaField
from registry.web.forms import Form, Needed, NotInFuture, VersionForm

__all__ = [
    "AdviceForm",
    "CloseForm",
    "ColourForm",
    "HandOverForm",
    "HoldForm",
    "LinkForm",
    "StaffForm",
    "TellForm",
]

LONGEST = 4000
COLOUR_WORDS = {
    "red": "Red: any hint of harm, or of a risk from an adult",
    "amber": "Amber: something that every club must have is missing",
    "green": "Green: a detail, or something to make better",
}
HANDED_TO_WORDS = {
    "mash": "The MASH",
    "lado": "The LADO",
    "police": "The police",
    "other": "Somebody else",
}
OUTCOME_WORDS = {
    "mended": "It was wrong, and it is mended",
    "club_asked": "We asked the club to change it",
    "nothing_found": "We looked, and found nothing wrong",
    "told_before": "We knew of it already",
    "not_ours": "It is not about a club on the register",
}
ADVICE_WORDS = {"lado": "The LADO", "police": "The police"}


class TellForm(Form):
    """What is wrong. Nothing else is asked, so nothing else can be told of anybody."""

    words = TextAreaField(
        "What is wrong?",
        [Needed("Write what is wrong")],
        hint="Say which club or activity it is about. Do not write the name of a child.",
        max_length=LONGEST,
        rows=7,
        subject="What you wrote",
    )


class StaffForm(TellForm):
    """The same for somebody who works or helps at a club; who they are is theirs to say or not."""

    name = StringField(
        "Your name",
        hint="You do not have to say.",
        autocomplete="off",
        subject="Your name",
    )
    contact = StringField(
        "How we can reach you",
        hint="A phone number or an email address, if you want us to be able to ask you more.",
        autocomplete="off",
        subject="How we can reach you",
    )


class ColourForm(VersionForm):
    """How pressing it is, and why."""

    colour = RadiosField(
        "How pressing is it?",
        [Needed("Choose a colour")],
        choices=[(colour, COLOUR_WORDS[colour]) for colour in COLOURS],
    )
    reason = TextAreaField(
        "Why?",
        [Needed("Write why")],
        hint="For the file. Do not repeat what we were told: this goes when that goes.",
        max_length=1000,
        rows=3,
    )


class HandOverForm(VersionForm):
    """Referred to whom, on which day, under which reference."""

    to = RadiosField(
        "Whom did you hand it to?",
        [Needed("Choose whom you handed it to")],
        choices=list(HANDED_TO_WORDS.items()),
    )
    on = DateField(
        "On which day?",
        [Needed("Enter the day on which you handed it over"), NotInFuture()],
        subject="The day",
    )
    reference = StringField(
        "Their reference",
        [Needed("Enter the reference that they gave you")],
        hint="The number of their case, or who took it. Nothing about what happened.",
        max_length=80,
        autocomplete="off",
        subject="The reference",
    )


class CloseForm(VersionForm):
    """What was done."""

    outcome = RadiosField(
        "What was done?",
        [Needed("Choose what was done")],
        choices=list(OUTCOME_WORDS.items()),
    )
    words = TextAreaField(
        "In a few words",
        [Needed("Write what was done")],
        hint="For the file. Do not repeat what we were told: this goes when that goes.",
        max_length=1000,
        rows=3,
    )


class LinkForm(VersionForm):
    """Which organisation it is about."""


class AdviceForm(Form):
    """Whose advice a senior follows."""

    advice_of = RadiosField(
        "Whose advice is it?",
        [Needed("Choose whose advice it is")],
        choices=list(ADVICE_WORDS.items()),
    )
    advised_on = DateField(
        "On which day was it given?",
        [Needed("Enter the day on which it was given"), NotInFuture()],
        subject="The day",
    )
    reference = StringField(
        "Their reference",
        [Needed("Enter the reference of the advice")],
        hint="The number of their case, or who gave it. Nothing about what it is about.",
        max_length=80,
        autocomplete="off",
        subject="The reference",
    )


class HoldForm(AdviceForm):
    """A quiet hold, with or without the listing."""

    listing = RadiosField(
        "What happens to the listing?",
        [Needed("Choose what happens to the listing")],
        choices=[
            ("on", "It stays as it is"),
            ("off", "Take it off the directory"),
        ],
        hint="With the listing off, the club may notice that its page is gone.",
    )
