"""Every email with what it is told, as it is told in real life: the readers, and their words.

A new template needs a row here. `tests/emails/test_snapshots.py` keeps how each one reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path("templates/emails")
SITE = "https://safe-and-sound.example"


@dataclass(frozen=True)
class Letter:
    """One email in one situation. `reader` is who opens its links: owner, helper, council or
    anybody."""

    template: str
    situation: str = ""
    reader: str = "owner"
    told: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its snapshot."""
        told = f"-{self.situation}" if self.situation else ""
        return f"{self.template.replace('/', '-')}{told}"


# What the services hand to their messages. `{site}` stands for the address of the installation.
FACTS = {
    "name": "Marcia Bent",
    "organisation": "Kingfisher Dance Project",
    "reference": "SAS-7KQ2MX",
    "status": "approved",
    "renewal": "",
    "listed_until": "12 February 2027",
    "would_be_listed_until": "12 February 2028",
    "days_left": "30",
    "desk_link": "{site}/club/1",
    "people_link": "{site}/club/1/people",
    "change_link": "{site}/club/1/changes/1",
    "case_link": "{site}/council/cases/1",
    "public_link": "{site}/organisations/kingfisher-dance-project",
    "by": "Tomasz Zając",
    "to": "Tomasz Zając",
    "lead": "Dawn Whitehouse",
    "until": "18 December 2026",
    "due_on": "18 December 2026",
    "told_on": "23 November 2026",
    "what": "Employers’ liability insurance",
    "kind": "change_overdue",
    "purpose": "confirm_email",
    "seed": "the-same-seed-in-every-run",
    "invited_by": "Marcia Bent",
    "role": "member",
    "count": "1",
    "left": "9",
    "changed_on": "2026-11-22",
    "changed_time": "16:30",
    "is_over": "",
    "covered": "",
    "who": "Ofsted",
    "their_reference": "OF-2026-114",
    "reason": "Your plan names no safeguarding lead. It has to say who to tell.",
    "words": "Please add the number of the hall.",
    "questions": (
        "Do you have clear steps for when someone is worried about a child?\n"
        "Your steps do not name the night number. Add 01902 552999, please."
    ),
    "things": (
        "EMPLOYERS’ LIABILITY INSURANCE\n"
        "The last day is 9 December 2026. That is 17 days away.\n"
        "What to do: Renew it. Then send us the new paper. {site}/club/1/tell/answer/hs_employers\n"
        "If you do nothing: The law asks for it. We will ask you for the new paper the day after."
    ),
}
TWO_THINGS = (
    f"{FACTS['things']}\n\n"
    "YOUR TIME ON THE LIST\n"
    "Today, 22 November 2026, is the last day.\n"
    "What to do: Renew your self-check. {site}/club/1\n"
    "If you do nothing: This takes you off the list."
)
APPEAL = {
    "what": "not to put you on the list",
    "appeal_link": "{site}/club/1/appeal",
    "answer_by": "22 December 2026",
    "decided_on": "2 November 2026",
    "not_before_on": "",
    "is_late": "",
}
MERGED = {
    "kept": "Kingfisher Dance Project",
    "duplicate": "Kingfisher Dance",
    "is_kept": "yes",
}
CHANGE = {"case_link": "{site}/council/changes/1"}
LETTERS = (
    Letter("account/already-registered", reader="anybody"),
    Letter("account/confirm-email", reader="anybody"),
    Letter("account/deleted", reader="anybody"),
    Letter("account/email-changed", reader="anybody"),
    Letter("account/new-email", reader="anybody", told={"purpose": "change_email"}),
    Letter("account/password-changed", reader="anybody"),
    Letter("account/recovery-code-used", reader="anybody"),
    Letter("account/reset-password", reader="anybody", told={"purpose": "reset_password"}),
    Letter("account/roles-changed", "", "anybody", {"roles": "reviewer, senior reviewer"}),
    Letter("account/roles-changed", "none-left", "anybody", {"roles": ""}),
    Letter("account/second-factor-removed", "by-yourself", "anybody", {"by": ""}),
    Letter("account/second-factor-removed", "reset", "anybody", {"by": "the council"}),
    Letter("account/second-factor-set", reader="anybody"),
    Letter(
        "account/work-invitation",
        reader="anybody",
        told={"purpose": "reset_password", "roles": "reviewer, senior reviewer"},
    ),
    Letter("club/abandoned"),
    Letter("club/appeal", "read-again", told={"status": "submitted"}),
    Letter("club/appeal", "listed", told={"status": "approved"}),
    Letter("club/appeal", "too-late", told={"status": "lapsed"}),
    *(
        Letter("club/appeal-decided", outcome.replace("_", "-"), told={**APPEAL, **told})
        for outcome, told in {
            "changed": {"outcome": "changed", "not_before_on": "1 March 2027"},
            "not_upheld": {"outcome": "not_upheld"},
            "turned_down": {"outcome": "turned_down"},
            "over": {"outcome": "over"},
        }.items()
    ),
    Letter("club/appeal-received", "in-time", told=APPEAL),
    Letter("club/appeal-received", "late", told={**APPEAL, "is_late": "yes", "answer_by": ""}),
    Letter("club/assisted-entry", told={"signed_by": "Marcia Bent"}),
    Letter("club/back"),
    Letter("club/change-accepted"),
    Letter("club/change-sent-back"),
    Letter("club/closed"),
    Letter("club/handed-over", reader="helper"),
    Letter("club/invitation", "helper", "anybody", {"purpose": "invitation"}),
    Letter("club/invitation", "owner", "anybody", {"purpose": "invitation", "role": "owner"}),
    Letter("club/lapsed"),
    Letter("club/lead", reader="anybody", told={"purpose": "lead"}),
    Letter("club/lead-leaving", "covered", told={"covered": "yes"}),
    Letter("club/lead-leaving", "nobody-covers"),
    Letter("club/letter-corrected", told=APPEAL),
    Letter("club/lifted", "listed"),
    Letter("club/lifted", "too-late", told={"status": "lapsed"}),
    Letter("club/listed"),
    Letter("club/merged", "kept", told=MERGED),
    Letter("club/merged", "closed", told={**MERGED, "is_kept": ""}),
    Letter("club/not-the-lead"),
    Letter("club/now-helper", reader="helper"),
    Letter("club/now-owner"),
    Letter("club/off-the-list", "overdue"),
    Letter("club/off-the-list", "lead", told={"kind": "lead_vacant"}),
    Letter("club/place-asked-for"),
    Letter("club/place-declined"),
    Letter("club/place-given"),
    Letter("club/place-objected", reader="helper"),
    Letter("club/place-offered", reader="helper"),
    Letter("club/place-refused", reader="helper"),
    Letter("club/place-taken", reader="helper"),
    Letter("club/received"),
    Letter("club/refused"),
    Letter("club/reminder", "one-date"),
    Letter("club/reminder", "two-dates", told={"count": "2", "things": TWO_THINGS}),
    Letter("club/reminder", "lapsed", told={"status": "lapsed"}),
    Letter("club/removed", reader="anybody"),
    Letter("club/returned", "one"),
    Letter("club/returned", "two", told={"count": "2"}),
    Letter("club/revoked"),
    Letter("club/still-reading", "in-time"),
    Letter("club/still-reading", "late", told={"is_over": "yes"}),
    Letter("club/suspended"),
    Letter("club/taken-down", told={"what": "The picture of Street Dance Juniors"}),
    Letter(
        "club/wrong-file",
        "now",
        told={
            "why": "It is a form that somebody filled in. Send a blank one instead.",
            "opened": "now",
        },
    ),
    Letter(
        "club/wrong-file",
        "later",
        told={
            "why": "It is a form that somebody filled in. Send a blank one instead.",
            "opened": "later",
        },
    ),
    Letter(
        "club/wrong-file",
        "no-more",
        told={
            "why": "It is a form that somebody filled in. Send a blank one instead.",
            "opened": "",
        },
    ),
    *(
        Letter(
            "council/appeal",
            situation,
            "council",
            {"case_link": "{site}/council/appeals", "is_late": is_late},
        )
        for situation, is_late in {"in-time": "", "late": "yes"}.items()
    ),
    Letter("council/changes", reader="council", told=CHANGE),
    Letter(
        "council/data-breach",
        reader="council",
        told={
            "case_link": "{site}/admin/breaches/1",
            "why": "A form that somebody filled in",
            "count": "2",
        },
    ),
    Letter(
        "council/wrong-file",
        reader="council",
        told={
            "case_link": "{site}/council/lost-papers/1",
            "why": "A form that somebody filled in",
        },
    ),
    Letter("council/closed", reader="council"),
    Letter(
        "council/hand-over", reader="council", told={"case_link": "{site}/council/hand-overs/1"}
    ),
    Letter("council/insurance-ending", reader="council", told=CHANGE),
    Letter("council/lead-leaving", "covered", "council", {**CHANGE, "covered": "yes"}),
    Letter("council/lead-leaving", "nobody-covers", "council", CHANGE),
    Letter(
        "council/contacts",
        reader="council",
        told={
            "count": "2",
            "labels": "* Worried about a child\n* Worried about an adult who works with children",
            "contacts_link": "{site}/admin/contacts",
        },
    ),
    Letter(
        "council/look-today",
        reader="council",
        told={"reference": "TU-7KQ2MX", "link": "{site}/council/concerns/1"},
    ),
    Letter("council/new", "first", reader="council"),
    Letter("council/new", "renewal", reader="council", told={"renewal": "yes"}),
    Letter("council/regulator", reader="council", told=CHANGE),
    Letter("council/second-person", reader="council"),
    Letter("council/sent-back", reader="council"),
)


def told(letter: Letter, site: str) -> dict[str, str]:
    """Everything that a letter is told, with the addresses of this installation."""
    return {name: said.replace("{site}", site) for name, said in {**FACTS, **letter.told}.items()}


def templates() -> Iterator[str]:
    """Every template that is there."""
    for subject in sorted(FOLDER.glob("*/*/subject.txt")):
        yield f"{subject.parent.parent.name}/{subject.parent.name}"
