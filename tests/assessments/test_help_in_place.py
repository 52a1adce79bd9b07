"""Help beside each question: what good looks like, why, on what words, and a text to start from."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from registry.assessments.models import Assessment
from registry.cards.services import raise_version
from registry.criteria.loading import current_edition
from registry.criteria.model_texts import blanks_in, model_texts
from registry.database import db
from registry.demonstration import walking
from registry.files.kinds import examine
from registry.files.paper_text import text_in
from registry.information.models import Contact
from tests.factories import COACH, PASSWORD, a_draft, complete, owner_of
from tests.page import Visitor

KINDS = ("docx", "odt")


@pytest.fixture
def draft(app: Flask) -> Assessment:
    """A dance school's self-check that was just begun."""
    assessment = a_draft()
    db.session.commit()
    return assessment


@pytest.fixture
def sign_in(new_visitor: Callable[[], Visitor]) -> Callable[[Assessment], Visitor]:
    """The owner's browser."""

    def signed_in(assessment: Assessment) -> Visitor:
        email = owner_of(assessment).email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return signed_in


def path(assessment: Assessment, rest: str = "") -> str:
    return f"/club/{assessment.organisation_id}/self-check{rest}"


def test_each_question_says_why_it_is_asked_and_what_it_rests_on(
    draft: Assessment, sign_in: Callable[[Assessment], Visitor]
) -> None:
    club = sign_in(draft)
    for key in ("sg_policy", "sg_steps", "sr_roles", "hs_ra_all", "eq_policy"):
        question = current_edition().question(key)
        page = club.get(path(draft, f"/{key}"))
        assert question.why in page.main
        assert question.basis in page.main, key
        assert question.good[0].split("{")[0] in page.main
    good = club.get(path(draft, "/sg_parents"))
    assert "it never stops you from being listed" in good.main


def test_a_question_leads_to_a_text_in_the_words_for_the_club(
    draft: Assessment, sign_in: Callable[[Assessment], Visitor]
) -> None:
    coach = a_draft(COACH)
    walking.answer_profile(coach, owner_of(coach), COACH)
    page = sign_in(coach).get(path(coach, "/sg_policy"))
    assert "/model-texts/safeguarding-plan.docx?size=lone" in page.hrefs
    assert "/model-texts/safeguarding-plan.odt?size=lone" in page.hrefs
    assert "/model-texts" not in " ".join(sign_in(draft).get(path(draft, "/hs_adults")).hrefs)


def test_the_dbs_questions_lead_to_the_tool_and_back(
    draft: Assessment, sign_in: Callable[[Assessment], Visitor]
) -> None:
    page = sign_in(draft).get(path(draft, "/sr_roles"))
    tool = page.follow("Which DBS check does this role need?")
    assert tool.h1 == "Which DBS check does this role need?"
    assert tool.links["Back to your question"] == path(draft, "/sr_roles")
    assert "Which DBS check does this role need?" in tool.visitor.get("/criteria").links


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", [one.key for one in model_texts()])
def test_each_text_is_handed_out_with_the_council_s_numbers(
    key: str, kind: str, client: Visitor
) -> None:
    answer = client.get(f"/model-texts/{key}.{kind}")
    assert answer.status == 200
    assert examine(answer.body, f"{key}.{kind}").kind == kind
    words = " ".join(text_in(answer.body, kind).split())
    assert "{" not in words
    assert ":::" not in words
    assert "[your club’s name]" in blanks_in(words)
    assert "[Delete this box when you have finished]" in blanks_in(words)


def test_a_number_that_the_council_changes_changes_the_texts(client: Visitor) -> None:
    before = client.get("/model-texts/steps-when-worried.docx").body
    assert "01902 555392" in text_in(before, "docx")
    assert "has not confirmed all of them" in text_in(before, "docx")
    for key, value in (("child", "01632 960111"), ("nights", ""), ("allegation", "01632 960222")):
        contact = db.session.get(Contact, key)
        assert contact is not None
        contact.value = value or contact.value
        contact.verified_on = date(2026, 11, 20)
    raise_version()
    db.session.commit()
    after = text_in(client.get("/model-texts/steps-when-worried.docx").body, "docx")
    assert "01632 960111" in after
    assert "LADO on 01632 960222" in after
    assert "555392" not in after
    assert "has not confirmed" not in after


def test_a_text_without_numbers_asks_nobody_to_call_them(client: Visitor) -> None:
    words = text_in(client.get("/model-texts/risk-check.docx").body, "docx")
    assert "Call each number" not in words


@pytest.mark.parametrize("kind", KINDS)
def test_no_blank_hides_at_the_foot_of_a_page(kind: str, client: Visitor) -> None:
    words = text_in(client.get(f"/model-texts/risk-check.{kind}").body, kind)
    foot = [line for line in words.splitlines() if "Page" in line]
    assert foot
    assert not blanks_in(" ".join(foot))


def test_the_same_text_is_the_same_file_and_each_size_its_own(client: Visitor) -> None:
    address = "/model-texts/safeguarding-plan.docx"
    assert client.get(address).body == client.get(f"{address}?size=small").body
    assert client.get(address).body == client.get(f"{address}?size=nonsense").body
    assert client.get(f"{address}?size=lone").body != client.get(f"{address}?size=large").body


@pytest.mark.parametrize("name", ["nothing.docx", "safeguarding-plan.exe", "safeguarding-plan"])
def test_what_is_no_text_is_not_there(name: str, client: Visitor) -> None:
    assert client.get(f"/model-texts/{name}").status == 404


def test_the_page_of_texts_offers_each_in_both_kinds(client: Visitor) -> None:
    page = client.get("/model-texts?size=lone")
    for one in model_texts():
        assert f"/model-texts/{one.key}.docx?size=lone" in page.hrefs
        assert f"/model-texts/{one.key}.odt?size=lone" in page.hrefs


# What is left.


def test_what_is_left_is_one_click_away_on_every_page_of_the_self_check(
    draft: Assessment, sign_in: Callable[[Assessment], Visitor]
) -> None:
    club = sign_in(draft)
    for rest in ("/about", "/about/places", "/sg_policy", "/hs_ra_all", "/check", "/declare"):
        page = club.get(path(draft, rest))
        link = next(words for words in page.links if words.startswith("What is left?"))
        assert page.links[link] == path(draft, "#left"), rest
        assert int("".join(filter(str.isdigit, link))) > 20
    assert 'id="left"' in club.get(path(draft)).html


def test_when_nothing_is_left_it_says_so(
    draft: Assessment, sign_in: Callable[[Assessment], Visitor]
) -> None:
    ready = complete(a_draft())
    page = sign_in(ready).get(path(ready, "/sg_policy"))
    assert any(words.startswith("What is left? Nothing") for words in page.links), page.links
