"""A paper in which something may be wrong: the person answers, and the reviewer sees it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry.assessments import services
from registry.assessments.evaluating import current_evaluation, flags_of, review_evaluation
from registry.assessments.models import Assessment, Evidence
from registry.assessments.services.answers import save_answer
from registry.assessments.services.evidence import Unchecked, add_paper, reuse_paper
from registry.clock import today
from registry.criteria.dates import add_months
from registry.criteria.evaluation import Result
from registry.database import db
from registry.errors import BadInput
from registry.files.models import StoredFile
from registry.ready_words.queries import words_for
from tests import factories as make
from tests.factories import PASSWORD, a_draft, an_approved, complete, owner_of
from tests.page import Page, Visitor

BLANK = "This is the plan of [your club’s name]. Our lead is [your lead’s name]."
PRIVATE = "Our lead is Ann Bell. Call her on 07700 900123."
OLD = "Call the WSCB. Everyone has a CRB check. Working Together 2018."
FORM = "Child’s name: Sam Bell\nDate of birth: 12/03/2017\nAllergies: peanuts"
CERTIFICATE = "Disclosure and Barring Service\nEnhanced Certificate\n0012 3456 7890"


def a_docx(text: str) -> bytes:
    """A Word document with these words."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add(assessment: Assessment, key: str, text: str, *checked: str) -> Evidence:
    sent = FileStorage(BytesIO(a_docx(text)), filename="Plan.docx")
    return add_paper(assessment, owner_of(assessment), key, sent, checked=checked)


def again(assessment: Assessment, key: str, **parts: object) -> None:
    """Save an answer over the one that is kept."""
    kept = next((one for one in assessment.answers if one.question_key == key), None)
    version = kept.version if kept else 0
    save_answer(assessment, owner_of(assessment), key, parts, version=version)


@pytest.fixture
def draft(app: Flask) -> Assessment:
    """A dance school's self-check that was just begun."""
    return a_draft()


@pytest.fixture
def sign_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody's browser."""

    def signed_in(account: make.Account) -> Visitor:
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return signed_in


def page_of(draft: Assessment, key: str) -> str:
    return f"/club/{draft.organisation_id}/self-check/{key}"


def papers(key: str) -> list[Evidence]:
    db.session.rollback()
    return list(db.session.scalars(select(Evidence).where(Evidence.question_key == key)))


def tick(page: Page, words: str) -> Page:
    """Tick the box with these words, and save."""
    return page.form("answer").fill({words: True}).submit("Save and continue")


# The service.


def test_a_paper_waits_until_the_person_says_that_they_looked(draft: Assessment) -> None:
    with pytest.raises(Unchecked) as refused:
        add(draft, "sg_policy", PRIVATE)
    assert [one.key for one in refused.value.risks] == ["private_contact"]
    assert not draft.evidence
    assert db.session.scalars(select(StoredFile)).all() == []
    with pytest.raises(Unchecked):
        add(draft, "sg_policy", PRIVATE, "old_template")
    assert add(draft, "sg_policy", PRIVATE, "private_contact").risks == ["private_contact"]


def test_a_certificate_is_refused_whatever_somebody_ticks(draft: Assessment) -> None:
    for checked in ((), ("dbs_paper",)):
        with pytest.raises(BadInput, match="looks like a DBS certificate") as refused:
            add(draft, "sr_records", CERTIFICATE, *checked)
        assert not isinstance(refused.value, Unchecked)


def test_blanks_matter_in_a_plan_and_not_in_a_form(draft: Assessment) -> None:
    with pytest.raises(Unchecked):
        add(draft, "sg_policy", BLANK)
    assert add(draft, "hs_info", BLANK).risks == ["blanks"]


def test_a_paper_used_again_keeps_what_was_seen_in_it(draft: Assessment) -> None:
    form = add(draft, "hs_info", BLANK)
    assert reuse_paper(draft, owner_of(draft), "sg_policy", form.file_id).risks == ["blanks"]


