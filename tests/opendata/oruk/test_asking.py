"""What is asked narrows down what is found, the way the standard says; and nothing else does."""

from datetime import timedelta

import pytest

from registry import clock as time_of_day
from registry.cards.identifiers import identifier
from registry.cards.services import replace_cards
from registry.database import db
from tests.cards.cards import HEATH_TOWN, card, put, session
from tests.opendata.oruk.standard import BASE, ask, ids, walk

# The middle of WV10 0BD in the tests' own table of postcodes, about 300 m from Heath Town's card.
NEAR = "WV10 0BD"


@pytest.fixture
def rich(app):
    """A service that says everything, among others that differ from it in one way each."""
    made = {
        "rich": card(
            "Harp and Judo",
            activity_id=1,
            categories=["sport.martial_arts", "send.club"],
            ages=(7, 11),
            sessions=[session(days=[1], start="16:30", end="17:30")],
            support=[{"code": "bsl", "label": "BSL", "answer": "yes", "group": "support"}],
            access=[{"code": "hoist", "label": "Hoist", "answer": "ask", "group": "access"}],
        ),
        "older": card("Drums", activity_id=2, ages=(12, 17)),
        "later": card(
            "Chess", activity_id=3, sessions=[session(days=[1], start="18:00", end="19:30")]
        ),
        "two": card(
            "Two sessions",
            activity_id=4,
            sessions=[
                session(days=[1], start="09:00", end="10:00"),
                session(days=[5], start="16:30", end="17:30"),
            ],
        ),
        "far": card("Far", activity_id=5, at=(HEATH_TOWN[0] + 0.05, HEATH_TOWN[1])),
        "silent": card("Silent", activity_id=6, sessions=[], at=None),
        "baby": card("Baby massage", activity_id=7),
    }
    put(*made.values())
    return {name: identifier("service", one.activity_id) for name, one in made.items()}


def found(client, rich, **query):
    """The names of what is found."""
    names = {number: name for name, number in rich.items()}
    return {names[number] for number in ids(client, **query)}


EVERY = {"rich", "older", "later", "two", "far", "silent", "baby"}
USUAL = EVERY - {"older"}
AFTER_SCHOOL = EVERY - {"later", "two", "silent"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"minimum_age": "7"}, EVERY),
        ({"minimum_age": "7.5"}, {"older"}),
        ({"maximum_age": "11"}, USUAL),
        ({"maximum_age": "10.9"}, set()),
        ({"minimum_age": "7", "maximum_age": "11"}, USUAL),
        ({"day": "TU"}, EVERY - {"silent"}),
        ({"day": "Saturday"}, {"two"}),
        ({"day": "tu,SA"}, EVERY - {"silent"}),
        ({"day": "TU", "start_time": "16:30", "end_time": "17:30"}, AFTER_SCHOOL),
        ({"start_time": "16:31"}, {"later"}),
        ({"start_time": "16:31:00"}, {"later"}),
        ({"end_time": "10:00"}, {"two"}),
        ({"search": "harp"}, {"rich"}),
        ({"search": "harp", "day": "SA"}, set()),
        ({"organization_id": "{org}"}, {"rich"}),
        ({"unknown": "anything", "day": ""}, EVERY),
    ],
)  # fmt: skip
def test_what_is_found(client, rich, query, expected):
    query = {
        name: value.replace("{org}", identifier("organization", 1)) for name, value in query.items()
    }
    assert found(client, rich, **query) == expected


def test_a_service_is_found_by_all_that_it_says_of_itself(client, rich):
    """By its own ages, times, day, each of its terms and their taxonomies, name, and nearby."""
    for number in rich.values():
        service = ask(client, f"/services/{number}")
        asked = [
            {"search": service["name"]},
            {"minimum_age": service["minimum_age"], "maximum_age": service["maximum_age"]},
            {"organization_id": service["organization_id"]},
            *({"taxonomy_term_id": one["taxonomy_term_id"]} for one in service["attributes"]),
            *(
                {"taxonomy_id": one["taxonomy_term"]["taxonomy_id"]}
                for one in service["attributes"]
            ),
            *(
                {"day": one["byday"], "start_time": one["opens_at"], "end_time": one["closes_at"]}
                for one in service.get("schedules", ())
            ),
        ]
        mark = service["organization"]["attributes"][0]["taxonomy_term"]
        asked += [{"taxonomy_term_id": mark["id"]}, {"taxonomy_id": mark["taxonomy_id"]}]
        for query in asked:
            assert number in ids(client, **query), query
        for place in service["service_at_locations"]:
            if "latitude" in place["location"] and number != rich["far"]:
                near = {"postcode": NEAR, "proximity": 1000}
                assert place["id"] in ids(client, "service_at_locations", **near)
                assert number in ids(client, **near)


def test_it_is_found_by_a_term_only_if_it_has_it(client, rich):
    had = {}
    for service in walk(client, "services", 100, full="true"):
        every = [*service["attributes"], *service["organization"]["attributes"]]
        had[service["id"]] = {one["taxonomy_term_id"] for one in every}
    terms = {one["code"]: one["id"] for one in walk(client, "taxonomy_terms", per_page=1000)}
    of_some = set().union(*had.values())
    for number in (*of_some, terms["sport.football"], terms["hoist"], terms["0-2"]):
        assert set(ids(client, taxonomy_term_id=number)) == {
            service for service, its in had.items() if number in its
        }
    assert terms["hoist"] not in of_some, "what has to be asked is no yes"


