"""Every row of the lifecycle, taken for real: who may, what must hold, whom it tells."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.assessments import services
from registry.assessments.lifecycle import STORED, Action, Status, actions_from
from registry.assessments.models import Assessment, Finding
from registry.assessments.publish import publish
from registry.assessments.services.answers import save_answer
from registry.assessments.services.decide import needs_second_person
from registry.assessments.standing import listed_assessment, open_assessment
from registry.audit.chain import first_break
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.criteria.dates import add_months
from registry.database import db
from registry.errors import BadInput, DomainError, NotAllowedNow, NotYours, StaleVersion
from registry.messages.models import Message
from tests import factories as make
from tests.rigs.travelling import Clock

S = Status
pytestmark = pytest.mark.usefixtures("app")


def cards() -> int:
    """How many cards there are, whatever their date."""
    return db.session.query(Card).count()


def told() -> list[str]:
    """Every message queued, in order."""
    return list(db.session.scalars(select(Message.template).order_by(Message.id)))


def test_the_main_job_tells_each_person_once_and_lists_the_club() -> None:
    assessment = make.an_approved()
    assert assessment.status == S.APPROVED
    assert told() == ["club/received", "council/new", "club/lead", "club/listed"]
    assert cards() == 1
    assert listed_assessment(assessment.organisation_id, clock.today()) is assessment
    assert first_break() is None


REACHED: dict[Status, Callable[[], Assessment]] = {
    S.DRAFT: make.a_draft,
    S.SUBMITTED: make.a_submitted,
    S.IN_REVIEW: make.in_review,
    S.RETURNED: make.a_returned,
    S.RECOMMENDED: make.a_recommended,
    S.APPROVED: make.an_approved,
    S.REFUSED: make.a_refused,
    S.SUSPENDED: make.a_suspended,
}


def acts(assessment: Assessment) -> dict[Action, Callable[[], object]]:
    """Every verb, done by the person who would be right for it were the status right."""
    owner, senior = make.owner_of(assessment), make.a_senior()
    reviewer = make.holder_of(assessment) if assessment.holder_id else make.a_reviewer()
    officer = make.a_person("Kit Moss", "appeal_officer")
    read = make.read(assessment) if assessment.submissions else {"submission_id": 0}
    return {
        Action.SUBMIT: lambda: services.submit(
            assessment, owner, declared_name="S", declared_role="Owner"
        ),
        Action.TAKE_BACK: lambda: services.take_back(assessment, owner),
        Action.START_REVIEW: lambda: services.start_review(assessment, reviewer),
        Action.RELEASE: lambda: services.release(assessment, senior),
        Action.RETURN_FOR_CHANGES: lambda: services.return_for_changes(
            assessment, senior, **read, words={"sg_steps": "Add 999."}
        ),
        Action.RECOMMEND: lambda: services.recommend(
            assessment, reviewer, **read, what="refuse", reason="As found."
        ),
        Action.SEND_BACK: lambda: services.send_back(assessment, senior, reason="Look again."),
        Action.APPROVE: lambda: services.approve(assessment, reviewer, **read),
        Action.REFUSE: lambda: services.refuse(assessment, senior, **read, reason="No plan."),
        Action.EXTEND: lambda: services.extend(
            assessment, reviewer, new_review_on=clock.today(), reason="Read again."
        ),
        Action.SUSPEND: lambda: services.suspend(assessment, senior, reason="Advice."),
        Action.LIFT: lambda: services.propose_lift(assessment, senior, reason="Settled."),
        Action.REVOKE: lambda: services.propose_revoke(assessment, senior, reason="No reply."),
        Action.UPHOLD: lambda: services.uphold(assessment, officer, reason="They were right."),
        Action.LAPSE: lambda: services.lapse(assessment),
        Action.GIVE_UP: lambda: services.give_up(assessment),
        Action.REOPEN: lambda: services.reopen(assessment, owner),
        Action.CLOSE: lambda: services.close(assessment, owner),
    }


@pytest.mark.parametrize("status", REACHED)
def test_a_step_that_the_table_does_not_name_is_refused_and_changes_nothing(
    status: Status,
) -> None:
    assessment = REACHED[status]()
    db.session.commit()
    for action, act in acts(assessment).items():
        if action in actions_from(status):
            continue
        db.session.commit()
        before = (assessment.status, assessment.version, len(told()), cards())
        with pytest.raises(DomainError):
            act()
        db.session.rollback()
        assert (assessment.status, assessment.version, len(told()), cards()) == before, action


def test_a_member_cannot_send_and_a_stranger_cannot_begin() -> None:
    assessment = make.complete(make.a_draft())
    member = make.a_member(assessment.organisation)
    with pytest.raises(NotYours):
        services.submit(assessment, member, declared_name="D", declared_role="Helper")
    with pytest.raises(NotYours):
        services.begin(make.a_club(make.CHESS), make.a_person())


def test_one_unanswered_core_question_stops_the_sending_and_is_named() -> None:
    """V3."""
    assessment = make.complete(make.a_draft())
    for answer in list(assessment.answers):
        if answer.question_key == "sg_adults":
            assessment.answers.remove(answer)
            db.session.delete(answer)
    db.session.flush()
    with pytest.raises(services.Incomplete) as caught:
        services.submit(
            assessment, make.owner_of(assessment), declared_name="S", declared_role="Owner"
        )
    assert [key for key, _ in caught.value.missing] == ["sg_adults"]


def test_what_was_sent_is_never_changed_even_by_the_database() -> None:
    assessment = make.a_submitted()
    db.session.commit()
    assessment.submissions[0].declared_name = "Somebody else"
    with pytest.raises(Exception, match="kept as it was written"):
        db.session.commit()
    db.session.rollback()


def test_the_database_holds_one_open_and_one_standing_assessment_for_a_club() -> None:
    assessment = make.a_draft()
    twin = Assessment(
        organisation_id=assessment.organisation_id,
        reference="SAS-TWIN22",
        edition="1.0",
        status="submitted",
        status_since=clock.now(),
        begun_at=clock.now(),
    )
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_only_the_returned_questions_open_and_their_findings_are_cleared() -> None:
    assessment = make.a_returned()
    assert services.returned_keys(assessment) == {"sg_steps": "Add 999."}
    before = db.session.query(Finding).count()
    services.submit(assessment, make.owner_of(assessment), declared_name="S", declared_role="Owner")
    assert db.session.query(Finding).count() == before - 1
    assert assessment.status == S.SUBMITTED
    assert assessment.latest_submission and assessment.latest_submission.number == 2


def test_an_answer_that_changed_after_a_release_has_to_be_read_again() -> None:
    """Released with its findings, taken back, changed, sent again: only the rest stays found."""
    assessment = make.in_review()
    owner = make.owner_of(assessment)
    services.release(assessment, make.holder_of(assessment))
    services.take_back(assessment, owner)
    answer = next(a for a in assessment.answers if a.question_key == "sg_parents")
    save_answer(
        assessment,
        owner,
        answer.question_key,
        {**answer.parts, "note": "It hangs by the door now."},
        version=answer.version,
    )
    services.submit(assessment, owner, declared_name="S", declared_role="Owner")
    found = {f.question_key for f in assessment.findings}
    assert answer.question_key not in found
    assert "sg_policy" in found


def test_a_decision_on_something_older_than_was_sent_is_refused() -> None:
    assessment = make.in_review()
    with pytest.raises(StaleVersion):
        services.approve(assessment, make.holder_of(assessment), submission_id=999)


def test_a_finding_against_the_suggestion_needs_a_reason() -> None:
    assessment = make.in_review(met=False)
    reviewer = make.holder_of(assessment)
    given = {**make.read(assessment), "result": "not_met"}
    with pytest.raises(BadInput):
        services.record_finding(assessment, reviewer, "sg_steps", **given)
    finding = services.record_finding(
        assessment, reviewer, "sg_steps", **given, reason="It names no one."
    )
    assert (finding.result, finding.suggested) == ("not_met", "met")


def test_only_the_holder_finds_and_approves() -> None:
    assessment = make.in_review()
    other = make.a_reviewer()
    with pytest.raises(NotYours):
        services.approve(assessment, other, **make.read(assessment))
    with pytest.raises(NotYours):
        services.record_finding(
            assessment, other, "sg_steps", **make.read(assessment), result="met"
        )


def test_no_approval_while_one_question_is_open_or_not_met() -> None:
    assessment = make.in_review(met=False)
    with pytest.raises(NotAllowedNow):
        services.approve(assessment, make.holder_of(assessment), **make.read(assessment))


def test_a_plan_that_turns_a_year_old_while_it_is_read_stops_the_approval(clock: Clock) -> None:
    """V11: the rules run again on the day of the decision."""
    clock.travel_to("2026-11-22")
    assessment = make.in_review(reviewed_on=date(2025, 11, 30))
    clock.travel_to("2026-11-30")
    make.walking.find_all_met(assessment, make.holder_of(assessment))
    clock.travel_to("2026-12-01")
    with pytest.raises(NotAllowedNow):
        services.approve(assessment, make.holder_of(assessment), **make.read(assessment))


def test_listed_until_is_a_year_from_the_decision_or_from_the_review(clock: Clock) -> None:
    clock.travel_to("2026-11-22")
    late = make.an_approved(reviewed_on=date(2025, 12, 22))
    assert late.listed_until == date(2026, 12, 22)
    fresh = make.an_approved(plan=make.CHESS, reviewed_on=date(2026, 11, 22))
    assert fresh.listed_until == date(2027, 11, 22)


def test_a_recommendation_is_signed_by_a_senior_who_did_not_make_it() -> None:
    senior = make.a_senior()
    assessment = make.in_review(reviewer=senior)
    services.recommend(
        assessment, senior, **make.read(assessment), what="refuse", reason="As found."
    )
    with pytest.raises(NotYours):
        services.refuse(assessment, senior, **make.read(assessment), reason="No plan.")
    services.refuse(assessment, make.a_senior(), **make.read(assessment), reason="No plan.")
    assert assessment.status == S.REFUSED
    assert told()[-2:] == ["council/second-person", "club/refused"]


@pytest.mark.changed(two_people_for_first_approval=True)
def test_where_two_are_needed_the_holders_approval_becomes_a_recommendation() -> None:
    assessment = make.in_review()
    holder = make.holder_of(assessment)
    decision = services.approve(assessment, holder, **make.read(assessment))
    assert (decision.action, assessment.status, cards()) == ("recommend", S.RECOMMENDED, 0)
    with pytest.raises(NotYours):
        services.approve(assessment, holder, **make.read(assessment))
    services.approve(assessment, make.a_senior(), **make.read(assessment))
    assert (assessment.status, cards()) == (S.APPROVED, 1)


def test_a_quiet_hold_stops_the_decision_and_lifting_nothing_else() -> None:
    assessment = make.in_review()
    hold = make.with_hold(assessment)
    services.approve(assessment, make.holder_of(assessment), **make.read(assessment))
    assert assessment.status == S.RECOMMENDED
    with pytest.raises(NotAllowedNow):
        services.approve(assessment, make.a_senior(), **make.read(assessment))
    hold.until = clock.now()
    services.approve(assessment, make.a_senior(), **make.read(assessment))
    assert assessment.status == S.APPROVED


def test_a_hold_that_takes_the_listing_off_takes_the_cards_off() -> None:
    assessment = make.an_approved()
    make.with_hold(assessment, off=True)
    publish(assessment.organisation)
    assert cards() == 0


def test_a_linked_reviewer_cannot_take_the_case() -> None:
    assessment = make.a_submitted()
    linked = make.a_member(assessment.organisation)
    make.give_role(linked, "reviewer")
    with pytest.raises(NotYours):
        services.start_review(assessment, linked)


def test_suspending_takes_the_club_off_at_once_and_a_second_senior_signs() -> None:
    assessment = make.an_approved()
    first, second = make.a_senior(), make.a_senior()
    services.suspend(assessment, first, reason="Advice from the LADO.")
    assert (assessment.status, cards(), told()[-1]) == (S.SUSPENDED, 0, "club/suspended")
    with pytest.raises(NotYours):
        services.countersign(assessment, first)
    assert services.countersign(assessment, second).signed_by_id == second.id


@pytest.mark.parametrize(("days_later", "ends"), [(5, S.APPROVED), (400, S.LAPSED)])
def test_lifting_lists_again_only_in_date(clock: Clock, days_later: int, ends: Status) -> None:
    assessment = make.a_suspended()
    clock.move(days=days_later)
    first = make.a_senior()
    services.propose_lift(assessment, first, reason="Settled.")
    with pytest.raises(NotYours):
        services.sign_lift(assessment, first)
    services.sign_lift(assessment, make.a_senior())
    assert assessment.status == ends
    assert cards() == (1 if ends == S.APPROVED else 0)


def test_revoking_waits_for_the_time_to_reply_and_two_signatures(clock: Clock) -> None:
    clock.travel_to("2026-11-02")
    assessment = make.a_suspended()
    with pytest.raises(NotAllowedNow):
        services.propose_revoke(assessment, make.a_senior(), reason="No reply.")
    clock.travel_to("2026-11-17")
    first = make.a_senior()
    services.propose_revoke(assessment, first, reason="No reply.", not_before_on=date(2027, 5, 1))
    with pytest.raises(NotYours):
        services.sign_revoke(assessment, first)
    services.sign_revoke(assessment, make.a_senior())
    assert assessment.status == S.REVOKED
    with pytest.raises(NotAllowedNow):
        services.begin(assessment.organisation, make.owner_of(assessment))
    clock.travel_to("2027-05-01")
    services.begin(assessment.organisation, make.owner_of(assessment))


def test_after_a_revocation_a_senior_signs_the_next_approval(clock: Clock) -> None:
    clock.travel_to("2026-11-02")
    assessment = make.a_suspended()
    clock.travel_to("2026-11-20")
    services.propose_revoke(assessment, make.a_senior(), reason="No reply.")
    services.sign_revoke(assessment, make.a_senior())
    again = make.in_review(organisation=assessment.organisation)
    assert "revoked_before" in needs_second_person(again)


def test_while_one_is_suspended_no_renewal_is_approved(clock: Clock) -> None:
    assessment = make.an_approved()
    assert assessment.listed_until
    clock.travel_to(assessment.listed_until - timedelta(days=50))
    renewal = make.in_review(organisation=assessment.organisation)
    services.suspend(assessment, make.a_senior(), reason="Advice.")
    with pytest.raises(NotAllowedNow):
        services.approve(renewal, make.holder_of(renewal), **make.read(renewal))
    assert renewal.status == S.IN_REVIEW


def test_a_renewal_takes_the_place_of_the_one_that_stands_and_nothing_blinks(
    clock: Clock,
) -> None:
    assessment = make.an_approved()
    organisation = assessment.organisation
    assert assessment.listed_until
    with pytest.raises(NotAllowedNow):
        services.begin(organisation, make.owner_of(organisation))
    clock.travel_to(assessment.listed_until - timedelta(days=60))
    renewal = make.in_review(organisation=organisation)
    assert (renewal.is_renewal, cards()) == (True, 1)
    services.approve(renewal, make.holder_of(renewal), **make.read(renewal))
    assert (assessment.status, renewal.status, cards()) == (S.SUPERSEDED, S.APPROVED, 1)


def test_renewal_answers_are_copied_and_each_has_to_be_confirmed(clock: Clock) -> None:
    assessment = make.an_approved()
    assert assessment.listed_until
    clock.travel_to(assessment.listed_until)
    renewal = make.a_draft(organisation=assessment.organisation)
    copied = {a.question_key: a.confirmed for a in renewal.answers}
    assert copied and not any(copied.values())
    with pytest.raises(services.Incomplete):
        services.submit(renewal, make.owner_of(renewal), declared_name="S", declared_role="Owner")


def test_lapse_is_for_a_day_that_is_over_and_tells_the_club_once(clock: Clock) -> None:
    assessment = make.an_approved()
    assert assessment.listed_until
    clock.travel_to(assessment.listed_until)
    with pytest.raises(NotAllowedNow):
        services.lapse(assessment)
    clock.to_midnight_after(assessment.listed_until)
    services.lapse(assessment)
    assert (assessment.status, cards(), told()[-1]) == (S.LAPSED, 0, "club/lapsed")
    with pytest.raises(NotAllowedNow):
        services.lapse(assessment)


def test_F1_a_lapsed_club_is_extended_within_ninety_days_of_a_fresh_decision(
    clock: Clock,
) -> None:
    clock.travel_to("2026-02-01")
    assessment = make.an_approved(reviewed_on=date(2025, 10, 22))
    assert assessment.listed_until == date(2026, 10, 22)
    clock.travel_to("2026-10-23")
    services.lapse(assessment)
    clock.travel_to("2027-01-21")
    services.extend(
        assessment, make.a_reviewer(), new_review_on=date(2026, 11, 20), reason="Minutes seen."
    )
    assert (assessment.status, assessment.listed_until) == (S.APPROVED, date(2027, 2, 1))


@pytest.mark.parametrize("day", ["2027-01-22", "2027-02-02"])
def test_F1_after_ninety_days_or_a_year_a_new_assessment_is_needed(clock: Clock, day: str) -> None:
    clock.travel_to("2026-02-01")
    assessment = make.an_approved(reviewed_on=date(2025, 10, 22))
    clock.travel_to("2026-10-23")
    services.lapse(assessment)
    clock.travel_to(day)
    with pytest.raises(NotAllowedNow):
        services.extend(
            assessment, make.a_reviewer(), new_review_on=date(2026, 11, 20), reason="Seen."
        )


def test_an_appeal_is_upheld_only_by_someone_who_had_no_part(clock: Clock) -> None:
    refused = make.a_refused()
    took_part = make.holder_of(refused)
    make.give_role(took_part, "appeal_officer")
    with pytest.raises(NotYours):
        services.uphold(refused, took_part, reason="They were right.")
    officer = make.a_person("Kit Moss", "appeal_officer")
    services.uphold(refused, officer, reason="They were right.")
    assert (refused.status, refused.holder_id, told()[-1]) == (S.SUBMITTED, None, "club/appeal")


@pytest.mark.parametrize(("days_later", "ends"), [(5, S.APPROVED), (400, S.LAPSED)])
def test_an_upheld_suspension_lists_again_only_in_date(
    clock: Clock, days_later: int, ends: Status
) -> None:
    assessment = make.a_suspended()
    clock.move(days=days_later)
    services.uphold(assessment, make.a_person("Kit", "appeal_officer"), reason="Right.")
    assert assessment.status == ends
    assert cards() == (1 if ends == S.APPROVED else 0)


def test_uphold_is_refused_while_another_one_is_open() -> None:
    refused = make.a_refused()
    make.a_draft(organisation=refused.organisation)
    with pytest.raises(NotAllowedNow):
        services.uphold(refused, make.a_person("Kit", "appeal_officer"), reason="Right.")


def test_a_draft_left_for_six_months_is_put_aside_and_can_be_opened_again(clock: Clock) -> None:
    clock.travel_to("2026-01-10")
    assessment = make.a_draft()
    clock.travel_to(add_months(date(2026, 1, 10), 6))
    with pytest.raises(NotAllowedNow):
        services.give_up(assessment)
    clock.move(days=1)
    services.give_up(assessment)
    assert (assessment.status, told()[-1]) == (S.ABANDONED, "club/abandoned")
    services.reopen(assessment, make.owner_of(assessment))
    assert assessment.status == S.DRAFT


def test_a_return_is_put_aside_after_twenty_working_days_and_for_good_after_three_months(
    clock: Clock,
) -> None:
    clock.travel_to("2026-12-14")
    assessment = make.a_returned()
    clock.travel_to("2027-01-14")  # day 20: 25, 28 December and 1 January do not count
    with pytest.raises(NotAllowedNow):
        services.give_up(assessment)
    clock.travel_to("2027-01-15")
    services.give_up(assessment)
    clock.travel_to("2027-04-16")
    with pytest.raises(NotAllowedNow):
        services.reopen(assessment, make.owner_of(assessment))


def test_closing_takes_the_cards_off_and_frees_the_way_for_another(clock: Clock) -> None:
    assessment = make.an_approved()
    services.close(assessment, make.owner_of(assessment))
    assert (assessment.status, cards(), told()[-1]) == (S.CLOSED, 0, "council/closed")
    assert open_assessment(assessment.organisation_id) is None


def test_every_step_writes_one_entry_that_holds_no_free_text() -> None:
    assessment = make.a_returned()
    entries = db.session.scalars(
        select(Entry).where(Entry.subject_type == "assessment").order_by(Entry.number)
    ).all()
    steps = [e.action for e in entries if "to" in e.details]
    assert steps == ["begin", "submit", "start_review", "return_for_changes"]
    assert not any("Add 999" in str(e.details) for e in entries)
    assert assessment.status == S.RETURNED


def test_every_status_of_the_table_is_reached_by_some_test_here() -> None:
    reached = set(REACHED) | {S.LAPSED, S.REVOKED, S.SUPERSEDED, S.ABANDONED, S.CLOSED}
    assert reached == set(STORED)
