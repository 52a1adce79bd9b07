"""Where, what it costs, how to book, support: each fact asked, kept, and shown as it was told."""

import pytest

from registry.database import db
from registry.organisations import services
from registry.organisations.gaps import gaps_by_page
from registry.organisations.models import Activity, Venue


@pytest.fixture
def here(live):
    """The pages of Marcia's activity."""
    return f"/club/{live.organisation_id}/activities/{live.id}"


@pytest.fixture
def park(organisation, owner) -> Venue:
    """A second place."""
    return services.add_venue(organisation, owner, name="West Park", postcode="WV1 4PH")


def again(live) -> Activity:
    db.session.expire_all()
    return db.session.get_one(Activity, live.id)


def save(visitor, address, **values):
    return visitor.get(address).form().fill(values).submit("Save and come back later")


class TestWhere:
    def test_at_several_places_the_main_one_stays_first(self, live, venue, park, here, marcia):
        services.change_activity(live, live.organisation.members[0].account, venues=[park])
        db.session.commit()
        page = save(marcia, f"{here}/where", venues=["Foundry Lane Hall", "West Park"])
        assert "West Park and Foundry Lane Hall" in page.main
        assert [one.name for one in again(live).venues] == ["West Park", "Foundry Lane Hall"]

    def test_online_there_is_no_place(self, live, here, marcia):
        page = save(marcia, f"{here}/where", place_kind="online")
        assert "Online" in page.main
        kept = again(live)
        assert (kept.place_kind, kept.venues) == ("online", [])
        assert marcia.get(f"{here}/where").form().fields["place_kind"] == "online"

    def test_at_various_places_an_area_is_said(self, live, here, marcia):
        address = f"{here}/where"
        page = marcia.get(address).form().fill(place_kind="various").submit("Save and continue")
        assert (page.status, page.errors) == (422, ["Say in which area it happens"])
        page = page.form().fill(place_area="parks in the north").submit("Save and come back later")
        assert "Various places: parks in the north" in page.main
        assert again(live).place_area == "parks in the north"

    def test_an_area_is_not_kept_where_it_is_always_the_same_place(self, live, here, marcia):
        save(marcia, f"{here}/where", place_kind="various", place_area="parks")
        save(marcia, f"{here}/where", place_kind="venues", venues=["Foundry Lane Hall"])
        assert (again(live).place_area, len(again(live).venues)) == ("", 1)

    def test_a_place_that_one_of_several_uses_stays(self, live, park, venue, here, marcia):
        save(marcia, f"{here}/where", venues=["Foundry Lane Hall", "West Park"])
        page = marcia.get(f"/club/{live.organisation_id}/venues/{park.id}/remove").press(
            "Remove it"
        )
        assert "Street Dance Juniors happens here" in page.main


class TestCost:
    @pytest.mark.parametrize(
        ("sent", "line"),
        [
            ({"price_kind": "course", "price": "45"}, "£45 a course"),
            (
                {"price_kind": "membership", "price": "60", "price_period": "year"},
                "£60 a year",
            ),
            ({"price_kind": "donation", "price": "2"}, "Pay what you can, about £2"),
            ({"price_kind": "haf", "price": ""}, "Free with a HAF code"),
        ],
    )
    def test_every_way_to_pay(self, live, here, marcia, sent, line):
        assert line in save(marcia, f"{here}/cost", **sent).main

    @pytest.mark.parametrize(
        ("sent", "error"),
        [
            ({"price_kind": "membership", "price": "60"}, "Choose how often members pay"),
            ({"price_kind": "course", "price": ""}, "Enter the price, or choose “It is free”"),
            ({"trial": "paid"}, "Enter the price to try it"),
        ],
    )
    def test_what_has_to_be_mended(self, live, here, marcia, sent, error):
        page = marcia.get(f"{here}/cost").form().fill(sent).submit("Save and continue")
        assert (page.status, page.errors) == (422, [error])

    def test_trying_it_and_what_makes_it_cheaper(self, live, here, marcia):
        save(
            marcia,
            f"{here}/cost",
            trial="paid",
            trial_price="1",
            mark_siblings_less="yes",
            note_siblings_less="£2.50 each",
            mark_help_to_pay="ask",
            mark_kit_needed="no",
        )
        kept = again(live)
        assert (kept.trial, kept.trial_pence) == ("paid", 100)
        assert {one.code: (one.answer, one.note) for one in kept.marks} == {
            "siblings_less": ("yes", "£2.50 each"),
            "help_to_pay": ("ask", ""),
            "kit_needed": ("no", ""),
        }
        fields = marcia.get(f"{here}/cost").form().fields
        assert (fields["trial_price"], fields["mark_help_to_pay"]) == ("1", "ask")
        assert fields["mark_tax_free_childcare"] == ""

    def test_a_price_to_try_is_forgotten_where_it_is_free_to_try(self, live, here, marcia):
        save(marcia, f"{here}/cost", trial="paid", trial_price="1")
        save(marcia, f"{here}/cost", trial="free")
        assert (again(live).trial, again(live).trial_pence) == ("free", 0)

    def test_a_membership_says_how_often(self, live, owner):
        services.change_activity(live, owner, price_kind="membership", price_pence=500)
        assert gaps_by_page(live)["cost"] == [
            "Say if members pay by the month, the term or the year"
        ]


