"""F29: freedom of information gets counts, hidden under 5; a lead who asks gets the notes."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from registry import clock
from registry.assessments import services
from registry.audit.models import Entry
from registry.audit.services import record, record_read
from registry.data_protection import queries
from registry.data_protection.models import DataRequest
from registry.data_protection.services import requests, subject_access
from registry.database import db
from registry.errors import BadInput, NotYours, StaleVersion
from tests import factories as make

LEAD = "lead@kingfisher.example"


def _club_with_notes():
    """A case in which a reviewer wrote about its lead, and about somebody else."""
    assessment = make.in_review(met=False)
    reviewer = make.holder_of(assessment)
    contact = assessment.latest_submission.document["answers"]["sg_lead"]["lead"]
    helper = make.a_member(assessment.organisation)
    services.record_finding(
        assessment,
        reviewer,
        "sg_lead",
        **make.read(assessment),
        result="not_met",
        reason=f"The training is too old. {helper.name} rang from 01902 555 777 about it.",
        words="Please send a newer certificate of training.",
    )
    services.record_finding(
        assessment, reviewer, "eq_policy", **make.read(assessment), result="not_met",
        reason="The paper is about another club.",
    )  # fmt: skip
    services.write_note(assessment, reviewer, f"{contact['name']} was helpful.", "sg_policy")
    return assessment, contact, helper


def test_f29(app: Flask, new_visitor) -> None:
    assessment, contact, helper = _club_with_notes()
    officer = make.a_person("Ola Adeyemi", "administrator")
    make.with_hold(assessment, "quiet")
    record("set_quiet_hold", assessment, officer, restricted=True)
    db.session.commit()

    # The lead asks; the officer writes it down, and sees what is in the pack and what is not.
    desk = new_visitor()
    desk.sign_in(officer.email)
    page = desk.get("/admin/subject-access").form("/admin/subject-access")
    page = page.fill(name=contact["name"], reach=contact["email"]).submit("Look")
    asked = db.session.query(DataRequest).one()
    assert asked.due_on == requests.due_on("access", clock.today())
    assert "What is left out, and why" in page.main
    answer = page.form().submit("Make the pack")
    with zipfile.ZipFile(io.BytesIO(answer.response.data)) as archive:
        assert archive.namelist() == ["what-we-hold.json", "what-we-hold.html"]
        said = json.loads(archive.read("what-we-hold.json"))
        shown = archive.read("what-we-hold.html").decode()

    # The notes about the lead are in it, without anybody else in them.
    notes = json.dumps(said["What reviewers noted about them"])
    assert "The training is too old" in notes and "was helpful" in notes
    assert helper.name not in notes and "555 777" not in notes and "[somebody else]" in notes
    assert "about another club" not in notes
    assert said["Said of them in answers"][0]["name"] == contact["name"]

    # Nothing of the hold, and the words are the same where there is none.
    for text in (json.dumps(said), shown, page.main):
        assert "quiet_hold" not in text and "quiet hold" not in text

    # The entry came first.
    (entry,) = db.session.query(Entry).filter_by(action="taken_copy").all()
    assert (entry.subject_type, entry.subject_id) == ("data_request", str(asked.id))


def test_the_pack_is_the_same_with_and_without_a_hold(app: Flask) -> None:
    assessment, contact, _ = _club_with_notes()
    db.session.commit()
    before = subject_access.what_is_held(contact["name"], contact["email"]).parts
    make.with_hold(assessment, "quiet", off=True)
    record("set_quiet_hold", assessment, None, restricted=True)
    db.session.commit()
    assert subject_access.what_is_held(contact["name"], contact["email"]).parts == before


def test_somebody_with_an_account_gets_what_they_wrote_and_signed(app: Flask) -> None:
    assessment = make.a_submitted()
    owner = make.owner_of(assessment)
    answer = next(one for one in assessment.answers if one.question_key == "sg_lead")
    deputy = {"name": "Dawn Whitehouse", "phone": "01902 555 888"}
    answer.parts = {**answer.parts, "deputy": deputy}
    db.session.flush()
    held = subject_access.what_is_held(owner.name, owner.email).parts
    assert held["Account"][0]["email"] == owner.email
    assert held["What they signed"][0]["club"] == assessment.organisation.name
    assert any(
        one["question"] == "sg_policy" for one in held["What they wrote in answers and changes"]
    )
    lead = next(
        one
        for one in held["What they wrote in answers and changes"]
        if one["question"] == "sg_lead"
    )
    assert lead["said"]["lead"]["email"] == owner.email
    assert lead["said"]["deputy"] == "[somebody else]"
    assert held["Messages to them"]
    stranger = subject_access.what_is_held("Nobody Known", "nobody@example.org")
    assert sum(count for _, count in stranger.counts) == 0


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_one_month_to_answer_and_thirty_days_to_say_that_we_have_a_complaint(came: date) -> None:
    assert requests.due_on("complaint", came) == came + timedelta(days=30)
    for kind in ("access", "rectification", "objection"):
        assert 28 <= (requests.due_on(kind, came) - came).days <= 31


def test_a_complaint_is_acknowledged_in_time_or_shown_as_late(app: Flask) -> None:
    officer = make.a_person("Ola Adeyemi", "administrator")
    came = clock.today() - timedelta(days=31)
    asked = requests.open_request(
        officer, kind="complaint", name="Pearl Osei", reach="by letter", words="You wrote to my "
        "old address.", received_on=came,
    )  # fmt: skip
    assert queries.is_late(asked, clock.today())
    assert queries.open_requests(clock.today()) == (1, 1)
    with pytest.raises(BadInput, match="Write how it ended"):
        requests.settle_request(
            asked, officer, version=1, acknowledged_on=None, settled_on=clock.today(), outcome=""
        )
    requests.settle_request(
        asked, officer, version=1, acknowledged_on=clock.today(), settled_on=None, outcome=""
    )
    assert not queries.is_late(asked, clock.today())
    with pytest.raises(StaleVersion):
        requests.settle_request(
            asked, officer, version=1, acknowledged_on=None, settled_on=None, outcome=""
        )
    with pytest.raises(NotYours):
        requests.open_request(
            make.a_senior(), kind="access", name="x", reach="x", words="", received_on=came
        )


def test_who_read_what_is_shown_to_seniors_and_auditors_but_not_of_their_own_club(
    app: Flask, new_visitor
) -> None:
    assessment = make.a_submitted()
    club, reader = assessment.organisation, make.a_reviewer()
    db.session.commit()
    record_read(("stored_file", 1), reader, club.id)
    linked = make.a_member(club)
    make.give_role(linked, "senior")
    auditor = make.a_person("Bea Stone", "auditor")
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(auditor.email)
    page = desk.get("/admin/reads").form("/admin/reads").fill(q="kingfisher").submit("Look")
    page = page.follow(club.name)
    assert reader.name in page.main and "Opened file 1" in page.main
    assert "Opened file 1" in desk.get(f"/admin/reads/people/{reader.id}").main
    own = new_visitor()
    own.sign_in(linked.email)
    assert own.get(f"/admin/reads/organisations/{club.id}").status == 404
    assert "Opened file" not in own.get(f"/admin/reads/people/{reader.id}").main
