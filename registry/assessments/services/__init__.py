"""The verbs of an assessment. The same word names the service, the page and the test."""

from registry.assessments.services.after import (
    countersign,
    extend,
    give_up,
    lapse,
    propose_lift,
    propose_revoke,
    reply_until,
    sign_lift,
    sign_revoke,
    suspend,
    uphold,
)
from registry.assessments.services.begin import begin, close, reopen, take_back
from registry.assessments.services.decide import approve, recommend, refuse, send_back
from registry.assessments.services.notes import amend_note, write_note
from registry.assessments.services.review import (
    clear_flag,
    reassign,
    record_finding,
    release,
    return_for_changes,
    start_review,
)
from registry.assessments.services.signing import (
    decline_to_sign,
    reply,
    review_suspension,
    take_back_proposal,
)
from registry.assessments.services.submit import Incomplete, returned_keys, submit

__all__ = [
    "Incomplete",
    "amend_note",
    "approve",
    "begin",
    "clear_flag",
    "close",
    "countersign",
    "decline_to_sign",
    "extend",
    "give_up",
    "lapse",
    "propose_lift",
    "propose_revoke",
    "reassign",
    "recommend",
    "record_finding",
    "refuse",
    "release",
    "reopen",
    "reply",
    "reply_until",
    "return_for_changes",
    "returned_keys",
    "review_suspension",
    "send_back",
    "sign_lift",
    "sign_revoke",
    "start_review",
    "submit",
    "suspend",
    "take_back",
    "take_back_proposal",
    "uphold",
    "write_note",
]
