"""The club's front page as a short list: the one next thing, what else, and what we are reading.

Pure: facts in, lines out. What has a day on it comes by its day; what the club owes the council
comes before what it might do. A quiet hold is not among the facts.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.assessments.dated_things import LISTED, DatedThing
from registry.assessments.lifecycle import Status
from registry.web.formats import long_date, plural

__all__ = [
    "ActivityLine",
    "Attempt",
    "Desk",
    "ToDo",
    "Told",
    "Waiting",
    "activity_tag",
    "to_do",
    "waiting",
]

AHEAD = timedelta(days=60)
WITH_US = (Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED)
OFF_LIST_RANK, OWED, BEGUN, DATED, ACTIVITIES = range(5)
PLAN = "sg_review_date"


MORE_TIME = "We need more time for this one. You need not do anything."


@dataclass(frozen=True)
class ToDo:
    """One thing to do: a link, or a button of its own where `posts`. `by` is its last day."""

    title: str
    text: str
    href: str
    button: str
    by: date | None = None
    posts: bool = False
    words: str = ""


@dataclass(frozen=True)
class Waiting:
    """One thing that the council has: what it is, and by when it promised to answer."""

    title: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Told:
    """An open change: what it is about, and where it stands."""

    name: str
    state: str
    href: str
    question_key: str = ""
    due_on: date | None = None
    sent_on: date | None = None
    answer_by: date | None = None
    words: str = ""
    activity_id: int = 0


@dataclass(frozen=True)
class Attempt:
    """The self-check that is open. `returned` has (short name, address, words) of each question
    that was sent back and not yet mended."""

    status: str
    is_renewal: bool
    done: int = 0
    total: int = 0
    time_left: str = ""
    is_ready: bool = False
    may_send: bool = False
    returned: Sequence[tuple[str, str, str]] = ()
    mend_by: date | None = None
    sent_on: date | None = None
    answer_by: date | None = None
    needs_time: bool = False


@dataclass(frozen=True)
class ActivityLine:
    """One activity: its state, whether the public sees it, what it still needs, and where a
    change that it waits for stands (`asked`, `waiting`, `sent_back`, or empty)."""

    name: str
    href: str
    state: str
    is_public: bool = False
    needs: str = ""
    change: str = ""


@dataclass(frozen=True)
class Desk:
    """Everything that the front page is made from. `listed_until` is set while it is listed."""

    base: str
    today: date
    listed_until: date | None = None
    attempt: Attempt | None = None
    changes: Sequence[Told] = ()
    dated: Collection[DatedThing] = ()
    activities: Sequence[ActivityLine] = ()
    may_begin: bool = False
    may_reopen: bool = False
    was_listed: bool = False
    is_held: bool = False
    may_send_new_date: bool = False
    reply_until: date | None = None


def to_do(desk: Desk) -> tuple[ToDo, ...]:
    """What to do, the most pressing first."""
    found = [
        *((OWED, one) for one in _reply(desk)),
        *((OWED, one) for one in _owed(desk)),
        *((BEGUN, one) for one in _self_check(desk) if one.by is None),
        *((DATED, one) for one in _self_check(desk) if one.by is not None),
        *((DATED, one) for one in _dated(desk)),
        *((ACTIVITIES, one) for one in _activities(desk)),
    ]
    if desk.may_send_new_date and not any(one.question_key == PLAN for one in desk.changes):
        found.append((OFF_LIST_RANK, _new_date(desk)))
    if desk.is_held and not any(rank == OWED for rank, _ in found):
        found.append((OFF_LIST_RANK, _held(desk)))
    ordered = sorted(found, key=lambda ranked: (ranked[0], ranked[1].by or date.max))
    return tuple(one for _, one in ordered)


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What the council is reading now, and when it promised to answer."""
    found = []
    attempt = desk.attempt
    if attempt is not None and attempt.status in WITH_US:
        what = "Your renewal" if attempt.is_renewal else "Your self-check"
        stays = " You stay on the list meanwhile." if desk.listed_until else ""
        found.append(
            Waiting(
                what,
                _when_answered(attempt, desk.today) + stays,
                f"{desk.base}/self-check/sent",
            )
        )
    found += [
        Waiting(one.name, _sent(one.sent_on, one.answer_by, desk.today), one.href)
        for one in desk.changes
        if one.state == "waiting"
    ]
    return tuple(found)


def activity_tag(one: ActivityLine, *, is_listed: bool) -> tuple[str, str]:
    """The word for an activity, and its colour."""
    if one.state == "paused":
        return "Paused by you", "grey"
    if one.is_public:
        return "On the list", ""
    if (one.state == "draft" and one.needs) or one.change in ("asked", "sent_back"):
        return "Needs you", "yellow"
    if is_listed:
        return "Waiting for us", "blue"
    return "Not public yet", "grey"


def _reply(desk: Desk) -> Iterator[ToDo]:
    """A club that is off the list for now can say what it thinks, until a day and after it."""
    if desk.reply_until is not None:
        yield ToDo(
            "Reply to the council",
            f"{_by(desk.reply_until, desk.today)}We read it before we decide anything.",
            f"{desk.base}/reply",
            "Write your reply",
            desk.reply_until,
        )


