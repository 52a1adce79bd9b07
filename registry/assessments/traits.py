"""What an organisation is known by, with all that it ever sent: for registry.matching to compare.

It is gathered when a club registers, whenever it sends something, and at night for records that
came before anybody did so.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from registry.assessments.model_text_files import FILE_KINDS, is_model_text
from registry.assessments.models import Submission
from registry.assessments.standing import all_assessments
from registry.criteria.profile import Profile
from registry.matching import services as matching
from registry.matching.gathering import known_by, known_by_contact, known_by_facts
from registry.matching.names import (
    plain_charity_number,
    plain_company_number,
    plain_ofsted_number,
    plain_postcode,
)
from registry.organisations.models import Organisation

__all__ = ["compare_with_others"]

LEAD = "sg_lead"


def compare_with_others(organisation: Organisation) -> None:
    """Hold an organisation against every other record, with all that it is known by.

    Call it after the act's entry is written (matching.services.remember).
    """
    sent = [one for case in all_assessments(organisation.id) for one in case.submissions]
    known = set(known_by(organisation))
    for submission in sent:
        known |= set(_known_by_what_was_sent(submission.document))
    matching.remember(organisation.id, known, is_ours=is_model_text, may_be_ours=_ours(sent))


def _known_by_what_was_sent(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The numbers, the lead, the papers and the places of one submission, and its own facts."""
    profile = Profile.from_answers(document["answers"], document["activities"])
    yield "charity", plain_charity_number(profile.charity_number)
    yield "company", plain_company_number(profile.company_number)
    yield "ofsted", plain_ofsted_number(profile.ofsted_urn)
    yield from known_by_facts(document["organisation"])
    lead = (document["answers"].get(LEAD) or {}).get("lead")
    if isinstance(lead, Mapping):
        yield from known_by_contact(lead)
    for paper in document["evidence"]:
        yield "file", str(paper["sha256"])
    for place in document["places"]:
        yield "postcode", plain_postcode(place["postcode"])


def _ours(sent: list[Submission]) -> set[str]:
    """The papers that may be one of our texts as it was handed out: by what sort of file it is."""
    papers = (paper for submission in sent for paper in submission.document["evidence"])
    return {str(paper["sha256"]) for paper in papers if paper["kind"] in FILE_KINDS}
