"""The pages on which a club tells of itself, walked through links and forms."""

import pytest
from sqlalchemy import event, select

from registry.accounts.web_sessions import end_all_web_sessions
from registry.database import db
from registry.organisations import services
from registry.organisations.models import Activity, Organisation, Venue
from registry.web.models import ShelfItem
from tests.organisations.conftest import PASSWORD


@pytest.fixture
def club(organisation):
    """Where Marcia's pages begin."""
    return f"/club/{organisation.id}"


class TestRegisteringAClub:
    def test_a_sole_trader_is_told_before_typing(self, owner, marcia):
        page = marcia.get("/club/new")
        told = page.main.index("Do you work alone, from home?")
        assert told < page.main.index("Phone number (if you have one)")
        assert "open data" in page.main

    def test_the_name_alone_is_enough(self, owner, marcia):
        form = marcia.get("/club/new").form()
        form.fill({"What is your organisation called?": "Kingfisher Dance Project"}).submit()
        club = db.session.scalars(select(Organisation)).one()
        assert club.owner_ids == {owner.id}
        assert (club.phone_is_public, club.email_is_public, club.website_is_public) == (False,) * 3

    def test_nothing_typed_is_kept_and_asked_for(self, marcia):
        page = marcia.get("/club/new").form().fill({"description": "We dance."}).submit()
        assert page.status == 422
        assert page.errors == ["Enter the name of your organisation"]
        assert page.form().fields["description"] == "We dance."

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ({"phone": "12"}, "The phone number must be a whole number, like 01632 960 123"),
            ({"email": "us"}, "The email address must look like name@example.org"),
            ({"website": "javascript:alert(1)"}, "The web address must look like www.example.org"),
            ({"phone_is_public": True}, "Enter the phone number, or do not tick"),
            ({"website_is_public": True}, "Enter the website, or do not tick"),
            ({"name": "x" * 201}, "The name must be 200 characters or fewer"),
        ],
    )
    def test_each_mistake_is_told_in_plain_words(self, marcia, typed, error):
        page = marcia.get("/club/new").form().fill({"name": "K", **typed}).submit()
        assert page.status == 422
        assert len(page.errors) == 1
        assert page.errors[0].startswith(error)

    def test_what_no_page_offers_cannot_be_set(self, owner, marcia):
        marcia.post(
            "/club/new",
            {"name": "K", "slug": "mine", "closed_at": "2020-01-01", "owner": "99", "id": "77"},
        )
        club = db.session.scalars(select(Organisation)).one()
        assert (club.slug, club.closed_at, club.owner_ids) == ("k", None, {owner.id})
        assert club.id != 77


class TestDetails:
    def test_a_change_is_saved_and_told(self, organisation, club, marcia):
        page = marcia.get(f"{club}/details").form().fill({"name": "Kingfisher"}).submit("Save")
        assert "We have saved what you told us" in page.main
        assert page.form().fields["name"] == "Kingfisher"

    def test_two_people_at_once_lose_nothing(self, organisation, owner, club, marcia):
        form = marcia.get(f"{club}/details").form()
        services.change_details(
            db.session.get(Organisation, organisation.id), owner, name="Sandeep typed this"
        )
        db.session.commit()
        page = form.fill({"name": "Marcia typed this"}).submit("Save")
        assert page.status == 409
        assert "Somebody changed this since you opened it" in page.main
        assert [
            "What is your organisation called?", "Sandeep typed this", "Marcia typed this"
        ] in page.tables[0]  # fmt: skip
        assert page.form().fields["name"] == "Marcia typed this"
        page = page.form().submit("Save")
        assert page.status == 200
        assert page.form().fields["name"] == "Marcia typed this"

    @pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "²"])
    def test_a_version_that_never_was_saves_nothing(self, organisation, club, marcia, version):
        page = marcia.post(f"{club}/details", {"name": "New", "version": version})
        assert page.status == 409
        db.session.expire_all()
        assert db.session.get(Organisation, organisation.id).name == "Kingfisher Dance Project"


