"""What a reviewer writes. Words to the club and reasons for the file are never the same box."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.criteria.content import Question
from registry.criteria.evaluation import Result, finding_choices
from registry.web.fields import CheckboxesField, RadiosField, TextAreaField
from registry.web.forms import Form, Needed

LONGEST = 4000
RESULTS = (
    ("met", "Met"),
    ("partly", "Partly"),
    ("not_met", "Not met"),
    ("na", "Does not concern them"),
)


class FindingForm(Form):
    """What was found on one question."""

    reason = TextAreaField(
        "Why, for the file",
        hint="Needed where you find something else than the rule suggests. The club does not "
        "read this unless it asks for everything held about it.",
        max_length=LONGEST,
    )
    words = TextAreaField(
        "What the club will read, if you send this back",
        hint="Plain words: what to change, and where.",
        max_length=LONGEST,
    )


def finding_form(
    question: Question, suggested: Result, kept: Mapping[str, Any], data: Any
) -> FindingForm:
    """The form for one question, with the findings that it offers."""
    offered = finding_choices(question, suggested)

    class OfThisQuestion(FindingForm):
        result = RadiosField(
            "Your finding",
            [Needed("Choose what you found")],
            choices=[(value, label) for value, label in RESULTS if Result(value) in offered],
        )

    return OfThisQuestion(data, data=dict(kept))


class ReasonForm(Form):
    """A decision with its reason."""

    reason = TextAreaField("Reason", max_length=LONGEST)

    def ask(self, label: str, hint: str, needed: str = "") -> None:
        """Say whose words these are, and whether there must be some."""
        self.reason.label.text = label
        self.reason.hint = hint
        if needed:
            self.reason.validators = [Needed(needed), *self.reason.validators]


class RecommendForm(ReasonForm):
    """What is recommended, and why."""

    what = RadiosField(
        "What do you recommend?",
        [Needed("Choose what you recommend")],
        choices=[("approve", "To put the club on the list"), ("refuse", "To refuse")],
    )


def return_form(questions: Sequence[Question], kept: Mapping[str, str], data: Any) -> Form:
    """A form with a tick for each question that can be sent back, and words for each tick."""

    class ReturnForm(Form):
        chosen = CheckboxesField(
            "Which questions does the club have to change?",
            [Needed("Choose at least one question to send back")],
            choices=[(q.key, q.short) for q in questions],
        )

        def validate(self, extra_validators: Any = None) -> bool:
            """Every question that goes back says what to change."""
            good = super().validate(extra_validators)
            for key in self.chosen.data or ():
                if not self[f"words_{key}"].data:
                    self.add_error(f"words_{key}", "Write what the club has to change")
                    good = False
            return good

    for question in questions:
        words = TextAreaField(
            f"What to change: {question.short}",
            default=kept.get(question.key, ""),
            max_length=LONGEST,
            rows=3,
        )
        setattr(ReturnForm, f"words_{question.key}", words)
    return ReturnForm(data)