def _owed(desk: Desk) -> Iterator[ToDo]:
    """What the council asked for: questions it sent back, and changes."""
    attempt = desk.attempt
    if attempt is not None and attempt.status == Status.RETURNED:
        left = len(attempt.returned)
        title = f"Mend {plural(left, 'answer', 'answers')}" if left else "Send it to us again"
        yield ToDo(
            title,
            f"{_by(attempt.mend_by, desk.today)}Your other answers stay as they are.",
            f"{desk.base}/self-check",
            "See what to mend" if left else "Go on to send",
            attempt.mend_by or date.min,
        )
    for one in desk.changes:
        if one.state == "asked":
            text = f"{_by(one.due_on, desk.today)}It is one short page."
            yield ToDo(f"Tell us: {one.name}", text, one.href, "Tell us now", one.due_on)
        elif one.state == "sent_back":
            text = f"{_by(one.due_on, desk.today)}We sent this back to you."
            yield ToDo(
                f"Mend this: {one.name}", text, one.href, "See what to mend", one.due_on,
                words=one.words,
            )  # fmt: skip


def _new_date(desk: Desk) -> ToDo:
    return ToDo(
        "Did you check your safeguarding plan again?",
        "Then send us the new date. That one answer can bring you back on the list.",
        f"{desk.base}/tell/plan",
        "Send the new date",
    )


def _held(desk: Desk) -> ToDo:
    return ToDo(
        "Do what we wrote to you about",
        "Then we read it and put you back on the list.",
        f"{desk.base}/changes",
        "See what it is",
    )


def _self_check(desk: Desk) -> Iterator[ToDo]:
    """Beginning, going on, and sending. A renewal has the last day on the list as its day."""
    attempt, last = desk.attempt, desk.listed_until
    if attempt is not None:
        if attempt.status == Status.DRAFT:
            yield _draft(desk, attempt)
    elif desk.may_reopen:
        yield ToDo(
            "Open your self-check again",
            "Your answers are as you left them.",
            f"{desk.base}/self-check/reopen",
            "Open it again",
            posts=True,
        )
    elif desk.may_begin:
        text = "Your answers from last time are still there." if desk.was_listed else _BEGIN
        yield ToDo(
            "Renew your self-check" if last else "Begin your self-check",
            f"Your last day on the list is {long_date(last)}. {text}" if last else text,
            f"{desk.base}/self-check/begin",
            "Renew your self-check" if last else "Begin your self-check",
            last,
            posts=True,
        )


_BEGIN = "It takes about 2 hours, in as many goes as you like."


def _draft(desk: Desk, attempt: Attempt) -> ToDo:
    what = "renewal" if attempt.is_renewal else "self-check"
    if attempt.is_ready:
        return ToDo(
            f"Read and send your {what}",
            "Nothing is missing."
            if attempt.may_send
            else "Nothing is missing. Ask the owner to sign and send it.",
            f"{desk.base}/self-check/check",
            f"Read and send your {what}",
            desk.listed_until,
        )
    left = f" About {attempt.time_left} left." if attempt.time_left else ""
    stays = " You stay on the list while you do." if desk.listed_until else ""
    return ToDo(
        f"Carry on with your {what}",
        f"{attempt.done} of {attempt.total} done.{left}{stays}",
        f"{desk.base}/self-check",
        f"Carry on with your {what}",
        desk.listed_until,
    )


def _dated(desk: Desk) -> Iterator[ToDo]:
    """What runs out within 60 days or has run out, unless something about it is under way."""
    under_way = {one.question_key for one in desk.changes if one.question_key}
    under_way |= {
        f"risk_check:{one.activity_id}" for one in desk.changes if one.question_key == "hs_ra_date"
    }
    renews = desk.attempt is not None or desk.may_begin
    for one in desk.dated:
        if one.on > desk.today + AHEAD or one.key in under_way or not one.page:
            continue
        if one.key == LISTED and (renews or one.on < desk.today):
            continue
        ended = one.on < desk.today
        text = f"It ended on {long_date(one.on)}." if ended else f"It ends on {long_date(one.on)}."
        yield ToDo(
            one.what,
            f"{text} {one.do}",
            f"{desk.base}/{one.page}",
            "Look at it now" if one.page == "contact-check" else "Send us the new date",
            one.on,
        )


def _activities(desk: Desk) -> Iterator[ToDo]:
    if not desk.activities:
        yield ToDo(
            "Add your first activity",
            "What children can come to, when and where.",
            f"{desk.base}/activities/new",
            "Add an activity",
        )
    for one in desk.activities:
        if one.state == "draft" and one.needs:
            yield ToDo(f"Finish {one.name}", one.needs, one.href, "Carry on")


def _when_answered(attempt: Attempt, today: date) -> str:
    if attempt.needs_time:
        return f"{_sent(attempt.sent_on, None, today)} {MORE_TIME}"
    return _sent(attempt.sent_on, attempt.answer_by, today)


def _sent(sent_on: date | None, answer_by: date | None, today: date) -> str:
    sent = f"You sent it on {long_date(sent_on)}." if sent_on else ""
    if answer_by is None:
        return sent
    if answer_by < today:
        return f"{sent} We are late, and we are sorry. You need not do anything."
    return f"{sent} We answer by {long_date(answer_by)}."


def _by(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"We needed it by {long_date(day)}. " if day < today else f"By {long_date(day)}. "
