"""A copy of everything: all that is theirs, nothing of another club, nothing of the council's."""

import io
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from registry.assessments import services as assessments
from registry.assessments.models import Assessment, Change, Submission
from registry.audit.models import Entry
from registry.database import db
from registry.files.models import StoredFile
from registry.files.store import blob_store
from registry.leaving.services import facts_about
from registry.people import services as people
from registry.people.models import HandOver, Invitation, NamedLead
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.page import Page, Visitor

SECRET = "A note that is only for the council"


def opened(page: Page) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the ZIP holds: its facts, and its files by name."""
    assert page.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(page.body)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("everything.json")), files


def copy_of(client: Visitor, assessment: Assessment) -> Page:
    """The owner takes a copy through the page."""
    client.sign_in(make.owner_of(assessment).email)
    page = client.get(f"/club/{assessment.organisation_id}/download")
    assert "personal details" in page.main
    return page.press("Download the ZIP file")


def test_the_owner_gets_the_records_the_answers_and_every_file_byte_for_byte(
    app: Flask, client: Visitor
) -> None:
    listed = make.an_approved()
    club = listed.organisation
    make.a_member(club)
    db.session.commit()
    page = copy_of(client, listed)
    facts, files = opened(page)
    assert "attachment" in page.headers["Content-Disposition"]
    assert page.headers["Cache-Control"] == "private, no-store"
    assert facts["organisation"]["name"] == club.name
    assert facts["activities"][0]["name"] == club.activities[0].name
    assert facts["places"][0]["postcode"]
    assert {one["role"] for one in facts["people"]} == {"owner", "helper"}
    (check,) = facts["self_checks"]
    assert check["reference"] == listed.reference
    assert check["answers"]["sg_lead"]["parts"]["lead"]["name"]
    assert check["sent"][0]["document"]["answers"]
    assert [one["what"] for one in check["decisions"]] == ["approve"]
    stored = db.session.query(StoredFile).filter_by(organisation_id=club.id).all()
    assert sorted(files) == sorted(f"files/{one.id}-{one.name}" for one in stored)
    for one in stored:
        assert files[f"files/{one.id}-{one.name}"] == blob_store().get(one.sha256)


def test_taking_it_is_in_the_history(app: Flask, client: Visitor) -> None:
    draft = make.a_draft()
    db.session.commit()
    copy_of(client, draft)
    (entry,) = db.session.query(Entry).filter_by(action="taken_copy")
    assert entry.organisation_id == draft.organisation_id
    assert entry.actor_id == make.owner_of(draft).id


def test_a_helper_and_a_stranger_get_none(app: Flask, new_visitor: Callable[[], Visitor]) -> None:
    draft = make.a_draft()
    helper, stranger = make.a_member(draft.organisation), make.a_person()
    db.session.commit()
    for person, status in ((helper, 403), (stranger, 404)):
        visitor = new_visitor()
        visitor.sign_in(person.email)
        address = f"/club/{draft.organisation_id}/download"
        assert visitor.get(address).status == status
        assert visitor.post(address).status == status


def test_nothing_of_the_councils_own_is_in_it(app: Flask, client: Visitor) -> None:
    case = make.in_review()
    club, holder = case.organisation, make.holder_of(case)
    make.with_hold(case, "quiet")
    assessments.record_finding(
        case, holder, "sg_steps", **make.read(case), result="partly", reason=SECRET
    )
    assessments.recommend(case, holder, **make.read(case), what="refuse", reason=SECRET)
    db.session.commit()
    facts = json.dumps(facts_about(club))
    assert SECRET not in facts
    assert holder.name not in facts
    assert holder.email not in facts
    for word in ("quiet", "hold", "recommend", "in_review", "finding", "match"):
        assert f'"{word}' not in facts, word
    assert facts.count("with the council") == 1


def test_what_a_quiet_hold_changes_is_nothing(app: Flask) -> None:
    case = make.in_review()
    before = facts_about(case.organisation)
    make.with_hold(case, "quiet")
    after = facts_about(case.organisation)
    assert {**before, "made_at": ""} == {**after, "made_at": ""}


def test_nothing_of_another_club_is_in_it(app: Flask) -> None:
    owner = make.a_person()
    mine = make.a_club(make.DANCE, owner)
    make.a_club(make.CHESS, owner)
    assert make.CHESS.name not in json.dumps(facts_about(mine))


def test_what_a_helper_sent_to_the_council_about_the_owner_is_not_in_the_owners_copy(
    app: Flask, client: Visitor
) -> None:
    draft = make.a_draft()
    club = draft.organisation
    people.ask_for_place(
        club,
        make.a_member(club),
        reason="They do not answer.",
        proof=BytesIO(a_pdf("A letter")),
        filename="letter.pdf",
    )
    db.session.commit()
    facts, files = opened(copy_of(client, draft))
    assert files == {}
    assert "They do not answer." not in json.dumps(facts)
    assert facts["hand_overs"][0]["state"] == "open"


def test_a_file_that_may_not_be_opened_is_named_with_why(app: Flask, client: Visitor) -> None:
    listed = make.a_submitted()
    stored = listed.evidence[0].file
    stored.scan = "infected"
    db.session.commit()
    facts, files = opened(copy_of(client, listed))
    assert not [name for name in files if name.startswith(f"files/{stored.id}-")]
    assert facts["files_that_are_not_here"][0]["id"] == stored.id


def test_a_files_name_leads_out_of_no_folder(app: Flask, client: Visitor) -> None:
    listed = make.a_submitted()
    listed.evidence[0].file.name = "../../etc/passwd.pdf"
    db.session.commit()
    _, files = opened(copy_of(client, listed))
    for name in files:
        assert name.count("/") == 1
        assert ".." not in name.partition("/")[2].partition("-")[2][:2]


def test_links_that_were_sent_are_in_no_copy(app: Flask) -> None:
    club = make.a_club()
    people.invite_person(club, make.owner_of(club), email="dawn@example.org", role="owner")
    facts = facts_about(club)
    assert facts["invitations"][0]["email"] == "dawn@example.org"
    assert "digest" not in json.dumps(facts["invitations"])
    assert "seed" not in json.dumps(facts)


def test_anybody_gets_what_is_held_about_their_own_account(app: Flask, client: Visitor) -> None:
    person = make.a_person("Marcia Bent")
    make.a_club(make.DANCE, person)
    db.session.commit()
    client.sign_in(person.email)
    page = client.get("/account/download")
    facts = page.json
    assert "attachment" in page.headers["Content-Disposition"]
    assert facts["account"]["email"] == person.email
    assert facts["clubs"][0]["name"] == make.DANCE.name
    assert facts["security"][-1]["what"] == "signed_in"
    assert person.password_hash not in page.html


def test_what_a_reviewer_did_at_the_desk_is_not_in_their_account(
    app: Flask, client: Visitor
) -> None:
    case = make.in_review()
    holder = make.holder_of(case)
    db.session.commit()
    client.sign_in(holder.email)
    assert client.get("/account/download").json["what_you_did"] == []


def test_where_there_is_no_room_nothing_is_sent_and_the_person_is_told(
    app: Flask, client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make.a_draft()
    db.session.commit()
    client.sign_in(make.owner_of(draft).email)
    page = client.get(f"/club/{draft.organisation_id}/download")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("registry.leaving.services.copying._pack", full)
    assert page.press("Download the ZIP file").status == 503


# Each column of what is kept about a club: in its copy, or left out for the reason given.
LEFT_OUT = {
    Assessment: {
        "appeal_officer_id": "who at the council reads the appeal",
        "appeal_since": "the page of the appeal says when",
        "begun_by_id": "the history says who",
        "decided_on": "the decisions say when",
        "holder_id": "who at the council reads it",
        "is_renewal": "plain from what came before",
        "not_before_on": "in the council's letter",
        "recommendation": "the council's own, until it is decided",
        "recommended_by_id": "the council's own",
        "status_since": "would tell when a case moved on at the council's desk",
    },
    Submission: {"submitted_by_id": "the history says who", "would_be_listed_until": "told once"},
    Change: {
        "assessment_id": "a number of ours",
        "because_id": "a number of ours",
        "earlier": "what was read of it before",
        "patch": "made from the fields",
        "read_at": "the council's own",
        "read_by_id": "the council's own",
        "reason": "the council's own",
        "recommended_by_id": "the council's own",
        "settled_by_id": "who at the council settled it",
        "told_by_id": "the history says who",
    },
    Invitation: {
        "digest": "opens a door",
        "invited_by_id": "the history says who",
        "used_by_id": "the list of people says who",
    },
    HandOver: {
        "file_id": "written to the council about the owner",
        "not_before_on": "in the letter",
        "reason": "written to the council about the owner",
        "settled_by_id": "who at the council settled it",
        "words": "the council's own; a helper got them by letter",
    },
    NamedLead: {"digest": "opens a door", "expires_at": "60 days after it was asked"},
}
COPIED = {
    Assessment: {
        "reference", "edition", "status", "begun_at", "submitted_at", "listed_until",
    },
    Submission: {"number", "submitted_at", "declared_name", "declared_role", "document"},
    Change: {
        "about", "record_id", "question_key", "kind", "state", "fields", "told_at", "sent_at",
        "due_on", "begins_on", "settled_at", "words",
    },
    Invitation: {"email", "role", "invited_at", "expires_at", "used_at", "withdrawn_at"},
    HandOver: {"kind", "from_id", "to_id", "begun_at", "state", "settled_at"},
    NamedLead: {"name", "email", "named_at", "asked_at", "answer", "answered_at"},
}  # fmt: skip
OURS = {"id", "organisation_id", "assessment_id", "version"}


@pytest.mark.parametrize("model", LEFT_OUT, ids=lambda model: model.__name__)
def test_every_column_is_copied_or_left_out_for_a_reason(model: Any) -> None:
    columns = {column.name for column in model.__table__.columns} - OURS
    assert columns == COPIED[model] | (set(LEFT_OUT[model]) - OURS)
    assert COPIED[model].isdisjoint(LEFT_OUT[model])
