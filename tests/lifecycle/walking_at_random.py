"""Random people who try random steps, legal or not, at random days; and what must hold after each.

What must hold is told here anew, from the tables alone: it asks none of the rules it looks after.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, select

from registry import clock
from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.lifecycle import OPEN, STANDING, TABLE, Action
from registry.assessments.models import Assessment, Change, Hold, Proposal
from registry.assessments.publish import publish
from registry.audit.chain import GENESIS, digest_of
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.cards.queries import listing
from registry.changes import services as changes
from registry.concerns.models import HoldProposal
from registry.concerns.services import holding
from registry.criteria.dates import add_months
from registry.database import db
from registry.demonstration import walking
from registry.errors import DomainError
from registry.jobs.nightly import run_night
from registry.leaving.services import close_organisation
from registry.messages.models import Message
from registry.organisations import services as organisations
from registry.organisations.models import Activity, Membership, Organisation
from registry.people.models import NamedLead
from tests import factories as make
from tests.rigs.travelling import Clock

CLUBS = 3
ADVICE = holding.Advice("lado", date(2026, 11, 20), "L/1")
WORDS = {"reason": "As found."}
# A message that no row of the lifecycle sends, and the kind of act that it has to name.
OTHERS = {
    "club/reminder": "day",
    "club/still-reading": "day",
    "council/changes": "change",
    "club/change-accepted": "change",
    "club/change-sent-back": "change",
    "club/off-the-list": "hold",
    "club/back": "hold",
    "club/closed": "account act",
    "council/contacts": "day",
    "club/lead": "lead",
    "council/lead-leaving": "change",
}

Act = Callable[["Walk"], None]
PLANS = (make.DANCE, make.COACH, make.CHESS, make.MADRASAH)


@dataclass(frozen=True)
class Deed:
    """What somebody may try: how often, and to an attempt in which states it would fit."""

    weight: float
    act: Act
    states: tuple[str, ...] = ()


@dataclass
class Walk:
    """A register of a few clubs, the people around them, and a way through it."""

    random: Random
    time: Clock
    staff: dict[str, Account] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    shown: int = 0
    entries: int = 0
    digest: str = GENESIS
    messages: int = 0

    def begin(self) -> None:
        """The council's people, somebody from outside, and a club that is listed."""
        roles = {
            "reviewer": ("reviewer",),
            "other reviewer": ("reviewer",),
            "senior": ("senior",),
            "other senior": ("senior",),
            "third senior": ("senior",),
            "appeal officer": ("appeal_officer",),
            "administrator": ("administrator",),
            "auditor": ("auditor",),
            "stranger": (),
        }
        for name, held in roles.items():
            self.staff[name] = make.a_person(name.title(), *held)
        club = make.a_club(make.DANCE)
        self.kinds[club.id] = make.DANCE.name
        make.an_approved(plan=make.DANCE, organisation=club)
        db.session.commit()
        self._look_from_here()

    def step(self) -> None:
        """Somebody tries something. Whatever comes of it, what must hold is looked after."""
        name = self._something()
        try:
            ACTS[name].act(self)
            db.session.commit()
            self.taken[name] += 1
        except DomainError:
            db.session.rollback()
            self.refused[name] += 1
        try:
            self.look()
        except AssertionError as problem:
            problem.add_note(f"after: {name}, on {clock.today()}")
            raise

    def _something(self) -> str:
        """Most often what could be done to some attempt as it stands; else anything at all."""
        names = list(ACTS)
        if self.random.random() < 0.7:
            states = set(db.session.scalars(select(Assessment.status)))
            fitting = [name for name in names if not states.isdisjoint(ACTS[name].states)]
            names = fitting or names
        return self.random.choices(names, [ACTS[name].weight for name in names])[0]

    # Who and what.

    def person(self, *likely: str) -> Account | None:
        """Somebody who may well do it, or sometimes anybody at all, or nobody."""
        if self.random.random() < 0.8:
            return self.staff[self.random.choice(likely)]
        return self.anybody()

    def anybody(self) -> Account | None:
        """Anybody, even nobody."""
        people = [*self.staff.values(), *db.session.scalars(select(Account)), None]
        return self.random.choice(people)

    def club(self) -> Organisation:
        """One of the clubs; the first one is registered when there is none yet."""
        every = db.session.scalars(select(Organisation).order_by(Organisation.id)).all()
        return self.random.choice(every) if every else self.register()

    def register(self) -> Organisation:
        """One more club, of some kind, where there are few."""
        owners = [self.random.choice([None, *self.staff.values()]) for _ in range(6)]
        plan = self.random.choice(PLANS)
        owner = next((one for one in owners if one is not None), None)
        if self.random.random() < 0.7:
            owner = None
        number = db.session.scalar(select(func.count()).select_from(Organisation))
        club = make.a_club(replace(plan, name=f"{plan.name} {number}"), owner)
        self.kinds[club.id] = plan.name
        return club

    def owner(self, club: Organisation) -> Account | None:
        """Most often one of its owners."""
        if self.random.random() < 0.1 or not club.owner_ids:
            return self.anybody()
        return db.session.get_one(Account, self.random.choice(sorted(club.owner_ids)))

    def attempt(self, *states: str) -> Assessment:
        """Some attempt: one in a fitting state where there is one, and sometimes any."""
        every = list(db.session.scalars(select(Assessment).order_by(Assessment.id)))
        fitting = [one for one in every if one.status in states]
        if fitting and self.random.random() < 0.9:
            return self.random.choice(fitting)
        if not every:
            raise NothingToDo
        return self.random.choice(every)

    def reader(self, attempt: Assessment) -> Account | None:
        """Whoever holds the case, most often; or another of the council's."""
        if attempt.holder_id and self.random.random() < 0.85:
            return db.session.get(Account, attempt.holder_id)
        return self.person("reviewer", "other reviewer", "senior")

    def senior(self) -> Account | None:
        """One of the seniors, most often."""
        return self.person("senior", "other senior", "third senior")

    # What must hold.

    def look(self) -> None:
        """Everything that must hold after any step whatever."""
        db.session.expire_all()
        self._one_open_and_one_standing()
        self._nothing_public_that_should_not_be()
        self._every_entry_fits()
        self._every_message_belongs_somewhere()
        self._look_from_here()

    def _one_open_and_one_standing(self) -> None:
        for states in (OPEN, STANDING):
            most = db.session.execute(
                select(Assessment.organisation_id, func.count())
                .where(Assessment.status.in_(states))
                .group_by(Assessment.organisation_id)
                .having(func.count() > 1)
            ).all()
            assert not most, f"more than one of {sorted(states)}: {most}"

    def _nothing_public_that_should_not_be(self) -> None:
        """What anybody can open today is live, of a club that is approved, in date and not held."""
        cards = db.session.execute(select(Card.slug, Card.activity_id)).all()
        shown = {number for slug, number in cards if listing(slug) is not None}
        assert shown <= self._may_be_shown(), shown
        self.shown += bool(shown)

    def _may_be_shown(self) -> set[int]:
        today, now = clock.today(), clock.now()
        held = {
            one.organisation_id
            for one in db.session.scalars(select(Hold).where(Hold.takes_listing_off))
            if one.since <= now and (one.until is None or one.until > now)
        }
        overdue = {
            one.organisation_id
            for one in db.session.scalars(select(Change))
            if one.due_on and one.due_on < today and one.state in ("asked", "sent_back")
            and _is_the_clubs(one)
        }  # fmt: skip
        listed = {
            one.organisation_id
            for one in db.session.scalars(select(Assessment))
            if one.status == "approved" and one.listed_until and one.listed_until >= today
        }
        gone = set(
            db.session.scalars(
                select(Organisation.id).where(
                    Organisation.closed_at.is_not(None) | Organisation.merged_into_id.is_not(None)
                )
            )
        )
        here = listed - held - overdue - gone
        rows = db.session.scalars(select(Activity).where(Activity.state == "live"))
        return {one.id for one in rows if one.organisation_id in here}

    def _new_entries(self) -> list[Entry]:
        newer = select(Entry).where(Entry.number > self.entries).order_by(Entry.number)
        return list(db.session.scalars(newer))

    def _every_entry_fits(self) -> None:
        number, digest = self.entries, self.digest
        for entry in self._new_entries():
            assert entry.number == number + 1
            assert entry.previous_digest == digest
            assert entry.digest == digest_of(entry)
            number, digest = entry.number, entry.digest

    def _every_message_belongs_somewhere(self) -> None:
        newer = select(Message).where(Message.id > self.messages).order_by(Message.id)
        unexplained = {one.dedupe_key: one for one in db.session.scalars(newer)}
        for entry in self._new_entries():
            if entry.subject_type == "assessment" and entry.action in list(Action):
                self._its_rows_messages(entry, unexplained)
        for key, message in unexplained.items():
            assert _names_what_it_belongs_to(message, self._new_entries()), key

    def _its_rows_messages(self, entry: Entry, unexplained: dict[str, Message]) -> None:
        """Exactly the messages of the step's row: one to each owner, or one to the team."""
        before = entry.details["from"]
        row = next(one for one in TABLE if one.action == entry.action and before in one.starts)
        club = db.session.get_one(Organisation, entry.organisation_id)
        for template in row.tells:
            expected = 1 if template.startswith("council/") else len(club.owner_ids)
            start = f"{template}:{entry.subject_id}:{entry.number}:"
            sent = [key for key in unexplained if key.startswith(start)]
            assert len(sent) == expected, (entry.action, template, sent)
            for key in sent:
                del unexplained[key]

    def _look_from_here(self) -> None:
        last = db.session.scalar(select(Entry).order_by(Entry.number.desc()).limit(1))
        self.entries, self.digest = (last.number, last.digest) if last else (0, GENESIS)
        self.messages = db.session.scalar(select(func.max(Message.id))) or 0


