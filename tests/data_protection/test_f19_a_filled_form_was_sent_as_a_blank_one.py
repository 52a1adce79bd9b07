"""F19: a filled medical form is sent as a “blank form”. It goes at once, and does not come back."""

import shutil
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from registry.assessments import services
from registry.assessments.models import Change, Evidence, ReturnedQuestion
from registry.assessments.services.evidence import add_paper
from registry.audit.models import Entry
from registry.config import settings
from registry.data_protection import queries
from registry.data_protection.models import DataBreach
from registry.data_protection.services import wrong_files
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.files.erasing import erasure_list, replay_erasures
from registry.files.models import ErasedFile, PaperPage, StoredFile
from registry.files.paper_pages import make_pages
from registry.files.store import blob_store
from registry.messages.models import Message
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.page import Visitor

FORM = a_pdf("Medical form", "Name: a child", "Medicine: one")
KEY = "sg_policy"


def _with_form(assessment, actor=None):
    """The club shows the filled form for one more question."""
    sent = FileStorage(BytesIO(FORM), filename="Medical form Sami.pdf")
    return add_paper(assessment, actor or make.owner_of(assessment), KEY, sent)


def _read(plan=make.DANCE):
    """A case that a reviewer reads, with the form among its papers."""
    assessment = make.complete(make.a_draft(plan), plan)
    paper = _with_form(assessment)
    services.submit(
        assessment, make.owner_of(assessment), declared_name="Sandeep Rai", declared_role="Chair"
    )
    reviewer = make.a_reviewer()
    services.start_review(assessment, reviewer)
    db.session.commit()
    return assessment, paper.file, reviewer


def _messages(template):
    return db.session.query(Message).filter_by(template=template).all()


def test_f19(app: Flask, new_visitor, tmp_path) -> None:
    assessment, form, reviewer = _read()
    other, _, other_reviewer = _read(make.CHESS)
    make_pages([form.sha256])
    db.session.commit()
    digest = form.sha256
    assert db.session.query(PaperPage).filter_by(sha256=digest).count() == 1
    shutil.copytree(settings().blobs_dir, tmp_path / "backup")

    # The reviewer presses “wrong file”: nothing happens before the second question is answered.
    desk = new_visitor()
    desk.sign_in(reviewer.email)
    page = desk.get(f"/council/papers/{form.id}/wrong")
    page = page.form().submit("Erase the file")
    assert page.status == 422 and "Choose what is wrong" in page.text
    assert blob_store().exists(digest)
    page = page.form().fill(reason="filled_form", sure=True).submit("Erase the file")
    assert page.path == f"/council/cases/{assessment.id}"
    db.session.expire_all()

    # Bytes, words and pictures are gone, everywhere, and the name that the club gave it.
    assert not blob_store().exists(digest)
    assert db.session.query(PaperPage).filter_by(sha256=digest).count() == 0
    assert {one.name for one in db.session.query(StoredFile).filter_by(sha256=digest)} == {
        "Erased file"
    }
    assert desk.get(f"/council/cases/{assessment.id}/papers/{form.id}").status == 404
    assert "Sami" not in desk.get(f"/council/cases/{assessment.id}/questions/{KEY}").text

    # Digest and reason stay, and nobody brings the same bytes again.
    kept = db.session.get_one(ErasedFile, digest)
    assert kept.reason == "filled_form"
    third = make.a_draft(make.COACH)
    with pytest.raises(BadInput, match="We cannot take this file"):
        _with_form(third)

    # The record for the data protection officer, the message to them, and to the other reviewer.
    breach = db.session.query(DataBreach).one()
    assert (breach.sha256, breach.reason) == (digest, "filled_form")
    (to_officer,) = _messages("council/data-breach")
    assert to_officer.recipient == settings().council_email
    (to_other,) = _messages("council/wrong-file")
    assert to_other.recipient == other_reviewer.email
    assert [one.organisation_id for one in queries.papers_to_ask_again(other_reviewer)] == [
        other.organisation_id
    ]

    # The club is told; the words to it wait with the question, which goes back with the rest.
    (to_club,) = _messages("club/wrong-file")
    assert to_club.recipient == make.owner_of(assessment).email
    assert to_club.context["opened"] == "later"
    finding = next(one for one in assessment.findings if one.question_key == KEY)
    assert (finding.result, "Send a blank one" in finding.words) == ("not_met", True)
    assert not any(one.file_id == form.id for one in assessment.evidence)
    everywhere = str([one.context for one in db.session.query(Message)]) + str(
        [one.details for one in db.session.query(Entry)]
    )
    assert "Sami" not in everywhere

    # The other club's reviewer looks at the case, and asks that club.
    lost = queries.papers_to_ask_again(other_reviewer)[0]
    second = new_visitor()
    second.sign_in(other_reviewer.email)
    second.get(f"/council/lost-papers/{lost.id}").press("Tell the club, and ask for another")
    db.session.expire_all()
    assert {one.recipient for one in _messages("club/wrong-file")} == {
        make.owner_of(assessment).email,
        make.owner_of(other).email,
    }
    assert queries.papers_to_ask_again(other_reviewer) == []

    # A restore brings back the files and an older database; the list beside them is replayed.
    shutil.copytree(tmp_path / "backup", settings().blobs_dir, dirs_exist_ok=True)
    db.session.query(ErasedFile).delete()
    db.session.query(StoredFile).filter_by(sha256=digest).update({"erased_at": None})
    db.session.commit()
    assert blob_store().exists(digest)
    answer = app.test_cli_runner().invoke(args=["registry", "files", "replay-erasures"])
    assert answer.output.strip() == "1 file on the list is erased."
    assert not blob_store().exists(digest)
    assert db.session.get_one(ErasedFile, digest).reason == "filled_form"
    assert str(digest) in erasure_list().read_text()


