"""A preview is the public page itself, seen by the club alone, and leaves nothing behind."""

import pytest
from sqlalchemy import select

from registry.assessments.preview import preview_of
from registry.cards.models import Card
from registry.database import db
from registry.organisations import services
from registry.organisations.models import Activity
from tests import factories as make
from tests.factories import PASSWORD


def signed_in(visitor, organisation):
    email = make.owner_of(organisation).email
    db.session.commit()
    visitor.sign_in(email, PASSWORD)
    return visitor


@pytest.fixture
def listed(app):
    """An activity on the list."""
    return make.an_approved().organisation.activities[0]


def address(activity: Activity) -> str:
    return f"/club/{activity.organisation_id}/activities/{activity.id}/preview"


def test_what_is_on_the_list_is_what_the_preview_shows(listed, client, new_visitor):
    public = new_visitor()
    owner = signed_in(client, listed.organisation)
    card = db.session.scalars(select(Card)).one()
    assert preview_of(listed) == card.document
    page = owner.get(address(listed))
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "This is what families see today." in page.main
    seen = public.get(f"/activities/{card.slug}")
    assert page.headings == seen.headings
    # The public page alone offers ways to hand it on, and says on paper when it was printed.
    shown, _, printed = seen.main.partition("What you do")[2].partition(" Printed on")
    assert printed
    assert page.main.partition("What you do")[2].strip() == shown.strip()


def test_what_waits_is_shown_as_it_will_be_and_changes_nothing(listed, client):
    owner = make.owner_of(listed.organisation)
    services.change_activity(listed, owner, name="Street Dance Seniors", min_months=120)
    visitor = signed_in(client, listed.organisation)
    before = db.session.scalars(select(Card)).one().document
    page = visitor.get(address(listed))
    assert page.h1 == "Street Dance Seniors"
    assert "when the council has accepted what you changed" in page.main
    assert "Ages 10 to" in page.main
    db.session.expire_all()
    assert db.session.scalars(select(Card)).one().document == before
    assert db.session.get(Activity, listed.id).name == before["name"]
    assert db.session.get(Activity, listed.id).min_months == before["ages"]["min_months"]


def test_before_the_first_self_check_it_promises_nothing(app, client):
    organisation = make.a_club()
    page = signed_in(client, organisation).get(address(organisation.activities[0]))
    assert page.status == 200
    assert "when it is on the list" in page.main
    assert "Self-check read by" not in page.main
    assert "they met the four" not in page.main
    assert not any(one.startswith("/organisations/") for one in page.hrefs)


def test_a_hidden_place_stays_hidden_in_the_preview(app, client):
    organisation = make.a_club(make.hidden(make.COACH))
    venue = organisation.venues[0]
    page = signed_in(client, organisation).get(address(organisation.activities[0]))
    assert venue.name not in page.main
    assert venue.postcode not in page.main
    assert "keeps its address private" in page.main


def test_a_bare_activity_can_be_looked_at(app, client):
    organisation = make.a_club()
    owner = make.owner_of(organisation)
    bare = services.add_activity(organisation, owner, name="Bare", min_months=0, max_months=11)
    page = signed_in(client, organisation).get(address(bare))
    assert (page.status, page.h1) == (200, "Bare")
    assert "Ask the club where to go" in page.main


@pytest.mark.parametrize("who", ["stranger", "reviewer", "nobody"])
def test_it_is_for_the_club_alone(listed, client, who):
    if who == "nobody":
        assert client.get(address(listed)).h1 == "Sign in"
        return
    account = make.a_person() if who == "stranger" else make.a_reviewer()
    db.session.commit()
    client.sign_in(account.email, PASSWORD)
    answer = client.get(address(listed))
    assert answer.status == (404 if who == "stranger" else 403)


def test_the_council_reads_what_families_would_read(app, client, new_visitor):
    assessment = make.in_review()
    activity = assessment.organisation.activities[0]
    owner = make.owner_of(assessment)
    services.change_activity(activity, owner, name="Renamed since")
    db.session.commit()
    here = f"/council/cases/{assessment.id}"
    client.sign_in(make.holder_of(assessment).email, PASSWORD)
    page = client.get(here).follow("Street Dance Juniors")
    assert page.path == f"{here}/activities/{activity.id}"
    assert page.h1 == "Street Dance Juniors"
    assert "made from what the club sent" in page.main
    assert "Self-check read by" not in page.main
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{here}/activities/99").status == 404
    club = new_visitor()
    club.sign_in(owner.email, PASSWORD)
    assert club.get(f"{here}/activities/{activity.id}").status == 403
