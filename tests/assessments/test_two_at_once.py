"""Two people at one thing: the second is told what changed, and loses nothing that they typed.

And one person who goes back: a file that was sent once need not be chosen again.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assessments.lifecycle import Status
from registry.assessments.models import Answer, Assessment
from registry.assessments.services.answers import save_answer
from registry.database import db
from registry.files.models import StoredFile
from registry.web.models import ShelfItem
from tests import factories
from tests.factories import PASSWORD, a_draft, a_member, complete, owner_of
from tests.files.specimens import a_pdf
from tests.page import Page, Visitor
from tests.rigs.travelling import Clock

PLAN = ("Our plan.pdf", a_pdf("Our safeguarding plan", "Call 999 or the MASH"))
PEOPLE = {
    "p_people-number": 7,
    "p_paid-said": "yes",
    "p_employees-number": 3,
    "p_vols-said": "yes",
    "p_young_help-said": "no",
}


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


def path(assessment: Assessment, rest: str) -> str:
    return f"/club/{assessment.organisation_id}/self-check{rest}"


def kept(assessment_id: int, key: str) -> Answer:
    db.session.expire_all()
    return db.session.scalars(
        select(Answer).where(Answer.assessment_id == assessment_id, Answer.question_key == key)
    ).one()


def save(page: Page, **values: object) -> Page:
    return page.form("answer").fill(values).submit("Save and continue")


def test_on_a_page_about_the_club_every_overtaken_answer_is_shown(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, address = draft.id, path(draft, "/about")
    first, second = signed_in(owner_of(draft)), signed_in(a_member(draft.organisation))
    mine = first.get(address)
    save(second.get(address), **PEOPLE)
    refused = save(mine, **{**PEOPLE, "p_people-number": 9, "p_employees-number": 5})
    assert refused.status == 409
    assert "Dawn Whitehouse changed" in refused.main
    assert "7" in refused.main
    assert "3" in refused.main
    fields = refused.form("answer").fields
    assert (fields["p_people-number"], fields["p_employees-number"]) == ("9", "5")
    assert kept(number, "p_people").parts == {"number": 7}, "nothing was overwritten unseen"
    assert kept(number, "p_employees").parts == {"number": 3}
    again = refused.form("answer").submit("Save and continue")
    assert again.status == 200
    assert kept(number, "p_people").parts == {"number": 9}
    assert kept(number, "p_employees").parts == {"number": 5}


def test_what_nobody_else_touched_is_saved_with_the_second_try_too(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, address = draft.id, path(draft, "/about")
    helper = a_member(draft.organisation)
    owner = signed_in(owner_of(draft))
    mine = owner.get(address)
    save_answer(draft, helper, "p_people", {"number": 4}, version=0)
    db.session.commit()
    refused = save(mine, **PEOPLE)
    assert refused.status == 409
    assert refused.main.count("Dawn Whitehouse changed") == 1
    refused.form("answer").submit("Save and continue")
    assert kept(number, "p_vols").parts == {"said": "yes"}
    assert kept(number, "p_people").parts == {"number": 7}


def test_a_file_survives_that_somebody_else_was_quicker(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, address = draft.id, path(draft, "/sg_steps")
    first, second = signed_in(owner_of(draft)), signed_in(a_member(draft.organisation))
    mine = first.get(address)
    page = second.get(address).form("answer").fill({"said": "partly"})
    page.submit("Save and come back later")
    refused = save(mine, said="yes", file=[PLAN])
    assert refused.status == 409
    assert "We kept your file Our plan.pdf" in refused.main
    refused.form("answer").submit("Save and continue")
    answer = kept(number, "sg_steps")
    assert answer.parts["said"] == "yes"
    assert len(answer.parts["file"]) == 1


def test_the_same_said_by_two_people_is_no_conflict(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    address = path(draft, "/about")
    first, second = signed_in(owner_of(draft)), signed_in(a_member(draft.organisation))
    mine = first.get(address)
    save(second.get(address), **PEOPLE)
    assert save(mine, **PEOPLE).status == 200


def test_an_owner_about_to_sign_is_told_what_somebody_changed(
    app: Flask, signed_in: Callable[..., Visitor], clock: Clock
) -> None:
    ready = complete(a_draft())
    number, helper = ready.id, a_member(ready.organisation)
    owner = signed_in(owner_of(ready))
    page = owner.get(path(ready, "/declare"))
    clock.move(minutes=1)
    answer = kept(number, "eq_bully")
    save_answer(
        db.session.get_one(Assessment, number),
        helper,
        "eq_bully",
        {**answer.parts, "said": "partly"},
        version=answer.version,
    )
    db.session.commit()
    signing = {
        "agreed": ["1", "2", "3", "4", "5"],
        "declared_name": "Marcia Bent",
        "declared_role": "Head teacher",
    }
    refused = page.form("declared_name").fill(signing).submit("Sign and send to the council")
    assert refused.status == 409
    assert "Dawn Whitehouse changed" in refused.main
    assert refused.form("declared_name").fields["declared_name"] == "Marcia Bent"
    db.session.expire_all()
    assert db.session.get_one(Assessment, number).status == Status.DRAFT
    sent = refused.form("declared_name").submit("Sign and send to the council")
    assert sent.h1 == "We have your self-check"


def test_ones_own_change_in_another_tab_does_not_stop_the_signature(
    app: Flask, signed_in: Callable[..., Visitor], clock: Clock
) -> None:
    ready = complete(a_draft())
    owner = signed_in(owner_of(ready))
    page = owner.get(path(ready, "/declare"))
    clock.move(minutes=1)
    other = owner.get(path(ready, "/eq_bully")).form("answer").fill({"said": "partly"})
    other.submit("Save and continue")
    signing = {
        "agreed": ["1", "2", "3", "4", "5"],
        "declared_name": "Marcia Bent",
        "declared_role": "Head teacher",
    }
    sent = page.form("declared_name").fill(signing).submit("Sign and send to the council")
    assert sent.h1 == "We have your self-check"


# The back button.


def test_a_file_survives_a_mistake_and_the_back_button(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, address = draft.id, path(draft, "/sg_steps")
    owner = signed_in(owner_of(draft))
    refused = save(owner.get(address), file=[PLAN])
    assert refused.status == 422
    back = owner.get(address)
    assert "We kept your file Our plan.pdf" in back.main
    assert "You were signed out" not in back.main
    save(back, said="yes")
    assert len(kept(number, "sg_steps").parts["file"]) == 1
    after = owner.get(address)
    assert "We kept your file" not in after.main, "what was saved is off the shelf"
    assert db.session.scalar(select(func.count()).select_from(ShelfItem)) == 0


def test_a_file_kept_for_one_question_or_person_is_not_offered_to_another(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner, helper = signed_in(owner_of(draft)), signed_in(a_member(draft.organisation))
    save(owner.get(path(draft, "/sg_steps")), file=[PLAN])
    assert "We kept your file" not in owner.get(path(draft, "/hs_policy")).main
    assert "We kept your file" not in helper.get(path(draft, "/sg_steps")).main


def test_a_file_found_again_can_be_let_go(
    draft: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner, address = signed_in(owner_of(draft)), path(draft, "/sg_steps")
    save(owner.get(address), file=[PLAN])
    form = owner.get(address).form("answer").fill({"said": "yes", "drop-kept": ["0"]})
    form.submit("Save and come back later")
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert "We kept your file" not in owner.get(address).main


def test_a_file_is_found_for_a_day_and_not_longer(
    draft: Assessment, signed_in: Callable[..., Visitor], clock: Clock
) -> None:
    account, address = owner_of(draft), path(draft, "/sg_steps")
    save(signed_in(account).get(address), file=[PLAN])
    clock.move(hours=23)
    assert "We kept your file" in signed_in(account).get(address).main
    clock.move(hours=2)
    assert "We kept your file" not in signed_in(account).get(address).main
