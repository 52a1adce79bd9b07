"""Who a club is: flags, what is missing from the profile, and what a reviewer must see."""

import pytest

from registry.criteria.profile import (
    FLAGS,
    Profile,
    activity_problems,
    case_flags,
    profile_problems,
)


@pytest.mark.parametrize(
    ("people", "size"),
    [
        (1, "lone"),
        (2, "small"),
        (4, "small"),
        (5, "large"),
        (80, "large"),
        (None, "small"),
        (0, "small"),
    ],
)
def test_size_goes_by_the_people_who_help(dance, people, size):
    dance.tick("p_people", number=people)
    assert dance.profile.size == size


def test_the_flags_of_a_dance_school(dance):
    profile = dance.profile
    assert (profile.has_paid, profile.employees, profile.has_vols) == (True, 3, True)
    assert profile.young_helpers
    assert not profile.lone_paid
    assert profile.company_number == "09999901"
    assert profile.charity_number == ""
    assert (profile.min_age, profile.max_age) == (5, 14)
    assert profile.high_risk == ("shows",)
    assert profile.in_building
    assert not profile.online_only
    assert not profile.home_venue


def test_the_flags_of_a_coach_who_works_alone(coach):
    coach.tick("p_paid", said="yes")
    coach.tick("p_employees", number=4)
    profile = coach.profile
    assert profile.lone_paid
    assert (profile.has_paid, profile.employees, profile.has_vols) == (False, 0, False)


def test_every_flag_that_a_condition_may_name_is_there(dance):
    for flag in FLAGS:
        assert hasattr(dance.profile, flag), flag


def test_answers_to_what_is_no_longer_asked_do_not_count(dance):
    dance.tick("p_paid", said="no")
    assert dance.profile.employees == 0
    dance.about["p_ofsted"] = {"said": "no", "number": "EY123456"}
    assert dance.profile.ofsted_urn == ""
    dance.about["p_national"] = {"choice": "no", "name": "An old body"}
    assert dance.profile.national_body == ""
    dance.about["p_charity"] = {"choice": "company", "charity_number": "1"}
    assert dance.profile.charity_number == ""


def test_a_flag_of_the_organisation_is_the_or_of_its_activities(dance):
    assert not dance.profile.trips
    dance.activities[1]["profile"]["p_trips"] = {"said": "yes"}
    assert dance.profile.trips
    assert [one.trips for one in dance.profile.activities] == [False, True]


def test_long_stays_count_only_where_children_under_8_come(madrasah):
    assert madrasah.profile.under8_2h
    for activity in madrasah.activities:
        activity["profile"]["p_ages"] = {"youngest": 8, "oldest": 14, "long_stay": "yes"}
    assert not madrasah.profile.under8_2h
    madrasah.activities[0]["min_months"] = 95
    assert madrasah.profile.under8_2h, "the activity's own record says under 8"
    assert madrasah.profile.min_age == 7


@pytest.mark.parametrize(
    "odd", [None, 3, "x", [], [1], {"p_people": 3}, {"p_people": {"number": []}}]
)
def test_odd_profiles_are_read_without_surprise(odd):
    profile = Profile.from_answers(odd, odd)
    assert profile.size == "small"
    assert profile.activities == ()
    assert profile_problems(odd)
    assert activity_problems(odd)


def test_a_complete_profile_has_no_problems(clubs):
    for club in clubs.values():
        assert profile_problems(club.about) == {}
        for activity in club.activities:
            assert activity_problems(activity["profile"]) == {}


def test_an_empty_profile_names_each_question(dance):
    assert set(profile_problems({})) == {
        "p_people",
        "p_paid",
        "p_vols",
        "p_young_help",
        "p_place",
        "p_national",
        "p_limits",
        "p_school_hours",
        "p_ofsted",
        "p_charity",
    }
    assert set(activity_problems({})) == {one.key for one in dance.edition.profile_of("activity")}


@pytest.mark.parametrize(
    ("key", "parts", "says"),
    [
        ("p_people", {"number": 0}, "count yourself"),
        ("p_people", {"number": 1}, None),
        ("p_employees", {"number": 8}, "cannot employ more people"),
        ("p_employees", {"number": 7}, None),
        ("p_employees", {}, "how many people you employ"),
        ("p_place", {"ticked": []}, "where you meet"),
        ("p_national", {"choice": "uses"}, "name of the national group"),
        ("p_school_hours", {"said": "yes", "children": 5}, "how many children come"),
        ("p_school_hours", {"said": "yes", "children": 5, "hours": 18}, None),
        ("p_ofsted", {"said": "yes"}, "your Ofsted number"),
        ("p_ofsted", {"said": "yes", "number": "EY1"}, None),
        ("p_charity", {"choice": "charity"}, "charity or company number"),
        ("p_charity", {"choice": "both", "charity_number": "1"}, "charity or company number"),
        ("p_charity", {"choice": "both", "charity_number": "1", "company_number": "2"}, None),
    ],
)
def test_a_profile_answer_that_cannot_be_right_is_named(dance, key, parts, says):
    dance.about[key] = parts
    sentence = profile_problems(dance.about).get(key)
    assert (says in sentence) if says else sentence is None