def test_a_plan_with_blanks_left_in_it_is_partly(draft: Assessment) -> None:
    complete(draft)
    assert current_evaluation(draft, today()).questions["sg_policy"].result is Result.MET
    paper = add(draft, "sg_policy", BLANK, "blanks")
    again(draft, "sg_policy", file=[paper.id])
    assert current_evaluation(draft, today()).questions["sg_policy"].result is Result.PARTLY
    make.walking.submit(draft, owner_of(draft))
    review = review_evaluation(draft, today())
    assert review.questions["sg_policy"].suggested is Result.PARTLY
    assert review.questions["hs_policy"].suggested is Result.MET
    reviewer = make.a_reviewer()
    services.start_review(draft, reviewer)
    with pytest.raises(BadInput, match="Say why"):
        services.record_finding(
            draft, reviewer, "sg_policy", **make.read(draft), result="met", reason=""
        )


def test_another_club_on_the_list_is_known_and_one_that_is_not_is_never_told(
    draft: Assessment,
) -> None:
    listed = an_approved(plan=make.CHESS).organisation.name
    waiting = make.a_submitted(plan=make.MADRASAH).organisation.name
    with pytest.raises(Unchecked) as refused:
        add(draft, "sg_policy", f"The plan of {listed}")
    assert [one.key for one in refused.value.risks] == ["other_club"]
    assert add(draft, "sg_steps", f"The plan of {waiting}").risks == []


def test_a_renewal_keeps_what_was_seen(draft: Assessment) -> None:
    complete(draft, reviewed_on=add_months(today(), -12) + timedelta(days=15))
    paper = add(draft, "hs_policy", OLD, "old_template")
    again(draft, "hs_policy", file=[paper.id])
    make.walking.submit(draft, owner_of(draft))
    reviewer = make.a_reviewer()
    services.start_review(draft, reviewer)
    make.walking.find_all_met(draft, reviewer)
    services.approve(draft, reviewer, **make.read(draft))
    renewal = services.begin(draft.organisation, owner_of(draft))
    shown = [one.risks for one in renewal.evidence if one.question_key == "hs_policy"]
    assert ["old_template"] in shown


# The page.


def test_the_page_asks_keeps_the_file_and_takes_the_answer(
    draft: Assessment, sign_in: Callable[..., Visitor]
) -> None:
    club = sign_in(owner_of(draft))
    form = club.get(page_of(draft, "sg_policy")).form("answer")
    page = form.fill({"file": [("Plan.docx", a_docx(PRIVATE))]}).submit("Save and continue")
    assert page.status == 422
    assert "Plan.docx: It may hold somebody’s own phone number or home address" in page.errors[0]
    assert "We kept your file Plan.docx" in page.main
    assert papers("sg_policy") == []
    unanswered = page.form("answer").submit("Save and continue")
    assert unanswered.status == 422, "the question stands until it is answered"
    done = tick(unanswered, "I have checked: there is nothing private in it: Plan.docx")
    assert done.status == 200
    assert [one.risks for one in papers("sg_policy")] == [["private_contact"]]
    assert "You told us that you checked it" in club.get(page_of(draft, "sg_policy")).main


def test_the_file_can_be_taken_back_instead(
    draft: Assessment, sign_in: Callable[..., Visitor]
) -> None:
    club = sign_in(owner_of(draft))
    form = club.get(page_of(draft, "sg_steps")).form("answer")
    form.fill({"said": "yes", "file": [("Form.docx", a_docx(FORM))]})
    page = form.submit("Save and continue")
    assert "It looks like a form that somebody has filled in about a child" in page.main
    page = page.form("answer").fill({"drop-kept": ["0"]}).submit("Save and come back later")
    assert page.h1 == "Your self-check"
    assert papers("sg_steps") == []