def test_an_erased_file_is_not_erased_twice_and_not_by_somebody_with_a_link(app: Flask) -> None:
    _, form, reviewer = _read()
    suspect = queries.suspect(form.id)
    assert suspect is not None
    wrong_files.erase(suspect, reviewer, "other_person")
    with pytest.raises(NotAllowedNow, match="erased already"):
        wrong_files.erase(suspect, reviewer, "other_person")
    assert replay_erasures() == replay_erasures() == 1


@pytest.mark.parametrize("stage", ["returned", "approved"])
def test_the_question_is_opened_where_the_club_can_answer_it(app: Flask, stage: str) -> None:
    assessment, form, reviewer = _read()
    if stage == "returned":
        services.return_for_changes(
            assessment, reviewer, **make.read(assessment), words={"sg_steps": "Add 999."}
        )
    else:
        make.walking.find_all_met(assessment, reviewer)
        services.approve(assessment, reviewer, **make.read(assessment))
    suspect = queries.suspect(form.id)
    assert suspect is not None
    wrong_files.erase(suspect, reviewer, "dbs_certificate")
    (told,) = _messages("club/wrong-file")
    assert told.context["opened"] == "now"
    if stage == "returned":
        opened = db.session.query(ReturnedQuestion).filter_by(question_key=KEY).one()
        assert "DBS" in opened.words
        assert db.session.query(Evidence).filter_by(file_id=form.id).count() == 0
    else:
        change = db.session.query(Change).filter_by(question_key=KEY).one()
        assert (change.state, change.told_by_id) == ("asked", None)


def test_what_the_club_has_not_sent_is_no_business_of_the_council(
    app: Flask, client: Visitor
) -> None:
    draft = make.complete(make.a_draft())
    paper = _with_form(draft)
    reviewer = make.a_reviewer()
    db.session.commit()
    client.sign_in(reviewer.email)
    assert client.get(f"/council/papers/{paper.file_id}/wrong").status == 404
