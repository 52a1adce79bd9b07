"""What a reviewer writes. Words to the club and reasons for the file are never the same box."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.criteria.content import Question
from registry.criteria.evaluation import Result, finding_choices
from registry.web.fields import (
    CheckboxesField,
    ConfirmField,
    DateField,
    RadiosField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Form, Needed, NotInFuture

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


class RevokeForm(ReasonForm):
    """A revocation as one senior proposes it."""

    not_before_on = DateField(
        "The day from which the club may apply again",
        hint="At most 12 months away. Leave it empty if it may apply at any time.",
        subject="The day",
    )
    approval_was_false = CheckboxesField(
        "Was the approval itself wrong?",
        choices=[("yes", "Yes. Read again what else the same reviewer approved")],
    )


class ExtendForm(ReasonForm):
    """A new review date of the plan, read on paper."""

    reviewed_on = DateField(
        "When was the safeguarding plan checked again?",
        [Needed("Enter the day that stands on the paper"), NotInFuture()],
        hint="For example, 20 11 2026. Trust what was done, never “next check due”.",
        subject="The day",
    )


class SecondReadingForm(ReasonForm):
    """What a second reading found."""

    outcome = RadiosField(
        "Would you have approved it?",
        [Needed("Say whether you would have approved it")],
        choices=[("agrees", "Yes, I agree"), ("doubt", "I have a doubt, a senior should look")],
    )


class LinkForm(Form):
    """One tick: a link to the club of a case."""

    linked = ConfirmField(
        "I have a link to this club", [Needed("Tick the box if you have a link to this club")]
    )


class ConflictsForm(Form):
    """A statement about one's own links, once a year."""

    none_to_tell = CheckboxesField(
        "Your links", choices=[("yes", "I have no link to any club or group for children")]
    )
    club = StringField(
        "Find a club",
        hint="Part of its name. Yours, your family's, one you help at, one you were paid by.",
        max_length=100,
    )
    others = TextAreaField(
        "Clubs that are not here yet",
        hint="One on each line. If such a club comes, tell us of the link then.",
        max_length=LONGEST,
        rows=3,
    )


class NoteForm(Form):
    """A note that only the council reads. It has a page and a form of its own."""

    text = TextAreaField(
        "Note for the council",
        [Needed("Write your note")],
        hint="Only the council reads this. The person it is about may ask for it, so be fair.",
        max_length=LONGEST,
    )


def reassign_form(people: Sequence[Any], data: Any) -> Form:
    """A form with the people to whom a case may be given."""

    class ReassignForm(Form):
        to = RadiosField(
            "Who takes this case?",
            [Needed("Choose who takes this case")],
            choices=[(str(one.id), one.name) for one in people],
        )

    return ReassignForm(data)
