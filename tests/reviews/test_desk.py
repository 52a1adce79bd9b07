"""The council's desk in pages: the queue, a case, findings and decisions."""

import pytest
from flask import Flask

from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.database import db
from tests import factories as make
from tests.page import Visitor


@pytest.fixture
def desk(client: Visitor) -> Visitor:
    """A reviewer at the desk."""
    reviewer = make.a_person("Jo Bennett", "reviewer", email="jo@example.gov.uk")
    db.session.commit()
    client.sign_in(reviewer.email)
    return client


def test_a_reviewer_takes_the_next_case_reads_every_question_and_approves(
    desk: Visitor, app: Flask
) -> None:
    assessment = make.a_submitted()
    db.session.commit()
    page = desk.get("/council")
    assert page.tables[0][1][0].startswith("Kingfisher Dance Project")
    page = page.press("Take the next case")
    for _ in range(60):
        if "questions/" not in page.path:
            break
        page = page.form().fill(result="met", reason="Seen.").submit("Save, next question")
    assert page.path == f"/council/cases/{assessment.id}"
    page = page.follow("Approve")
    assert "All four points are met today" in page.main
    page = page.form().submit("See the letter").press("Approve")
    assert "is on the list" in page.text
    db.session.expire_all()
    assert db.session.get_one(Assessment, assessment.id).status == Status.APPROVED
    assert db.session.query(Card).count() == 1


@pytest.mark.parametrize("key", ["sg_policy", "sg_lead"], ids=["a paper", "a private contact"])
def test_what_is_private_is_written_down_before_a_reviewer_sees_it(
    desk: Visitor, app: Flask, key: str
) -> None:
    assessment = make.a_submitted()
    db.session.commit()
    desk.get(f"/council/cases/{assessment.id}/questions/{key}")
    reads = {"sg_policy": "stored_file", "sg_lead": "contact"}
    entries = db.session.query(Entry).filter_by(action="read").all()
    assert [one.subject_type for one in entries] == [reads[key]]
    assert {one.organisation_id for one in entries} == {assessment.organisation_id}
