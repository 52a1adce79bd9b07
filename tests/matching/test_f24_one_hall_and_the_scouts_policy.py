"""F24: two clubs share a hall, its postcode, and a policy that three or more hold."""

from flask import Flask

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.services.decide import needs_second_person
from registry.matching.queries import match_between, strong_matches
from registry.matching.scoring import Strength
from tests import factories as make
from tests.matching.story import SCOUT_POLICY, plan, read_by, sent


def test_they_are_worth_a_look_and_one_reviewer_approves_each(app: Flask) -> None:
    reviewer = make.a_reviewer()
    beavers = sent(plan("Penn Road Beavers"), [SCOUT_POLICY])
    explorers = sent(plan("Wolf Explorers"), [SCOUT_POLICY])
    # While only these two hold it, it says something; with a third it does not any more.
    assert strong_matches(beavers.organisation_id)
    assert "strong_match" in needs_second_person(explorers)
    sent(plan("Cubs of Bilston", "WV6 8QT"), [SCOUT_POLICY])
    match = match_between(beavers.organisation_id, explorers.organisation_id)
    assert (match.strength, match.hits) == (Strength.LOOK, ["postcode"])
    for case in (beavers, explorers):
        assert strong_matches(case.organisation_id) == []
        services.approve(read_by(reviewer, case), reviewer, **make.read(case))
        assert case.status == Status.APPROVED