class TestALostWebSession:
    def test_what_was_typed_comes_back_after_signing_in_again(
        self, organisation, owner, club, marcia
    ):
        form = marcia.get(f"{club}/details").form().fill({"description": "We dance on Tuesdays."})
        email = owner.email
        end_all_web_sessions(owner)
        db.session.commit()
        page = form.submit("Save")
        assert page.h1.startswith("Sign in")
        page = page.form("/sign-in").fill({"email": email, "password": PASSWORD}).submit()
        assert page.h1 == "Details of your organisation"
        assert "We kept what you typed" in page.main
        assert page.form().fields["description"] == "We dance on Tuesdays."
        assert page.form().submit("Save").status == 200
        db.session.expire_all()
        kept = db.session.get(Organisation, organisation.id)
        assert kept.description == "We dance on Tuesdays."
        assert db.session.scalars(select(ShelfItem)).all() == []


class TestPlaces:
    def test_an_empty_list_says_what_to_do(self, organisation, club, marcia):
        page = marcia.get(f"{club}/venues")
        assert "You have no places yet" in page.main
        assert page.follow("Add a place").h1 == "Add a place"

    def test_a_place_says_what_the_public_will_see(self, organisation, club, marcia):
        page = (
            marcia.get(f"{club}/venues/new")
            .form()
            .fill(
                {
                    "name": "Foundry Lane Hall",
                    "privacy": "open",
                    "address": "Foundry Lane\nHeath Town",
                    "postcode": "wv1 1aa",
                }
            )
            .submit()
        )
        assert page.h1 == "Foundry Lane Hall"
        assert "Foundry Lane Hall Foundry Lane Heath Town WV1 1AA" in page.main
        assert "Ward: Heath Town" in page.main

    def test_a_hidden_place_shows_its_ward_and_no_more(self, organisation, club, marcia):
        page = (
            marcia.get(f"{club}/venues/new")
            .form()
            .fill(
                {
                    "name": "My flat",
                    "privacy": "hidden",
                    "address": "9 High St",
                    "postcode": "WV1 1AA",
                }
            )
            .submit()
        )
        shown = page.main.split("What the public will see")[-1]
        assert "Heath Town" in shown
        for secret in ("My flat", "9 High St", "WV1 1AA"):
            assert secret not in shown

    def test_an_unknown_postcode_is_saved_with_a_warning(self, organisation, club, marcia):
        page = (
            marcia.get(f"{club}/venues/new")
            .form()
            .fill({"name": "New build", "privacy": "open", "postcode": "WV99 9ZZ"})
            .submit()
        )
        assert page.status == 200
        assert "We do not know the postcode WV99 9ZZ yet" in page.main
        assert "Not on the map" in marcia.get(f"{club}/venues").main

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ({}, "Enter the address or the postcode"),
            ({"postcode": "WV1"}, "The postcode must be a whole one, like WV1 1AA. You put “WV1”"),
            ({"postcode": "hello"}, "The postcode must be a whole one"),
        ],
    )
    def test_a_place_to_find_is_a_place_that_can_be_found(
        self, organisation, club, marcia, typed, error
    ):
        form = marcia.get(f"{club}/venues/new").form()
        page = form.fill({"name": "Hall", "privacy": "open", **typed}).submit()
        assert page.status == 422
        assert page.errors[0].startswith(error)

    def test_outside_the_city_is_said_in_words(self, venue, owner, club, marcia):
        place = db.session.get(Venue, venue.id)
        place.authority_code, place.authority_name = "E08000027", "Dudley"
        db.session.commit()
        page = marcia.get(f"{club}/venues/{venue.id}")
        assert "Outside Wolverhampton" in page.main
        assert "This place is in Dudley" in page.main

    def test_removing_asks_first(self, venue, club, marcia):
        page = marcia.get(f"{club}/venues/{venue.id}").follow("Remove this place")
        assert page.h1 == "Remove Foundry Lane Hall?"
        assert db.session.scalars(select(Venue)).all()
        page = page.press("Remove it")
        assert page.h1 == "Your places"
        assert db.session.scalars(select(Venue)).all() == []

    def test_a_place_in_use_says_what_to_do(self, live, club, marcia):
        page = marcia.get(f"{club}/venues/{live.venue.id}/remove").press("Remove it")
        assert page.status == 409
        assert page.errors == [
            "Street Dance Juniors happens here. Choose another place for it first."
        ]


