"""Which papers an invented club shows, and where it shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from registry.criteria.dates import add_months
from registry.demonstration.clubs import Club
from registry.demonstration.paperwork import NoPdfHere, paper

# What a plan said before the city's partnership had its present name and numbers.
_OLD_WORDS = {
    "council": "Wolverhampton Safeguarding Children Board (WSCB)",
    "mash": "01632 960001",
    "mash_out_of_hours": "01632 960002",
}
_OUTDOORS = ("outdoors",)


@dataclass(frozen=True)
class Shown:
    """A file, and the question for which it is shown first."""

    question: str
    name: str
    content: bytes


# The question that asks for each paper, for clubs of any size and for those with helpers.
EVERYONE = {
    "sg_policy": "safeguarding",
    "hs_policy": "health-and-safety",
    "hs_ra_all": "risk-check-hall",
    "hs_info": "child-details-form",
    "eq_policy": "equality",
}
WITH_HELPERS = {"sg_code": "code-of-conduct", "sr_steps": "recruitment-checklist"}


def papers_of(club: Club, asked: frozenset[str], reviewed_on: date, sent_on: date) -> list[Shown]:
    """The papers of a club, made in its own name, one for each question that wants its own."""
    return [
        Shown(question, *_made(club, name, question, reviewed_on, sent_on))
        for question, name in _wanted(club).items()
        if question in asked
    ]


def _wanted(club: Club) -> Mapping[str, str]:
    wanted = dict(EVERYONE)
    wanted["sg_policy"] = club.policy or EVERYONE["sg_policy"]
    if club.uses_national_policies:
        # Its plan is a link to the national body's; who to call here is the group's own paper.
        wanted["sg_steps"] = wanted.pop("sg_policy")
        wanted.pop("eq_policy")
    if set(club.places) <= {*_OUTDOORS, "online"}:
        wanted["hs_ra_all"] = "risk-check-outdoors"
    if not club.is_alone:
        wanted |= WITH_HELPERS
    if club.employees:
        wanted["hs_employers"] = "insurance"
    if "own_building" in club.places:
        wanted["hs_fire"] = "fire-risk-check"
    if club.open_access:
        wanted.pop("hs_info")
    return wanted


def _made(
    club: Club, name: str, question: str, reviewed_on: date, sent_on: date
) -> tuple[str, bytes]:
    kind = club.policy_as if question == "sg_policy" else "docx"
    if not club.has_own_papers:
        return _shared(name)
    facts = facts_of(club, reviewed_on, sent_on)
    if question == "sg_policy" and club.story.get("old_plan"):
        facts |= _OLD_WORDS
    try:
        return paper(name, club.name, kind, **facts)
    except NoPdfHere:
        return paper(name, club.name, "docx", **facts)


@cache
def _shared(name: str) -> tuple[str, bytes]:
    """One paper that serves every club of a register made for load tests."""
    return paper(name, "A club of a large register", "docx", reviewed_on=date(2026, 1, 5))


def facts_of(club: Club, reviewed_on: date, sent_on: date) -> dict[str, str | date]:
    """What the papers say of this club."""
    place = club.venues[0]
    plans = [one.plan for one in club.at_first()]
    names = " and ".join(name[0].lower() + name[1:] for name in [p.name for p in plans][:2])
    facts: dict[str, str | date] = {
        "reviewed_on": reviewed_on,
        "lead": club.safeguarding_lead,
        "lead_phone": club.phone,
        "lead_email": f"lead@{club.web}.example" if club.web else club.owner_email,
        "chair": club.chair or club.owner,
        "first_aider": club.deputy or club.safeguarding_lead,
        "place": place.name if place.privacy == "open" else "our room",
        "postcode": place.postcode if place.privacy == "open" else "kept private",
        "activity": names,
        "ages": f"{min(p.ages[0] for p in plans)} to {max(p.ages[1] for p in plans)}",
        "risk_checked_on": risk_checked_on(sent_on),
        "insured_until": insured_until(club, sent_on),
    }
    return facts | ({"deputy": club.deputy} if club.deputy else {})


def risk_checked_on(sent_on: date) -> date:
    """When a club walked round: three weeks before it sent its answers."""
    return sent_on - timedelta(days=21)


def insured_until(club: Club, sent_on: date) -> date:
    """When the insurance ends: nearly a year after it was sent, or as the story has it."""
    if club.employers_ended:
        return sent_on + timedelta(days=int(club.story["sent"]) - club.employers_ended)
    return add_months(sent_on, 11)
