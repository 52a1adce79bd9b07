"""The page of one activity and of one organisation: what they say, and what search engines read."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from registry import clock as time_of_day
from registry.cards.services import replace_cards
from registry.config import Settings, SettingsError
from registry.database import db
from registry.directory.coming import coming
from registry.directory.directions import directions
from registry.directory.structured import activity_thing, organisation_thing
from registry.directory.telling import per_session_line
from tests.cards.cards import card, document, put, session
from tests.inspection import elements

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLOCKS_GO_BACK = datetime(2026, 10, 22, 12, tzinfo=UTC)
PLAIN = document()["venue"]
HIDDEN = {
    **PLAIN,
    "name": "",
    "address_lines": [],
    "postcode": "",
    "ward": "Park",
    "area_label": "Park, Wolverhampton",
    "hidden": True,
}
NOWHERE = {**HIDDEN, "hidden": False, "ward": "", "latitude": None, "longitude": None}
ONLINE = {**NOWHERE, "online": True, "area_label": "Online"}
VARIOUS = {**NOWHERE, "various": True, "area_label": "parks in the north"}

# Which properties schema.org knows of each type that we use: those of its own and those it has
# from above. Whatever is not here is a mistake of ours.
_THING = {"@type", "@id", "name", "description", "url", "image", "identifier", "sameAs"}
SCHEMA_ORG: dict[str, set[str]] = {
    "Event": _THING
    | {
        "startDate", "endDate", "eventSchedule", "eventStatus", "eventAttendanceMode", "location",
        "organizer", "offers", "isAccessibleForFree", "typicalAgeRange", "audience", "inLanguage",
    },
    "Schedule": _THING
    | {
        "byDay", "byMonthWeek", "repeatFrequency", "repeatCount", "startTime", "endTime",
        "startDate", "endDate", "scheduleTimezone", "exceptDate", "duration",
    },
    "Organization": _THING
    | {"telephone", "email", "address", "areaServed", "memberOf", "logo"},
    "Place": _THING | {"address", "geo", "amenityFeature"},
    "VirtualLocation": _THING,
    "PostalAddress": _THING
    | {"streetAddress", "addressLocality", "postalCode", "addressCountry"},
    "GeoCoordinates": _THING | {"latitude", "longitude"},
    "LocationFeatureSpecification": _THING | {"value"},
    "PeopleAudience": _THING | {"suggestedMinAge", "suggestedMaxAge"},
    "Offer": _THING | {"price", "priceCurrency"},
    "PropertyValue": _THING | {"propertyID", "value"},
    "AdministrativeArea": _THING,
}  # fmt: skip
NOTHING: tuple[Any, ...] = (None, "", [], {})
# It says more than anybody here may: the mark is none of these.
NEVER = ("hasCertification", "review", "aggregateRating", "award", "hasCredential")


def things_in(page) -> list[dict[str, Any]]:
    """What a search engine finds on a page, by the parser of the page and no other."""
    scripts = [e for e in elements(page.root, "script") if e.get("type") == "application/ld+json"]
    return [json.loads(script.text) for script in scripts]


def parts_of(thing: Any) -> list[dict[str, Any]]:
    """The thing and every thing inside it."""
    if isinstance(thing, list):
        return [part for one in thing for part in parts_of(one)]
    if not isinstance(thing, dict):
        return []
    return [thing, *(part for value in thing.values() for part in parts_of(value))]


def mistakes_in(thing: dict[str, Any]) -> list[str]:
    """Every property that schema.org does not know of its type, and each that says nothing."""
    found = []
    for part in parts_of(thing):
        kind = part.get("@type", "")
        known = SCHEMA_ORG.get(kind, set()) | ({"@context"} if part is thing else set())
        found += [f"{kind}.{name}" for name in part if name not in known]
        found += [f"{kind}.{name}: empty" for name, v in part.items() if v in NOTHING]
    return found


EVERY_KIND: dict[str, dict[str, Any]] = {
    "plain": {},
    "hidden": {"venue": HIDDEN, "hide_times": True},
    "online": {"at": None, "venue": ONLINE, "booking": {"kind": "link", "link": "club.uk"}},
    "various": {"at": None, "venue": VARIOUS},
    "several": {"also_at": [HIDDEN, ONLINE]},
    "free": {"cost": {"kind": "free", "pence": 0}},
    "haf": {"cost": {"kind": "haf", "pence": None}},
    "unknown": {"cost": {}, "sessions": [], "contact": {}, "languages": [], "access": []},
    "monthly": {"sessions": [session(pattern="monthly", days=[5], nth=1)]},
    "last": {"sessions": [session(pattern="monthly", days=[5], nth=-1)]},
    "dates": {"sessions": [session(pattern="dates", days=[], dates=["2026-12-05"])]},
    "every other": {"sessions": [session(pattern="fortnightly", anchor="2026-11-24")]},
    "differs": {
        "sessions": [
            session(
                off=[{"on": "2026-12-01", "why": ""}],
                extra=[{"on": "2026-11-28", "start": "10:00", "end": "11:00", "why": ""}],
            )
        ]
    },
    "holidays": {"sessions": [session(pattern="all_day", days=[0, 1], season="holidays")]},
    "ends": {"last_on": "2026-12-01"},
}


@pytest.fixture
def listing(app, client, clock):
    """The page of one listed activity, on a Sunday in November."""
    clock.travel_to(SUNDAY)

    def show(**changes):
        put(card("Street dance", slug="dance", organisation=3, by="Kingfisher", **changes))
        return client.get("/activities/dance")

    return show


class TestNextDates:
    def test_three_dates_in_full_with_their_times(self, listing):
        text = listing().main
        assert (
            "Next dates Tuesday 24 November 4.30pm to 5.30pm Tuesday 1 December 4.30pm to 5.30pm"
            " Tuesday 8 December 4.30pm to 5.30pm"
        ) in text
        assert "15 December" not in text

    def test_today_and_tomorrow_are_said(self, listing):
        text = listing(sessions=[session(days=[0, 6], season="all_year")]).main
        assert "Sunday 22 November Today 4.30pm to 5.30pm Monday 23 November Tomorrow" in text

    def test_the_time_on_the_wall_stays_when_the_clocks_change(self, app, clock):
        clock.travel_to(CLOCKS_GO_BACK)
        told = document(sessions=[session(days=[5, 6], season="all_year")])
        found = coming(told)
        assert [(one.day, one.time) for one in found.dates] == [
            ("Saturday 24 October", "4.30pm to 5.30pm"),
            ("Sunday 25 October", "4.30pm to 5.30pm"),
            ("Saturday 31 October", "4.30pm to 5.30pm"),
        ]
        starts = activity_thing(told, "https://x.uk")
        assert starts["startDate"] == "2026-10-24T16:30:00+01:00"
        clock.travel_to(CLOCKS_GO_BACK + timedelta(days=3))
        starts = activity_thing(told, "https://x.uk")
        assert starts["startDate"] == "2026-10-25T16:30:00+00:00"

    def test_days_that_differ_are_told_apart(self, listing):
        off = [{"on": "2026-12-01", "why": "The hall is shut"}]
        more = [{"on": "2026-11-28", "start": "10:00", "end": "11:00", "why": "A show"}]
        text = listing(sessions=[session(off=off, extra=more)]).main
        assert "Saturday 28 November 10am to 11am A show" in text
        assert "Tuesday 1 December 4.30pm" not in text
        assert "Days that are different" in text
        assert "Not on Tuesday 1 December. The hall is shut" in text

    def test_where_times_are_private_there_are_days_alone(self, listing):
        page = listing(hide_times=True, sessions=[session(days=[1])])
        assert "Tuesday 24 November after school" in page.main
        (thing,) = things_in(page)
        assert "16:30" not in json.dumps(thing)
        assert thing["startDate"] == "2026-11-24"


class TestTheWay:
    def test_an_open_place_has_a_link_to_a_map_and_one_to_the_phones_own(self, listing):
        page = listing()
        (outside,) = [words for words in page.links if words.startswith("Find the way on a map")]
        assert "leaves this site for openstreetmap.org" in outside
        assert urlsplit(page.links[outside]).hostname == "www.openstreetmap.org"
        inside = page.links["Open the place in the map of your phone"]
        assert inside == "geo:52.59360,-2.10650?q=52.59360,-2.10650(Foundry%20Lane%20Hall)"

    @pytest.mark.parametrize("venue", [HIDDEN, ONLINE, VARIOUS, NOWHERE], ids="hovn")
    def test_any_other_place_has_neither(self, listing, venue):
        page = listing(at=(52.6, -2.1) if venue is HIDDEN else None, venue=venue)
        assert "geo:" not in page.html
        assert "openstreetmap" not in page.html
        assert "Foundry" not in page.html
        assert "WV10" not in page.html

    def test_a_council_names_another_map_or_none(self):
        chosen = "https://maps.example/{latitude}/{longitude}"
        read = Settings.from_environment({"DIRECTIONS_URL": chosen}).directions_url
        assert directions(PLAIN, read).href == "https://maps.example/52.59360/-2.10650"
        assert directions(PLAIN, read).host == "maps.example"
        none = Settings.from_environment({"DIRECTIONS_URL": "none"}).directions_url
        assert directions(PLAIN, none).href == ""
        for bad in ("https://maps.example/", "ftp://x/{latitude}{longitude}"):
            with pytest.raises(SettingsError, match="DIRECTIONS_URL"):
                Settings.from_environment({"DIRECTIONS_URL": bad})


class TestHandingOn:
    def test_an_email_is_a_plain_link_and_nothing_goes_anywhere_else(self, app, listing):
        page = listing()
        address = f"{app.extensions['settings'].public_url}/activities/dance"
        email = page.links["Send by email"]
        assert parse_qs(urlsplit(email).query)["body"] == [f"Street dance: {address}"]
        assert "Printed on 22 November 2026." in page.main
        assert f"Look again before you go: {address}" in page.main
        hosts = {urlsplit(href).hostname for href in page.links.values()} - {None}
        assert hosts <= {"www.openstreetmap.org", "www.bbc.co.uk"} | {urlsplit(address).hostname}

    def test_what_a_script_does_is_hidden_without_it(self, listing):
        page = listing()
        for button in elements(page.root, "button"):
            assert button.get("hidden") is not None or button.get("type") == "submit"

    def test_a_page_that_knows_a_shortlist_is_not_for_search_engines(self, listing, client):
        assert "noindex" not in listing().html
        page = client.get("/activities/dance?a=dance")
        assert '<meta name="robots" content="noindex">' in page.html
        assert 'rel="canonical" href="http' in page.html


class TestPrices:
    def test_a_price_for_a_term_is_also_said_by_the_session(self, listing):
        term = {"kind": "term", "pence": 6000, "unit_label": "a term", "note": ""}
        text = listing(cost=term).main
        assert "£60 a term That is about £" in text
        course = session(pattern="course", runs=[["2026-11-24", "2026-12-15"]], season="all_year")
        told = document(cost={**term, "kind": "course", "pence": 2000}, sessions=[course])
        assert per_session_line(told) == "That is about £5 a session."

    def test_where_nobody_knows_the_sessions_it_stays(self, listing):
        term = {"kind": "term", "pence": 6000, "unit_label": "a term", "note": ""}
        text = listing(cost=term, sessions=[session(), session(days=[3])]).main
        assert "£60 a term" in text
        assert "That is about" not in text
        assert "That is about" not in listing().main


class TestStructuredData:
    @pytest.mark.parametrize("kind", EVERY_KIND)
    def test_it_says_what_schema_org_knows_and_nothing_empty(self, listing, kind):
        (thing,) = things_in(listing(**EVERY_KIND[kind]))
        assert thing["@context"] == "https://schema.org"
        assert mistakes_in(thing) == []
        assert not [name for part in parts_of(thing) for name in part if name in NEVER]

    def test_an_activity_is_an_event_with_its_schedule(self, app, listing):
        (thing,) = things_in(listing())
        ours = app.extensions["settings"].public_url
        assert thing["@type"] == "Event"
        assert thing["url"] == f"{ours}/activities/dance"
        assert thing["organizer"]["url"] == f"{ours}/organisations/organisation-3"
        assert thing["startDate"] == "2026-11-24T16:30:00+00:00"
        assert thing["typicalAgeRange"] == "7-11"
        assert thing["offers"]["price"] == "3.50"
        assert thing["isAccessibleForFree"] is False
        assert thing["location"]["address"]["postalCode"] == "WV10 0BD"
        told = {one["name"]: one["value"] for one in thing["location"]["amenityFeature"]}
        assert told == {"A way in without steps": True, "Hearing loop": False}
        first = thing["eventSchedule"][0]
        assert first["byDay"] == ["https://schema.org/Tuesday"]
        assert (first["startDate"], first["endDate"]) == ("2026-11-24", "2026-12-15")
        assert first["scheduleTimezone"] == "Europe/London"

    def test_a_private_place_has_no_address_and_no_point(self, listing):
        page = listing(venue=HIDDEN)
        text = json.dumps(things_in(page))
        assert "latitude" not in text
        assert "streetAddress" not in text
        assert "postalCode" not in text
        assert '"addressLocality": "Park"' in text

    def test_no_person_stands_in_it(self, listing, client):
        lead = {"safeguarding_lead": "Marcia Bell", "lead": {"name": "Marcia Bell"}}
        page = listing(**lead)
        theirs = client.get("/organisations/organisation-3")
        whole = json.dumps(things_in(page) + things_in(theirs))
        assert "Marcia" not in whole
        assert "Person" not in whole

    def test_an_organisation_is_told_with_its_numbers(self, app, listing, client):
        listing()
        page = client.get("/organisations/organisation-3")
        (thing,) = things_in(page)
        assert mistakes_in(thing) == []
        assert thing["name"] == "Kingfisher"
        assert thing["telephone"] == "01902 555010"
        assert thing["identifier"] == [
            {"@type": "PropertyValue", "propertyID": "GB-CHC", "value": "1199999"}
        ]
        assert thing["areaServed"]["name"] == "Wolverhampton"
        told = document()
        told["organisation"]["website"] = "javascript:alert(1)"
        assert "sameAs" not in organisation_thing(told, "https://x.uk", "Wolverhampton")

    def test_what_a_club_wrote_cannot_end_it(self, listing):
        words = "</script><script>alert(1)</script><!-- & “x” '"
        page = listing(summary=words)
        (thing,) = things_in(page)
        assert thing["description"] == words
        assert "<script>alert" not in page.html


class TestWhatIsNotListed:
    def test_every_reason_gives_the_same_bytes(self, app, client, clock):
        clock.travel_to(SUNDAY)
        put(
            card("Old", slug="lapsed", organisation=50, until=date(2026, 11, 21)),
            card("Held", slug="held", organisation=51),
            card("Secret times", slug="piano", organisation=52, hide_times=True),
        )
        replace_cards(51, [])
        db.session.commit()
        nothing = client.get("/activities/never-was")
        assert nothing.status == 404
        for address in (
            "/activities/lapsed",
            "/activities/held",
            "/activities/held?a=dance",
            "/activities/%00",
            "/activities/lapsed.ics",
            "/activities/held.ics",
            "/activities/piano.ics",
            "/organisations/organisation-50",
            "/organisations/organisation-51",
            "/shortlist.ics?a=lapsed",
            "/shortlist.ics?a=held",
        ):
            answer = client.get(address)
            assert (answer.status, answer.html) == (404, nothing.html), address

    def test_the_day_after_its_last_it_is_gone(self, app, client, clock):
        clock.travel_to(SUNDAY)
        put(card(slug="dance", until=time_of_day.today()))
        assert client.get("/activities/dance").status == 200
        clock.travel_to(SUNDAY + timedelta(days=1))
        assert client.get("/activities/dance").status == 404
