"""Ready-made words: those that come along, those that a council writes, and how they read."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.criteria.loading import current_edition
from registry.criteria.reading import reading_grade
from registry.database import db
from registry.ready_words.models import ReadyWords
from registry.ready_words.queries import all_words, shipped_words, words_for
from registry.ready_words.services import fill_in_words
from registry.ready_words.uses import RETURN_ONE, USES
from tests import factories as make
from tests.page import Visitor

FOR_CLUBS = ("return", "refuse", "suspend", "revoke", "uphold", "letter")


@pytest.fixture
def desk(app: Flask, new_visitor: Callable[[], Visitor]) -> Visitor:
    """An administrator at their desk."""
    email = make.a_person("Ola Adeyemi", "administrator").email
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email)
    return visitor


def test_every_text_that_comes_along_has_a_use_that_a_page_asks_for() -> None:
    known = {use for use, _ in USES} | {RETURN_ONE + q.key for q in current_edition().questions}
    assert {one.use for one in shipped_words()} <= known
    assert {use for use, _ in USES} <= {one.use for one in shipped_words()}, "none is empty"


@pytest.mark.parametrize("one", shipped_words(), ids=lambda one: one.key)
def test_what_a_club_reads_is_plain(one: ReadyWords) -> None:
    if one.use.partition(":")[0] not in FOR_CLUBS:
        return
    text = re.sub(r"\[[^\]]*\]", "this", one.text)
    assert reading_grade(text) <= 6, one.text
    assert "!" not in text
    assert not re.search(r"\b(safe|approved|vetted|trusted|recommended) club", text)


def test_what_the_council_wrote_over_is_never_written_back(app: Flask) -> None:
    first = words_for("refuse")[0]
    first.text = "Our own words."
    first.is_active = False
    db.session.flush()
    before = len(all_words())
    fill_in_words()
    assert len(all_words()) == before
    assert db.session.get_one(ReadyWords, first.id).text == "Our own words."
    assert first not in words_for("refuse")


def test_an_administrator_adds_changes_and_retires_words(desk: Visitor) -> None:
    page = desk.get("/admin/words").follow("Write new words")
    refused = page.form().fill(title="Hall closed").submit("Save")
    assert refused.status == 422
    assert set(refused.errors) == {"Choose what it is used for", "Write the words"}
    page = refused.form().fill(use="suspend", text="Your hall is closed.").submit("Save")
    assert "Hall closed" in page.main
    new = db.session.scalars(select(ReadyWords).where(ReadyWords.title == "Hall closed")).one()
    assert words_for("suspend")[-1].id == new.id
    form = page.follow("Hall closed").form()
    form.fill(text="Your hall is shut.").submit("Save")
    db.session.expire_all()
    assert words_for("suspend")[-1].text == "Your hall is shut."
    page = desk.get("/admin/words")
    form = next(f for f in (page.form(n) for n in range(60)) if f"{new.id}/retire" in f.action)
    form.submit()
    db.session.expire_all()
    assert new.id not in [one.id for one in words_for("suspend")]


def test_of_two_who_change_the_same_words_the_second_sees_both(desk: Visitor) -> None:
    one = words_for("lift")[0]
    number = one.id
    mine = desk.get(f"/admin/words/{number}")
    desk.get(f"/admin/words/{number}").form().fill(text="The first.").submit("Save")
    refused = mine.form().fill(text="The second.").submit("Save")
    assert refused.status == 409
    assert "The first." in refused.main
    assert refused.form().fields["text"] == "The second."
    refused.form().submit("Save")
    db.session.expire_all()
    assert db.session.get_one(ReadyWords, number).text == "The second."


def test_a_reviewer_finds_them_beside_the_box_and_may_change_them_each_time(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review()
    email, number = make.holder_of(case).email, case.id
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email)
    page = visitor.get(f"/council/cases/{number}/recommend")
    for one in words_for("recommend"):
        assert one.title in page.main
        assert one.text in " ".join(page.main.split())
