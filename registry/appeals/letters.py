"""The emails about appeals, and the letter with a plain error put right."""

from collections.abc import Mapping

from registry.appeals.models import Appeal
from registry.appeals.rules import answer_by
from registry.assessments.letters import LETTERS_WITH_REASONS, desk_link, owners_of
from registry.assessments.models import Assessment
from registry.config import settings
from registry.messages.services import queue
from registry.web.formats import long_date


def received(appeal: Appeal, key: object) -> None:
    """We have it; the council's team is told that one came."""
    begins = appeal.begins_on
    _to_owners(
        "club/appeal-received",
        appeal.assessment,
        key,
        {
            "what": LETTERS_WITH_REASONS[appeal.against],
            "answer_by": long_date(answer_by(begins)) if begins else "",
            "is_late": "" if begins else "yes",
        },
    )
    queue(
        "council/appeal",
        settings().council_email,
        {
            "name": "team",
            "organisation": appeal.organisation.name,
            "reference": appeal.assessment.reference,
            "is_late": "" if begins else "yes",
            "case_link": f"{settings().public_url}/council/appeals",
        },
        f"council/appeal:{appeal.id}:{key}",
        organisation_id=appeal.organisation_id,
    )


def excused(appeal: Appeal, key: object) -> None:
    """It came late for a good reason, and is looked at."""
    assert appeal.begins_on is not None
    words = {
        "what": LETTERS_WITH_REASONS[appeal.against],
        "answer_by": long_date(answer_by(appeal.begins_on)),
    }
    _to_owners("club/appeal-received", appeal.assessment, key, {**words, "is_late": ""})


def answered(appeal: Appeal, key: object) -> None:
    """The answer, where no step of the lifecycle sends it: nothing was upheld."""
    _to_owners(
        "club/appeal-decided",
        appeal.assessment,
        key,
        {
            "what": LETTERS_WITH_REASONS[appeal.against],
            "outcome": str(appeal.outcome),
            "reason": appeal.reason,
            "not_before_on": long_date(appeal.assessment.not_before_on),
        },
    )


def corrected(assessment: Assessment, action: str, decided: str, words: str, key: object) -> None:
    """The words of an earlier letter as they should have been."""
    _to_owners(
        "club/letter-corrected",
        assessment,
        key,
        {"what": LETTERS_WITH_REASONS[action], "decided_on": decided, "reason": words},
    )


def _to_owners(
    template: str, assessment: Assessment, key: object, words: Mapping[str, str]
) -> None:
    organisation = assessment.organisation
    for name, address in owners_of(organisation):
        queue(
            template,
            address,
            {
                "name": name,
                "organisation": organisation.name,
                "reference": assessment.reference,
                "desk_link": desk_link(organisation),
                "appeal_link": f"{desk_link(organisation)}/appeal",
                **words,
            },
            f"{template}:{assessment.id}:{key}:{address}",
            organisation_id=organisation.id,
        )
