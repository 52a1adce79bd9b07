"""The self-check as a club meets it: page by page, saved, left, lost and found again."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.accounts.models import WebSession
from registry.assessments.lifecycle import Status
from registry.assessments.models import Answer, Assessment, Evidence, Submission
from registry.assessments.services.answers import save_answer
from registry.assessments.services.evidence import add_paper
from registry.audit.models import Entry
from registry.database import db
from registry.files.models import StoredFile
from tests import factories
from tests.factories import COACH, PASSWORD, a_draft, a_member, a_returned, complete, owner_of
from tests.files.specimens import a_pdf
from tests.page import Page, Visitor

PLAN = ("Our plan.pdf", a_pdf("Our safeguarding plan", "Call 999 or the MASH"))
CHECKLIST = ("Checklist.pdf", a_pdf("Our steps for choosing helpers"))


@pytest.fixture
def signed_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody with a browser of their own, signed in."""

    def sign_in(account: factories.Account) -> Visitor:
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return sign_in


@pytest.fixture
def draft(app: Flask) -> Assessment:
    """A dance school's self-check that was just begun."""
    return a_draft()


def path(assessment: Assessment, rest: str = "") -> str:
    return f"/club/{assessment.organisation_id}/self-check{rest}"


def kept(assessment_id: int, key: str) -> Answer | None:
    db.session.expire_all()
    return db.session.scalar(
        select(Answer).where(Answer.assessment_id == assessment_id, Answer.question_key == key)
    )


def fill_people(page: Page, **more: object) -> Page:
    values = {
        "p_people-number": 7,
        "p_paid-said": "yes",
        "p_employees-number": 3,
        "p_vols-said": "yes",
        "p_young_help-said": "no",
        **more,
    }
    return page.form("answer").fill(values).submit("Save and continue")


# The walk.