def test_near_is_near(client, rich):
    assert "far" not in found(client, rich, postcode=NEAR, proximity="1000")
    assert found(client, rich, postcode=NEAR, proximity="7000") == EVERY - {"silent"}
    assert found(client, rich, postcode=NEAR) == EVERY
    at = ask(client, "/service_at_locations", postcode=NEAR, proximity="1000")
    assert at["total_items"] == len(EVERY) - 2


def test_a_service_at_two_places_is_near_at_one_of_them(client, app):
    venue = card().document["venue"]
    put(card("Two halls", activity_id=9, also_at=[{**venue, "latitude": 52.65, "name": "Hall 2"}]))
    assert len(walk(client, "service_at_locations")) == 2
    assert len(ids(client, "service_at_locations", postcode=NEAR, proximity="1000")) == 1
    assert ids(client, postcode=NEAR, proximity="1000") == [identifier("service", 9)]


def test_what_has_changed_since(client, app, clock):
    clock.freeze("2026-11-20 10:00")
    put(card("Old", activity_id=1))
    clock.freeze("2026-11-21 10:00:00.5")
    put(card("New", activity_id=2))
    new = identifier("service", 2)
    assert ask(client, f"/services/{new}")["last_modified"] == "2026-11-21T10:00:00.500Z"
    assert ids(client, modified_after="2026-11-21T10:00:00.500Z") == [new]
    assert ids(client, modified_after="2026-11-21T11:00:00+01:00") == [new]
    assert ids(client, modified_after="2026-11-21T10:00:00.501Z") == []
    assert len(ids(client, modified_after="2026-11-20")) == 2


def test_a_change_is_found_at_once(client, app):
    put(card("Harp", activity_id=1), card("Drum", activity_id=2))
    first = identifier("service", 1)
    assert first in ids(client) and ids(client, search="harp") == [first]
    replace_cards(1, [])
    db.session.commit()
    assert ids(client) == [identifier("service", 2)]
    assert ids(client, search="harp") == []


def test_what_lapses_at_midnight_is_gone_after_it(client, app, clock):
    clock.freeze("2026-11-20 23:59")
    put(card("Last day", activity_id=1, until=time_of_day.today()), card("Stays", activity_id=2))
    first = identifier("service", 1)
    place = identifier("service_at_location", 1, 0)
    organisation = identifier("organization", 1)
    assert first in ids(client)
    clock.freeze(time_of_day.now() + timedelta(minutes=2))
    for kind, number in (
        ("services", first),
        ("service_at_locations", place),
        ("organizations", organisation),
    ):
        assert number not in ids(client, kind)
        gone = client.raw.get(f"{BASE}/{kind}/{number}", base_url=client.base_url)
        assert gone.status_code == 404


def test_minimal_gives_every_id_at_once(client, rich):
    answer = ask(client, "/services", minimal="true")
    assert answer["total_items"] == answer["size"] == len(EVERY)
    assert (answer["first_page"], answer["last_page"]) == (True, True)
    assert {one["id"] for one in answer["contents"]} == set(rich.values())
    assert all(one.keys() == {"id", "last_modified"} for one in answer["contents"])
    assert ask(client, "/services", minimal="true", per_page=2)["size"] == 2


def test_a_stream_has_everything_and_no_pages(client, rich):
    answer = client.raw.get(f"{BASE}/services?format=ndjson&full=true", base_url=client.base_url)
    assert answer.content_type == "application/x-ndjson"
    lines = answer.text.splitlines()
    assert len(lines) == len(EVERY)
    assert lines[0].startswith('{"id":"')


def test_a_page_behind_the_last_is_empty(client, rich):
    answer = ask(client, "/services", page=9, per_page=3)
    assert (answer["empty"], answer["size"], answer["last_page"]) == (True, 0, True)
    assert (answer["total_items"], answer["total_pages"]) == (len(EVERY), 3)


def test_organisations_are_those_with_something_that_fits(client, rich):
    assert len(walk(client, "organizations", per_page=2)) == len(EVERY)
    assert ids(client, "organizations", search="harp") == [identifier("organization", 1)]
    assert ids(client, "organizations", day="SA") == [identifier("organization", 4)]
    whole = ask(client, f"/organizations/{identifier('organization', 1)}", full_service="true")
    assert whole["services"][0]["schedules"]


def test_terms_of_one_list(client, app):
    lists = {one["name"]: one["id"] for one in walk(client, "taxonomies")}
    assert {"Kinds of activity", "Ages", "What the council read"} <= lists.keys()
    kinds = walk(client, "taxonomy_terms", per_page=50, taxonomy_id=lists["Kinds of activity"])
    tops = walk(client, "taxonomy_terms", taxonomy_id=lists["Kinds of activity"], top_only="true")
    (sport,) = [one for one in tops if one["code"] == "sport"]
    below = walk(client, "taxonomy_terms", parent_id=sport["id"])
    assert "sport.football" in {one["code"] for one in below}
    assert len(kinds) > len(tops) > 10
    assert all(one["term_uri"].startswith("http") for one in kinds)
    assert ids(client, "taxonomies", search="council read") == [lists["What the council read"]]
