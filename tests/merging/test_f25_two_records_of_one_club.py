"""F25: an administrator proposes to put two records together, and a senior signs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.appeals.services import ask_for_appeal
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.services.begin import why_not_begin
from registry.assessments.services.decide import needs_second_person
from registry.assessments.standing import merged_assessments
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.clock import now, today
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.matching.queries import match_between, matches_of
from registry.merging import services
from registry.merging.models import Merge
from registry.people.queries import open_invitations
from registry.people.services import invite_person
from tests import factories as make
from tests.page import Visitor
from tests.rigs.letters import Outbox


def an_administrator() -> Account:
    """Somebody who looks after lists and accounts."""
    return make.a_person("Ola Adeyemi", "administrator")


def propose(kept: Assessment, duplicate: Assessment, by: Account | None = None) -> Merge:
    """Propose that one is closed into the other."""
    return services.propose_merge(
        kept.organisation, duplicate.organisation, by or an_administrator(), reason="Moved hall."
    )


def cards_of(*organisations) -> list[int]:
    """Whose cards the public can see."""
    found = db.session.query(Card.organisation_id).distinct()
    return sorted(one for (one,) in found if one in {each.id for each in organisations})


def test_signed_the_duplicate_is_closed_both_histories_stay_and_one_page_is_left(
    app: Flask, client: Visitor, outbox: Outbox
) -> None:
    kept, duplicate = make.an_approved(), make.an_approved()
    one, other = kept.organisation, duplicate.organisation
    owners = make.owner_of(one), make.owner_of(other)
    invite_person(other, owners[1], email="invited@example.org", role="member")
    renewal = Assessment(
        organisation_id=other.id,
        reference="SAS-RENEWA",
        edition=duplicate.edition,
        status=Status.DRAFT,
        status_since=now(),
        begun_at=now(),
    )
    db.session.add(renewal)
    db.session.flush()
    assert cards_of(one, other) == sorted([one.id, other.id])
    merge = propose(kept, duplicate)
    assert (merge.state, duplicate.status) == ("proposed", Status.APPROVED)
    services.sign_merge(merge, make.a_senior())

    assert (kept.status, duplicate.status, renewal.status) == (
        Status.APPROVED,
        Status.CLOSED,
        Status.CLOSED,
    )
    assert other.merged_into_id == one.id and other.closed_at is not None
    assert cards_of(one, other) == [one.id]
    assert client.get(f"/organisations/{one.slug}").status == 200
    assert client.get(f"/organisations/{other.slug}").status == 404
    assert open_invitations(other.id) == []
    # Everybody keeps what they had, and nobody comes into the record that goes on.
    assert one.owner_ids == {owners[0].id} and other.owner_ids == {owners[1].id}
    assert "You stay its owner" in outbox.latest(owners[0].email).text
    assert "is closed" in outbox.latest(owners[1].email).text
    # Both histories stay, and the act stands in each.
    assert set(merged_assessments(one.id)) == {kept, duplicate, renewal}
    assert len(duplicate.submissions) == len(duplicate.decisions) == 1
    acts = db.session.query(Entry.organisation_id).filter_by(action="merge").all()
    assert {number for (number,) in acts} == {one.id, other.id}
    assert why_not_begin(other, today())
    match = match_between(one.id, other.id)
    assert match.settled_as == "merged" and match not in matches_of(one.id)


def test_two_people_do_it_and_one_of_them_is_a_senior(app: Flask) -> None:
    kept, duplicate = make.a_draft(), make.a_draft()
    senior, administrator = make.a_senior(), an_administrator()
    with pytest.raises(NotYours):
        propose(kept, duplicate, by=make.a_reviewer())
    with pytest.raises(BadInput):
        propose(kept, kept)
    merge = propose(kept, duplicate, by=senior)
    for nobody in (senior, administrator):
        with pytest.raises(NotYours):
            services.sign_merge(merge, nobody)
    with pytest.raises(NotAllowedNow):  # one at a time
        propose(duplicate, kept)
    other = make.a_senior()
    with pytest.raises(BadInput):
        services.decline_merge(merge, other, words="")
    services.decline_merge(merge, other, words="They are sisters.")
    with pytest.raises(NotAllowedNow):
        services.sign_merge(merge, other)
    again = propose(kept, duplicate, by=administrator)
    with pytest.raises(NotYours):
        services.withdraw_merge(again, other)
    services.withdraw_merge(again, administrator)
    assert duplicate.status == Status.DRAFT


@pytest.mark.parametrize("why", ["suspended", "quiet", "lead_vacant", "appeal"])
@pytest.mark.parametrize("which", ["kept", "duplicate"])
def test_it_is_refused_while_either_is_suspended_or_held_and_nobody_is_told_which(
    app: Flask, why: str, which: str
) -> None:
    bad = make.a_refused() if why == "appeal" else make.an_approved()
    good = make.a_draft()
    pair = (bad, good) if which == "kept" else (good, bad)
    merge = propose(*pair)
    if why == "suspended":
        assessments.suspend(bad, make.a_senior(), reason="Advice.")
    elif why == "appeal":
        ask_for_appeal(bad.organisation, make.owner_of(bad), words="You were wrong.")
    else:
        make.with_hold(bad, kind=why)
    with pytest.raises(NotAllowedNow) as signing:
        services.sign_merge(merge, make.a_senior())
    services.withdraw_merge(merge, db.session.get_one(Account, merge.proposed_by_id))
    with pytest.raises(NotAllowedNow) as proposing:
        propose(*pair)
    # The words are those of the most harmless reason: another proposal is open.
    propose(make.a_draft(), third := make.a_draft())
    with pytest.raises(NotAllowedNow) as harmless:
        propose(third, make.a_draft())
    sentences = {one.value.sentence for one in (signing, proposing, harmless)}
    assert sentences == {services.UNDER_WAY}


def test_a_revoked_duplicate_is_not_forgotten(app: Flask, clock) -> None:
    clock.travel_to("2026-06-01")
    revoked = make.a_suspended()
    clock.move(days=30)
    assessments.propose_revoke(revoked, make.a_senior(), reason="The checks were copied.")
    assessments.sign_revoke(revoked, make.a_senior())
    kept = make.a_submitted()
    merge = propose(kept, revoked)
    services.sign_merge(merge, make.a_senior())
    assert "revoked_before" in needs_second_person(kept)


def test_on_pages_a_match_is_answered_or_leads_to_a_merge_that_a_senior_signs(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    first = make.a_draft()
    second = make.a_draft(replace(make.DANCE, name="Kingfisher Dance Projekt"))
    one, other = first.organisation, second.organisation
    senior, administrator, auditor = (
        make.a_senior(),
        an_administrator(),
        make.a_person("Bea Stone", "auditor"),
    )
    match = match_between(one.id, other.id)
    db.session.commit()
    desk, admin, reads = new_visitor(), new_visitor(), new_visitor()
    desk.sign_in(senior.email)
    admin.sign_in(administrator.email)
    reads.sign_in(auditor.email)
    address = f"/council/matches/{match.id}"
    assert admin.get(address).status == 404  # matches are for seniors and auditors
    assert reads.get(address).status == 200
    page = desk.get(address)
    assert "Names that are 90 in 100 alike" in page.text
    assert page.form().submit("They are not the same").status == 422
    page = page.follow(f"Keep {one.name}, and close {other.name} into it")
    assert page.form().fields["duplicate"] == str(other.id)

    page = admin.get("/admin/merges").follow("Propose a merge")
    wrong = page.form().fill({"kept": "SAS-NOTHER", "duplicate": "x", "reason": "One."}).submit()
    assert wrong.status == 422 and wrong.form().fields["reason"] == "One."
    told = {"kept": first.reference, "duplicate": f"/organisations/{other.slug}", "reason": "One."}
    page = page.form().fill(told).submit()
    assert "Proposed" in page.text and "Sign" not in page.buttons
    number = db.session.query(Merge.id).scalar()
    assert admin.get(f"/admin/merges/{number}/sign").status == 403
    page = desk.get(f"/admin/merges/{number}").follow("Sign").press("Sign")
    assert "They are one record now" in page.text
    owner = new_visitor()
    owner.sign_in(make.owner_of(other).email)
    assert "put the two records together" in owner.get(f"/club/{other.id}").text
