"""Papers: each shown for its own questions, private to its own attempt."""

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from registry.assessments.models import Assessment, Evidence
from registry.assessments.services.answers import kept_answer, save_answer
from registry.assessments.services.evidence import (
    add_paper,
    papers_of,
    remove_paper,
    reuse_paper,
    sent_files,
)
from registry.errors import BadInput, NotAllowedNow, NotFound, NotYours
from tests.factories import a_draft, a_member, a_person, a_submitted, owner_of
from tests.files.specimens import a_pdf


@pytest.fixture
def draft(app: Flask) -> Assessment:
    """A dance school's self-check that was just begun."""
    return a_draft()


def add(assessment: Assessment, key: str, name: str = "Plan.pdf", text: str = "Plan") -> Evidence:
    sent = FileStorage(BytesIO(a_pdf(text)), filename=name)
    return add_paper(assessment, owner_of(assessment), key, sent)


def test_a_helper_may_add_a_paper_and_a_stranger_may_not(draft: Assessment) -> None:
    sent = FileStorage(BytesIO(a_pdf("Plan")), filename="Plan.pdf")
    assert add_paper(draft, a_member(draft.organisation), "sg_policy", sent)
    with pytest.raises(NotYours):
        add_paper(draft, a_person(), "sg_policy", sent)


def test_no_paper_comes_in_once_it_is_sent(app: Flask) -> None:
    submitted = a_submitted()
    with pytest.raises(NotAllowedNow):
        add(submitted, "sg_policy", "Other.pdf", "Other")
    with pytest.raises(NotAllowedNow):
        remove_paper(submitted, owner_of(submitted), submitted.evidence[0])


def test_what_is_no_paper_is_refused_with_what_to_send_instead(draft: Assessment) -> None:
    sent = FileStorage(BytesIO(b"MZ\x90\x00"), filename="Plan.pdf")
    with pytest.raises(BadInput):
        add_paper(draft, owner_of(draft), "sg_policy", sent)
    assert not papers_of(draft, "sg_policy")


def test_a_file_of_another_attempt_cannot_be_used_again(draft: Assessment) -> None:
    theirs = add(a_draft(), "sg_policy")
    with pytest.raises(NotFound):
        reuse_paper(draft, owner_of(draft), "sg_steps", theirs.file_id)


def test_an_answer_never_points_at_another_clubs_paper(draft: Assessment) -> None:
    theirs = add(a_draft(), "sg_policy")
    activity = draft.organisation.activities[0].id
    owner = owner_of(draft)
    save_answer(draft, owner, "sg_steps", {"said": "yes", "file": [theirs.id]}, version=0)
    rows = [{"activity_id": activity, "file": theirs.id}]
    save_answer(draft, owner, "hs_ra_all", {"rows": rows}, version=0)
    steps, checks = kept_answer(draft, "sg_steps"), kept_answer(draft, "hs_ra_all")
    assert steps is not None
    assert checks is not None
    assert steps.parts == {"said": "yes"}
    assert checks.parts == {"rows": [{"activity_id": activity}]}


def test_a_paper_of_another_question_gets_a_place_of_its_own(draft: Assessment) -> None:
    paper = add(draft, "sg_policy")
    owner = owner_of(draft)
    save_answer(draft, owner, "sg_steps", {"said": "yes", "file": [paper.id]}, version=0)
    shown = papers_of(draft, "sg_steps")
    assert [one.file_id for one in shown] == [paper.file_id]
    steps = kept_answer(draft, "sg_steps")
    assert steps is not None
    assert steps.parts["file"] == [shown[0].id]
    assert len(sent_files(draft)) == 1


def test_a_removed_paper_leaves_every_answer_that_pointed_at_it(draft: Assessment) -> None:
    owner, activity = owner_of(draft), draft.organisation.activities[0].id
    paper = add(draft, "hs_ra_all")
    rows = [{"activity_id": activity, "file": paper.id}]
    save_answer(draft, owner, "hs_ra_all", {"rows": rows}, version=0)
    dates = [{"file": paper.id, "checked_on": "2026-05-01"}]
    save_answer(draft, owner, "hs_ra_date", {"rows": dates}, version=0)
    remove_paper(draft, owner, paper)
    checks, days = kept_answer(draft, "hs_ra_all"), kept_answer(draft, "hs_ra_date")
    assert checks is not None
    assert days is not None
    assert checks.parts == {"rows": [{"activity_id": activity}]}
    assert days.parts == {"rows": [{"checked_on": "2026-05-01"}]}


def test_the_page_to_read_goes_with_the_paper(draft: Assessment) -> None:
    paper = add(draft, "sg_steps")
    parts = {"said": "yes", "file": [paper.id], "page": "3"}
    save_answer(draft, owner_of(draft), "sg_steps", parts, version=0)
    assert paper.page == "3"
