"""All answers on one page and as a PDF: of a draft, and of what was sent."""

from collections.abc import Callable

import pypdfium2
import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.assessments.answers_paper import NO_ANSWER, answers_paper
from registry.assessments.evaluating import edition_of, profile_of
from registry.assessments.models import Assessment
from registry.assessments.services.answers import save_answer
from registry.criteria.evaluation import applies, wording
from registry.database import db
from registry.files.paper_text import text_in
from registry.papers import pdf
from tests.factories import (
    PASSWORD,
    a_draft,
    a_member,
    a_person,
    a_returned,
    a_submitted,
    complete,
    owner_of,
)
from tests.page import Visitor


@pytest.fixture
def sign_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody's browser."""

    def signed_in(account: Account) -> Visitor:
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return signed_in


def path(assessment: Assessment, rest: str = "") -> str:
    return f"/club/{assessment.organisation_id}/self-check/answers{rest}"


def test_the_page_has_every_question_with_its_answer_and_says_draft(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    draft = complete(a_draft())
    page = sign_in(owner_of(draft)).get(path(draft))
    assert page.h1 == "All your answers"
    assert "The council has not got these answers" in page.main
    for question in edition_of(draft).questions:
        shown = wording(question, profile_of(draft)).text in page.facts
        assert shown is applies(question, profile_of(draft)), question.key
    assert "Street Dance Juniors" in page.facts
    assert NO_ANSWER not in page.facts.values()
    assert "Safeguarding plan.pdf" in page.main


def test_a_question_without_an_answer_says_so(app: Flask, sign_in: Callable[..., Visitor]) -> None:
    draft = a_draft()
    page = sign_in(owner_of(draft)).get(path(draft))
    assert page.facts["Do you have a written plan to keep children safe?"] == NO_ANSWER


def test_what_was_sent_stays_as_it_was_sent(app: Flask, sign_in: Callable[..., Visitor]) -> None:
    returned = a_returned()
    owner = owner_of(returned)
    kept = next(one for one in returned.answers if one.question_key == "sg_steps")
    before = kept.parts
    save_answer(
        returned, owner, "sg_steps", {**before, "note": "Page 3 is new"}, version=kept.version
    )
    club = sign_in(owner)
    now, then = club.get(path(returned)), club.get(path(returned, "?sent=1"))
    assert "Page 3 is new" in now.main
    assert "Draft. The council has not got these answers." in now.main
    assert "Page 3 is new" not in then.main
    assert "Draft." not in then.main
    assert f"Sent by {owner.name} on " in then.main
    submitted = a_submitted()
    assert "Sent by" in sign_in(owner_of(submitted)).get(path(submitted)).main


def test_the_pdf_holds_the_same_words_and_is_marked(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    draft = complete(a_draft())
    reference = draft.reference
    paper = answers_paper(draft, None)
    club = sign_in(owner_of(draft))
    answer = club.get(path(draft, ".pdf"))
    assert answer.status == 200
    disposition = answer.response.headers["Content-Disposition"]
    assert f"self-check-{reference}-draft.pdf" in disposition
    letters = "".join(text_in(answer.body, "pdf").split())
    assert "(draft)" in letters
    for part in paper.parts:
        for said in part.said:
            assert "".join(said.question.split())[:40] in letters
    document = pypdfium2.PdfDocument(answer.body)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    document.close()


def test_the_pdf_of_what_was_sent_is_no_draft(app: Flask, sign_in: Callable[..., Visitor]) -> None:
    submitted = a_submitted()
    answer = sign_in(owner_of(submitted)).get(path(submitted, ".pdf"))
    words = text_in(answer.body, "pdf")
    assert "Sent by" in words
    assert "draft" not in words.lower()


def test_without_pango_the_page_is_offered_and_says_so(
    app: Flask, sign_in: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = pdf.importlib.import_module

    def no_library(name: str, package: str | None = None) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return known(name, package)

    monkeypatch.setattr(pdf.importlib, "import_module", no_library)
    returned = a_returned()
    page = sign_in(owner_of(returned)).get(path(returned, ".pdf?sent=1"))
    assert page.path == path(returned, "?sent=1")
    assert "We cannot make a PDF here just now. Print this page" in page.text


def test_a_helper_reads_it_without_the_lead_s_number_and_a_stranger_not_at_all(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    draft = complete(a_draft())
    helper = sign_in(a_member(draft.organisation))
    email = owner_of(draft).email
    for rest in ("", ".pdf"):
        answer = helper.get(path(draft, rest))
        assert answer.status == 200
        words = answer.main if not rest else text_in(answer.body, "pdf")
        assert email not in words
        assert sign_in(a_person()).get(path(draft, rest)).status == 404


def test_two_words_of_answers_on_one_line_do_not_run_together(app: Flask) -> None:
    """A label and what was said stand apart, and each line is a line of its own."""
    draft = complete(a_draft())
    said = {one.key: one.lines for part in answers_paper(draft, None).parts for one in part.said}
    assert said["p_people"]
    assert any(": " in line for line in said["sg_lead_training"])
    assert len(said["sr_checks"]) > 3
