"""What a service says is what its card says, and never more than its listing shows."""

import json

import pytest

from registry.cards.identifiers import identifier, identifier_in
from registry.opendata.addresses import web_uri
from registry.opendata.localities import locality_of
from registry.opendata.oruk.context import context
from registry.opendata.oruk.telling import maximum_age, minimum_age
from registry.opendata.registers import registered
from registry.taxonomies.queries import terms_of
from tests.cards.cards import card, put, session
from tests.opendata.oruk.invented import organisations
from tests.opendata.oruk.standard import ask


def service(client, **said):
    """A card as it is served."""
    put(card("Judo", activity_id=1, organisation=1, **said))
    return ask(client, f"/services/{identifier('service', 1)}")


def test_what_the_council_did_and_when(client, app, clock):
    clock.freeze("2026-11-20 12:00")
    told = service(client, read_on="2026-08-21")
    assert told["accreditations"] == (
        "Safe and Sound: self-check read by the council 21 August 2026. Next due 18 February 2027."
    )
    assert told["assured_date"] == "2026-08-21"
    clock.freeze("2026-11-21 12:00")
    assert "assured_date" not in ask(client, f"/services/{told['id']}")
    (mark,) = told["organization"]["attributes"]
    assert mark["taxonomy_term"]["name"] == "Self-check read"


@pytest.mark.parametrize(
    "place",
    [
        {"hidden": True, "ward": "Bushbury", "area_label": "Bushbury, Wolverhampton"},
        {"various": True, "area_label": "Parks"},
    ],
)
def test_a_place_that_is_kept_private_has_no_address_and_no_point(client, app, place):
    secret = {"name": "The refuge", "address_lines": ["1 Secret Street"], "postcode": "WV1 1AA"}
    told = service(client, venue={**secret, **place})
    (at,) = told["service_at_locations"]
    assert not {"latitude", "longitude", "addresses"} & at["location"].keys()
    assert "Secret" not in json.dumps(told) and "refuge" not in json.dumps(told)
    assert "WV1 1AA" not in json.dumps(told)


def test_a_place_that_is_public_has_its_address(client, app):
    told = service(client)
    location = told["service_at_locations"][0]["location"]
    (address,) = location["addresses"]
    assert {name: address[name] for name in ("address_1", "city", "state_province", "country")} == {
        "address_1": "Foundry Lane",
        "city": "Wolverhampton",
        "state_province": "West Midlands",
        "country": "GB",
    }
    assert (location["name"], address["postal_code"]) == ("Foundry Lane Hall", "WV10 0BD")


def test_times_that_are_not_public_are_not_told(client, app):
    told = service(client, sessions=[session(days=[1])], hide_times=True)
    (schedule,) = told["schedules"]
    assert not {"opens_at", "closes_at"} & schedule.keys()
    assert "16:30" not in json.dumps(told) and "4.30" not in json.dumps(told)
    assert "after school" in schedule["description"]


def test_when_it_happens(client, app):
    fortnightly = session(pattern="fortnightly", days=[2], anchor="2026-11-25", season="all_year")
    last = session(pattern="monthly", days=[6], nth=-1, season="all_year")
    dates = session(pattern="dates", days=[], dates=["2027-02-13", "2027-02-06"], season="")
    told = service(client, sessions=[fortnightly, last, dates])["schedules"]
    rules = [
        tuple(one.get(name) for name in ("freq", "interval", "byday", "dtstart")) for one in told
    ]
    assert rules == [
        ("WEEKLY", 2, "WE", "2026-11-25"),
        ("MONTHLY", 1, "-1SU", None),
        (None, None, None, "2027-02-06"),
        (None, None, None, "2027-02-13"),
    ]
    assert told[0]["opens_at"] == "16:30:00"
    (term,) = service(client, sessions=[session(days=[1])])["schedules"]
    assert term["notes"] == "In school term time only"


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        ({"kind": "free", "pence": 0}, [("Free", 0)]),
        ({"kind": "session", "pence": 350, "unit_label": "a session"}, [("Each session", 3.5)]),
        ({"kind": "donation", "pence": 0}, [("Give what you can", None)]),
        ({"kind": "term", "pence": 4000, "trial": "free"},
         [("Each term", 40), ("First session", 0)]),
        ({"kind": None, "pence": 0}, []),
    ],
)  # fmt: skip
def test_what_it_costs(client, app, cost, expected):
    told = service(client, cost=cost).get("cost_options", [])
    assert [(one["option"], one.get("amount")) for one in told] == expected


def test_ages_are_those_that_people_say():
    assert (minimum_age(84), maximum_age(143)) == (7, 11)
    assert (minimum_age(6), maximum_age(18)) == (0.5, 1.5)


@pytest.mark.parametrize(
    ("number", "scheme", "told"),
    [
        ("1199999", "GB-CHC", "1199999"),
        ("SC042386", "GB-SC", "SC042386"),
        ("NIC 100019", "GB-NIC", "100019"),
        ("12", None, None),
        ("0123456", None, None),
    ],
)
def test_charities_by_the_codes_of_org_id(number, scheme, told):
    found = registered({"charity_number": number})
    assert [(one.scheme, one.number) for one in found] == ([(scheme, told)] if scheme else [])


def test_companies_have_eight_signs_and_ofsted_has_no_code():
    found = registered({"company_number": "445790", "ofsted_number": "EY123456"})
    assert [tuple(one) for one in found] == [
        ("GB-COH", "Company number", "00445790"),
        ("", "Ofsted URN", "EY123456"),
    ]
    assert registered({"company_number": "none", "ofsted_number": "soon"}) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kingfisher.example", "https://kingfisher.example"),
        ("HTTP://Kingfisher.example/A?b=c#d", "http://kingfisher.example/A?b=c#d"),
        ("https://exämple.example/ü", "https://xn--exmple-cua.example/%C3%BC"),
        ("javascript:alert(1)", ""),
        ("ask us", ""),
        ("https://user@x.example", ""),
        ("x.example/%zz", ""),
        ("x.example:99999", ""),
        ("", ""),
    ],
)
def test_web_addresses(typed, expected):
    assert web_uri(typed) == expected


def test_a_town_and_its_county():
    assert locality_of({"area_label": "Heath Town, Wolverhampton"}, "Wolverhampton") == (
        "Wolverhampton",
        "West Midlands",
    )
    outside = {"area_label": "Codsall, South Staffordshire", "outside_area": True}
    assert locality_of(outside, "Wolverhampton") == ("South Staffordshire", "Staffordshire")
    assert locality_of({}, "Elsewhere") == ("Elsewhere", "Elsewhere")


def test_ids_stay_and_no_two_councils_share_one():
    first = identifier_in("E08000031", "service", 1)
    assert first == "e2959a92-a343-50b7-be92-a6139ac1d53d"
    others = {identifier_in("E08000030", "service", 1), identifier_in("E08000031", "service", 2)}
    assert first not in others


def test_the_terms_are_those_that_taxonomies_say(app):
    words = context().vocabulary
    for cards in organisations(20):
        for one in cards:
            assert words.of(one.document) == list(terms_of(one.document))
