"""What became of each invented club, as parts that happen on certain days.

A story is made of parts, each with its instant. All parts of all clubs are taken in the order of
time (registry.demonstration.building), each at its own instant, through the services that real
people use. So dates, decisions and the history are as they would have been.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from random import Random
from typing import Any
from zlib import crc32

from werkzeug.datastructures import FileStorage

from registry import clock
from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.evaluating import review_evaluation
from registry.assessments.models import Assessment
from registry.assessments.progress import Progress
from registry.assessments.publish import publish
from registry.assessments.services.answers import kept_answer, save_answer
from registry.assessments.services.evidence import add_paper, remove_paper
from registry.assessments.services.evidence import papers_of as papers_for
from registry.assessments.services.remind import remind
from registry.assessments.standing import latest_assessment, standing_assessment
from registry.criteria.dates import add_months
from registry.criteria.evaluation import Result
from registry.database import db
from registry.demonstration import walking
from registry.demonstration.club_answers import profile_answers, question_answers
from registry.demonstration.club_papers import papers_of
from registry.demonstration.clubs import Activity, Club
from registry.demonstration.moments import Part, at_desk, on
from registry.demonstration.noting import note_again, note_down
from registry.demonstration.people import People
from registry.demonstration.told_later import EVERY_RISK, lead_says_yes, tell
from registry.demonstration.walking import ClubPlan
from registry.organisations import services as organisations
from registry.organisations.models import Membership, Organisation

REVIEWERS = ("reviewer@example.org", "reviewer2@example.org")
SENIORS = ("senior@example.org", "senior2@example.org")
# What a story that names no days takes: from sending to the decision, and how long before it
# was sent the club checked its plan.
DAYS_TO_DECIDE = 14
DAYS_SINCE_CHECKED = 40
# How far along what a status needs: sent, read, decided.
SENT = frozenset({"submitted", "in_review", "returned", "recommended", "refused"})
LISTED_ONCE = frozenset({"approved", "lapsed", "suspended", "revoked", "closed"})


@dataclass(frozen=True)
class Attempt:
    """One attempt: how many days ago it was sent, and when the club had checked its plan."""

    sent: int
    reviewed_on: date
    took: int


class Story:
    """One club's story. Holds numbers of records and not the records: those are read anew."""

    def __init__(self, club: Club, people: People, today: date, seed: int) -> None:
        self.club = club
        self.people = people
        self.today = today
        self.told = club.story
        self.chance = Random(f"{seed} {club.name}")
        self.organisation_id = 0
        self.activity_ids: list[int] = []

    def parts(self) -> list[Part]:
        """Everything that happened, in order."""
        return sorted(self._parts(), key=lambda part: part[0])

    def _parts(self) -> Iterator[Part]:
        status = self.told["is"]
        attempt = self._attempt(self.told)
        earlier = self.told.get("earlier")
        yield (
            self._evening((earlier or self.told).get("sent", self.told.get("begun", 0)) + 12),
            (self._register),
        )
        if status in ("draft", "abandoned"):
            yield from self._leave_half_way()
            return
        if earlier:
            yield from self._be_read(self._attempt(earlier), is_first=True)
        if status in LISTED_ONCE:
            yield from self._be_read(attempt, is_first=not earlier)
            yield from self._afterwards(status)
            return
        yield from self._send(attempt, is_first=not earlier)
        if status in SENT - {"submitted"}:
            yield from self._wait(status, attempt)

    # Parts of a story, in the order of a life.

    def _leave_half_way(self) -> Iterator[Part]:
        begun, done = self.told["begun"], self.told["done"]
        attempt = Attempt(begun, self.today - timedelta(days=begun + 30), DAYS_TO_DECIDE)
        yield self._evening(begun), partial(self._begin, attempt, most=done)
        if self.told["is"] == "abandoned":
            left_on = add_months(self.today - timedelta(days=begun), 6) + timedelta(days=1)
            yield on(left_on, 0, 35), self._give_up

    def _send(self, attempt: Attempt, is_first: bool) -> Iterator[Part]:
        yield self._evening(attempt.sent + 8), partial(self._begin, attempt, most=14)
        yield self._evening(attempt.sent, late=True), partial(self._finish, attempt)

    def _be_read(self, attempt: Attempt, is_first: bool) -> Iterator[Part]:
        """Sent, read and approved; returned once where the story says so."""
        yield from self._send(attempt, is_first)
        yield self._evening(attempt.sent - 2), self._lead_says_yes
        yield self._desk(attempt.sent - 4, 10), self._start_review
        returned = self.told.get("returned")
        if returned and attempt.sent == self.told["sent"]:
            yield self._desk(attempt.sent - 5, 14), partial(self._return, returned)
            mended = attempt.sent - 9
            yield self._evening(mended), partial(self._mend, attempt, tuple(returned))
            yield self._desk(mended - 1, 9), self._start_review
        read = self._desk(attempt.sent - attempt.took + 1, 11)
        yield read, self._find
        yield read + timedelta(hours=2), self._approve
        yield self._desk(attempt.sent - attempt.took - 1, 15), self._sign
        if last_day := self._last_day_of(attempt):
            for days_before in (60, 30, 14, 7, 1, 0):
                due = last_day - timedelta(days=days_before)
                if self._decided_by(attempt) < due < self.today:
                    yield on(due, 0, 35), self._remind

    def _wait(self, status: str, attempt: Attempt) -> Iterator[Part]:
        """The case lies with a reviewer, with the club or with a senior."""
        yield self._desk(attempt.sent - 3, 10), self._start_review
        if status == "in_review":
            read = self._desk(attempt.sent - 4, 14)
            yield read, partial(self._find, most=self.told["read"])
            yield read + timedelta(hours=1), self._note
            yield read + timedelta(hours=3), self._note_again
        elif status == "returned":
            yield self._desk(attempt.sent - 5, 15), partial(self._return, self.told["words"])
        else:
            read = self._desk(attempt.sent - 8, 11)
            yield read, self._find
            if status == "recommended":
                yield read + timedelta(hours=1), self._approve
            else:
                yield read + timedelta(hours=1), self._recommend_refusal
                yield self._desk(attempt.sent - 11, 15), self._refuse

    def _afterwards(self, status: str) -> Iterator[Part]:
        """What came after the approval."""
        after = self.told.get("after", 0)
        if status == "lapsed":
            yield (
                on(self.today + timedelta(days=self.told["last_day"] + 1), 0, 35),
                self._lapse,
            )
        elif status == "closed":
            yield self._evening(after), self._close
        elif status == "suspended":
            yield self._desk(after, 11), self._suspend
            yield self._desk(after - 3, 9), self._countersign
        elif status == "revoked":
            yield self._desk(after, 11), self._suspend
            yield self._desk(after - 1, 9), self._countersign
            yield self._desk(after - 30, 14), self._propose_revoke
            yield self._desk(after - 33, 10), self._sign_revoke
        if renewal := self.told.get("renewal"):
            yield from self._send(self._attempt(renewal), is_first=False)
        for number, activity in enumerate(self.club.activities):
            if activity.later:
                yield self._evening(activity.later), partial(self._add_activity, number)
        if paused := self.told.get("paused"):
            yield self._evening(4), partial(self._pause, paused)
        for told in self.told.get("told", ()):
            yield self._evening(told["ago"]), partial(self._tell, told)

    # What happens in each part.

    def _register(self) -> None:
        club = self.club
        owner = self._owner()
        organisation = walking.register(
            ClubPlan(
                name=club.name,
                kind="large",
                venues=club.venues,
                activities=tuple(one.plan for one in club.at_first()),
                description=club.about,
                phone=club.shown_phone,
                email=club.shown_email,
                website=club.shown_website,
            ),
            owner,
        )
        for email, name in club.members:
            account = self.people.known(email, name)
            organisation.members.append(
                Membership(account_id=account.id, account=account, role="member", since=clock.now())
            )
        db.session.flush()
        self.organisation_id = organisation.id
        self.activity_ids = [one.id for one in organisation.activities]

    def _begin(self, attempt: Attempt, most: int | None = None) -> None:
        """Begin, tell of the club, and answer the first questions."""
        assessment = services.begin(self._organisation(), self._owner())
        for key, parts in profile_answers(self.club).items():
            self._say(assessment, key, parts)
        self._answer(assessment, attempt, most)

    def _finish(self, attempt: Attempt) -> None:
        """Answer the rest, and send."""
        assessment = self._latest()
        self._answer(assessment, attempt)
        walking.submit(assessment, self._owner())

    def _answer(self, assessment: Assessment, attempt: Attempt, most: int | None = None) -> None:
        asked = [question.key for question in Progress(assessment, clock.today()).asked]
        answers = self._answers(assessment, attempt, frozenset(asked))
        done = {one.question_key for one in assessment.answers if one.confirmed}
        for key in asked[:most]:
            if key in answers and key not in done:
                self._say(assessment, key, answers[key])

    def _answers(
        self, assessment: Assessment, attempt: Attempt, asked: frozenset[str]
    ) -> dict[str, dict[str, Any]]:
        sent_on = self.today - timedelta(days=attempt.sent)
        papers = self._papers(assessment, attempt, asked, sent_on)
        return question_answers(
            self.club,
            self._activities(),
            papers,
            sent_on=sent_on,
            reviewed_on=attempt.reviewed_on,
            chance=Random(f"{self.club.name} {attempt.sent}"),
        )

    def _papers(
        self, assessment: Assessment, attempt: Attempt, asked: frozenset[str], sent_on: date
    ) -> dict[str, int]:
        """The number of the paper that is shown first for each question; sent where missing."""
        own = {
            one.question_key: one.id
            for one in assessment.evidence
            if one.added_at >= assessment.begun_at
        }
        club = self.club
        if attempt.sent != self.told.get("sent"):
            club = replace(club, policy_as="docx")  # the quickest to make, for one that has gone
        for shown in papers_of(club, asked - own.keys(), attempt.reviewed_on, sent_on):
            last_years = papers_for(assessment, shown.question)
            file = FileStorage(BytesIO(shown.content), filename=shown.name)
            added = add_paper(assessment, self._owner(), shown.question, file, checked=EVERY_RISK)
            own[shown.question] = added.id
            for old in last_years:
                remove_paper(assessment, self._owner(), old)
        return own

    def _say(self, assessment: Assessment, key: str, parts: dict[str, Any]) -> None:
        kept = kept_answer(assessment, key)
        save_answer(assessment, self._owner(), key, parts, version=kept.version if kept else 0)

    def _start_review(self) -> None:
        services.start_review(self._latest(), self._reviewer())

    def _note(self) -> None:
        note_down(self._latest(), self._reviewer())

    def _note_again(self) -> None:
        note_again(self._latest(), self._reviewer())

    def _find(self, most: int | None = None) -> None:
        """Read question by question; say why wherever the finding is not what the rule suggests."""
        assessment = self._latest()
        submission = walking.latest_submission(assessment)
        worse = self.told.get("found", {})
        outcomes = review_evaluation(assessment, clock.today()).questions
        asked = [(key, one) for key, one in outcomes.items() if one.applies]
        found = {one.question_key for one in assessment.findings}
        for key, one in asked[:most]:
            if key in found:
                continue
            result = walking.fair_finding(one) if key not in worse else Result.NOT_MET
            services.record_finding(
                assessment,
                self._reviewer(),
                key,
                submission_id=submission.id,
                result=str(result),
                reason="" if result is one.suggested else worse.get(key, "The paper shows it."),
            )

    def _return(self, words: dict[str, str]) -> None:
        """Find what can be found, and send the rest back with words."""
        assessment = self._latest()
        submission = walking.latest_submission(assessment)
        outcomes = review_evaluation(assessment, clock.today()).questions
        for key in [*list(outcomes)[:6], *words]:
            one = outcomes[key]
            result = Result.NOT_MET if key in words else walking.fair_finding(one)
            if one.applies:
                services.record_finding(
                    assessment,
                    self._reviewer(),
                    key,
                    submission_id=submission.id,
                    result=str(result),
                    reason="" if result is one.suggested else words.get(key, "The paper shows it."),
                    words=words.get(key, ""),
                )
        services.return_for_changes(
            assessment, self._reviewer(), submission_id=submission.id, words=words
        )

    def _mend(self, attempt: Attempt, keys: tuple[str, ...]) -> None:
        """Change the answers that were sent back, and send again."""
        assessment = self._latest()
        for key in keys:
            kept = kept_answer(assessment, key)
            assert kept is not None
            note = {"note": "We have changed this as you asked. Please see the new page."}
            self._say(assessment, key, {**kept.parts, **note})
        walking.submit(assessment, self._owner())

    def _approve(self) -> None:
        """Approve, or recommend it where two people are needed."""
        assessment = self._latest()
        for flag, reason in self.club.clear.items():
            if flag not in {one.flag for one in assessment.clearances}:
                services.clear_flag(assessment, self._senior(), flag, reason)
        services.approve(
            assessment,
            self._reviewer(),
            submission_id=walking.latest_submission(assessment).id,
            reason="All four points are met.",
        )

    def _sign(self) -> None:
        """A senior signs what was recommended. Nothing to do where one person was enough."""
        assessment = self._latest()
        if assessment.status == "recommended":
            services.approve(
                assessment,
                self._senior(),
                submission_id=walking.latest_submission(assessment).id,
                reason="I have read the extra rules and agree.",
            )

    def _recommend_refusal(self) -> None:
        assessment = self._latest()
        services.recommend(
            assessment,
            self._reviewer(),
            submission_id=walking.latest_submission(assessment).id,
            what="refuse",
            reason=" ".join(self.told["found"].values()),
        )

    def _refuse(self) -> None:
        assessment = self._latest()
        services.refuse(
            assessment,
            self._senior(),
            submission_id=walking.latest_submission(assessment).id,
            reason=self.told["reason"],
        )

    def _suspend(self) -> None:
        services.suspend(self._standing(), self._senior(), reason=self.told["reason"])

    def _countersign(self) -> None:
        services.countersign(self._standing(), self._senior(other=True))

    def _propose_revoke(self) -> None:
        assessment = self._standing()
        services.propose_revoke(assessment, self._senior(), reason=self.told["reason"])

    def _sign_revoke(self) -> None:
        services.sign_revoke(self._standing(), self._senior(other=True))

    def _lapse(self) -> None:
        services.lapse(self._standing())

    def _remind(self) -> None:
        remind(self._standing())

    def _give_up(self) -> None:
        services.give_up(self._latest())

    def _close(self) -> None:
        services.close(self._standing(), self._owner())

    def _add_activity(self, number: int) -> None:
        """An activity that came after the council had read the others: it waits."""
        organisation, activity = self._organisation(), self.club.activities[number]
        venues = walking.venues_of(activity.plan, organisation.venues)
        walking.add_activity(organisation, self._owner(), "large", activity.plan, venues)

    def _pause(self, name: str) -> None:
        organisation = self._organisation()
        activity = next(one for one in organisation.activities if one.name == name)
        organisations.pause(activity, self._owner())
        publish(organisation)

    def _lead_says_yes(self) -> None:
        lead_says_yes(self._organisation())

    def _tell(self, told: dict[str, Any]) -> None:
        tell(self._organisation(), self._owner(), self._reviewer(), told)

    # Who and what, read anew each time.

    def _owner(self) -> Account:
        return self.people.known(self.club.owner_email, self.club.owner)

    def _reviewer(self) -> Account:
        """One of the two, always the same, and never one who runs the club."""
        other = self.told.get("reviewer", crc32(self.club.name.encode()) % 2 + 1) - 1
        return self.people.of_the_council(
            REVIEWERS[0 if self.club.owner_email in REVIEWERS else other]
        )

    def _senior(self, other: bool = False) -> Account:
        return self.people.of_the_council(SENIORS[(len(self.club.owner) + other) % 2])

    def _organisation(self) -> Organisation:
        return db.session.get_one(Organisation, self.organisation_id)

    def _latest(self) -> Assessment:
        found = latest_assessment(self.organisation_id)
        assert found is not None
        return found

    def _standing(self) -> Assessment:
        found = standing_assessment(self.organisation_id)
        assert found is not None
        return found

    def _activities(self) -> list[tuple[int, Activity]]:
        return list(zip(self.activity_ids, self.club.at_first(), strict=True))

    # When.

    def _attempt(self, told: Any) -> Attempt:
        sent = told.get("sent", 0)
        if "last_day" in told:
            reviewed_on = add_months(self.today + timedelta(days=told["last_day"]), -12)
        else:
            reviewed_on = self.today - timedelta(days=sent + DAYS_SINCE_CHECKED)
        return Attempt(sent, reviewed_on, told.get("took", DAYS_TO_DECIDE))

    def _last_day_of(self, attempt: Attempt) -> date:
        return add_months(attempt.reviewed_on, 12)

    def _decided_by(self, attempt: Attempt) -> date:
        return self._desk(attempt.sent - attempt.took - 1, 15).date()

    def _evening(self, days_ago: int, late: bool = False) -> datetime:
        """When somebody at a club sits down to it."""
        hour = self.chance.choice((20, 21) if late else (18, 19))
        return on(self.today - timedelta(days=days_ago), hour, self.chance.randrange(60))

    def _desk(self, days_ago: int, hour: int) -> datetime:
        return at_desk(self.today, days_ago, hour)
