"""F30: a refuge has a play session for children. It is listed, and can be found by nobody."""

import re
from dataclasses import replace

from flask import Flask

from registry.cards.models import Card
from registry.database import db
from registry.demonstration.walking import VenuePlan
from tests.factories import CHESS, an_approved, hidden
from tests.page import Visitor

SECRETS = ("Rowan House", "3 Sycamore Rise", "WV6 8QF", "Tettenhall")
NAME, STREET, POSTCODE, _ = SECRETS
REFUGE = replace(
    hidden(replace(CHESS, venues=(VenuePlan(NAME, POSTCODE, STREET),)), "hidden_area"),
    name="Harbour Families",
    activities=(replace(CHESS.activities[0], name="Play and stay", summary="Play for children."),),
)
LISTING = "/activities/play-and-stay"


def test_f30(app: Flask, client: Visitor) -> None:
    an_approved(plan=REFUGE)
    db.session.commit()
    card = db.session.query(Card).one()

    # The page shows the city, and no more.
    page = client.get(LISTING)
    assert "Wolverhampton" in page.main

    # A search by distance from anywhere lists it, without a distance.
    found = client.get("/activities?postcode=WV1+4PH&distance=1")
    assert "Play and stay" in found.main
    assert not re.findall(r"[\d.]+ miles? from", found.main)

    # No feed of today has its point, address or postcode: page, search, calendar, club, card.
    calendar = client.get(f"{LISTING}.ics")
    club = client.get("/organisations/harbour-families")
    for answer in (page, found, calendar, club):
        sent = answer.response.get_data(as_text=True)
        # Every page with a search has the names of all parts of the city to choose from.
        sent = re.sub(r"<datalist.*?</datalist>", "", sent, flags=re.DOTALL)
        assert not [secret for secret in SECRETS if secret in sent], answer.path
    assert not [secret for secret in SECRETS if secret in str(card.document)]
    venue = card.document["venue"]
    assert (venue["latitude"], venue["longitude"], venue["postcode"]) == (None, None, "")
    assert (venue["ward"], venue["area_label"]) == ("", "Wolverhampton")
