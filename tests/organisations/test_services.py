"""What people of an organisation do with its records."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from registry import clock
from registry.audit.models import Entry
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.organisations import services
from registry.organisations.models import Organisation, Venue

HALF_FOUR, HALF_FIVE = time(16, 30), time(17, 30)


def acts():
    return [entry.action for entry in db.session.scalars(select(Entry).order_by(Entry.number))]


class TestRegistering:
    def test_the_first_person_becomes_its_owner(self, owner, organisation):
        assert organisation.owner_ids == {owner.id}
        assert organisation.slug == "kingfisher-dance-project"
        assert acts() == ["register_organisation"]

    def test_pressing_twice_registers_once(self, owner, organisation):
        again = services.register_organisation(owner, name="kingfisher dance PROJECT")
        assert again is organisation
        assert len(db.session.scalars(select(Organisation)).all()) == 1

    def test_the_same_name_later_is_another_organisation(self, owner, organisation):
        organisation.created_at = clock.now() - timedelta(hours=1)
        again = services.register_organisation(owner, name="Kingfisher Dance Project")
        assert again.slug == "kingfisher-dance-project-2"

    def test_the_same_name_by_somebody_else_gets_the_next_slug(self, stranger, organisation):
        other = services.register_organisation(stranger, name="Kingfisher Dance Project")
        assert other.slug == "kingfisher-dance-project-2"

    def test_a_name_is_needed(self, owner):
        with pytest.raises(BadInput):
            services.register_organisation(owner, name="  ")

    def test_nobody_registers_without_an_account(self, app):
        with pytest.raises(NotYours):
            services.register_organisation(None, name="Ghosts")

    @pytest.mark.parametrize("field", ["slug", "id", "closed_at", "created_at", "members"])
    def test_what_is_not_said_by_a_club_cannot_be_set(self, owner, organisation, field):
        with pytest.raises(TypeError):
            services.change_details(organisation, owner, **{field: 1})


class TestChangingDetails:
    def test_the_slug_stays_when_the_name_changes(self, owner, organisation):
        assert services.change_details(organisation, owner, name="Kingfisher", version=1)
        assert (organisation.name, organisation.slug) == ("Kingfisher", "kingfisher-dance-project")
        assert organisation.version == 2

    def test_the_history_names_fields_and_no_values(self, owner, organisation):
        services.change_details(organisation, owner, phone="01902 555 000", name="K")
        entry = db.session.scalars(select(Entry).order_by(Entry.number.desc())).first()
        assert entry.details == {"fields": ["name", "phone"]}
        assert entry.organisation_id == organisation.id

    def test_nothing_changed_writes_nothing(self, owner, organisation):
        assert not services.change_details(organisation, owner, name=organisation.name, version=1)
        assert acts() == ["register_organisation"]
        assert organisation.version == 1

    def test_a_stranger_may_not(self, stranger, organisation):
        with pytest.raises(NotYours):
            services.change_details(organisation, stranger, name="Mine")

    def test_an_older_version_is_refused_and_loses_nothing(self, owner, organisation):
        services.change_details(organisation, owner, name="First", version=1)
        with pytest.raises(StaleVersion):
            services.change_details(organisation, owner, name="Second", version=1)
        assert organisation.name == "First"

    def test_a_change_behind_our_back_is_noticed_by_the_database(self, owner, organisation):
        table = Organisation.__table__
        db.session.execute(update(table).values(version=9))
        with pytest.raises(StaleVersion):
            services.change_details(organisation, owner, name="Second", version=1)


class TestVenues:
    def test_a_postcode_gives_its_point_and_ward(self, venue):
        assert venue.latitude == pytest.approx(52.58, abs=0.05)
        assert (venue.authority_code, venue.ward_name) == ("E08000031", "Heath Town")
        assert venue.postcode == "WV1 1AA"

    def test_an_unknown_postcode_is_kept_without_a_point(self, owner, organisation):
        venue = services.add_venue(organisation, owner, name="New build", postcode="wv99 9zz")
        assert (venue.postcode, venue.latitude, venue.ward_code) == ("WV99 9ZZ", None, "")

    def test_a_new_postcode_moves_it(self, owner, venue):
        before = (venue.latitude, venue.longitude)
        services.change_venue(venue, owner, postcode="WV6 8AA", version=1)
        assert (venue.latitude, venue.longitude) != before

    def test_a_postcode_taken_away_takes_the_point_away(self, owner, venue):
        services.change_venue(venue, owner, postcode="")
        assert (venue.latitude, venue.longitude, venue.ward_code) == (None, None, "")

    def test_online_is_nowhere(self, owner, venue):
        services.change_venue(venue, owner, privacy="online")
        assert (venue.address, venue.postcode, venue.latitude) == ("", "", None)

    def test_nobody_sets_a_point_by_hand(self, owner, venue):
        with pytest.raises(TypeError):
            services.change_venue(venue, owner, **dict.fromkeys(["latitude"], 52.0))

    def test_a_place_in_use_stays(self, owner, venue, activity):
        services.change_activity(activity, owner, venues=[venue])
        db.session.refresh(venue.organisation)
        with pytest.raises(NotAllowedNow, match="Street Dance Juniors happens here"):
            services.remove_venue(venue, owner)

    def test_a_place_goes_when_what_was_there_has_ended(self, owner, venue, activity):
        services.change_activity(activity, owner, venues=[venue])
        services.end_activity(activity, owner)
        db.session.refresh(venue.organisation)
        services.remove_venue(venue, owner)
        assert db.session.scalars(select(Venue)).all() == []
        assert activity.venue is None
        assert acts()[-1] == "remove_venue"

    def test_a_stranger_may_not(self, stranger, venue, organisation):
        for act in (
            lambda: services.add_venue(organisation, stranger, name="Mine"),
            lambda: services.change_venue(venue, stranger, name="Mine"),
            lambda: services.remove_venue(venue, stranger),
        ):
            with pytest.raises(NotYours):
                act()


class TestActivities:
    def test_it_begins_as_a_draft_and_is_live_when_nothing_is_missing(
        self, owner, organisation, venue, complete
    ):
        activity = services.add_activity(organisation, owner, **complete(venue))
        assert activity.state == "draft"
        assert services.activity_gaps(activity) == ["Say when it happens"]
        services.add_session(activity, owner, days=[1], starts=HALF_FOUR, ends=HALF_FIVE)
        assert activity.state == "live"

    def test_it_does_not_fall_back_while_its_club_mends_it(
        self, owner, organisation, venue, complete
    ):
        activity = services.add_activity(organisation, owner, **complete(venue))
        session = services.add_session(activity, owner, days=[1], starts=HALF_FOUR, ends=HALF_FIVE)
        services.remove_session(activity, session["key"], owner)
        assert activity.state == "live"
        assert services.activity_gaps(activity) == ["Say when it happens"]

    def test_what_was_not_said_is_not_guessed(self, activity):
        db.session.refresh(activity)
        assert (activity.price_kind, activity.parent_stays, activity.booking_kind) == (None,) * 3

    def test_two_clubs_may_use_one_name(self, stranger, activity):
        other = services.register_organisation(stranger, name="Others")
        twin = services.add_activity(
            other, stranger, name=activity.name, min_months=0, max_months=11
        )
        assert (activity.slug, twin.slug) == ("street-dance-juniors", "street-dance-juniors-2")

    def test_categories_may_change_places(self, owner, activity):
        services.change_activity(activity, owner, categories=["sport.football", "music.choir"])
        services.change_activity(activity, owner, categories=["music.choir", "sport.football"])
        db.session.expire(activity)
        assert [one.code for one in activity.categories] == ["music.choir", "sport.football"]

    @pytest.mark.parametrize(
        "codes",
        [
            ["sport"],
            ["sport.quidditch"],
            ["sport.football", "sport.football"],
            ["sport.football", "sport.rugby", "sport.hockey", "sport.skate", "sport.cricket"],
        ],
    )
    def test_only_kinds_from_the_list_each_once_and_no_more_than_four(self, owner, activity, codes):
        with pytest.raises(BadInput):
            services.change_activity(activity, owner, categories=codes)

    def test_no_and_not_answered_are_never_confused(self, owner, activity):
        services.change_activity(
            activity, owner, marks={"step_free": ("no", ""), "hoist": ("ask", "")}
        )
        db.session.expire(activity)
        assert {m.code: m.answer for m in activity.marks} == {"step_free": "no", "hoist": "ask"}
        services.change_activity(activity, owner, marks={"hoist": ("yes", "By the side door")})
        db.session.expire(activity)
        assert [(m.code, m.answer, m.note) for m in activity.marks] == [
            ("hoist", "yes", "By the side door")
        ]

    @pytest.mark.parametrize(
        "values",
        [
            {"min_months": 120, "max_months": 60},
            {"min_months": -1},
            {"max_months": 26 * 12},
            {"price_kind": "auction"},
            {"price_kind": "session", "price_pence": 0},
            {"price_pence": -5},
            {"parent_stays": "perhaps"},
            {"booking_kind": "pigeon"},
            {"marks": {"step_free": ("maybe", "")}},
            {"marks": {"levitation": ("yes", "")}},
            {"name": ""},
        ],
    )
    def test_what_cannot_be_right_is_refused(self, owner, activity, values):
        with pytest.raises(BadInput):
            services.change_activity(activity, owner, **values)

    @pytest.mark.parametrize("field", ["slug", "state", "organisation_id", "id", "version_id"])
    def test_nobody_sets_its_slug_or_its_state(self, owner, activity, field):
        with pytest.raises(TypeError):
            services.change_activity(activity, owner, **{field: "x"})

    def test_another_clubs_place_is_refused(self, stranger, owner, activity):
        other = services.register_organisation(stranger, name="Others")
        theirs = services.add_venue(other, stranger, name="Theirs")
        with pytest.raises(BadInput):
            services.change_activity(activity, owner, venues=[theirs])

    def test_an_older_version_is_refused(self, owner, activity):
        services.change_activity(activity, owner, bring="Trainers", version=1)
        with pytest.raises(StaleVersion):
            services.change_activity(activity, owner, bring="Wellies", version=1)

    def test_a_stranger_may_not(self, stranger, organisation, activity):
        for act in (
            lambda: services.add_activity(
                organisation, stranger, name="Mine", min_months=0, max_months=11
            ),
            lambda: services.change_activity(activity, stranger, name="Mine"),
            lambda: services.add_session(
                activity, stranger, days=[0], starts=HALF_FOUR, ends=HALF_FIVE
            ),
            lambda: services.pause(activity, stranger),
            lambda: services.resume(activity, stranger),
            lambda: services.end_activity(activity, stranger),
        ):
            with pytest.raises(NotYours):
                act()


class TestSessions:
    def test_they_stand_in_the_order_of_the_week(self, owner, activity):
        for day, start in ((4, 18), (0, 18), (0, 9)):
            clocks = {"starts": time(start), "ends": time(start + 1)}
            services.add_session(activity, owner, days=[day], **clocks)
        told = [(one["days"], one["start"]) for one in services.session_facts(activity)]
        assert told == [([0], "09:00"), ([0], "18:00"), ([4], "18:00")]

    def test_two_may_overlap_and_the_same_twice_is_one(self, owner, activity):
        first = services.add_session(activity, owner, days=[0], starts=HALF_FOUR, ends=HALF_FIVE)
        again = services.add_session(activity, owner, days=[0], starts=HALF_FOUR, ends=HALF_FIVE)
        services.add_session(activity, owner, days=[0], starts=time(17), ends=time(18))
        assert again == first
        assert len(activity.sessions) == 2

    @pytest.mark.parametrize(
        ("day", "starts", "ends", "season"),
        [
            (7, HALF_FOUR, HALF_FIVE, "term"),
            (-1, HALF_FOUR, HALF_FIVE, "term"),
            (1, HALF_FIVE, HALF_FOUR, "term"),
            (1, HALF_FOUR, HALF_FOUR, "term"),
            (1, time(23), time(0), "term"),
            (1, HALF_FOUR, HALF_FIVE, "whitsun"),
        ],
    )
    def test_what_cannot_be_right_is_refused(self, owner, activity, day, starts, ends, season):
        with pytest.raises(BadInput):
            services.add_session(
                activity, owner, days=[day], starts=starts, ends=ends, season=season
            )


class TestPausing:
    def test_off_and_on_again(self, owner, live):
        services.pause(live, owner)
        services.pause(live, owner)
        assert live.state == "paused"
        services.resume(live, owner)
        assert live.state == "live"
        assert acts()[-2:] == ["pause_activity", "resume_activity"]

    def test_a_draft_cannot_be_paused(self, owner, activity):
        with pytest.raises(NotAllowedNow):
            services.pause(activity, owner)

    def test_what_has_ended_stays_ended(self, owner, live):
        services.end_activity(live, owner)
        for act in (services.pause, services.resume):
            with pytest.raises(NotAllowedNow):
                act(live, owner)
        with pytest.raises(NotAllowedNow):
            services.change_activity(live, owner, name="Again")


class TestProfile:
    def test_ages_come_from_the_activity_itself(self, owner, activity):
        services.change_activity(
            activity, owner, about={"p_ages": {"long_stay": "yes", "youngest": 99}}
        )
        told = services.activity_profile(activity)
        assert told["status"] == "active"
        assert told["profile"]["p_ages"] == {"long_stay": "yes", "youngest": 5, "oldest": 11}

    @pytest.mark.parametrize(
        ("state", "status"),
        [("draft", "active"), ("live", "active"), ("paused", "paused"), ("ended", "ended")],
    )
    def test_its_status_in_the_words_of_the_criteria(self, activity, state, status):
        activity.state = state
        assert services.activity_profile(activity)["status"] == status
