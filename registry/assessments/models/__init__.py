"""Attempts to meet the criteria: answers, what was sent, what was found and decided."""

from registry.assessments.models.attempt import (
    CONFIRMED_BY,
    Answer,
    Assessment,
    AssistedEntry,
    Evidence,
    Submission,
)
from registry.assessments.models.deciding import (
    PROPOSED,
    Decision,
    Proposal,
    Reply,
    SuspensionReview,
)
from registry.assessments.models.reading import (
    FLAGS_TO_CLEAR,
    RESULTS,
    CaseNote,
    CaseNoteVersion,
    Finding,
    FlagClearance,
    KeptOut,
    ReturnedQuestion,
)
from registry.assessments.models.standing import (
    CHANGE_ABOUT,
    CHANGE_STATES,
    HOLD_KINDS,
    IN_FORCE,
    OPEN_CHANGES,
    Change,
    Hold,
    Reminder,
)

__all__ = [
    "CHANGE_ABOUT",
    "CHANGE_STATES",
    "CONFIRMED_BY",
    "FLAGS_TO_CLEAR",
    "HOLD_KINDS",
    "IN_FORCE",
    "OPEN_CHANGES",
    "PROPOSED",
    "RESULTS",
    "Answer",
    "Assessment",
    "AssistedEntry",
    "CaseNote",
    "CaseNoteVersion",
    "Change",
    "Decision",
    "Evidence",
    "Finding",
    "FlagClearance",
    "Hold",
    "KeptOut",
    "Proposal",
    "Reminder",
    "Reply",
    "ReturnedQuestion",
    "Submission",
    "SuspensionReview",
]