class TestTellingOfAnActivity:
    def test_from_nothing_to_complete_page_by_page(self, organisation, club, marcia):
        page = marcia.get(f"{club}/activities")
        assert "You have no activities yet" in page.main
        page = page.follow("Add an activity")
        page = (
            page.form()
            .fill(
                {
                    "name": "Street Dance Juniors",
                    "summary": "Learn street dance with friends.",
                    "category": "Dance",
                    "Youngest age": 5,
                    "Oldest age": 11,
                }
            )
            .submit()
        )
        assert page.h1 == "Who can come"
        page = (
            page.form()
            .fill(
                {
                    "parent_stays": "no",
                    "languages": ["English"],
                    "more_languages": "polish, Welsh, , Welsh",
                }
            )
            .submit()
        )
        assert page.h1 == "How often does it happen?"
        page = page.form().fill({"pattern": "weekly"}).submit()
        assert page.h1 == "Every week"
        page = (
            page.form()
            .fill({"days": ["Tuesday"], "starts": "4.30pm", "ends": "17:30", "season": "term"})
            .submit()
        )
        assert page.h1 == "When it happens"
        assert "Tuesdays, 4.30pm to 5.30pm, term time" in page.main
        page = page.follow("Yes, continue")
        assert page.h1 == "Where it happens"
        assert "You have no places yet" in page.main
        page = page.follow("Add a place")
        page = (
            page.form()
            .fill({"name": "Foundry Lane Hall", "privacy": "open", "postcode": "WV1 1AA"})
            .submit()
        )
        assert page.h1 == "Where it happens"
        assert page.form().fields["place_kind"] == "venues"
        page = page.form().fill({"Which place or places?": ["Foundry Lane Hall"]}).submit()
        assert page.h1 == "What it costs"
        page = page.form().fill({"price_kind": "session", "price": "3.50"}).submit()
        assert page.h1 == "How to book"
        page = page.form().fill({"booking_kind": "turn_up", "bring": "Trainers"}).submit()
        assert page.h1 == "Support and access"
        page = page.form().fill({"mark_step_free": "yes", "mark_hoist": "no"}).submit()
        assert page.h1 == "What you do with children"
        keys = ("p_online", "p_trips", "p_transport", "p_overnight", "p_oneone", "p_care")
        answers = {f"{key}__said": "no" for key in keys}
        page = (
            page.form()
            .fill({**answers, "p_ages__long_stay": "no", "p_risk__ticked": ["none"]})
            .submit()
        )
        assert page.h1 == "Street Dance Juniors"
        assert "Complete" in page.main
        activity = db.session.scalars(select(Activity)).one()
        assert (activity.state, activity.price_pence) == ("live", 350)
        assert (activity.min_months, activity.max_months) == (60, 143)
        assert activity.languages == ["English", "Polish", "Welsh"]
        assert {m.code: m.answer for m in activity.marks} == {"step_free": "yes", "hoist": "no"}
        assert activity.about["p_risk"] == {"ticked": ["none"]}
        assert "Complete" in marcia.get(f"{club}/activities").main

    def test_what_is_missing_stands_on_the_list_and_on_its_page(self, activity, club, marcia):
        page = marcia.get(f"{club}/activities")
        assert "Needs you" in page.main
        assert "Say when it happens" in page.main
        page = page.follow("Street Dance Juniors")
        assert "Choose where it happens" in page.main
        assert page.follow("What it costs").h1 == "What it costs"

    def test_coming_back_later_goes_to_the_activity(self, activity, club, marcia):
        form = marcia.get(f"{club}/activities/{activity.id}/cost").form()
        page = form.fill({"price_kind": "free"}).submit("Save and come back later")
        assert page.h1 == "Street Dance Juniors"

    def test_every_page_of_a_complete_activity_shows_what_is_kept(self, live, club, marcia):
        here = f"{club}/activities/{live.id}"
        assert marcia.get(f"{here}/cost").form().fields["price"] == "3.50"
        assert marcia.get(f"{here}/who").form().fields["oldest"] == "11"
        assert marcia.get(f"{here}/what").form().fields["category"] == "dance_arts.dance"
        assert marcia.get(f"{here}/where").form().fields["venues"] == str(live.venue.id)
        assert marcia.get(f"{here}/booking").form().fields["booking_kind"] == "turn_up"
        assert marcia.get(f"{here}/safety").form().fields["p_trips__said"] == "no"

    def test_unanswered_stays_unanswered(self, live, owner, club, marcia):
        address = f"{club}/activities/{live.id}/support"
        marcia.get(address).form().fill({"mark_hoist": "no"}).submit()
        page = marcia.get(address)
        assert page.form().fields["mark_hoist"] == "no"
        assert page.form().fields["mark_bsl"] == ""
        page.form().fill({"mark_hoist": "", "mark_bsl": "ask"}).submit()
        page = marcia.get(address)
        assert page.form().fields["mark_hoist"] == ""
        page.form().fill({"note_bsl": "On Tuesdays"}).submit()
        db.session.expire_all()
        marks = db.session.get(Activity, live.id).marks
        assert [(m.code, m.answer, m.note) for m in marks] == [("bsl", "ask", "On Tuesdays")]

    def test_long_stays_are_asked_only_of_the_youngest(self, live, owner, club, marcia):
        address = f"{club}/activities/{live.id}/safety"
        assert "under 8" in marcia.get(address).main
        services.change_activity(db.session.get(Activity, live.id), owner, min_months=96)
        db.session.commit()
        page = marcia.get(address)
        assert "under 8" not in page.main
        page.form().fill({"p_trips__said": "yes"}).submit()
        db.session.expire_all()
        about = db.session.get(Activity, live.id).about
        assert (about["p_trips"], about["p_ages"]) == ({"said": "yes"}, {"long_stay": "no"})

    def test_a_stale_page_shows_both_values(self, live, owner, club, marcia):
        form = marcia.get(f"{club}/activities/{live.id}/cost").form()
        services.change_activity(
            db.session.get(Activity, live.id), owner, price_kind="free", price_pence=0
        )
        db.session.commit()
        page = form.fill({"price": "4"}).submit()
        assert page.status == 409
        assert ["What does it cost?", "It is free", "A price for each session"] in page.tables[0]
        assert page.form().submit().status == 200
        db.session.expire_all()
        assert db.session.get(Activity, live.id).price_pence == 400

    @pytest.mark.parametrize("page", ["what", "who", "where", "cost", "booking", "safety"])
    def test_an_empty_post_is_mended_and_saves_nothing(self, activity, club, marcia, page):
        address = f"{club}/activities/{activity.id}/{page}"
        answer = marcia.post(address, {"version": "1"})
        assert answer.status == 422
        assert answer.errors

    @pytest.mark.parametrize(
        "junk",
        [
            {"place_kind": "venues", "venues": "999999"},
            {"place_kind": "venues", "venues": "x"},
            {"place_kind": "venues", "venues": ""},
            {"place_kind": "venues"},
            {"place_kind": "various", "place_area": " "},
            {"place_kind": "nowhere"},
        ],
    )
    def test_only_a_place_of_ones_own_can_be_chosen(self, live, club, marcia, junk):
        address = f"{club}/activities/{live.id}/where"
        assert marcia.post(address, {"version": "1", **junk}).status == 422

    def test_what_no_page_offers_cannot_be_set(self, activity, club, marcia):
        sent = {"price_kind": "free", "version": "1", "state": "live", "slug": "mine", "id": "9"}
        marcia.post(f"{club}/activities/{activity.id}/cost", sent)
        db.session.expire_all()
        kept = db.session.get(Activity, activity.id)
        assert (kept.price_kind, kept.state, kept.slug) == ("free", "draft", "street-dance-juniors")

    def test_booking_by_phone_needs_a_public_phone(self, live, owner, club, marcia):
        organisation = db.session.get(Organisation, live.organisation_id)
        services.change_details(organisation, owner, phone_is_public=False)
        db.session.commit()
        page = marcia.get(f"{club}/activities/{live.id}/booking")
        assert "Your phone number is not public yet" in page.main
        page = page.form().fill({"booking_kind": "phone"}).submit()
        assert page.h1 == "Street Dance Juniors"
        assert "show your phone number to the public" in page.main

    def test_an_ended_activity_is_shown_and_cannot_be_changed(self, live, owner, club, marcia):
        services.end_activity(db.session.get(Activity, live.id), owner)
        db.session.commit()
        page = marcia.get(f"{club}/activities/{live.id}")
        assert "This activity has ended" in page.main
        answer = marcia.post(
            f"{club}/activities/{live.id}/cost", {"price_kind": "free", "version": "3"}
        )
        assert answer.status == 422
        assert answer.errors == ["This activity has ended. You cannot change it now."]

    def test_ending_asks_first(self, live, club, marcia):
        page = marcia.get(f"{club}/activities/{live.id}").follow("End this activity")
        assert page.h1 == "End Street Dance Juniors?"
        assert page.buttons[-1:] == ["End it"] or "End it" in page.buttons


