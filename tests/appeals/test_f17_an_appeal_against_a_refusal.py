"""F17: refused on Monday 2 November 2026. Who may ask until when, who answers, what follows."""

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.accounts.services.roles import give_role
from registry.appeals import services
from registry.appeals.queries import waiting
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.services.decide import needs_second_person
from registry.clock import today
from registry.database import db
from registry.demonstration import walking
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.permissions import P, can
from registry.reviews.queue import cases, next_case
from tests import factories as make
from tests.appeals.story import an_officer, answer, ask
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock


def people_of(refused: Assessment) -> tuple[Account, Account]:
    """Who recommended, and who decided."""
    by = {one.action: one.by_id for one in refused.decisions}
    return db.session.get_one(Account, by["recommend"]), db.session.get_one(Account, by["refuse"])


@pytest.fixture
def refused(app: Flask, clock: Clock) -> Assessment:
    """A case that was refused on that day."""
    clock.travel_to("2026-11-02 10:00")
    return make.a_refused()


def test_asked_on_day_20_and_upheld_it_is_submitted_again_for_people_with_no_part_in_it(
    refused: Assessment, clock: Clock, outbox: Outbox
) -> None:
    reviewer, senior = people_of(refused)
    owner = make.owner_of(refused)
    clock.travel_to("2026-11-30 23:50")
    appeal = ask(refused)
    assert (appeal.state, refused.status) == ("open", Status.REFUSED)
    assert "We answer by 30 December 2026" in outbox.latest(owner.email).text
    assert "An appeal officer" in outbox.latest("safe-and-sound@example.gov.uk").text

    # Whoever had a part in it cannot see it, and cannot answer it; nobody answers their own take.
    for involved in (reviewer, senior):
        give_role(involved, "appeal_officer")
        assert not can(involved, P.TAKE_APPEAL, appeal)
        with pytest.raises(NotYours):
            services.take_appeal(appeal, involved)
    officer, other = an_officer(), an_officer()
    assert [one.appeal for one in waiting(officer, today())] == [appeal]
    assert not can(officer, P.READ_CASE, refused)
    services.take_appeal(appeal, officer)
    assert can(officer, P.READ_CASE, refused) and not can(other, P.READ_CASE, refused)
    with pytest.raises(NotYours):
        services.decide_appeal(
            appeal, other, version=appeal.version, outcome="sent_back", reason="It was wrong."
        )

    answer(appeal, officer, "sent_back")
    assert (appeal.outcome, refused.status) == ("sent_back", Status.SUBMITTED)
    assert not can(officer, P.READ_CASE, refused)  # it is nobody's appeal any more
    assert "read again, by people who had no part" in outbox.latest(owner.email).text

    # From now on it is for others: in the pool, to read, to recommend and to sign.
    give_role(officer, "senior")
    for involved in (reviewer, senior, officer):
        assert next_case(involved, cases(involved, today()), today()) is None
        with pytest.raises(NotYours):
            assessments.start_review(refused, involved)
    fresh = make.a_reviewer()
    queue = cases(fresh, today())
    assert next_case(fresh, queue, today()) is refused
    assert queue[0].target.words == "20 days left"  # its time begins afresh
    assessments.start_review(refused, fresh)
    assert refused.findings == []
    walking.find_all_met(refused, fresh)
    assert "after_appeal" in needs_second_person(refused)
    assessments.approve(refused, fresh, **make.read(refused))
    assert refused.status == Status.RECOMMENDED
    with pytest.raises(NotYours):
        assessments.approve(refused, senior, **make.read(refused))
    assessments.approve(refused, make.a_senior(), **make.read(refused))
    assert refused.status == Status.APPROVED


def test_day_21_is_too_late_unless_the_reason_is_good(
    refused: Assessment, clock: Clock, outbox: Outbox
) -> None:
    _, senior = people_of(refused)
    owner, officer = make.owner_of(refused), an_officer()
    clock.travel_to("2026-12-01 00:10")
    with pytest.raises(BadInput, match="only now"):
        ask(refused)
    appeal = ask(refused, late="Our secretary was in hospital.")
    assert (appeal.state, appeal.begins_on) == ("late", None)
    assert "First we look at your reason" in outbox.latest(owner.email).text

    services.take_appeal(appeal, officer)
    with pytest.raises(NotAllowedNow):  # not before somebody says that it may come late
        services.decide_appeal(
            appeal, officer, version=appeal.version, outcome="sent_back", reason="It was wrong."
        )
    with pytest.raises(NotYours):  # not whoever decided
        services.excuse(appeal, senior, version=appeal.version, is_good=True, words="")
    services.excuse(appeal, make.a_senior(), version=appeal.version, is_good=True, words="")
    assert (appeal.state, appeal.begins_on) == ("open", today())
    assert "We answer by 31 December 2026" in outbox.latest(owner.email).text


def test_a_reason_that_is_not_good_ends_it_and_the_letter_says_where_to_complain(
    refused: Assessment, clock: Clock, outbox: Outbox
) -> None:
    clock.travel_to("2026-12-01")
    appeal = ask(refused, late="We forgot.")
    given = {"version": appeal.version, "is_good": False}
    with pytest.raises(BadInput):
        services.excuse(appeal, an_officer(), words=" ", **given)
    services.excuse(appeal, an_officer(), words="Everybody got our letter.", **given)
    assert (appeal.state, appeal.outcome) == ("decided", "turned_down")
    assert refused.status == Status.REFUSED and refused.appeal_since is None
    letter = outbox.latest(make.owner_of(refused).email).text
    assert "Everybody got our letter." in letter and "Ombudsman" in letter
    with pytest.raises(NotAllowedNow):  # one decision has one appeal
        ask(refused, late="Please.")
