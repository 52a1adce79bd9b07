"""The verbs of a change. The same word names the service, the page and the test."""

from registry.changes.services.decide import (
    accept,
    needs_second_person,
    read_over,
    recommend,
    send_back,
    take_down,
    what_it_would_fail,
)
from registry.changes.services.keep import added, approved, ended, is_read, keep, starts_as, wanted
from registry.changes.services.revising import find_record
from registry.changes.services.tell import (
    add_paper,
    ask_for,
    take_back,
    tell,
    tell_risk_check,
)

__all__ = [
    "accept",
    "add_paper",
    "added",
    "approved",
    "ask_for",
    "ended",
    "find_record",
    "is_read",
    "keep",
    "needs_second_person",
    "read_over",
    "recommend",
    "send_back",
    "starts_as",
    "take_back",
    "take_down",
    "tell",
    "tell_risk_check",
    "wanted",
    "what_it_would_fail",
]
