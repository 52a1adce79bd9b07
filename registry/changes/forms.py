"""What a reviewer writes about a change, and the risk check that a club sends."""

from typing import Any

from registry.web.fields import DateField, FileField, HiddenField, SelectField, TextAreaField
from registry.web.forms import Form, Needed, NotInFuture, VersionForm
from registry.web.identifiers import sent_number

__all__ = ["DecideForm", "PlainForm", "RiskCheckForm", "risk_check_form"]

LONGEST = 4000


class PlainForm(Form):
    """Nothing to fill in: one button."""


class DecideForm(VersionForm):
    """A decision on a change. Words to the club and reasons for the file are never one box."""

    reason = TextAreaField(
        "Why, for the file",
        hint="Needed where the rules would find something not met. The club does not read this "
        "unless it asks for everything held about it.",
        max_length=LONGEST,
        rows=2,
    )
    words = TextAreaField(
        "What the club will read, if you send this back",
        hint="Plain words: what to change, and where.",
        max_length=LONGEST,
        rows=3,
    )


class RiskCheckForm(Form):
    """The risk check of one activity: its paper, and when it was last looked at."""

    version = HiddenField()
    paper = FileField(
        "Add the risk check of this activity",
        hint="PDF, Word, ODT or a clear photo. Up to 10 MB. Leave out names of children.",
    )
    checked_on = DateField(
        "When did you last look at it?",
        [Needed("Enter the day on which you last looked at it"), NotInFuture()],
        hint="For example, 27 3 2026",
        subject="The day",
    )

    @property
    def read_version(self) -> int | None:
        """The version that was on the page; None where nothing was open yet."""
        return sent_number(self.version.data)


def risk_check_form(
    papers: list[tuple[str, str]], kept: dict[str, Any], sent: Any
) -> RiskCheckForm:
    """The form, with the risk checks that the club has sent before to choose from."""

    class WithPapers(RiskCheckForm):
        there = SelectField(
            "Or is it in one that you have sent before?",
            choices=papers,
            empty="No, it is a new one",
        )

    return WithPapers(sent, data=kept)