class NothingToDo(DomainError):
    """There is nothing of that kind yet."""


def _is_the_clubs(change: Change) -> bool:
    """Not what a new risk of one activity brought along: that hides its activity alone."""
    cause = db.session.get(Change, change.because_id) if change.because_id else None
    return cause is None or cause.about != "activity"


def _names_what_it_belongs_to(message: Message, entries: list[Entry]) -> bool:
    template, _, rest = message.dedupe_key.partition(":")
    kind = OTHERS.get(template, "")
    if kind == "day":
        return str(clock.today()) in rest.split(":")
    if kind == "change":
        number = rest.partition(":")[0]
        return number.isdigit() and db.session.get(Change, int(number)) is not None
    if kind == "lead":
        return db.session.get(NamedLead, int(rest.partition(":")[0])) is not None
    acts = {one.number: one for one in entries}
    numbers = [int(one) for one in re.findall(r"\d+", rest) if int(one) in acts]
    if kind == "hold":
        return any(acts[one].subject_type == "hold" for one in numbers)
    return kind == "account act" and bool(numbers)


# What somebody may try. The weight says how often.


def _answer_all(walk: Walk) -> None:
    """A club answers everything it is asked."""
    attempt = walk.attempt("draft", "returned")
    is_whole = len(attempt.answers) > 20 and all(one.confirmed for one in attempt.answers)
    if is_whole and walk.random.random() < 0.8:
        raise NothingToDo
    plan = next(one for one in PLANS if walk.kinds[attempt.organisation_id] == one.name)
    months = walk.random.choice((0, 1, 3, 11))
    make.complete(attempt, plan, add_months(clock.today(), -months))