def test_each_file_and_each_risk_is_answered_for_itself(
    draft: Assessment, sign_in: Callable[..., Visitor]
) -> None:
    club = sign_in(owner_of(draft))
    form = club.get(page_of(draft, "sg_policy")).form("answer")
    sent = [("One.docx", a_docx(f"{PRIVATE} {OLD}")), ("Two.docx", a_docx(PRIVATE))]
    page = form.fill({"file": sent}).submit("Save and continue")
    assert len(page.errors) == 1
    page = tick(page, "I have checked: there is nothing private in it: One.docx")
    assert page.status == 422
    page = tick(page, "I want to send it like this: One.docx")
    assert page.status == 422, "an answer for one file is none for the other"
    page = tick(page, "I have checked: there is nothing private in it: Two.docx")
    assert page.status == 200
    assert [one.risks for one in papers("sg_policy")] == [
        ["private_contact", "old_template"],
        ["private_contact"],
    ]


def test_the_same_file_chosen_again_is_asked_about_once(
    draft: Assessment, sign_in: Callable[..., Visitor]
) -> None:
    club = sign_in(owner_of(draft))
    plan = ("Plan.docx", a_docx(PRIVATE))
    form = club.get(page_of(draft, "sg_policy")).form("answer")
    page = form.fill({"file": [plan]}).submit("Save and continue")
    page = page.form("answer").fill({"file": [plan]}).submit("Save and continue")
    assert page.main.count("We kept your file Plan.docx") == 1
    assert page.main.count("Please look at Plan.docx once more") == 1
    page = tick(page, "I have checked: there is nothing private in it: Plan.docx")
    assert page.status == 200
    assert len(papers("sg_policy")) == 1


def test_f27_an_old_template_is_shown_to_the_reviewer_with_words_ready(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    """Policy file still says WSCB, CRB, Working Together 2018: shown, returned, not refused."""
    draft = complete(a_draft())
    paper = add(draft, "sg_policy", OLD, "old_template")
    again(draft, "sg_policy", file=[paper.id])
    make.walking.submit(draft, owner_of(draft))
    assert "old_template" in flags_of(draft)
    reviewer = make.a_reviewer()
    services.start_review(draft, reviewer)
    desk = sign_in(reviewer)
    assert "Old words in a paper" in desk.get(f"/council/cases/{draft.id}").text
    page = desk.get(f"/council/cases/{draft.id}/questions/sg_policy?paper={paper.file_id}")
    assert "Old words: a board, a check or a guide that is no more." in page.main
    assert "Your plan still names things that are gone" in page.main
    page = desk.get(f"/council/cases/{draft.id}/return")
    ready = [one for one in words_for("return:sg_policy") if "WSCB" in one.text]
    assert ready[0].text.splitlines()[0] in page.main
    form = page.form().fill(chosen=["sg_policy"], words_sg_policy=ready[0].text)
    page = form.submit("See the letter")
    assert ready[0].text in page.main, "the letter holds the words"
    page.press("Send back")
    db.session.expire_all()
    assert db.session.get_one(Assessment, draft.id).status == "returned"


def test_a_risk_check_in_a_table_is_asked_about_too(
    draft: Assessment, sign_in: Callable[..., Visitor]
) -> None:
    activity = draft.organisation.activities[0].id
    club = sign_in(owner_of(draft))
    form = club.get(page_of(draft, "hs_ra_all")).form("answer")
    name = f"rows-{activity}-new"
    page = form.fill({name: ("Risks.docx", a_docx(BLANK))}).submit("Save and continue")
    assert page.status == 422
    page = tick(page, "I want to send it like this for now: Risks.docx")
    assert page.status == 200
    assert [one.risks for one in papers("hs_ra_all")] == [["blanks"]]
    outcome = current_evaluation(db.session.get_one(Assessment, draft.id), today())
    assert outcome.questions["hs_ra_all"].suggested is Result.PARTLY
