"""What a club on the list hides, unticks or ends is gone from the public at once."""

import pytest
from sqlalchemy import select, text

from registry.cards.models import Card
from registry.database import db
from registry.organisations import services
from registry.organisations.models import Organisation
from tests.factories import DANCE, PASSWORD, an_approved, hidden, owner_of


@pytest.fixture
def listed(app):
    """A club on the list."""
    return an_approved().organisation


@pytest.fixture
def club(listed):
    """Where its pages begin."""
    return f"/club/{listed.id}"


@pytest.fixture
def owner(listed, client):
    """Its owner, signed in."""
    email = owner_of(listed).email
    db.session.commit()
    client.sign_in(email, PASSWORD)
    return client


def card() -> Card | None:
    db.session.expire_all()
    return db.session.scalar(select(Card))


def points() -> list[tuple[float, float]]:
    found = text("SELECT lat, lon FROM search_row WHERE lat IS NOT NULL")
    return [(lat, lon) for lat, lon in db.session.execute(found)]


@pytest.mark.parametrize(("privacy", "ward"), [("hidden", True), ("hidden_area", False)])
def test_a_place_that_is_hidden_now(listed, club, owner, privacy, ward):
    before = card()
    assert before.document["venue"]["postcode"]
    at = points()
    assert at == [(listed.venues[0].latitude, listed.venues[0].longitude)]
    known = before.document["venue"]["ward"]
    form = owner.get(f"{club}/venues/{listed.venues[0].id}").form()
    assert form.fill({"privacy": privacy}).submit("Save").status == 200
    after = card()
    assert not set(points()) & set(at)
    assert len(points()) == (1 if ward else 0)
    venue = after.document["venue"]
    assert (venue["name"], venue["address_lines"], venue["postcode"]) == ("", [], "")
    assert venue["hidden"] is True
    assert venue["ward"] == (known if ward else "")


def test_a_place_that_is_opened_waits_until_it_is_read(app, client):
    organisation = an_approved(plan=hidden(DANCE)).organisation
    email = owner_of(organisation).email
    db.session.commit()
    before = card().document["venue"]
    client.sign_in(email, PASSWORD)
    page = client.get(f"/club/{organisation.id}/venues/{organisation.venues[0].id}")
    page.form().fill({"privacy": "open"}).submit("Save")
    assert card().document["venue"] == before


def test_a_phone_number_that_is_no_longer_ticked(listed, club, owner):
    form = owner.get(f"{club}/details").form()
    page = form.fill(
        {"phone": "01632 960 123", "phone_is_public": False, "website_is_public": False}
    ).submit("Save")
    assert page.status == 200
    document = card().document
    assert document["contact"]["phone"] == ""
    assert document["contact"]["website"] == ""
    assert document["organisation"]["website"] == ""


def test_a_place_to_which_an_activity_waits_to_move_stays(listed, club, owner):
    account = owner_of(listed)
    park = services.add_venue(listed, account, name="West Park", postcode="WV1 4PH")
    services.change_activity(listed.activities[0], account, venues=[park])
    db.session.commit()
    assert [one.name for one in listed.activities[0].venues] == ["Foundry Lane Hall"]
    page = owner.get(f"{club}/venues/{park.id}/remove").press("Remove it")
    assert page.status == 409
    assert "happens here" in page.main


def test_new_words_wait_until_they_are_read(listed, club, owner):
    page = owner.get(f"{club}/details")
    assert "The council reads a new name first" in page.main
    page.form().fill({"name": "Another name"}).submit("Save")
    assert db.session.get(Organisation, listed.id).name == "Kingfisher Dance Project"
    assert owner.get(f"{club}/details").form().fields["name"] == "Another name"
    assert card().document["organisation"]["name"] == "Kingfisher Dance Project"


def test_an_activity_that_has_ended(listed, club, owner):
    page = owner.get(f"{club}/activities/{listed.activities[0].id}/end").press("End it")
    assert "Street Dance Juniors has ended" in page.main
    assert card() is None


def test_an_activity_that_is_paused_and_started_again(listed, club, owner):
    address = f"{club}/activities/{listed.activities[0].id}"
    assert "On the list" in owner.get(address).main
    owner.get(address).press("Pause this activity")
    assert card() is None
    assert "You have paused it" in owner.get(address).main
    owner.get(address).press("Start it again")
    assert card() is not None