class TestPoints:
    def test_a_page_leaves_the_points_of_the_other_alone(self, live, here, marcia):
        save(marcia, f"{here}/support", mark_hoist="no", mark_bsl="ask")
        save(marcia, f"{here}/cost", mark_siblings_less="yes")
        save(marcia, f"{here}/support", mark_hoist="yes", mark_bsl="")
        assert {one.code: one.answer for one in again(live).marks} == {
            "hoist": "yes",
            "siblings_less": "yes",
        }
        assert "1 of 32 points answered" in marcia.get(here).main

    def test_no_and_not_said_are_two_things(self, live, here, marcia):
        save(marcia, f"{here}/support", mark_hoist="no")
        fields = marcia.get(f"{here}/support").form().fields
        assert (fields["mark_hoist"], fields["mark_bsl"]) == ("no", "")
        assert [one.answer for one in again(live).marks] == ["no"]

    def test_words_about_a_point_can_be_added_at_once(self, live, here, marcia):
        save(marcia, f"{here}/support", mark_step_free="yes", note_step_free="Side door")
        assert again(live).marks[0].note == "Side door"


class TestBooking:
    @pytest.mark.parametrize("said", ["yes", "no", None])
    def test_a_waiting_list(self, live, here, marcia, said):
        page = save(marcia, f"{here}/booking", waiting_list=said or "")
        assert again(live).waiting_list == said
        assert ("There is a waiting list" in page.main) == (said == "yes")


class TestWho:
    def test_school_years_come_back_as_school_years(self, live, here, marcia):
        page = save(marcia, f"{here}/who", youngest="Reception", oldest="Year 6")
        assert "Reception to Year 6 (ages 4 to 11)" in page.main
        fields = marcia.get(f"{here}/who").form().fields
        assert (fields["youngest"], fields["oldest"]) == ("Reception", "Year 6")
        kept = again(live)
        assert (kept.min_months, kept.max_months, kept.ages_said) == (48, 143, "school")

    def test_months_come_back_as_months(self, live, here, marcia):
        save(marcia, f"{here}/who", youngest="6 months", oldest="18 months")
        fields = marcia.get(f"{here}/who").form().fields
        assert (fields["youngest"], fields["oldest"]) == ("6 months", "18 months")

    @pytest.mark.parametrize(
        ("youngest", "oldest", "error"),
        [
            ("Reception", "11", "Give both ages as school years"),
            ("18 months", "6 months", "The oldest age must be 18 months or more"),
            ("Year 6", "Year 2", "The oldest age must be Year 6 or more"),
            ("40 months", "5", "The youngest age must be in years from 3 years on"),
        ],
    )
    def test_ages_that_cannot_be(self, live, here, marcia, youngest, oldest, error):
        form = marcia.get(f"{here}/who").form().fill(youngest=youngest, oldest=oldest)
        page = form.submit("Save and continue")
        assert page.status == 422
        assert page.errors[0].startswith(error)
        assert page.form().fields["oldest"] == oldest

    def test_languages_are_a_list(self, live, here, marcia):
        save(
            marcia,
            f"{here}/who",
            languages=["English", "Polish"],
            more_languages="welsh, Urdu, urdu",
        )
        assert again(live).languages == ["English", "Polish", "welsh", "Urdu"]


class TestCopying:
    def test_a_copy_is_a_draft_with_all_but_what_the_council_reads(self, live, here, marcia):
        save(marcia, f"{here}/cost", trial="free", mark_siblings_less="yes")
        page = marcia.get(here).press("Make a copy")
        assert page.h1 == "What it is"
        assert "This is a copy of Street Dance Juniors" in page.text
        copy = db.session.get(Activity, live.id + 1)
        first = again(live)
        assert (copy.state, copy.name) == ("draft", "Street Dance Juniors (copy)")
        assert (copy.about, copy.picture, copy.last_on) == ({}, None, None)
        assert copy.slug != first.slug
        for name in ("summary", "min_months", "price_kind", "price_pence", "trial", "booking_kind"):
            assert getattr(copy, name) == getattr(first, name)
        assert [one.id for one in copy.venues] == [one.id for one in first.venues]
        assert [one.code for one in copy.marks] == ["siblings_less"]
        assert len(copy.sessions) == len(first.sessions) == 1
        assert copy.sessions[0].id != first.sessions[0].id
        assert list(gaps_by_page(copy)) == ["safety"]

    def test_pressed_twice_it_is_one(self, live, here, marcia):
        page = marcia.get(here)
        page.press("Make a copy")
        page.press("Make a copy")
        assert db.session.query(Activity).count() == 2

    def test_a_stranger_copies_nothing(self, live, here, sam):
        assert sam.post(f"{here}/copy").status == 404


class TestPausing:
    def test_the_page_says_what_happened(self, live, here, marcia):
        page = marcia.get(here).press("Pause this activity")
        assert page.h1 == "Street Dance Juniors"
        assert "Street Dance Juniors is paused" in page.text
        page = page.press("Start it again")
        assert "Street Dance Juniors has started again" in page.text
