"""What the page of an activity says of its places, its cost, its booking and its picture."""

import pytest

from registry.directory.telling import picture_of, told, trial_line
from tests.cards.cards import card, document, put

PLAIN = document()["venue"]
ELSEWHERE = {
    **PLAIN,
    "name": "Over the border hall",
    "address_lines": ["High Street"],
    "postcode": "WV16 4AA",
    "ward": "Bridgnorth West",
    "area_label": "Bridgnorth West, Shropshire",
    "latitude": 52.53,
    "longitude": -2.42,
    "outside_area": True,
}
HIDDEN = {
    **PLAIN,
    "name": "",
    "address_lines": [],
    "postcode": "",
    "ward": "Park",
    "area_label": "Park, Wolverhampton",
    "hidden": True,
}
ONLINE = {**HIDDEN, "hidden": False, "ward": "", "area_label": "Online", "online": True,
          "latitude": None, "longitude": None}  # fmt: skip
VARIOUS = {**ONLINE, "online": False, "area_label": "parks in the north", "various": True}


def cost(**changes):
    return {**document()["cost"], **changes}


def point(code: str, answer: str, note: str = "") -> dict:
    return {"code": code, "label": code, "answer": answer, "note": note, "group": "cost"}


@pytest.fixture
def listing(client):
    """The page of one listed activity."""

    def show(**changes):
        put(card("Dance", slug="dance", organisation=3, **changes))
        return client.get("/activities/dance")

    return show


class TestPlaces:
    def test_each_of_several_is_shown_and_labelled_for_itself(self, listing):
        page = listing(also_at=[ELSEWHERE, HIDDEN, ONLINE])
        assert "It happens at 4 places" in page.main
        assert "Over the border hall High Street WV16 4AA" in page.main
        assert page.main.count("This place is outside Wolverhampton") == 1
        assert "Park, Wolverhampton. This club keeps its address private" in page.main
        assert "You can join from anywhere" in page.main
        assert "Foundry Lane Hall Heath Town, and 3 more places" in page.main

    def test_at_various_places_there_is_an_area_in_words_and_no_distance(self, listing, client):
        page = listing(at=None, venue=VARIOUS)
        assert "At various places: parks in the north." in page.main
        results = client.get("/activities?postcode=WV10&distance=1")
        assert "Various places parks in the north" in results.main
        assert "at various places" in results.main

    def test_results_name_the_nearest_place(self, listing, client):
        listing(also_at=[ELSEWHERE])
        results = client.get("/activities?postcode=WV16+4AA")
        assert "Over the border hall Bridgnorth West, and 1 more place" in results.main
        assert "Outside Wolverhampton" in results.main

    def test_the_words_of_every_place_find_it(self, listing, client):
        listing(also_at=[ELSEWHERE])
        assert "Dance" in client.get("/activities?q=Bridgnorth").links


class TestCost:
    @pytest.mark.parametrize(
        ("said", "line"),
        [
            (cost(kind="course", unit_label="a course", pence=4500), "£45 a course"),
            (cost(kind="membership", unit_label="a year", pence=6000), "£60 a year"),
            (cost(kind="free", pence=0), "Free"),
        ],
    )
    def test_what_is_paid(self, listing, said, line):
        assert line in listing(cost=said).main

    @pytest.mark.parametrize(
        ("said", "line"),
        [
            (cost(trial="free"), "You can try it once for free."),
            (cost(trial="paid", trial_pence=150), "You can try it once for £1.50."),
            (cost(trial="no"), "There is no trial session."),
            (cost(trial=None), ""),
            (cost(), ""),
        ],
    )
    def test_trying_it(self, said, line):
        assert trial_line(said) == line

    def test_what_makes_it_cheaper_is_yes_ask_or_no(self, listing):
        points = [point("siblings_less", "yes", "£1 less"), point("help_to_pay", "ask"),
                  point("kit_needed", "no")]  # fmt: skip
        page = listing(cost=cost(points=points))
        assert "Yes: siblings_less (£1 less)" in page.main
        assert "Ask us: help_to_pay" in page.main
        assert "No: kit_needed" in page.main

    @pytest.mark.parametrize("number", ["", "EY123456"])
    def test_tax_free_childcare_only_with_an_ofsted_number(self, listing, number):
        organisation = {**document()["organisation"], "ofsted_number": number}
        made = card("Dance", slug="dance", cost=cost(points=[point("tax_free_childcare", "yes")]))
        made.document["organisation"] = organisation
        said = [one["code"] for one in made.public_document()["cost"]["points"]]
        assert said == (["tax_free_childcare"] if number else [])

    def test_what_haf_means_is_told(self, listing):
        page = listing(cost=cost(kind="haf", pence=0))
        for fact in ("Reception to Year 11", "4 hours or more", "16 in summer", "by letter"):
            assert fact in page.main


class TestBookingAndSupport:
    @pytest.mark.parametrize(
        ("said", "line"),
        [
            ("yes", "There is a waiting list."),
            ("no", "There is no waiting list."),
            (None, ""),
        ],
    )
    def test_a_waiting_list(self, listing, said, line):
        page = listing(booking={"kind": "turn_up", "link": "", "note": "", "waiting_list": said})
        assert line in page.main
        assert ("waiting list" in page.main) == bool(said)

    def test_no_is_said_and_what_was_not_said_is_not_no(self, listing):
        page = listing()
        assert "No: hearing loop" in page.main
        assert "hoist" not in page.main.lower()
        assert "A point that is not here was not said. That does not mean no." in page.main


class TestPicture:
    def test_it_is_shown_with_its_words_and_its_size(self, listing):
        picture = {
            "large": "a" * 64,
            "small": "b" * 64,
            "width": 1200,
            "height": 800,
            "alt": "Hall",
        }
        page = listing(picture=picture)
        assert f'src="/pictures/{"b" * 64}.jpg"' in page.html
        assert f"/pictures/{'a' * 64}.jpg 1200w" in page.html
        assert 'width="1200" height="800" alt="Hall"' in page.html

    def test_without_one_there_is_none(self, listing):
        assert picture_of(document()) is None
        assert "/pictures/" not in listing().html


def test_a_card_that_says_little_can_be_told():
    bare = document(cost={}, support=[], access=[], sessions=[], booking={}, contact={})
    del bare["also_at"]
    assert told(bare, map_address="")["places"][0].name == "Foundry Lane Hall"