def _submit(walk: Walk) -> None:
    attempt = walk.attempt("draft", "returned")
    owner = walk.owner(attempt.organisation)
    services.submit(attempt, owner, declared_name="Sandeep Rai", declared_role="Owner")


def _find_all(walk: Walk) -> None:
    attempt = walk.attempt("in_review")
    _read(attempt)
    walking.find_all_met(attempt, walk.reader(attempt))


def _find_one_not_met(walk: Walk) -> None:
    attempt = walk.attempt("in_review")
    services.record_finding(
        attempt,
        walk.reader(attempt),
        "sg_policy",
        **_read(attempt),
        result=walk.random.choice(("met", "partly", "not_met", "na")),
        reason="The paper shows it.",
    )


def _read(attempt: Assessment) -> dict[str, int]:
    if attempt.latest_submission is None:
        raise NothingToDo
    return {"submission_id": attempt.latest_submission.id}


def _return(walk: Walk) -> None:
    attempt = walk.attempt("in_review", "recommended")
    services.return_for_changes(
        attempt, walk.reader(attempt), **_read(attempt), words={"sg_steps": "Add 999."}
    )


def _recommend(walk: Walk) -> None:
    attempt = walk.attempt("in_review")
    what = walk.random.choice(("approve", "refuse"))
    services.recommend(attempt, walk.reader(attempt), **_read(attempt), what=what, **WORDS)


