"""The lifecycle of an assessment: one table, and the only way a status changes.

Pure: it imports nothing but the standard library and the words of permission and error.
`docs/lifecycle.md` shows the same table; a test holds them equal.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.errors import NotAllowedNow
from registry.permissions import P


class Status(StrEnum):
    """Where an assessment stands. A string in the database, held by a CHECK."""

    NONE = "none"  # before it is begun; never stored
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    RECOMMENDED = "recommended"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ABANDONED = "abandoned"
    CLOSED = "closed"


class Action(StrEnum):
    """The verbs. The same word names the service, the address, the page and the test."""

    BEGIN = "begin"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    START_REVIEW = "start_review"
    RELEASE = "release"
    RETURN_FOR_CHANGES = "return_for_changes"
    RECOMMEND = "recommend"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REFUSE = "refuse"
    EXTEND = "extend"
    SUSPEND = "suspend"
    LIFT = "lift"
    REVOKE = "revoke"
    UPHOLD = "uphold"
    LAPSE = "lapse"
    SUPERSEDE = "supersede"
    GIVE_UP = "give_up"
    REOPEN = "reopen"
    CLOSE = "close"


S, A = Status, Action
STORED = tuple(status for status in Status if status is not S.NONE)
OPEN = frozenset({S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.RECOMMENDED})
STANDING = frozenset({S.APPROVED, S.SUSPENDED})
FINAL = frozenset({S.SUPERSEDED, S.CLOSED})
WITHOUT_A_PERSON = frozenset({A.LAPSE, A.SUPERSEDE, A.GIVE_UP, A.CLOSE})


@dataclass(frozen=True)
class Step:
    """One row: an action, where it may start and end, who takes it, what holds, whom it tells.

    `by` is None where the clock or another step takes it. Messages are `audience/name`.
    """

    action: Action
    starts: frozenset[Status]
    ends: frozenset[Status]
    by: P | None
    who: str
    holds: str = ""
    tells: tuple[str, ...] = ()


def _step(
    action: Action,
    starts: set[Status],
    ends: set[Status],
    by: P | None,
    who: str,
    holds: str = "",
    tells: tuple[str, ...] = (),
) -> Step:
    return Step(action, frozenset(starts), frozenset(ends), by, who, holds, tells)


TABLE: tuple[Step, ...] = (
    _step(A.BEGIN, {S.NONE}, {S.DRAFT}, P.BEGIN, "owner, member",
          "none open; a renewal from 60 days before; not before not_before_on"),
    _step(A.SUBMIT, {S.DRAFT, S.RETURNED}, {S.SUBMITTED}, P.SUBMIT, "owner",
          "every CORE and LAW question answered; declared",
          ("club/received", "council/new")),
    _step(A.TAKE_BACK, {S.SUBMITTED}, {S.DRAFT}, P.TAKE_BACK, "owner"),
    _step(A.START_REVIEW, {S.SUBMITTED}, {S.IN_REVIEW}, P.START_REVIEW,
          "reviewer with no link to the club", "the reviewer then holds the case"),
    _step(A.RELEASE, {S.IN_REVIEW}, {S.SUBMITTED}, P.RELEASE, "holder, senior"),
    _step(A.RETURN_FOR_CHANGES, {S.IN_REVIEW, S.RECOMMENDED}, {S.RETURNED},
          P.RETURN_FOR_CHANGES, "holder, senior",
          "names the questions to mend", ("club/returned",)),
    _step(A.RECOMMEND, {S.IN_REVIEW}, {S.RECOMMENDED}, P.RECOMMEND, "holder",
          "to approve or to refuse, recorded", ("council/second-person",)),
    _step(A.SEND_BACK, {S.RECOMMENDED}, {S.IN_REVIEW}, P.SEND_BACK, "senior",
          "", ("council/sent-back",)),
    _step(A.APPROVE, {S.IN_REVIEW, S.RECOMMENDED}, {S.APPROVED}, P.APPROVE,
          "holder; where two are needed, a senior who did not recommend",
          "all four criteria met today; no suspension, quiet hold or uncleared flag",
          ("club/listed",)),
    _step(A.REFUSE, {S.RECOMMENDED}, {S.REFUSED}, P.REFUSE, "senior who did not recommend",
          "", ("club/refused",)),
    _step(A.EXTEND, {S.APPROVED, S.LAPSED}, {S.APPROVED}, P.EXTEND,
          "reviewer with no link to the club",
          "one question read again; a lapsed one for 90 days at most, its decision under "
          "12 months old, the latest, none other standing", ("club/listed",)),
    _step(A.SUSPEND, {S.APPROVED}, {S.SUSPENDED}, P.SUSPEND, "senior, at once",
          "countersigned within 5 working days, else it stays and turns red",
          ("club/suspended",)),
    _step(A.LIFT, {S.SUSPENDED}, {S.APPROVED, S.LAPSED}, P.LIFT,
          "senior proposes, another signs", "lapsed if past its date", ("club/lifted",)),
    _step(A.REVOKE, {S.SUSPENDED}, {S.REVOKED}, P.REVOKE, "senior proposes, another signs",
          "the time to reply is over; an open renewal is closed", ("club/revoked",)),
    _step(A.UPHOLD, {S.REFUSED}, {S.SUBMITTED}, P.UPHOLD,
          "appeal officer who had no part in it", "no other open one", ("club/appeal",)),
    _step(A.UPHOLD, {S.SUSPENDED, S.REVOKED}, {S.APPROVED, S.LAPSED}, P.UPHOLD,
          "appeal officer who had no part in it",
          "lapsed if past its date; none other standing", ("club/appeal",)),
    _step(A.LAPSE, {S.APPROVED}, {S.LAPSED}, None, "the clock", "its last day is over",
          ("club/lapsed",)),
    _step(A.SUPERSEDE, {S.APPROVED}, {S.SUPERSEDED}, None, "the approval of its renewal"),
    _step(A.GIVE_UP, {S.DRAFT, S.RETURNED}, {S.ABANDONED}, None, "the clock",
          "draft idle for 6 months; returned for 20 working days", ("club/abandoned",)),
    _step(A.REOPEN, {S.ABANDONED}, {S.DRAFT}, P.REOPEN, "owner",
          "abandoned for 3 months at most; none open"),
    _step(A.CLOSE, {S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.RECOMMENDED, S.APPROVED},
          {S.CLOSED}, P.CLOSE, "owner", "", ("council/closed",)),
)  # fmt: skip


def find(status: Status | str, action: Action | str) -> Step:
    """The row for this action from this status. Raises NotAllowedNow where there is none."""
    for step in TABLE:
        if step.action == action and status in step.starts:
            return step
    raise NotAllowedNow()


def actions_from(status: Status | str) -> tuple[Action, ...]:
    """What may happen next, in the table's order: pages offer these and no others."""
    return tuple(step.action for step in TABLE if status in step.starts)
