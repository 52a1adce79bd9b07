"""What a club must tell us (domain B.4): each thing, and what follows from it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from registry.working_days import add_working_days

__all__ = [
    "COVERED_FOR",
    "THINGS",
    "Thing",
    "answer_by",
    "appoint_by",
    "cover_by",
]

COVERED_FOR = timedelta(days=28)
WITHOUT_COVER, TO_ANSWER = 5, 20  # working days


@dataclass(frozen=True)
class Thing:
    """One line of the list: its address, its words, and when it is to be told."""

    key: str
    title: str
    hint: str
    page: str = ""


THINGS = (
    Thing("plan", "We checked our safeguarding plan again", "Send us the new date."),
    Thing("lead", "Our safeguarding lead is leaving", "Tell us within 5 working days."),
    Thing(
        "helper", "I worked alone and now somebody helps", "Tell us before they start, if you can."
    ),
    Thing("venue", "We have a new place", "Tell us within 10 working days.", "venues/new"),
    Thing(
        "insurance",
        "Our insurance ends and we will not renew it",
        "Tell us within 10 working days.",
    ),
    Thing(
        "regulator",
        "A serious accident, or somebody looks into our club",
        "Such as the LADO, the police or Ofsted. Tell us on the same day.",
    ),
)


def cover_by(told_on: date) -> date:
    """The last day to name somebody, where nobody covers for the lead."""
    return add_working_days(told_on, WITHOUT_COVER)


def appoint_by(covered_on: date) -> date:
    """The last day to appoint a new lead, where somebody covers."""
    return covered_on + COVERED_FOR


def answer_by(asked_on: date) -> date:
    """The last day to send the answers that we ask for."""
    return add_working_days(asked_on, TO_ANSWER)
