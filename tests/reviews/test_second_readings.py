"""Second readings: drawn by a rule that anybody with the seed can check, read by somebody else."""

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.database import db
from registry.errors import NotAllowedNow, NotYours
from registry.reviews.after_approval import doubts, second_readings_drawn, second_readings_due
from registry.reviews.drawing import is_drawn
from registry.reviews.models import SecondReading
from registry.reviews.services import read_again, settle_doubt
from tests import factories as make
from tests.page import Visitor

REFERENCES = [f"SAS-{number:06d}" for number in range(20_000)]


def test_the_rule_is_the_digest_of_seed_and_reference_and_nothing_else() -> None:
    digest = hashlib.sha256(b"a word:SAS-000001").hexdigest()
    place = int(digest[:16], 16) % 100
    assert not is_drawn("a word", "SAS-000001", place)
    assert is_drawn("a word", "SAS-000001", place + 1)


@pytest.mark.parametrize("share", [0, 10, 50, 100])
def test_it_draws_its_share_and_another_seed_draws_others(share: int) -> None:
    drawn = {one for one in REFERENCES if is_drawn("a word", one, share)}
    assert len(drawn) / len(REFERENCES) == pytest.approx(share / 100, abs=0.01)
    assert drawn == {one for one in REFERENCES if is_drawn("a word", one, share)}
    if 0 < share < 100:
        assert drawn != {one for one in REFERENCES if is_drawn("another", one, share)}


@pytest.mark.changed(second_reading_share=100)
def test_an_approval_that_is_drawn_is_read_by_somebody_who_had_no_part(app: Flask) -> None:
    case = make.in_review()
    holder, reader, senior = make.holder_of(case), make.a_reviewer(), make.a_senior()
    services.approve(case, holder, **make.read(case))
    assert second_readings_due(holder) == []
    reading = second_readings_due(reader)[0]
    assert (reading.assessment_id, reading.why) == (case.id, "drawn")
    with pytest.raises(NotYours):
        read_again(reading, holder, outcome="agrees", words="Fine.")
    read_again(reading, reader, outcome="doubt", words="The paper is of another hall.")
    with pytest.raises(NotAllowedNow):
        read_again(reading, senior, outcome="agrees", words="Fine.")
    assert second_readings_due(senior) == []
    assert doubts(senior) == [reading]
    assert doubts(reader) == []
    settle_doubt(reading, senior, words="Asked the club.")
    assert doubts(senior) == []
    auditor = make.a_person("Bea Stone", "auditor")
    knowing = [who for who in (holder, reader, senior, auditor) if second_readings_drawn(who)]
    assert knowing == [senior, auditor], "what came of it is for them, and they keep reading it"
    assert case.status == Status.APPROVED, "a doubt alone changes nothing"


@pytest.mark.changed(second_reading_share=0)
def test_where_the_share_is_nothing_nothing_is_drawn(app: Flask) -> None:
    make.an_approved()
    assert db.session.scalars(select(SecondReading)).all() == []


@pytest.mark.changed(second_reading_share=100)
def test_a_reader_says_what_they_read_and_nobody_else_is_offered_it(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.an_approved()
    reader = make.a_reviewer()
    linked = make.a_member(case.organisation)
    make.give_role(linked, "reviewer")
    emails = reader.email, linked.email
    db.session.commit()
    desk, theirs = new_visitor(), new_visitor()
    desk.sign_in(emails[0])
    theirs.sign_in(emails[1])
    assert "Kingfisher" not in theirs.get("/council/second-readings").main
    page = desk.get("/council/second-readings").follow("Kingfisher")
    refused = page.form().fill(reason="All read.").submit("Save")
    assert refused.status == 422
    assert refused.errors == ["Say whether you would have approved it"]
    assert refused.form().fields["reason"] == "All read."
    page = refused.form().fill(outcome="agrees").submit("Save")
    assert "Nothing waits for you here" in page.main
