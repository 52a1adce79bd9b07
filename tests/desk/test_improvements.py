"""F28: what is good practice and not there yet keeps nobody off the list, and is not public."""

from collections.abc import Callable

from flask import Flask

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Finding
from registry.assessments.services.review import record_finding
from registry.database import db
from tests import factories
from tests.factories import PASSWORD, holder_of, in_review, owner_of, read
from tests.page import Visitor

WORDS = "Ask your hall about public liability insurance. It costs about £60 a year."


def test_f28_good_items_become_improvement_actions_that_only_the_club_sees(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = in_review(plan=factories.CHESS)
    reviewer = holder_of(case)
    for key, words in (("hs_public", WORDS), ("eq_learn", "")):
        record_finding(
            case, reviewer, key, **read(case), result="not_met", reason="None yet.", words=words
        )
    decision = services.approve(case, reviewer, **read(case))
    assert case.status == Status.APPROVED, "good practice stops nobody"
    assert {"hs_public", "eq_learn"} <= set(decision.details["improvement_actions"])
    assert not any(
        one.result != "met"
        for one in db.session.query(Finding).filter_by(assessment_id=case.id)
        if one.question_key not in decision.details["improvement_actions"]
    )

    home, email = f"/club/{case.organisation_id}", owner_of(case).email
    slug = case.organisation.slug
    db.session.commit()
    owner = new_visitor()
    owner.sign_in(email, PASSWORD)
    page = owner.get(home)
    assert "You are on the list until" in page.main
    assert "Good things to work on" in page.main
    assert "Public liability insurance" in page.main
    assert WORDS in page.main
    assert "None yet." not in page.main, "the reason is the council’s own"

    family = new_visitor()
    for path in ("/activities/chess-club", f"/organisations/{slug}", "/activities?q=chess"):
        public = family.get(path)
        assert public.status == 200
        for said in (WORDS, "liability", "work on", "improve", "None yet"):
            assert said not in public.html, (path, said)