def _approve(walk: Walk) -> None:
    attempt = walk.attempt("in_review", "recommended")
    who = walk.senior() if attempt.status == "recommended" else walk.reader(attempt)
    services.approve(attempt, who, **_read(attempt))


def _clear_flag(walk: Walk) -> None:
    attempt = walk.attempt("submitted", "in_review", "recommended")
    services.clear_flag(attempt, walk.senior(), "ofsted_check", "They told us which exemption.")


def _refuse(walk: Walk) -> None:
    attempt = walk.attempt("recommended")
    services.refuse(attempt, walk.senior(), **_read(attempt), **WORDS)


def _extend(walk: Walk) -> None:
    attempt = walk.attempt("approved", "lapsed")
    day = clock.today() - timedelta(days=walk.random.randint(-5, 60))
    services.extend(attempt, walk.person("reviewer", "senior"), new_review_on=day, **WORDS)


def _propose_revoke(walk: Walk) -> None:
    attempt = walk.attempt("suspended")
    until = clock.today() + timedelta(days=walk.random.randint(1, 400))
    services.propose_revoke(attempt, walk.senior(), **WORDS, not_before_on=until)


def _end_proposal(walk: Walk) -> None:
    every = list(db.session.scalars(select(Proposal).order_by(Proposal.id)))
    if not every:
        raise NothingToDo
    one = walk.random.choice(every)
    attempt = db.session.get_one(Assessment, one.assessment_id)
    end = walk.random.choice((services.take_back_proposal, services.decline_to_sign))
    end(attempt, walk.senior(), one.id, words="Not now.")


def _uphold(walk: Walk) -> None:
    attempt = walk.attempt("refused", "suspended", "revoked")
    services.uphold(attempt, walk.person("appeal officer"), **WORDS)


def _hold_quietly(walk: Walk) -> None:
    club = walk.club()
    off = walk.random.random() < 0.5
    holding.propose_hold(club, walk.senior(), ADVICE, takes_listing_off=off)


def _end_hold(walk: Walk) -> None:
    holding.propose_end(walk.club(), walk.senior(), ADVICE)


def _sign_hold(walk: Walk) -> None:
    every = list(db.session.scalars(select(HoldProposal).order_by(HoldProposal.id)))
    if not every:
        raise NothingToDo
    unsigned = [one for one in every if one.signed_at is None and one.ended_at is None]
    holding.sign(walk.random.choice(unsigned or every), walk.senior())


def _activity(walk: Walk) -> Activity:
    club = walk.club()
    if not club.activities:
        raise NothingToDo
    return walk.random.choice(club.activities)


def _edit(walk: Walk) -> None:
    one = _activity(walk)
    owner = walk.owner(one.organisation)
    value: Any = walk.random.choice(
        (
            {"name": f"Club {walk.random.randint(1, 9)}"},
            {"summary": walk.random.choice(("Slowly.", "Call 01632 960222."))},
            {"max_months": walk.random.choice((155, 167))},
            {"about": {**one.about, "p_trips": {"said": walk.random.choice(("yes", "no"))}}},
        )
    )
    organisations.change_activity(one, owner, **value)


def _pause(walk: Walk) -> None:
    one = _activity(walk)
    act = walk.random.choice((organisations.pause, organisations.resume))
    act(one, walk.owner(one.organisation))
    publish(one.organisation)  # as the page does, in the same transaction


def _change(walk: Walk, *states: str) -> Change:
    every = list(db.session.scalars(select(Change).order_by(Change.id)))
    fitting = [one for one in every if one.state in states]
    if not every:
        raise NothingToDo
    return walk.random.choice(fitting or every)


def _accept(walk: Walk) -> None:
    one = _change(walk, "waiting")
    who = walk.person("reviewer", "other reviewer", "senior", "other senior")
    changes.accept(one, who, version=one.version, reason="It is fine.")


def _send_change_back(walk: Walk) -> None:
    one = _change(walk, "waiting")
    who = walk.person("reviewer", "other reviewer", "senior")
    changes.send_back(one, who, version=one.version, words="Say more.")


def _help(walk: Walk) -> None:
    """Somebody of the council comes to help at a club, and so may not read its case."""
    club, helper = walk.club(), walk.person("other reviewer", "third senior")
    if helper is None or helper.id in club.member_ids:
        raise NothingToDo
    club.members.append(
        Membership(account_id=helper.id, account=helper, role="member", since=clock.now())
    )


