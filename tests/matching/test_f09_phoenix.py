"""F9: “Star Kidz Academy” was revoked, and comes again as “Starz Kids Ltd”."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.services.decide import needs_second_person
from registry.database import db
from registry.errors import NotYours
from registry.matching.queries import matches_of, strong_matches
from registry.permissions import P, can
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.matching.story import plan, read_by, sent
from tests.page import Visitor
from tests.rigs.travelling import Clock

OLD = plan("Star Kidz Academy", phone="01902 960111")
NEW = plan("Starz Kids Ltd", phone="+44 1902 960 111")
PAPERS = [("Plan.pdf", a_pdf("We keep stars safe"))]
SIGNS = "A senior needs to sign this one"


def test_a_senior_signs_who_sees_why_and_nobody_else_learns_of_the_match(
    app: Flask, clock: Clock, new_visitor: Callable[[], Visitor]
) -> None:
    clock.travel_to("2026-06-01")
    reviewer, senior, second = make.a_reviewer(), make.a_senior(), make.a_senior()
    revoked = read_by(reviewer, sent(OLD, PAPERS))
    services.approve(revoked, reviewer, **make.read(revoked))
    services.suspend(revoked, senior, reason="The checks were not done.")
    clock.move(days=30)
    services.propose_revoke(revoked, senior, reason="No reply.")
    services.sign_revoke(revoked, second)

    again = read_by(reviewer, sent(NEW, PAPERS))
    (match,) = strong_matches(again.organisation_id)
    assert match.hits == ["file", "phone", "postcode"]  # the names are not 90 in 100 alike
    assert {"strong_match", "revoked_before"} <= set(needs_second_person(again))
    assert can(senior, P.SEE_MATCHES, match) and not can(reviewer, P.SEE_MATCHES, match)
    db.session.commit()

    case, pages = f"/council/cases/{again.id}", {}
    for who in (reviewer, senior, make.owner_of(again)):
        visitor = new_visitor()
        db.session.commit()
        visitor.sign_in(who.email)
        pages[who.id] = visitor
    desk = pages[reviewer.id].get(case)
    assert SIGNS in desk.text and "Star Kidz" not in desk.text
    assert "May be the same club" not in desk.text
    assert pages[reviewer.id].get(f"/council/matches/{match.id}").status == 404
    seen = pages[senior.id].get(case).follow("Star Kidz Academy")
    assert "The same file, byte for byte" in seen.text
    club = pages[make.owner_of(again).id]
    home = club.get(f"/club/{again.organisation_id}")
    assert "We need more time for this one." in home.text and "Star Kidz" not in home.text
    assert "We need more time" in club.get(f"/club/{again.organisation_id}/self-check/sent").text

    # Never refused by itself: an honest new owner, with proof, is recommended and signed.
    services.approve(again, reviewer, **make.read(again))
    assert again.status == Status.RECOMMENDED
    with pytest.raises(NotYours):
        services.approve(again, reviewer, **make.read(again))
    services.approve(again, senior, **make.read(again))
    assert again.status == Status.APPROVED
    assert matches_of(again.organisation_id) == [match]  # it stays to be answered