def test_a_group_that_nobody_helps_is_asked_who_does(dance, coach):
    dance.tick("p_paid", said="no")
    dance.tick("p_vols", said="no")
    assert profile_problems(dance.about)["p_vols"].startswith("Who helps you, then?")
    coach.tick("p_paid", said="no")
    coach.tick("p_vols", said="no")
    assert profile_problems(coach.about) == {}


def test_someone_alone_is_asked_if_families_pay(coach):
    coach.about.pop("p_solo_type")
    assert set(profile_problems(coach.about)) == {"p_solo_type"}


@pytest.mark.parametrize(
    ("ages", "min_months", "wrong"),
    [
        ({"youngest": 8, "oldest": 12}, None, False),
        ({"youngest": 7, "oldest": 12}, None, True),
        ({"youngest": 7, "oldest": 12, "long_stay": "no"}, None, False),
        ({"youngest": 12, "oldest": 8}, None, True),
        ({"youngest": 12}, None, True),
        ({}, 96, False),
        ({}, 95, True),
        ({"long_stay": "yes"}, 60, False),
        ({}, 0, True),
    ],
)
def test_ages_are_asked_where_the_activity_does_not_say_them(dance, ages, min_months, wrong):
    profile = dict(dance.activities[0]["profile"], p_ages=ages)
    assert ("p_ages" in activity_problems(profile, min_months)) is wrong


# What a reviewer must see (domain A.7).


def test_under_8s_for_long_without_an_ofsted_number_are_flagged(madrasah):
    assert case_flags(madrasah.profile, madrasah.answers) == ("ofsted_check",)
    madrasah.tick("p_ofsted", said="yes", number="EY123456")
    assert case_flags(madrasah.profile, madrasah.answers) == ()


@pytest.mark.parametrize(
    ("children", "hours", "flagged"),
    [(5, 18, True), (12, 20, True), (4, 20, False), (12, 17, False)],
)
def test_a_possible_school_is_flagged(chess, children, hours, flagged):
    chess.tick("p_school_hours", said="yes", children=children, hours=hours)
    assert ("school_check" in case_flags(chess.profile, chess.answers)) is flagged
    assert "school_check" in case_flags(chess.profile, {}, school_children=1, school_hours=1)
    chess.tick("p_school_hours", said="no", children=children, hours=hours)
    assert "school_check" not in case_flags(chess.profile, chess.answers)


def test_flags_of_activities_and_of_a_home_are_shown(chess):
    chess.tick("p_overnight", said="yes")
    chess.tick("p_care", said="yes")
    chess.tick("p_oneone", said="yes")
    chess.tick("p_place", ticked=["home"])
    assert case_flags(chess.profile, chess.answers) == (
        "overnight",
        "personal_care",
        "one_to_one",
        "home_venue",
    )


def test_fewer_checks_than_the_roles_speak_of_are_flagged(dance, coach):
    assert "dbs_gap" not in case_flags(dance.profile, dance.answers)
    dance.answer("sr_dbs_done", need=2, have=2)
    assert case_flags(dance.profile, dance.answers) == ("dbs_gap",)
    row = dance.answers["sr_roles"]["rows"][0]
    row |= {"work": "other", "level": "basic"}
    assert case_flags(dance.profile, dance.answers) == ()
    row |= {"level": "enhanced", "people": "many"}
    assert case_flags(dance.profile, dance.answers) == ()
    dance.answer("sr_dbs_done", need=0, have=0)
    assert case_flags(dance.profile, dance.answers) == ("dbs_gap",)
    for odd in (None, "x", [1], [None]):
        dance.answer("sr_roles", said="yes", rows=odd)
        assert case_flags(dance.profile, dance.answers) == ()
    coach.answer("sr_roles", rows=[{"work": "care"}])
    coach.answer("sr_dbs_done", need=0)
    assert case_flags(coach.profile, coach.answers) == ()


def test_watched_roles_count_once_the_law_on_supervision_has_changed(dance):
    dance.answer("sr_dbs_done", need=1, have=1)
    row = {"role": "Coach", "people": 2, "work": "lead", "how_often": "often"}
    dance.answers["sr_roles"]["rows"] = [{**row, "supervised": "yes", "level": "basic"}]
    assert "dbs_gap" not in case_flags(dance.profile, dance.answers)
    assert "dbs_gap" in case_flags(dance.profile, dance.answers, supervision_counts=False)
