"""Appeals against suspensions and revocations, who may see what, and errors in letters."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from registry import clock as registry_clock
from registry.appeals import services
from registry.appeals.queries import decision_to_appeal, words_of
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.standing import listed_assessment
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.permissions import P, can
from tests import factories as make
from tests.appeals.story import a_revoked, an_officer, answer, ask
from tests.page import Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock

NewVisitor = Callable[[], Visitor]


def is_listed(assessment: Assessment) -> bool:
    """Whether families can find it today."""
    return listed_assessment(assessment.organisation_id, registry_clock.today()) is not None


def test_while_it_waits_the_suspension_stands_and_nobody_revokes_and_upheld_it_is_listed_again(
    app: Flask, clock: Clock, outbox: Outbox
) -> None:
    clock.travel_to("2026-06-01")
    suspended = make.a_suspended()
    appeal = ask(suspended)
    clock.move(days=30)
    senior = make.a_senior()
    with pytest.raises(NotAllowedNow, match="appealed"):
        assessments.propose_revoke(suspended, senior, reason="No reply.")
    assert not is_listed(suspended)
    answer(appeal, an_officer(), "upheld")
    assert suspended.status == Status.APPROVED and is_listed(suspended)
    assert suspended.appeal_since is None
    letters = [one for one in outbox.letters if "answer to your appeal" in one.subject]
    assert len(letters) == 1 and "on the list again" in letters[0].text
    with pytest.raises(NotAllowedNow):  # the decision does not stand any more
        ask(suspended)


def test_a_revocation_past_its_last_day_is_upheld_as_lapsed(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-06-01")
    revoked = a_revoked(clock)
    appeal = ask(revoked)
    clock.to_midnight_after(revoked.listed_until)
    answer(appeal, an_officer(), "upheld")
    assert revoked.status == Status.LAPSED and not is_listed(revoked)


def test_changed_the_decision_stands_with_other_reasons_and_another_first_day(
    app: Flask, clock: Clock, outbox: Outbox
) -> None:
    clock.travel_to("2026-06-01")
    revoked = a_revoked(clock)
    revoked.not_before_on = registry_clock.today() + timedelta(days=300)
    appeal, officer = ask(revoked), an_officer()
    day = registry_clock.today() + timedelta(days=60)
    with pytest.raises(BadInput, match="12 months"):
        answer(appeal, officer, "changed", not_before_on=day + timedelta(days=400))
    answer(appeal, officer, "changed", reason="Six months are enough.", not_before_on=day)
    assert (revoked.status, revoked.not_before_on) == (Status.REVOKED, day)
    written = revoked.decisions[-1]
    assert (written.action, written.details["after"]) == ("change_on_appeal", day.isoformat())
    letter = outbox.latest(make.owner_of(revoked).email).text
    assert "The decision stands. But part of it is now different." in letter
    assert "Ombudsman" in letter and "Six months are enough." in letter


def test_not_upheld_nothing_changes_and_the_officer_has_had_a_part_from_then_on(
    app: Flask, clock: Clock, outbox: Outbox
) -> None:
    clock.travel_to("2026-06-01")
    suspended = make.a_suspended()
    appeal, officer = ask(suspended), an_officer()
    seen = appeal.version
    services.take_appeal(appeal, officer)
    with pytest.raises(StaleVersion):  # taken since the page was opened
        services.decide_appeal(appeal, officer, version=seen, outcome="not_upheld", reason="No.")
    with pytest.raises(BadInput):  # a suspension cannot be sent back
        answer(appeal, officer, "sent_back")
    answer(appeal, officer, "not_upheld", reason="The plan is still missing.")
    assert suspended.status == Status.SUSPENDED
    assert "Ombudsman" in outbox.latest(make.owner_of(suspended).email).text
    clock.move(days=30)
    assessments.propose_revoke(suspended, make.a_senior(), reason="No plan.")
    assessments.sign_revoke(suspended, make.a_senior())
    again = ask(suspended)  # another decision, another appeal, and another officer
    assert not can(officer, P.TAKE_APPEAL, again)
    assert can(an_officer(), P.TAKE_APPEAL, again)


def test_what_is_lifted_meanwhile_leaves_nothing_to_answer(app: Flask, outbox: Outbox) -> None:
    suspended = make.a_suspended()
    appeal = ask(suspended)
    assessments.propose_lift(suspended, make.a_senior(), reason="The new plan is good.")
    assessments.sign_lift(suspended, make.a_senior())
    assert services.outcomes_of(appeal) == ("over",)
    answer(appeal, an_officer(), "over", reason="You are on the list.")
    assert suspended.status == Status.APPROVED
    assert "nothing left to look at" in outbox.latest(make.owner_of(suspended).email).text


def test_under_a_quiet_hold_nothing_is_listed_by_an_appeal_and_nothing_is_said_of_it(
    app: Flask,
) -> None:
    suspended = make.a_suspended()
    make.with_hold(suspended)
    appeal, officer = ask(suspended), an_officer()
    with pytest.raises(NotAllowedNow) as refused:
        answer(appeal, officer, "upheld")
    assert "hold" not in refused.value.sentence.lower()
    answer(appeal, officer, "not_upheld")


@pytest.mark.parametrize("part", ["released", "found", "cleared", "proposed", "looked again"])
def test_whoever_had_any_part_is_no_officer_of_it(app: Flask, part: str) -> None:
    involved = an_officer("senior")
    if part == "released":
        case = make.a_submitted()
        assessments.start_review(case, involved)
        assessments.release(case, involved)
    elif part == "found":
        case = make.in_review(involved)
        assessments.release(case, involved)
    elif part == "cleared":
        case = make.in_review(plan=make.MADRASAH)
        assessments.clear_flag(case, involved, "ofsted_check", "A school of faith.")
    else:
        case = make.a_suspended()
        if part == "proposed":
            assessments.propose_lift(case, involved, reason="The plan is there.")
        else:
            assessments.review_suspension(case, involved, words="It goes on.")
    assert involved.id in case.took_part_ids
    assert not can(involved, P.UPHOLD, case)


def test_taken_back_it_can_be_asked_again_in_time(app: Flask) -> None:
    refused = make.a_refused()
    appeal = ask(refused)
    owner = make.owner_of(refused)
    with pytest.raises(NotYours):
        services.take_appeal_back(appeal, make.a_member(refused.organisation))
    with pytest.raises(NotAllowedNow):  # one at a time
        ask(refused)
    services.take_appeal_back(appeal, owner)
    assert refused.appeal_since is None
    assert ask(refused).state == "open"


def test_a_plain_error_in_a_letter_is_put_right_without_an_appeal(
    app: Flask, outbox: Outbox
) -> None:
    refused = make.a_refused()
    found = decision_to_appeal(refused.organisation)
    assert found
    decision = found[1]
    senior, given = make.a_senior(), {"decision_id": decision.id}
    for same in ("", "No plan."):
        with pytest.raises(BadInput):
            services.correct_letter(refused, senior, words=same, **given)
    with pytest.raises(NotYours):
        services.correct_letter(refused, make.a_reviewer(), words="No plan for 2026.", **given)
    services.correct_letter(refused, senior, words="No plan for 2026.", **given)
    assert words_of(refused, decision) == "No plan for 2026."
    assert (refused.status, decision.reason) == (Status.REFUSED, "No plan.")
    letter = outbox.latest(make.owner_of(refused).email)
    assert "a mistake in our letter" in letter.subject and "No plan for 2026." in letter.text
    assert decision_to_appeal(refused.organisation)[1] is decision


def test_a_club_asks_on_its_page_and_an_officer_reads_the_case_and_answers_with_the_letter_read(
    app: Flask, new_visitor: NewVisitor, outbox: Outbox
) -> None:
    refused = make.a_refused()
    owner, officer = make.owner_of(refused), an_officer()
    helper, reviewer = make.a_member(refused.organisation), make.a_reviewer()
    base = f"/club/{refused.organisation_id}"
    db.session.commit()
    club = new_visitor()
    club.sign_in(owner.email)
    page = club.get(base).follow("Appeal against our decision")
    assert "No plan." in page.text
    assert page.form().submit().status == 422
    page = page.form().fill({"words": "You read the old plan."}).submit()
    assert "Our decision stands until then" in page.text
    person = new_visitor()
    person.sign_in(helper.email)
    assert person.get(f"{base}/appeal").status == 403

    case = f"/council/cases/{refused.id}"
    desk = new_visitor()
    desk.sign_in(officer.email)
    assert desk.get(case).status == 404
    page = desk.get("/council/appeals").follow(refused.organisation.name)
    page = page.press("Take this appeal")
    assert desk.get(case).status == 200
    assert desk.get(f"{case}/questions/sg_policy").status == 200
    assert desk.get(f"{case}/papers/{refused.evidence[0].file_id}").status == 200
    assert desk.get(f"{case}/approve").status == 403
    page = page.follow("Answer the appeal")
    assert page.form().submit("See the letter").status == 422
    words = {"outcome": "not_upheld", "reason": "The plan names no lead."}
    letter = page.form().fill(words).submit("See the letter")
    assert "Local Government and Social Care Ombudsman" in letter.text
    assert refused.appeal_since is not None  # nothing is stored by looking
    page = letter.press("Change the words")
    assert page.form().fields["reason"] == "The plan names no lead."
    page = page.form().submit("See the letter").press("Send this answer")
    assert "It is answered" in page.text
    assert desk.get(case).status == 404
    assert "Our decision stands." in club.get(f"{base}/appeal").text
    other = new_visitor()
    other.sign_in(reviewer.email)
    assert other.get("/council/appeals").status == 403