def test_an_owner_walks_from_the_task_list_to_a_saved_answer(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    tasks = owner.get(path(draft))
    assert tasks.h1 == "Your self-check"
    page = tasks.follow("Steps when worried")
    assert page.h1 == "Do you have clear steps for when someone is worried about a child?"
    assert "01902 555392" in page.main
    form = page.form("answer").fill({"said": "yes", "file": [PLAN], "page": "3"})
    following = form.submit("Save and continue")
    assert (
        following.h1 == "Do you know what to do if someone says an adult at your club "
        "may have hurt a child?"
    )
    answer = kept(number, "sg_steps")
    assert answer is not None
    assert answer.parts["said"] == "yes"
    assert answer.parts["page"] == "3"
    assert len(answer.parts["file"]) == 1
    again = owner.get(path(draft, "/sg_steps"))
    assert "Our plan.pdf" in again.main
    assert again.form("answer").fields["said"] == "yes"


def test_what_is_said_about_the_club_decides_what_is_asked(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(draft))
    owner.get(path(draft))
    page = fill_people(owner.get(path(draft, "/about")))
    assert page.h1 == "Where do you meet, and who can come?"
    page = (
        page.form("answer")
        .fill(
            {"p_place-ticked": ["hired_hall"], "p_limits-said": "no", "p_school_hours-said": "no"}
        )
        .submit("Save and continue")
    )
    page = (
        page.form("answer")
        .fill({"p_national-choice": "no", "p_ofsted-said": "no", "p_charity-choice": "neither"})
        .submit("Save and continue")
    )
    assert page.h1 == "Your self-check"
    assert "Employers’ liability insurance" in page.links
    assert "Someone outside to call" not in page.links

    alone = fill_people(
        owner.get(path(draft, "/about")), **{"p_people-number": 1, "p_solo_type-said": "yes"}
    )
    assert alone.status == 200
    page = owner.get(path(draft))
    assert "Someone outside to call" in page.links
    assert "Your lead" not in page.links


def test_questions_that_do_not_apply_are_not_asked(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    page = owner.get(path(draft, "/sg_lone_contact"))
    assert page.h1 == "Your self-check"
    assert "You do not need to answer that question." in page.main
    owner.post(path(draft, "/sg_lone_contact"), {"said": "yes"})
    assert kept(number, "sg_lone_contact") is None
    assert owner.get(path(draft, "/no_such_question")).status == 404


def test_people_who_contradict_themselves_are_asked_who_helps_then(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(draft))
    page = fill_people(
        owner.get(path(draft, "/about")), **{"p_paid-said": "no", "p_vols-said": "no"}
    )
    assert page.status == 422
    assert page.errors == ["Who helps you, then? Say yes to paid people, to volunteers, or to both"]
    page = fill_people(owner.get(path(draft, "/about")), **{"p_employees-number": 9})
    assert page.errors == ["You said 7 people help. You cannot employ more people than that"]


# Saving.


def test_an_answer_that_is_not_good_enough_is_kept_as_given(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    long_ago = clock.today() - timedelta(days=900)
    page = owner.get(path(draft, "/sg_review_date")).form("answer").fill({"date": long_ago})
    assert page.submit("Save and continue").status == 200
    answer = kept(number, "sg_review_date")
    assert answer is not None
    assert answer.parts == {"date": long_ago.isoformat()}


def test_an_incomplete_answer_is_kept_for_later_and_still_to_do(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sg_lead_training")).form("answer")
    form.fill({"course": "Level 3, Local Partnership"})
    refused = form.submit("Save and continue")
    assert refused.status == 422
    assert kept(number, "sg_lead_training") is None
    tasks = form.submit("Save and come back later")
    assert tasks.h1 == "Your self-check"
    answer = kept(number, "sg_lead_training")
    assert answer is not None
    assert answer.parts == {"course": "Level 3, Local Partnership"}
    assert "Lead’s training Carry on" in tasks.main


def test_a_future_date_is_refused_with_what_was_typed(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sg_review_date")).form("answer")
    later = date(clock.today().year + 1, 11, 2)
    page = form.fill({"date": later}).submit("Save and come back later")
    assert page.status == 422
    assert page.errors == [f"The date must be today or before. You put 2 November {later.year}"]
    assert page.form("answer").fields["date-year"] == str(later.year)


def test_what_was_typed_under_a_choice_not_made_need_not_be_right(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/hs_first_aid")).form("answer")
    form.fill({"said": "no", "ends_on-day": "soon", "people": "many"})
    assert form.submit("Save and continue").status == 200
    form.fill({"said": "yes"})
    assert len(form.submit("Save and continue").errors) == 2


def test_more_checks_than_people_who_need_one_is_refused(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sr_dbs_done")).form("answer")
    page = form.fill({"need": 3, "have": 5}).submit("Save and continue")
    assert page.status == 422
    assert page.errors == ["This cannot be more than the number who need a check"]


def test_saving_one_page_touches_no_other_answer_and_writes_names_of_parts_only(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = owner_of(draft)
    save_answer(draft, owner, "sg_adults", {"said": "partly", "note": "See page 4"}, version=0)
    number = draft.id
    visitor = signed_in(owner)
    form = visitor.get(path(draft, "/eq_complain")).form("answer")
    form.fill({"said": "yes", "how": "Tell Dawn Whitehouse"}).submit("Save and continue")
    other = kept(number, "sg_adults")
    assert other is not None
    assert other.parts == {"said": "partly", "note": "See page 4"}
    entry = db.session.scalars(select(Entry).order_by(Entry.number.desc())).first()
    assert entry is not None
    assert entry.action == "answer"
    assert entry.details == {"question": "eq_complain", "parts": ["how", "said"], "version": 1}
    assert "Dawn" not in str(entry.details)


def test_the_second_of_two_savers_is_told_and_loses_nothing(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    helper = a_member(draft.organisation)
    first, second = signed_in(owner_of(draft)), signed_in(helper)
    mine = first.get(path(draft, "/eq_complain")).form("answer")
    theirs = second.get(path(draft, "/eq_complain")).form("answer")
    theirs.fill({"said": "yes", "how": "Tell Asha"}).submit("Save and continue")
    page = mine.fill({"said": "yes", "how": "Tell Marcia"}).submit("Save and continue")
    assert page.status == 409
    assert "Dawn Whitehouse changed this while you had it open" in page.main
    assert "Tell Asha" in page.main
    assert page.form("answer").fields["how"] == "Tell Marcia"
    answer = kept(number, "eq_complain")
    assert answer is not None
    assert answer.parts["how"] == "Tell Asha"
    page.form("answer").submit("Save and continue")
    answer = kept(number, "eq_complain")
    assert answer is not None
    assert answer.parts["how"] == "Tell Marcia"


def test_two_tabs_on_two_questions_keep_both_answers(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    one = owner.get(path(draft, "/eq_complain")).form("answer")
    other = owner.get(path(draft, "/eq_bully")).form("answer")
    one.fill({"said": "yes", "how": "Tell Dawn"}).submit("Save and continue")
    other.fill({"said": "partly"}).submit("Save and continue")
    assert kept(number, "eq_complain") is not None
    assert kept(number, "eq_bully") is not None


def test_going_back_and_saving_the_same_again_changes_nothing(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/eq_bully")).form("answer").fill({"said": "yes"})
    form.submit("Save and continue")
    entries = db.session.scalar(select(func.count()).select_from(Entry))
    assert form.submit("Save and continue").status == 200
    answer = kept(number, "eq_bully")
    assert answer is not None
    assert answer.version == 1
    assert db.session.scalar(select(func.count()).select_from(Entry)) == entries


# Papers.


def test_a_file_survives_a_mistake_elsewhere_on_the_page(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sg_steps")).form("answer")
    page = form.fill({"file": [PLAN]}).submit("Save and continue")
    assert page.status == 422
    assert page.errors == ["Choose yes, partly or no"]
    assert "We kept your file Our plan.pdf" in page.main
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    page.form("answer").fill({"said": "yes"}).submit("Save and continue")
    answer = kept(number, "sg_steps")
    assert answer is not None
    assert len(answer.parts["file"]) == 1


def test_a_kept_file_and_a_new_one_are_both_saved(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sg_steps")).form("answer")
    page = form.fill({"file": [PLAN]}).submit("Save and continue")
    page = page.form("answer").fill({"file": [CHECKLIST]}).submit("Save and continue")
    assert "We kept your file Our plan.pdf" in page.main
    assert "We kept your file Checklist.pdf" in page.main
    page.form("answer").fill({"said": "yes"}).submit("Save and continue")
    answer = kept(number, "sg_steps")
    assert answer is not None
    assert len(answer.parts["file"]) == 2


def test_a_kept_file_can_be_let_go(draft: Assessment, signed_in: Callable[..., Visitor]) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sg_steps")).form("answer")
    page = form.fill({"file": [PLAN, CHECKLIST]}).submit("Save and continue")
    form = page.form("answer").fill({"said": "yes", "drop-kept": ["0"]})
    form.submit("Save and continue")
    assert kept(number, "sg_steps") is not None
    assert [one.name for one in db.session.scalars(select(StoredFile))] == ["Checklist.pdf"]


def test_a_file_that_cannot_come_in_is_named_and_the_good_one_is_kept(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/sg_steps")).form("answer")
    bad = ("Minutes.pages", b"PK\x03\x04 not a paper")
    page = form.fill({"said": "yes", "file": [PLAN, bad]}).submit("Save and continue")
    assert page.status == 422
    assert "Minutes.pages" in page.errors[0]
    assert "We kept your file Our plan.pdf" in page.main
    assert "We kept your file Minutes.pages" not in page.main
    assert kept(number, "sg_steps") is None
    page.form("answer").submit("Save and continue")
    answer = kept(number, "sg_steps")
    assert answer is not None
    assert len(answer.parts["file"]) == 1


def test_a_file_is_used_again_and_removed_from_one_question_only(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner_account = owner_of(draft)
    add_paper(draft, owner_account, "sg_policy", FileStorage(BytesIO(PLAN[1]), filename=PLAN[0]))
    owner = signed_in(owner_account)
    form = owner.get(path(draft, "/sg_steps")).form("answer")
    form.fill({"said": "yes", "file-reuse": ["Our plan.pdf"]}).submit("Save and continue")
    rows = db.session.scalars(select(Evidence).where(Evidence.assessment_id == number)).all()
    assert {one.question_key for one in rows} == {"sg_policy", "sg_steps"}
    assert len({one.file_id for one in rows}) == 1

    form = owner.get(path(draft, "/sg_steps")).form("answer")
    form.fill({"Remove Our plan.pdf": True}).submit("Save and come back later")
    rows = db.session.scalars(select(Evidence).where(Evidence.assessment_id == number)).all()
    assert {one.question_key for one in rows} == {"sg_policy"}
    answer = kept(number, "sg_steps")
    assert answer is not None
    assert answer.parts == {"said": "yes"}


def test_the_same_file_sent_twice_is_held_once(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(draft))
    for key in ("sg_steps", "sg_steps", "hs_policy"):
        form = owner.get(path(draft, f"/{key}")).form("answer").fill({"file": [PLAN]})
        form.submit("Save and come back later")
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert db.session.scalar(select(func.count()).select_from(Evidence)) == 2


def test_parts_for_a_national_groups_plan_are_not_shown_to_others(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = owner_of(draft)
    visitor = signed_in(owner)
    assert (
        "When did your own group agree to use it?"
        not in visitor.get(path(draft, "/sg_policy")).main
    )
    said = {"choice": "uses", "name": "Scouts"}
    save_answer(draft, owner, "p_national", said, version=0)
    db.session.commit()
    page = visitor.get(path(draft, "/sg_policy"))
    assert "When did your own group agree to use it?" in page.main
    form = page.form("answer").fill({"link": "scouts.org.uk/safe", "adopted_on": date(2026, 3, 1)})
    assert form.submit("Save and continue").status == 200


def test_each_activity_gets_its_risk_check_and_each_file_its_date(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    activity = draft.organisation.activities[0].id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/hs_ra_all")).form("answer")
    missing = form.submit("Save and continue")
    assert missing.errors == ["Choose a file for each activity"]
    form = missing.form("answer").fill({f"rows-{activity}-new": CHECKLIST})
    form.submit("Save and continue")
    answer = kept(number, "hs_ra_all")
    assert answer is not None
    evidence = answer.parts["rows"][0]["file"]
    assert answer.parts["rows"] == [{"activity_id": activity, "file": evidence}]
    page = owner.get(path(draft, "/hs_ra_date"))
    assert "Checklist.pdf (Street Dance Juniors)" in page.main
    today = clock.today()
    form = page.form("answer").fill({f"rows-{evidence}-checked_on": today})
    form.submit("Save and continue")
    answer = kept(number, "hs_ra_date")
    assert answer is not None
    assert answer.parts["rows"] == [{"file": evidence, "checked_on": today.isoformat()}]


def test_the_club_reads_its_own_paper_and_the_history_says_so(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner_account = owner_of(draft)
    paper = add_paper(
        draft, owner_account, "sg_policy", FileStorage(BytesIO(PLAN[1]), filename=PLAN[0])
    )
    address = f"/club/{draft.organisation_id}/papers/{paper.file_id}"
    stranger = signed_in(factories.a_person())
    owner = signed_in(owner_account)
    page = owner.get(address)
    assert page.body == PLAN[1]
    assert page.headers["Content-Disposition"].startswith("attachment")
    page.response.close()
    entry = db.session.scalars(select(Entry).order_by(Entry.number.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject_type) == ("read", "stored_file")
    assert stranger.get(address).status == 404


def test_a_paper_of_another_club_is_not_here(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    other = a_draft()
    paper = add_paper(
        other, owner_of(other), "sg_policy", FileStorage(BytesIO(PLAN[1]), filename=PLAN[0])
    )
    number = paper.file_id
    owner = signed_in(owner_of(draft))
    assert owner.get(f"/club/{draft.organisation_id}/papers/{number}").status == 404


# A web session that ended.


def test_what_was_typed_after_the_session_ended_is_offered_again_with_its_file(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, account = draft.id, owner_of(draft)
    email = account.email
    owner = signed_in(account)
    form = owner.get(path(draft, "/sg_steps")).form("answer")
    for session in db.session.scalars(select(WebSession)):
        session.ended_at = clock.now()
    db.session.commit()
    form.fill({"said": "partly", "note": "Page 3 is best", "file": [PLAN]})
    page = form.submit("Save and continue")
    assert page.h1 == "Sign in"
    assert kept(number, "sg_steps") is None
    page = page.form("email").fill({"email": email, "password": PASSWORD}).submit()
    assert "We kept what you typed" in page.main
    assert "We kept your file Our plan.pdf" in page.main
    assert page.form("answer").fields["note"] == "Page 3 is best"
    page.form("answer").submit("Save and continue")
    answer = kept(number, "sg_steps")
    assert answer is not None
    assert answer.parts["said"] == "partly"
    assert len(answer.parts["file"]) == 1


# The lead's private contact.


def with_lead(draft: Assessment) -> None:
    lead = {"name": "Sandeep Rai", "role": "Coach", "email": "lead@example.org"}
    save_answer(draft, owner_of(draft), "sg_lead", {"said": "yes", "lead": lead}, version=0)


def test_a_helper_does_not_see_the_leads_contact_and_never_blanks_it(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    with_lead(draft)
    number = draft.id
    helper = signed_in(a_member(draft.organisation))
    page = helper.get(path(draft, "/sg_lead"))
    assert "Given. Only the owner can see it." in page.main
    assert "lead@example.org" not in page.html
    page.form("answer").fill({"said": "partly"}).submit("Save and continue")
    answer = kept(number, "sg_lead")
    assert answer is not None
    assert answer.parts["said"] == "partly"
    assert answer.parts["lead"]["email"] == "lead@example.org"
    assert "lead@example.org" not in helper.get(path(draft, "/check")).html


def test_the_owner_sees_the_leads_contact_and_the_history_says_so(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    with_lead(draft)
    owner = signed_in(owner_of(draft))
    page = owner.get(path(draft, "/sg_lead"))
    assert page.form("answer").fields["lead-email"] == "lead@example.org"
    entry = db.session.scalars(select(Entry).order_by(Entry.number.desc())).first()
    assert entry is not None
    assert entry.action == "read"


def test_the_lead_sees_their_own_contact(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    helper = a_member(draft.organisation)
    lead = {"name": helper.name, "email": helper.email}
    save_answer(draft, owner_of(draft), "sg_lead", {"said": "yes", "lead": lead}, version=0)
    page = signed_in(helper).get(path(draft, "/sg_lead"))
    assert page.form("answer").fields["lead-email"] == lead["email"]


# Sending.


def test_a_half_done_self_check_never_reaches_the_queue(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = draft.id
    owner = signed_in(owner_of(draft))
    page = sign(owner.get(path(draft, "/declare")))
    assert page.status == 422
    assert "missing" in page.main
    assert "Safeguarding: 6 questions" in page.links
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
    db.session.expire_all()
    assert db.session.get_one(Assessment, number).status == Status.DRAFT


def sign(page: Page) -> Page:
    boxes = [str(n) for n in range(1, 6)]
    form = page.form("declared_name")
    form.fill({"agreed": boxes, "declared_name": "Marcia Bent", "declared_role": "Owner"})
    return form.submit("Sign and send to the council")


def test_the_owner_signs_and_sends_and_is_told_until_when(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    complete(draft)
    number = draft.id
    owner = signed_in(owner_of(draft))
    page = owner.get(path(draft, "/declare"))
    assert "You would be listed until" in page.main
    assert "open data" in page.main
    page = sign(page)
    assert page.h1 == "We have your self-check"
    assert "20 working days" in page.main
    db.session.expire_all()
    assert db.session.get_one(Assessment, number).status == Status.SUBMITTED
    page = page.press("Take it back")
    assert page.h1 == "Your self-check"
    db.session.expire_all()
    assert db.session.get_one(Assessment, number).status == Status.DRAFT


def test_the_declaration_asks_for_every_sentence_and_keeps_the_name(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    complete(draft)
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/declare")).form("declared_name")
    form.fill({"agreed": ["1", "2", "3", "4"], "declared_name": "Marcia Bent"})
    page = form.submit("Sign and send to the council")
    assert page.status == 422
    assert "There is 1 more sentence to tick" in page.errors
    assert page.form("declared_name").fields["declared_name"] == "Marcia Bent"


def test_a_helper_cannot_sign(draft: Assessment, signed_in: Callable[..., Visitor]) -> None:
    complete(draft)
    number = draft.id
    helper = signed_in(a_member(draft.organisation))
    assert helper.get(path(draft, "/declare")).status == 403
    boxes = {"agreed": "1", "declared_name": "D", "declared_role": "H"}
    assert helper.post(path(draft, "/declare"), boxes).status == 403
    assert "Only the owner can sign" in helper.get(path(draft)).main
    db.session.expire_all()
    assert db.session.get_one(Assessment, number).status == Status.DRAFT


def test_nothing_can_be_changed_once_it_is_sent(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    complete(draft)
    number = draft.id
    owner = signed_in(owner_of(draft))
    form = owner.get(path(draft, "/eq_bully")).form("answer")
    sign(owner.get(path(draft, "/declare")))
    page = form.fill({"said": "no"}).submit("Save and continue")
    assert "not open for changes" in page.main
    answer = kept(number, "eq_bully")
    assert answer is not None
    assert answer.parts["said"] == "yes"


def test_after_a_return_only_the_questions_sent_back_are_open(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    returned = a_returned()
    number = returned.id
    owner = signed_in(owner_of(returned))
    page = owner.get(path(returned))
    assert "Steps when worried Sent back" in page.main
    assert page.links["Bullying and hate"].endswith("/check#eq_bully")
    page = page.follow("Steps when worried")
    assert "Add 999." in page.main
    owner.post(path(returned, "/eq_bully"), {"said": "no", "version-eq_bully": "1"})
    owner.post(path(returned, "/about"), {"p_people-number": "2"})
    untouched = kept(number, "eq_bully")
    assert untouched is not None
    assert untouched.parts["said"] == "yes"
    form = page.form("answer").fill({"note": "999 is on page 3 now"})
    page = form.submit("Save and continue")
    assert "Steps when worried Done" in page.main
    page = sign(page.follow("Sign and send"))
    assert page.h1 == "We have your self-check"


# Whose it is.


def test_a_stranger_finds_nothing(draft: Assessment, signed_in: Callable[..., Visitor]) -> None:
    stranger = signed_in(factories.a_person())
    for rest in ("", "/about", "/sg_steps", "/check", "/declare", "/sent", "/close"):
        assert stranger.get(path(draft, rest)).status == 404
    assert stranger.post(path(draft, "/sg_steps"), {"said": "yes"}).status == 404
    assert stranger.get(f"/club/{draft.organisation_id}").status == 404


@pytest.fixture(params=["large", "lone"])
def finished(request: pytest.FixtureRequest, app: Flask) -> Assessment:
    """A finished self-check of a group, and of one person."""
    plan = factories.DANCE if request.param == "large" else COACH
    return complete(a_draft(plan), plan)


def test_every_page_of_a_finished_self_check_opens_and_saves_as_it_stands(
    finished: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    """Each page shows what is kept: saving it without a change changes no answer."""
    number = finished.id
    owner = signed_in(owner_of(finished))
    before = {a.question_key: in_order(a.parts) for a in finished.answers}
    for key in before:
        if key.startswith("p_"):
            continue
        page = owner.get(path(finished, f"/{key}"))
        saved = page.form("answer").submit("Save and continue")
        assert saved.status == 200, (key, saved.errors)
    for rest in ("/about", "/about/places", "/about/groups"):
        saved = owner.get(path(finished, rest)).form("answer").submit("Save and continue")
        assert saved.status == 200, (rest, saved.errors)
    db.session.expire_all()
    after = db.session.scalars(select(Answer).where(Answer.assessment_id == number))
    assert {a.question_key: in_order(a.parts) for a in after} == before


def in_order(parts: dict[str, object]) -> dict[str, object]:
    """What was ticked, in one order."""
    return {
        name: sorted(value) if isinstance(value, list) and isinstance(value[0], str) else value
        for name, value in parts.items()
    }