class TestAges:
    @pytest.mark.parametrize(
        ("youngest", "oldest", "category", "error"),
        [
            ("11", "5", "sport.football", "The oldest age must be 11 or more"),
            ("5", "19", "sport.football", "The oldest age must be 18 or less"),
            ("5", "26", "send.club", "The oldest age must be 25 or less"),
            ("-1", "5", "sport.football", "The youngest age must be 0 or more"),
            ("five", "6", "sport.football", "The youngest age must be a whole number"),
            ("", "6", "sport.football", "Enter the youngest age"),
            ("5", "", "sport.football", "Enter the oldest age"),
            ("5.5", "6", "sport.football", "The youngest age must be a whole number"),
        ],
    )
    def test_ages_that_cannot_be(
        self, organisation, club, marcia, youngest, oldest, category, error
    ):
        page = self._add(marcia, club, youngest, oldest, category)
        assert page.status == 422
        assert page.errors[0].startswith(error)

    @pytest.mark.parametrize(
        ("youngest", "oldest", "category", "months"),
        [
            ("0", "0", "early.toddler", (0, 11)),
            ("0", "4", "early.parent_and_child", (0, 59)),
            ("5", "11", "sport.football", (60, 143)),
            ("7", "7", "sport.football", (84, 95)),
            ("11", "18", "youth.club", (132, 227)),
            ("18", "25", "send.short_breaks", (216, 311)),
            ("8", "25", "sport.disability_sport", (96, 311)),
        ],
    )
    def test_ages_are_kept_in_months(
        self, organisation, club, marcia, youngest, oldest, category, months
    ):
        self._add(marcia, club, youngest, oldest, category)
        activity = db.session.scalars(select(Activity)).one()
        assert (activity.min_months, activity.max_months) == months

    def test_a_kind_that_the_ages_do_not_fit_is_refused(self, activity, owner, club, marcia):
        services.change_activity(
            db.session.get(Activity, activity.id),
            owner,
            categories=["send.club"],
            max_months=311,
            summary="For all.",
        )
        db.session.commit()
        form = marcia.get(f"{club}/activities/{activity.id}/what").form()
        page = form.fill({"category": "sport.football"}).submit()
        assert page.status == 422
        assert page.errors[0].startswith("These kinds go up to age 18")

    @staticmethod
    def _add(marcia, club, youngest, oldest, category):
        form = marcia.get(f"{club}/activities/new").form()
        return form.fill(
            {
                "name": "A",
                "summary": "B",
                "category": category,
                "youngest": youngest,
                "oldest": oldest,
            }
        ).submit()


