"""A club without email: entered by somebody of the council, confirmed by somebody else, told by
letter."""

from io import BytesIO

import pypdfium2
import pytest
from flask import Flask

from registry import clock
from registry.accounts.passwords import NO_PASSWORD
from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, AssistedEntry
from registry.assisted import queries
from registry.assisted import services as assisted
from registry.assisted.codes import letter_code
from registry.audit.models import Entry
from registry.database import db
from registry.demonstration import walking
from registry.errors import NotAllowedNow, NotFound, NotYours, StaleVersion
from registry.messages.delivery import deliver
from registry.messages.models import Message
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.reviews.queue import cases
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.page import Visitor

ADDRESS = "4 Foundry Lane\nWolverhampton\nWV10 0BB"
SIGNED = a_pdf("Declaration", "Signed: Pearl Osei")


def _words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _entered(actor) -> Assessment:
    """Everything of a club, entered by somebody of the council: nothing is sent yet."""
    organisation = assisted.register_for(
        actor, owner="Pearl Osei", address=ADDRESS, phone="01902 555010", how="paper",
        club="Foundry Lane Chess",
    )  # fmt: skip
    walking.add_records(organisation, actor, make.CHESS)
    assessment = services.begin(organisation, actor)
    walking.answer_profile(assessment, actor, make.CHESS)
    policy = ("Safeguarding plan.pdf", a_pdf("Our safeguarding plan", "Call 999 or the MASH"))
    walking.answer_questions(assessment, actor, make.CHESS, [policy], None)
    return assessment


def _prepared(assessment: Assessment, actor) -> AssistedEntry:
    return assisted.prepare(
        assessment, actor, declared_name="Pearl Osei", declared_role="Chair",
        signed_on=clock.today(), declaration=BytesIO(SIGNED), filename="declaration.pdf",
    )  # fmt: skip


def test_from_a_telephone_call_to_the_list(app: Flask, new_visitor) -> None:
    jo = make.a_person("Jo Bennett", "reviewer")
    ada, kim = make.a_person("Ada Lovell", "reviewer"), make.a_person("Kim Hart", "reviewer")
    db.session.commit()

    # Pearl calls. Jo puts her club on the register, for somebody without email.
    desk = new_visitor()
    desk.sign_in(jo.email)
    page = desk.get("/council/assisted").follow("Put a club on the register")
    page = page.form("/council/assisted/new").submit("Save, and enter for them")
    assert page.status == 422 and "Enter the name of the club" in page.text
    told = {
        "club": "Foundry Lane Chess", "owner": "Pearl Osei", "address": ADDRESS,
        "phone": "01902 555010", "how": "telephone",
    }  # fmt: skip
    page = page.form("/council/assisted/new").fill(told).submit("Save, and enter for them")
    assert page.h1 == "Enter for Foundry Lane Chess", page.main
    club = db.session.query(Organisation).filter_by(name="Foundry Lane Chess").one()
    assert page.path == f"/council/assisted/clubs/{club.id}"
    owner = make.owner_of(club)
    assert owner.is_by_post and owner.password_hash == NO_PASSWORD

    # Jo uses the club's own pages, and what she saves says so.
    page = desk.get(f"/club/{club.id}/self-check")
    assert "You are entering for Foundry Lane Chess" in page.text
    stranger = new_visitor()
    stranger.sign_in(ada.email)
    assert stranger.get(f"/club/{club.id}/self-check").status in (403, 404)
    walking.add_records(club, jo, make.CHESS)
    assessment = services.begin(club, jo)
    walking.answer_profile(assessment, jo, make.CHESS)
    policy = ("Safeguarding plan.pdf", a_pdf("Our safeguarding plan", "Call 999 or the MASH"))
    walking.answer_questions(assessment, jo, make.CHESS, [policy], None)
    db.session.commit()
    assert {one.updated_by_id for one in assessment.answers} == {jo.id}

    # The signed paper is needed. Then it waits, and is in nobody's queue.
    page = desk.get(f"/council/assisted/clubs/{club.id}/send")
    day = {"signed_on-day": "1", "signed_on-month": "6", "signed_on-year": "2026"}
    page = page.form().fill({"declared_role": "Chair", **day}).submit("Make it ready")
    assert page.status == 422 and "Choose the declaration" in page.text
    paper = {"declared_role": "Chair", **day, "declaration": ("declaration.pdf", SIGNED)}
    page = page.form().fill(paper).submit("Make it ready")
    assert "It waits to be confirmed" in page.text, page.main
    [entry] = queries.to_confirm(ada)
    assert assessment.status == Status.DRAFT
    assert cases(ada, clock.today()) == cases(jo, clock.today()) == []
    assert desk.get(f"/club/{club.id}/self-check").status in (403, 404)

    # Not by who entered it; Ada holds the paper beside it.
    assert (queries.to_confirm(jo), queries.to_confirm(ada)) == ([], [entry])
    assert desk.get(f"/council/assisted/entries/{entry.id}").status == 404
    with pytest.raises(NotYours):
        assisted.confirm_by_second(entry, jo)
    page = stranger.get("/council/assisted").follow("Foundry Lane Chess")
    assert "from paper" not in page.main and "by telephone" in page.main
    assert stranger.get(f"/council/assisted/entries/{entry.id}/declaration").response.data == SIGNED
    page = stranger.get(f"/council/assisted/entries/{entry.id}")
    page.form().fill(decision="yes").submit("Save")
    db.session.expire_all()
    assert assessment.status == Status.SUBMITTED
    assert assessment.latest_submission.submitted_by_id == owner.id
    assert assessment.latest_submission.document["entered_by_staff"]["by"] == [jo.id]

    # Neither of the two may review it: it is not there for them. Kim may.
    for one in (jo, ada):
        assert not can(one, P.READ_CASE, assessment) and cases(one, clock.today()) == []
    assert [row.assessment for row in cases(kim, clock.today())] == [assessment]
    services.start_review(assessment, kim)
    walking.find_all_met(assessment, kim)
    services.approve(assessment, kim, **make.read(assessment))
    done = [one.action for one in db.session.query(Entry).order_by(Entry.number)]
    assert [a for a in done if a in ("begin_assisting", "prepare_entry", "confirm_entry")] == [
        "begin_assisting", "prepare_entry", "confirm_entry",
    ]  # fmt: skip

    # Nothing was emailed to a club without email: three letters wait, and are printed and posted.
    db.session.commit()
    assert deliver() == db.session.query(Message).filter_by(channel="email").count()
    third = new_visitor()
    third.sign_in(kim.email)
    page = third.get("/council/letters")
    assert len(page.tables[0]) == 1 + 3, page.tables[0]
    printed = third.get("/council/letters/all.pdf")
    words = _words(printed.response.data)
    assert words.count("Pearl Osei\r\n4 Foundry Lane") == 3
    assert "is on the list" in words and "01902 551155" in words
    assert "Is a child in danger now? Call 999." in words
    page = third.get("/council/letters")
    page = page.form("/council/letters").submit("Save")
    assert "No letter waits" in page.text
    letters = db.session.query(Message).filter_by(channel="letter").all()
    assert all(one.sent_at is not None and one.attempts == 0 for one in letters)
    assert [one.action for one in db.session.query(Entry)].count("post_letter") == 3


