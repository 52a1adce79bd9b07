"""Questions that the register itself asks about, whatever else an edition may change.

Dates run out by their answers, insurance is asked for again, the profile decides what is asked. An
edition may put them in other words; it cannot leave them out, nor take one of their parts away.
"""

from collections.abc import Iterator

from registry.criteria.content import Edition, ProfileQuestion, Question
from registry.criteria.loading import editions, load_edition

RELIED_ON = (
    "sg_review_date",
    "sg_lead",
    "sg_lone_contact",
    "sg_lead_training",
    "sr_roles",
    "sr_dbs_done",
    "hs_ra_all",
    "hs_ra_date",
    "hs_first_aid",
    "hs_employers",
    "hs_public",
    "hs_special",
)


def relied_on_problems(edition: Edition) -> list[str]:
    """What an edition has taken away that the register cannot do without, one sentence each."""
    return list(_missing(edition, load_edition(editions()[0])))


def _missing(edition: Edition, first: Edition) -> Iterator[str]:
    there: dict[str, Question | ProfileQuestion] = {one.key: one for one in edition.questions}
    there |= {one.key: one for one in edition.profile_questions}
    needed: list[Question | ProfileQuestion] = [first.question(key) for key in RELIED_ON]
    for question in (*needed, *first.profile_questions):
        kept = there.get(question.key)
        if kept is None:
            yield f"{question.key}: the register needs this question; put it back"
            continue
        parts = {part.name: part.type for part in kept.parts}
        for part in question.parts:
            if parts.get(part.name) != part.type:
                yield f"{question.key}: the register needs its part {part.name} ({part.type})"