def _wait(walk: Walk) -> None:
    """Days pass; most often the night does its work, and sometimes it does not run."""
    walk.time.move(days=walk.random.choice((1, 1, 3, 7, 15, 30, 70)), hours=walk.random.random())
    if walk.random.random() < 0.6:
        night = run_night()
        assert not night.failed, night.failed


def _by_its_people(weight: float, verb: Callable[..., object], *states: str) -> Deed:
    def act(walk: Walk) -> None:
        attempt = walk.attempt(*states)
        verb(attempt, walk.owner(attempt.organisation))

    return Deed(weight, act, states)


def _by_a_reader(weight: float, verb: Callable[..., object], *states: str) -> Deed:
    def act(walk: Walk) -> None:
        attempt = walk.attempt(*states)
        verb(attempt, walk.reader(attempt))

    return Deed(weight, act, states)


def _by_a_senior(weight: float, verb: Callable[..., object], *states: str, **words: str) -> Deed:
    def act(walk: Walk) -> None:
        verb(walk.attempt(*states), walk.senior(), **words)

    return Deed(weight, act, states)


def _begin(walk: Walk) -> None:
    club = walk.club()
    services.begin(club, walk.owner(club))


def _register(walk: Walk) -> None:
    if (db.session.scalar(select(func.count()).select_from(Organisation)) or 0) >= CLUBS:
        raise NothingToDo
    walk.register()


def _close_club(walk: Walk) -> None:
    club = walk.club()
    close_organisation(club, walk.owner(club))


ACTS: dict[str, Deed] = {
    "register": Deed(4, _register, ("approved", "draft")),
    "begin": Deed(5, _begin, ("approved", "lapsed", "refused", "revoked", "closed")),
    "answer everything": Deed(9, _answer_all, ("draft", "returned")),
    "submit": Deed(9, _submit, ("draft", "returned")),
    "take back": _by_its_people(1, services.take_back, "submitted"),
    "start review": _by_a_reader(9, services.start_review, "submitted"),
    "release": _by_a_reader(1, services.release, "in_review"),
    "find all met": Deed(8, _find_all, ("in_review",)),
    "find one": Deed(1, _find_one_not_met, ("in_review",)),
    "return": Deed(2, _return, ("in_review", "recommended")),
    "recommend": Deed(2, _recommend, ("in_review",)),
    "send back": _by_a_senior(2, services.send_back, "recommended", **WORDS),
    "approve": Deed(16, _approve, ("in_review", "recommended")),
    "clear a flag": Deed(2, _clear_flag, ("in_review", "recommended")),
    "refuse": Deed(4, _refuse, ("recommended",)),
    "extend": Deed(3, _extend, ("approved", "lapsed")),
    "suspend": _by_a_senior(3, services.suspend, "approved", **WORDS),
    "countersign": _by_a_senior(3, services.countersign, "suspended"),
    "propose to lift": _by_a_senior(3, services.propose_lift, "suspended", **WORDS),
    "sign a lift": _by_a_senior(3, services.sign_lift, "suspended"),
    "propose to revoke": Deed(3, _propose_revoke, ("suspended",)),
    "sign a revocation": _by_a_senior(3, services.sign_revoke, "suspended"),
    "end a proposal": Deed(1, _end_proposal, ("suspended",)),
    "uphold": Deed(3, _uphold, ("refused", "suspended", "revoked")),
    "reopen": _by_its_people(2, services.reopen, "abandoned"),
    "close": _by_its_people(0.3, services.close, "draft", "approved"),
    "close the club": Deed(0.1, _close_club),
    "propose a quiet hold": Deed(1.5, _hold_quietly, ("approved",)),
    "sign about a hold": Deed(4, _sign_hold, ("approved",)),
    "end a quiet hold": Deed(3, _end_hold, ("approved",)),
    "edit": Deed(4, _edit, ("approved",)),
    "pause or resume": Deed(2, _pause),
    "accept a change": Deed(5, _accept, ("approved",)),
    "send a change back": Deed(2, _send_change_back, ("approved",)),
    "help at a club": Deed(0.3, _help),
    "wait": Deed(6, _wait, ("draft", "approved")),
}