def test_the_club_confirms_by_the_code_of_its_letter(app: Flask, client: Visitor) -> None:
    jo = make.a_reviewer()
    entry = _prepared(_entered(jo), jo)
    letter = db.session.query(Message).filter_by(template="club/assisted-entry").one()
    code = letter_code(letter.context["seed"])
    db.session.commit()
    assert letter.channel == "letter" and code not in str(letter.context)
    page = client.get("/letter").form("/letter").fill(code="ABCD-EFGH").submit("Continue")
    assert page.status == 422 and "We do not know this code" in page.text
    page = page.form("/letter").fill(code=code.lower().replace("-", " ")).submit("Continue")
    assert "Foundry Lane Chess" in page.main
    page = page.form().submit("Yes, it is right")
    assert page.h1 == "Thank you"
    db.session.expire_all()
    assert entry.assessment.status == Status.SUBMITTED
    assert (entry.confirmed_how, entry.confirmed_by_id) == (
        "club", make.owner_of(entry.assessment).id,
    )  # fmt: skip
    assert client.get(f"/letter/{code}").status == 404


def test_what_moved_meanwhile_is_not_sent_and_a_no_sends_nothing(app: Flask) -> None:
    jo, ada = make.a_reviewer(), make.a_person("Ada Lovell", "reviewer")
    assessment = _entered(jo)
    entry = _prepared(assessment, jo)
    assisted.decline(entry, ada, "The date on page 2 is another one.")
    assert not entry.is_open and assessment.status == Status.DRAFT
    assert queries.sent_back_entries(jo) == [entry]
    organisation = assessment.organisation
    assisted.begin_assisting(organisation, jo, "telephone")
    again = _prepared(assessment, jo)
    assessment.answers[0].updated_at = clock.now() + (clock.now() - again.prepared_at) * 2
    with pytest.raises(StaleVersion):
        assisted.confirm_by_second(again, ada)
    # Beginning again takes back what waited.
    assisted.begin_assisting(organisation, ada, "paper")
    assert not again.is_open
    with pytest.raises(NotAllowedNow):
        assisted.confirm_by_second(again, make.a_person("Kim Hart", "reviewer"))
    with pytest.raises(NotFound):
        assisted.confirm_by_club("ABCD")


def test_nobody_enters_for_a_case_that_the_council_has_or_that_they_read(app: Flask) -> None:
    returned = make.a_returned()
    with pytest.raises(NotAllowedNow, match="had a part"):
        assisted.begin_assisting(returned.organisation, make.holder_of(returned), "paper")
    submitted = make.a_submitted(make.CHESS)
    with pytest.raises(NotAllowedNow, match="The council has this case"):
        assisted.begin_assisting(submitted.organisation, make.a_reviewer(), "paper")
    with pytest.raises(NotYours):
        assisted.begin_assisting(submitted.organisation, make.owner_of(submitted), "paper")