class TestMoney:
    @pytest.mark.parametrize(
        ("kind", "typed", "pence"),
        [
            ("session", "3.50", 350),
            ("session", "£3.5", 350),
            ("session", "0.01", 1),
            ("term", "1,250", 125_000),
            ("donation", "", 0),
            ("donation", "2", 200),
            ("free", "", 0),
            ("free", "0", 0),
            ("haf", "", 0),
        ],
    )
    def test_prices_are_kept_in_pence(self, activity, club, marcia, kind, typed, pence):
        form = marcia.get(f"{club}/activities/{activity.id}/cost").form()
        form.fill({"price_kind": kind, "price": typed}).submit()
        db.session.expire_all()
        kept = db.session.get(Activity, activity.id)
        assert (kept.price_kind, kept.price_pence) == (kind, pence)

    @pytest.mark.parametrize(
        ("kind", "typed", "error"),
        [
            ("session", "", "Enter the price"),
            ("session", "0", "Enter the price"),
            ("session", "-1", "The price must be 0 or more"),
            ("session", "3.505", "The price must be in pounds and pence"),
            ("session", "5001", "The price must be £5,000 or less"),
            ("session", "lots", "The price must be in pounds and pence"),
            ("free", "3", "You chose free"),
            ("haf", "3", "You chose free"),
        ],
    )
    def test_prices_that_cannot_be(self, activity, club, marcia, kind, typed, error):
        form = marcia.get(f"{club}/activities/{activity.id}/cost").form()
        page = form.fill({"price_kind": kind, "price": typed}).submit()
        assert page.status == 422
        assert page.errors[0].startswith(error)


