"""What a club writes when it appeals, and what the council answers."""

from collections.abc import Sequence
from typing import Any

from registry.web.fields import DateField, RadiosField, TextAreaField
from registry.web.forms import Form, Needed

LONGEST = 4000
ENDS = {
    "sent_back": (
        "Upheld: it is read again",
        "The case is submitted again, for a reviewer and a senior who had no part in it",
    ),
    "upheld": ("Upheld", "The club is listed again, or lapsed if its last day has passed"),
    "changed": (
        "Changed",
        "The decision stands. Its reasons, or the day from which the club may apply, change",
    ),
    "not_upheld": ("Not upheld", "The decision stands as it is"),
    "over": ("Nothing is left to answer", "The decision has gone meanwhile"),
}


class AppealForm(Form):
    """A club asks that a decision is looked at again."""

    words = TextAreaField(
        "Why do you think that we are wrong?",
        [Needed("Tell us why you think that we are wrong")],
        hint="Say what we got wrong or did not see. Please do not name a child.",
        subject="What you write",
        max_length=LONGEST,
    )
    late_reason = TextAreaField(
        "Why do you ask only now?",
        hint="For example: our letter went to an address that you no longer use.",
        subject="Why you ask only now",
        max_length=2000,
        rows=3,
    )

    def for_one_in_time(self) -> None:
        """Nobody who is in time is asked why they are late."""
        del self.late_reason

    def for_one_too_late(self, needed: str) -> None:
        """Who is late says why."""
        self.late_reason.validators = [Needed(needed), *self.late_reason.validators]


class LateForm(Form):
    """Whether the reason for coming late is a good one."""

    is_good = RadiosField(
        "Is this a good reason for coming late?",
        [Needed("Choose whether it is a good reason")],
        choices=[
            ("yes", "Yes", "The appeal is looked at. The 20 working days begin today"),
            ("no", "No", "The appeal ends, and the club is told why"),
        ],
    )
    words = TextAreaField(
        "Why not?",
        hint="Needed where it is not. The club reads these words.",
        subject="The reasons",
        max_length=LONGEST,
    )


class AnswerForm(Form):
    """How an appeal ends."""

    reason = TextAreaField(
        "Reasons",
        [Needed("Write the reasons that the club will read")],
        hint="The club reads these words. Say what you read, and why you come to this.",
        subject="The reasons",
        max_length=LONGEST,
    )
    not_before_on = DateField(
        "From which day may they apply again?",
        hint="Only where you change a revocation. Leave it empty where they may apply at once.",
        subject="The day",
    )


def answer_form(outcomes: Sequence[str], is_revoked: bool, data: Any, **kept: Any) -> AnswerForm:
    """The form with the outcomes that there are for this appeal."""

    class OfThisAppeal(AnswerForm):
        outcome = RadiosField(
            "How does it end?",
            [Needed("Choose how the appeal ends")],
            choices=[(one, *ENDS[one]) for one in outcomes],
        )

    form = OfThisAppeal(data, data=kept)
    if not is_revoked:
        del form.not_before_on
    return form


class CorrectionForm(Form):
    """The words of a letter as they should have been."""

    words = TextAreaField(
        "The words as they should have been",
        [Needed("Write the words as they should have been")],
        hint="Mend a plain error: a wrong date, a wrong name. A new reason is not a plain error.",
        subject="The words",
        max_length=LONGEST,
    )
