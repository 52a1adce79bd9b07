"""V10: edition 1.0 → 1.1 adds a CORE item (domain A.6.6).

Approved and open self-checks keep 1.0; a draft may be sent under it for 60 days, then it moves with
its answers; a decision stores its edition.
"""

from datetime import date, timedelta

import pytest
from flask import Flask

from registry import clock as real
from registry.assessments import services
from registry.assessments.edition_news import edition_news
from registry.assessments.evaluating import edition_of
from registry.assessments.services.answers import save_answer
from registry.assessments.services.submit import Incomplete, what_is_missing
from registry.criteria.loading import KnownEdition, also_read, current_edition, load_edition
from registry.criteria.moving_on import edition_for_draft, last_day_of
from registry.database import db
from registry.jobs.nightly import run_night
from tests import factories as make
from tests.administration.editions import NEW_KEY, adopted
from tests.page import Visitor
from tests.rigs.travelling import Clock

FROM = date(2027, 3, 1)
LAST = date(2027, 4, 30)  # 60 days after the first of March


@pytest.fixture
def two_editions(monkeypatch: pytest.MonkeyPatch):
    """1.0, and 1.1 from the first of March."""
    from registry.criteria import loading

    monkeypatch.setattr(loading, "_others", dict(loading._others))
    first = load_edition("1.0")
    also_read(lambda: (KnownEdition("1.1", FROM, lambda: first),), lambda: FROM)


@pytest.mark.parametrize(
    ("number", "today", "stands_under"),
    [
        ("1.0", date(2027, 2, 28), "1.0"),
        ("1.0", FROM, "1.0"),
        ("1.0", LAST - timedelta(days=1), "1.0"),
        ("1.0", LAST, "1.0"),
        ("1.0", LAST + timedelta(days=1), "1.1"),
        ("1.0", date(2028, 1, 1), "1.1"),
        ("1.1", FROM, "1.1"),
        ("1.1", date(2030, 1, 1), "1.1"),
    ],
)
@pytest.mark.usefixtures("two_editions")
def test_a_draft_may_be_sent_for_sixty_days(number: str, today: date, stands_under: str):
    assert edition_for_draft(number, today) == stands_under


@pytest.mark.usefixtures("two_editions")
def test_the_last_day_is_the_sixtieth():
    assert (last_day_of("1.0"), last_day_of("1.1")) == (LAST, None)


def test_two_newer_editions_send_a_draft_to_the_one_in_force(monkeypatch: pytest.MonkeyPatch):
    """60 days count from the next edition, and lead to the one that counts by then."""
    from registry.criteria import loading

    monkeypatch.setattr(loading, "_others", dict(loading._others))
    known = [("1.1", FROM), ("1.2", FROM + timedelta(days=30))]
    also_read(
        lambda: tuple(KnownEdition(n, d, lambda: load_edition("1.0")) for n, d in known), real.today
    )
    assert edition_for_draft("1.0", LAST) == "1.0"
    assert edition_for_draft("1.0", LAST + timedelta(days=1)) == "1.2"
    assert edition_for_draft("1.1", LAST + timedelta(days=1)) == "1.1"


def test_v10_approved_and_open_keep_1_0_and_a_draft_moves_after_60_days(
    app: Flask, clock: Clock, client: Visitor
):
    approved, waiting = make.an_approved(), make.in_review(plan=make.COACH)
    draft = make.complete(make.a_draft(make.CHESS), make.CHESS)
    owner, email = make.owner_of(draft), make.owner_of(draft).email
    in_force_on = real.today() + timedelta(days=10)
    adopted(in_force_on)
    assert current_edition().number == "1.0"

    clock.travel_to(in_force_on)
    assert current_edition().number == "1.1"
    assert [edition_of(one).number for one in (approved, waiting, draft)] == ["1.0"] * 3
    new = make.a_draft(make.MADRASAH)
    assert new.edition == "1.1"
    services.approve(waiting, make.holder_of(waiting), **make.read(waiting))
    assert waiting.decisions[-1].edition == "1.0"

    # Day 60: it may still be sent as it was, and its club knows what is coming.
    clock.travel_to(in_force_on + timedelta(days=60))
    news = edition_news(draft, real.today())
    assert news is not None
    assert (news.send_by, [q.key for q in news.added]) == (real.today(), [NEW_KEY])
    assert what_is_missing(draft, real.today()) == []

    # Day 61: it has moved, before any job has run; what was answered is there.
    clock.travel_to(in_force_on + timedelta(days=61))
    answers = {one.question_key: one.parts for one in draft.answers}
    assert edition_of(draft).number == "1.1"
    assert [key for key, _ in what_is_missing(draft, real.today())] == [NEW_KEY]
    db.session.commit()
    with pytest.raises(Incomplete):
        services.submit(draft, owner, declared_name="A B", declared_role="Chair")
    db.session.rollback()
    assert draft.edition == "1.0"
    run_night()
    assert draft.edition == "1.1"
    assert draft.acts[-1].action == "move_on"
    assert {one.question_key: one.parts for one in draft.answers} == answers
    assert [edition_of(one).number for one in (approved, waiting)] == ["1.0", "1.0"]

    # The club reads what is new, answers it, and sends it; the decision names its edition.
    address = f"/club/{draft.organisation_id}/self-check"
    client.sign_in(email, make.PASSWORD)
    shown = client.get(address)
    assert "The questions have changed" in shown.text
    assert f"{address}/{NEW_KEY}" in shown.hrefs
    save_answer(draft, owner, NEW_KEY, {"said": "yes"}, version=0)
    submission = services.submit(draft, owner, declared_name="A B", declared_role="Chair")
    assert submission.document["edition"] == "1.1"
    assert edition_news(draft, real.today()) is None
