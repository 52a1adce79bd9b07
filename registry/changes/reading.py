"""A change as a reviewer reads it: before and after, the papers, what follows, what may be done."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from registry import clock
from registry.assessments import promises
from registry.assessments.models import Change
from registry.assessments.promises import CHANGE_WITHIN, Target
from registry.changes import services, wording
from registry.changes.profiles import question_of
from registry.changes.queries import open_changes, papers_of, people
from registry.criteria.paper_risks import PaperRisk, risks_for
from registry.files.models import StoredFile
from registry.files.services import text_of
from registry.organisations.facts import fact
from registry.people.models import NamedLead
from registry.people.queries import named_lead
from registry.permissions import P, can

__all__ = ["READY_WORDS", "ChangeView", "Target", "target_of"]

# Words to send back with, ready to take over and to alter.
READY_WORDS = {
    "name": "Is this the name that you use everywhere? Please write it in full.",
    "ages": "Please tell us how you keep the new ages safe: the groups, and who looks after them.",
    "new_venue": "Please look at your risk check again for the new place, and send it.",
    "address": "Please check the address and the postcode. We could not find this place.",
    "text": "Please leave out phone numbers, addresses, links, and words such as safe or approved.",
    "price": "Please leave out phone numbers, addresses, links, and words such as approved.",
    "picture": "Please choose a picture of the place, the kit or your logo. No child in it.",
    "flag_on": "Please send the answers that this brings along first. Then we can say yes.",
    "flag_off": "Please tell us in a few words why this is over.",
    "new_activity": "Please make the risk check fit this activity, its place and its ages.",
    "risk_check": "Please make the risk check fit this activity, its place and its ages.",
    "lead": "Please tell us when the new lead last had training, and how we can reach them.",
    "review_date": "Please show us where the plan says that it was looked at on that day.",
    "insurance": "Please send the page that shows your club’s name and the last day.",
}
LONG_ENOUGH = "Please look at this again and tell us more."


UNDER_8 = 8  # years


def target_of(change: Change, today: date) -> Target:
    """The clock of one that waits: it starts on the working day after it was sent."""
    since = clock.local(change.sent_at or change.told_at).date()
    return promises.target_of([(since, None)], today, CHANGE_WITHIN)


@dataclass(frozen=True)
class Shown:
    """One paper, with its words as far as a machine can read them."""

    file_id: int
    name: str
    stored: StoredFile
    risks: tuple[PaperRisk, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """Its words, line by line."""
        return [line for line in text_of(self.stored).splitlines() if line.strip()]


@dataclass(frozen=True)
class ChangeView:
    """Everything that the council's page of a change shows."""

    change: Change
    actor: Any

    @property
    def title(self) -> str:
        """What it is about."""
        return wording.title_of(self.change)

    @cached_property
    def lines(self) -> list[wording.Line]:
        """Before and after, in words."""
        return wording.lines_of(self.change)

    @cached_property
    def whole(self) -> list[tuple[str, list[str]]]:
        """All that a new activity says of itself, as it was sent."""
        record = dict(self.change.after.get("record") or {})
        record.pop("ages_said", None)  # the ages say it themselves
        if record.get("min_months", 0) >= UNDER_8 * 12:
            record.pop("about.p_ages", None)  # long stays are asked of children under 8 only
        told = [(wording.label_of(n), wording.said(n, value)) for n, value in record.items()]
        return [(label, lines) for label, lines in told if lines != [wording.NOTHING]]

    @cached_property
    def pictures(self) -> list[tuple[str, dict[str, Any]]]:
        """The pictures to look at: the one that was, and the one that is to be."""
        fields = self.change.fields
        told = fields.get("picture") or {"before": None, "after": None}
        new = (self.change.after.get("record") or {}).get("picture")
        found = (("Before", told["before"]), ("After", told["after"]), ("Its picture", new))
        return [(words, one) for words, one in found if one]

    @cached_property
    def papers(self) -> list[Shown]:
        """The papers of the answer."""
        return [
            Shown(one.file_id, one.file.name, one.file, risks_for(one.risks, one.question_key))
            for one in papers_of(self.change)
        ]

    @cached_property
    def contact(self) -> dict[str, Any]:
        """The private contact in the answer; whoever shows it records that it was read."""
        question = question_of(self.change.assessment, self.change.question_key)
        for part in question.parts if question else ():
            if part.type == "contact" and self.change.after.get(part.name):
                return dict(self.change.after[part.name])
        return dict(self.change.after.get("cover") or {})  # who stands in for a lead who left

    @property
    def lead(self) -> NamedLead | None:
        """What the lead in this answer said to it, by the link of our email."""
        return named_lead(self.change.organisation_id, str(self.contact.get("email", "")))

    @property
    def target(self) -> Target:
        """Its clock."""
        return target_of(self.change, clock.today())

    @cached_property
    def others(self) -> list[tuple[Change, str, str]]:
        """What else is open for this club: it may belong together."""
        return [
            (one, wording.title_of(one), wording.state_for_council(one))
            for one in open_changes(self.change.organisation_id)
            if one.id != self.change.id and can(self.actor, P.READ_CHANGE, one)
        ]

    @cached_property
    def would_fail(self) -> list[str]:
        """The points that the rules would not find met with it."""
        return services.what_it_would_fail(self.change) if self.change.state == "waiting" else []

    @property
    def needs_senior(self) -> bool:
        """Whether a second person has to sign."""
        return services.needs_second_person(self.change)

    @property
    def is_theirs_to_sign(self) -> bool:
        """Whether this person may sign what another recommended."""
        return (
            self.change.recommended_by_id is not None
            and self.change.recommended_by_id != self.actor.id
            and can(self.actor, P.SIGN_CHANGE, self.change)
        )

    @property
    def may_decide(self) -> bool:
        """Whether this person may accept it or send it back now."""
        return self.change.state == "waiting" and can(self.actor, P.DECIDE_CHANGE, self.change)

    @property
    def may_accept(self) -> bool:
        """Whether this person may say yes now: not to what they recommended themselves."""
        if not self.may_decide:
            return False
        recommended = self.change.recommended_by_id is not None
        return not (self.needs_senior and recommended) or self.is_theirs_to_sign

    @property
    def may_look_over(self) -> bool:
        """Whether nobody has looked at this live one yet, and this person may."""
        is_new = self.change.state == "live" and self.change.read_at is None
        return is_new and can(self.actor, P.DECIDE_CHANGE, self.change)

    @cached_property
    def may_take_down(self) -> bool:
        """Whether what it put on the list is still there, and can be taken down."""
        change = self.change
        if change.state not in ("live", "accepted") or change.about == "question":
            return False
        if change.kind not in ("picture", "text", "price", "times", "contact"):
            return False
        record = services.find_record(change)
        is_there = record is not None and any(
            fact(record, name) == told["after"] and told["after"] != told["before"]
            for name, told in change.fields.items()
        )
        return is_there and can(self.actor, P.DECIDE_CHANGE, change)

    @property
    def ready_words(self) -> str:
        """Words to begin with when it is sent back."""
        return READY_WORDS.get(self.change.kind, LONG_ENOUGH)

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of the people who had a part in it."""
        change = self.change
        return people(
            {
                change.told_by_id,
                change.recommended_by_id,
                change.settled_by_id,
                change.read_by_id,
            }
        )

    def since(self, version: int) -> list[wording.Line]:
        """What was altered since this person opened that version."""
        return wording.what_differs(self.change, version)