class TestTimes:
    @pytest.mark.parametrize(
        ("starts", "ends", "error"),
        [
            ("5.30pm", "4.30pm", "The end must be later than the start"),
            ("4.30pm", "4.30pm", "The end must be later than the start"),
            ("11pm", "midnight", "The end must be later than the start"),
            ("4.30", "5.30pm", "The start must say am or pm"),
            ("25:00", "5.30pm", "The start must be a time"),
            ("", "5.30pm", "Enter when it starts"),
            ("4.30pm", "", "Enter when it ends"),
        ],
    )
    def test_times_that_cannot_be(self, activity, club, marcia, starts, ends, error):
        form = marcia.get(f"{club}/activities/{activity.id}/sessions/new/weekly").form()
        page = form.fill(
            {"days": ["Monday"], "starts": starts, "ends": ends, "season": "term"}
        ).submit()
        assert page.status == 422
        assert page.errors[0].startswith(error)
        assert page.form().fields["starts"] == starts

    def test_sessions_are_added_and_removed(self, activity, club, marcia):
        address = f"{club}/activities/{activity.id}/sessions/new/weekly"
        for starts, ends in (("9am", "noon"), ("10am", "11am")):
            told = {"days": ["Saturday"], "starts": starts, "ends": ends, "season": "all_year"}
            page = marcia.get(address).form().fill(told).submit()
        assert "Saturdays, 9am to noon, all year" in page.main
        page = page.follow("Remove Saturdays, 10am to 11am, all year")
        assert page.h1 == "Remove this session?"
        page = page.press("Remove it")
        assert "We have removed Saturdays, 10am to 11am, all year" in page.main
        assert len(db.session.get(Activity, activity.id).sessions) == 1


ADDRESSES = [
    "/details",
    "/venues",
    "/venues/new",
    "/venues/{venue}",
    "/venues/{venue}/remove",
    "/activities",
    "/activities/new",
    "/activities/{activity}",
    "/activities/{activity}/what",
    "/activities/{activity}/who",
    "/activities/{activity}/where",
    "/activities/{activity}/cost",
    "/activities/{activity}/booking",
    "/activities/{activity}/support",
    "/activities/{activity}/safety",
    "/activities/{activity}/sessions",
    "/activities/{activity}/sessions/new",
    "/activities/{activity}/sessions/new/course",
    "/activities/{activity}/sessions/{session}",
    "/activities/{activity}/sessions/{session}/remove",
    "/activities/{activity}/sessions/away",
    "/activities/{activity}/sessions/extra",
    "/activities/{activity}/last-day",
    "/activities/{activity}/end",
]


class TestSomebodyElsesRecords:
    @pytest.fixture
    def paths(self, live):
        """Every address below a club, for the records of Marcia's."""
        numbers = {
            "venue": live.venue.id, "activity": live.id, "session": live.sessions[0].key
        }  # fmt: skip
        return lambda club: [club + address.format(**numbers) for address in ADDRESSES]

    def test_another_clubs_pages_are_not_there(self, live, club, paths, sam):
        for path in paths(club):
            assert sam.get(path).status == 404, path
            assert sam.post(path, {"name": "Mine", "version": "1"}).status in (404, 405), path
        db.session.expire_all()
        assert db.session.get(Activity, live.id).name == "Street Dance Juniors"

    def test_ones_own_address_does_not_open_anothers_record(self, live, stranger, paths, sam):
        own = services.register_organisation(stranger, name="Sam’s club")
        db.session.commit()
        for path, address in zip(paths(f"/club/{own.id}"), ADDRESSES, strict=True):
            if "{" in address:
                assert sam.get(path).status == 404, path
                assert sam.post(path, {"name": "Mine", "version": "1"}).status in (404, 405), path

    def test_nobody_signed_in_is_asked_to_sign_in(self, live, club, paths, client):
        db.session.commit()
        for path in paths(club):
            answer = client.get(path, follow=False)
            assert answer.status == 303, path
            assert answer.headers["Location"].startswith("/sign-in"), path

    @pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "x", "1e3"])
    def test_a_number_that_cannot_be_is_not_there(self, marcia, number):
        assert marcia.get(f"/club/{number}/details").status == 404


def test_the_last_activity_of_a_list_of_many_is_reached_in_few_queries(
    organisation, owner, venue, complete, club, marcia
):
    def count() -> int:
        asked = []
        listener = lambda *args: asked.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        marcia.get(f"{club}/activities")
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(asked)

    mine = db.session.get(Organisation, organisation.id)
    place = db.session.get(Venue, venue.id)
    services.add_activity(mine, owner, **complete(place, name="First"))
    db.session.commit()
    few = count()
    for number in range(8):
        services.add_activity(mine, owner, **complete(place, name=f"Group {number}"))
    db.session.commit()
    assert count() == few
