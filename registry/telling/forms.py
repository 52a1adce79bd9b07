"""What a club has to tell us, asked shortly: a form for each thing."""

from typing import Any

from registry.clock import today
from registry.web.fields import (
    DateField,
    EmailField,
    FilesField,
    IntegerField,
    RadiosField,
    StringField,
    YesNoField,
)
from registry.web.forms import Form, Needed

__all__ = ["HelperForm", "InsuranceForm", "LeadForm", "PlainForm", "PlanForm", "RegulatorForm"]

MOST_PEOPLE = 10_000


class PlainForm(Form):
    """Nothing to fill in: one button."""


class LeadForm(Form):
    """Whether somebody stands in for a lead who leaves."""

    cover = YesNoField(
        "Does somebody do this work for now?",
        [Needed("Choose yes or no")],
        hint="It must be a grown-up of your club, whom families and helpers can ask for.",
    )
    name = StringField("Their name", subject="The name", autocomplete="off")
    email = EmailField("Their email", subject="The email")
    phone = StringField(
        "Their phone number", subject="The phone number", max_length=40, inputmode="tel"
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody who covers has a name and can be reached."""
        good = bool(super().validate(extra_validators))
        if not self.cover.data:
            return good
        if not self.name.data and not self.name.errors:
            self.add_error("name", "Enter the name of the person who covers")
            good = False
        if not self.email.data and not self.phone.data and not self.email.errors:
            self.add_error("email", "Enter an email or a phone number")
            good = False
        return good

    @property
    def contact(self) -> dict[str, str] | None:
        """Who covers, as a contact of the register; None where nobody does."""
        if not self.cover.data:
            return None
        given = {name: self[name].data or "" for name in ("name", "email", "phone")}
        return {name: value for name, value in given.items() if value}


class HelperForm(Form):
    """How many people help now."""

    people = IntegerField(
        "How many people help run your club now?",
        [Needed("Enter how many people help, you too")],
        hint="Paid or not. Count yourself.",
        subject="The number of people",
        minimum=2,
        maximum=MOST_PEOPLE,
    )


class PlanForm(Form):
    """The day on which a club checked its safeguarding plan again, and the paper."""

    checked_on = DateField(
        "When did you check your plan?",
        [Needed("Enter the day on which you checked your plan")],
        hint="The day on which you did it, not the next one.",
        subject="The day",
    )
    paper = FilesField(
        "The plan with the new date, or a note of the meeting",
        hint="A PDF, Word or ODT file, or a photo. No child’s name, please.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Nobody checked a plan tomorrow."""
        good = bool(super().validate(extra_validators))
        day = self.checked_on.data
        if day is not None and not self.checked_on.errors and day > today():
            self.add_error("checked_on", "The day must be today or in the past")
            return False
        return good


class InsuranceForm(Form):
    """An insurance that has ended, or will not be renewed."""

    which = RadiosField(
        "Which insurance is it?",
        [Needed("Choose which insurance it is")],
        choices=(
            ("hs_employers", "Employers’ liability (for people you employ)"),
            ("hs_public", "Public liability (for families and the public)"),
        ),
    )
    ended_on = DateField(
        "What is its last day?",
        [Needed("Enter the last day of the insurance")],
        subject="The last day",
    )


class RegulatorForm(Form):
    """That somebody else looks into something: who, and their reference. Never the story."""

    who = RadiosField(
        "What happened?",
        [Needed("Choose what happened")],
        choices=(
            ("accident", "A serious accident"),
            ("lado", "The LADO is looking into something"),
            ("police", "The police are looking into something"),
            ("ofsted", "Ofsted has taken action"),
            ("charity_commission", "The Charity Commission has taken action"),
        ),
    )
    reference = StringField(
        "Their reference number",
        [Needed("Enter the reference, or write “none”")],
        hint="Only letters and numbers. If there is none yet, write “none”.",
        subject="The reference",
        max_length=40,
        autocomplete="off",
    )
