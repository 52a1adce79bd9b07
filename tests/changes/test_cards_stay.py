"""Whatever happens, a card says what was accepted, and nothing that waits (property test).

A machine edits, sends, accepts, sends back, takes back and renews in any order. Beside it stands a
model of its own that knows nothing of patches: what each activity may show, field by field.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from registry.assessments.models import Change
from registry.changes import services
from registry.clock import today
from registry.database import db
from registry.errors import StaleVersion
from registry.organisations.services import change_activity, change_details
from tests.changes.renewing import a_renewal, approve_renewal
from tests.changes.story import cards, changes, send_risk_check
from tests.changes.test_keeping import a_new_activity
from tests.factories import DANCE, a_reviewer, a_senior, an_approved, owner_of

NAMES = st.sampled_from(["Dance One", "Dance Two", "Dance Three", "Street Dance Juniors"])
MONTHS = st.sampled_from([60, 72, 84])
NOTES = st.sampled_from(["", "Half price for two.", "Ring 01902 551 155", "The safest price"])
WORDS = st.sampled_from(["A dance club.", "We dance.", "See www.example.org", "We are approved"])
PENCE = st.sampled_from([100, 350, 475])
TEXT_THAT_WAITS = ("01902", "safest", "www", "approved")
YES, NO = {"said": "yes"}, {"said": "no"}

TWO = replace(
    DANCE,
    activities=(
        DANCE.activities[0],
        replace(DANCE.activities[0], name="Ballet", summary="Ballet in a small group."),
    ),
)


def waits(words: str) -> bool:
    """What the model knows of the rules: these four pieces of text are read first."""
    return any(one in words for one in TEXT_THAT_WAITS)


class Changing(RuleBasedStateMachine):
    """A club on the list, its owner, and the council."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = db.session.begin_nested()
        self.standing = an_approved(plan=TWO)
        self.club = self.standing.organisation
        self.owner = owner_of(self.club)
        self.reviewer, self.senior = a_reviewer(), a_senior()
        self.renewals = 0
        # activity → field → what is in force; and what waits; and whether a risk hides it.
        self.shown: dict[int, dict[str, Any]] = {
            one.id: self._facts(one) for one in self.club.activities
        }
        self.waiting: dict[int, dict[str, Any]] = {one: {} for one in self.shown}
        self.club_shown = {"name": self.club.name, "description": self.club.description}
        self.club_waiting: dict[str, Any] = {}

    def teardown(self) -> None:
        """Nothing of this example is left for the next."""
        self.outer.rollback()
        db.session.expunge_all()

    def _facts(self, activity: Any) -> dict[str, Any]:
        return {
            "name": activity.name,
            "min_months": activity.min_months,
            "price_pence": activity.price_pence,
            "price_note": activity.price_note,
            "summary": activity.summary,
            "trips": False,
        }

    def _activity(self, which: int) -> Any:
        running = sorted(self.club.activities, key=lambda one: one.id)
        return running[which % len(running)]

    def _edit(self, activity: Any, name: str, value: Any, waits_for_us: bool) -> None:
        shown, waiting = self.shown[activity.id], self.waiting[activity.id]
        waiting.pop(name, None)
        if shown[name] == value:
            return
        if waits_for_us:
            waiting[name] = value
        else:
            shown[name] = value

    @rule(which=st.integers(0, 1), name=NAMES)
    def rename(self, which: int, name: str) -> None:
        """A new name waits."""
        activity = self._activity(which)
        change_activity(activity, self.owner, name=name)
        self._edit(activity, "name", name, True)

    @rule(which=st.integers(0, 1), months=MONTHS)
    def lower_the_age(self, which: int, months: int) -> None:
        """So does an age."""
        activity = self._activity(which)
        change_activity(activity, self.owner, min_months=months)
        self._edit(activity, "min_months", months, True)

    @rule(which=st.integers(0, 1), pence=PENCE)
    def reprice(self, which: int, pence: int) -> None:
        """A price is live at once."""
        activity = self._activity(which)
        change_activity(activity, self.owner, price_pence=pence)
        self._edit(activity, "price_pence", pence, False)

    @rule(which=st.integers(0, 1), note=NOTES)
    def note_the_price(self, which: int, note: str) -> None:
        """Words go either way, by what they hold."""
        activity = self._activity(which)
        change_activity(activity, self.owner, price_note=note)
        self._edit(activity, "price_note", note, waits(note))

    @rule(which=st.integers(0, 1), words=WORDS)
    def describe(self, which: int, words: str) -> None:
        """The same for a summary."""
        activity = self._activity(which)
        change_activity(activity, self.owner, summary=words)
        self._edit(activity, "summary", words, waits(words))

    @rule(which=st.integers(0, 1), on=st.booleans())
    def go_on_trips(self, which: int, on: bool) -> None:
        """A new risk hides its activity; one that has gone hides nothing."""
        activity = self._activity(which)
        about = {**activity.about, "p_trips": YES if on else NO}
        change_activity(activity, self.owner, about=about)
        self._edit(activity, "trips", on, True)

    @rule(name=NAMES)
    def rename_the_club(self, name: str) -> None:
        """A club's name waits."""
        change_details(self.club, self.owner, name=name)
        self.club_waiting.pop("name", None)
        if name != self.club_shown["name"]:
            self.club_waiting["name"] = name

    @rule(words=WORDS)
    def describe_the_club(self, words: str) -> None:
        """Its words go either way."""
        change_details(self.club, self.owner, description=words)
        self.club_waiting.pop("description", None)
        if words == self.club_shown["description"]:
            return
        (self.club_waiting if waits(words) else self.club_shown)["description"] = words

    def _one(self, which: int, *states: str) -> Change | None:
        found = [
            one for one in changes(self.club, *states) if one.about in ("activity", "organisation")
        ]
        return found[which % len(found)] if found else None

    @rule(which=st.integers(0, 5))
    def accept(self, which: int) -> None:
        """The council says yes to one of what waits."""
        change = self._one(which, "waiting")
        if change is None:
            return
        assert services.accept(change, self.reviewer, version=change.version, reason="Read.")
        if change.about == "organisation":
            self.club_shown |= self.club_waiting
            self.club_waiting.clear()
            return
        self.shown[change.record_id] |= self.waiting[change.record_id]
        self.waiting[change.record_id].clear()

    @rule(which=st.integers(0, 5))
    def accept_what_was_read_before(self, which: int) -> None:
        """A decision on an older version changes nothing."""
        change = self._one(which, "waiting")
        if change is None or change.version < 2:
            return
        with pytest.raises(StaleVersion):
            services.accept(change, self.reviewer, version=change.version - 1, reason="Read.")

    @rule(which=st.integers(0, 5))
    def send_back(self, which: int) -> None:
        """The council says: not like this. It still waits to be mended."""
        change = self._one(which, "waiting")
        if change is not None:
            services.send_back(change, self.reviewer, version=change.version, words="Mend it.")

    @rule(which=st.integers(0, 5))
    def take_back(self, which: int) -> None:
        """The club thinks better of it."""
        change = self._one(which, "waiting", "sent_back")
        if change is None:
            return
        services.take_back(change, self.owner)
        if change.about == "organisation":
            self.club_waiting.clear()
        else:
            self.waiting[change.record_id].clear()

    @rule(which=st.integers(0, 5))
    def look_over(self, which: int) -> None:
        """Somebody looks at what went live."""
        change = self._one(which, "live")
        if change is not None:
            services.read_over(change, self.reviewer)

    @precondition(lambda self: len(self.club.activities) < 3)
    @rule()
    def add_an_activity(self) -> None:
        """A new one waits alone, whatever becomes of the others."""
        new = a_new_activity(self.club, self.owner, "Tap dance")
        change = send_risk_check(new, self.owner)
        assert new.id not in cards(self.club)
        services.accept(change, self.reviewer, version=change.version, reason="Read.")
        self.shown[new.id] = self._facts(new)
        self.waiting[new.id] = {}

    @precondition(lambda self: self.renewals == 0)
    @rule(name=NAMES, pence=PENCE)
    def renew(self, name: str, pence: int) -> None:
        """A renewal is sent; something waits and something goes live while it is read."""
        self.renewals += 1
        self.standing.listed_until = today() + timedelta(days=40)
        renewal = a_renewal(self.club, self.owner)
        self.rename(0, name)
        self.reprice(1, pence)
        self.accept(0)
        approve_renewal(renewal, self.reviewer)

    @invariant()
    def the_cards_say_exactly_what_is_in_force(self) -> None:
        """After every step."""
        found = cards(self.club)
        hidden = {one for one, told in self.waiting.items() if told.get("trips")}
        assert set(found) == set(self.shown) - hidden
        for number, card in found.items():
            shown = self.shown[number]
            assert card["name"] == shown["name"]
            assert card["ages"]["min_months"] == shown["min_months"]
            assert card["cost"]["pence"] == shown["price_pence"]
            assert card["cost"]["note"] == shown["price_note"]
            assert card["summary"] == shown["summary"]
            assert card["organisation"]["name"] == self.club_shown["name"]
            assert card["organisation"]["description"] == self.club_shown["description"]


def test_a_change_never_alters_the_card_until_accepted_whatever_else_happens(app):
    run_state_machine_as_test(
        Changing,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
