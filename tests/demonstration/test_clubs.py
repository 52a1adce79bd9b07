"""The clubs as they were written: varied, complete, and nobody's real ones."""

import gzip
import re
from collections import Counter
from functools import cache

import pytest

from registry.accounts.demonstration_people import DEMONSTRATION_PEOPLE
from registry.assessments.lifecycle import STORED, Status
from registry.cards.categories import categories
from registry.demonstration.building import WRITTEN, clubs_of
from registry.demonstration.clubs import CONTENT, Club, written_clubs
from registry.demonstration.invention import invented_clubs
from registry.geography.services import OUR_POSTCODES
from registry.organisations.ages import oldest_allowed
from registry.organisations.categories import is_second_level, mark, marks
from registry.organisations.models import PRICE_KINDS

CLUBS = written_clubs()
LISTED = [club for club in CLUBS if club.story["is"] == "approved"]


@cache
def known_postcodes() -> dict[str, str]:
    """Every WV postcode with its authority."""
    with gzip.open(OUR_POSTCODES, "rt", encoding="utf-8") as rows:
        cells = [row.split(",") for row in rows if row.startswith("WV")]
    return {row[0]: row[4] for row in cells if row[1]}


def codes_of(clubs: list[Club]) -> set[str]:
    """Every kind of activity that these clubs have."""
    return {code for club in clubs for one in club.at_first() for code in one.plan.categories}


def test_there_are_sixty_with_about_150_activities():
    assert len(CLUBS) == WRITTEN == 60
    assert 130 <= sum(len(club.activities) for club in CLUBS) <= 170


def test_no_two_share_a_name_or_an_owner_s_address():
    assert len({club.name for club in CLUBS}) == len(CLUBS)
    assert len({club.owner_email for club in CLUBS}) == len(CLUBS)


def test_every_kind_of_activity_is_there_and_every_first_level_is_listed():
    every = {sub.code for category in categories() for sub in category.subs}
    assert codes_of(list(CLUBS)) == every
    assert {code.partition(".")[0] for code in codes_of(LISTED)} == {c.code for c in categories()}


def test_marks_are_from_the_list_and_nearly_all_are_used():
    used = {code for club in CLUBS for one in club.activities for code in one.plan.marks}
    assert all(mark(code) for code in used)
    assert len(used) >= len(marks()) - 2


def test_every_story_leads_to_a_status_of_the_lifecycle_and_none_is_missing():
    ends = {club.story["is"] for club in CLUBS}
    superseded = {Status.SUPERSEDED for club in CLUBS if "earlier" in club.story}
    assert ends | superseded == set(STORED)


def test_the_first_fifteen_hold_every_status_and_every_sign_in_of_a_club():
    first = CLUBS[:15]
    assert {club.story["is"] for club in first} | {Status.SUPERSEDED} == set(STORED)
    people = {club.account for club in first} | {one[0] for club in first for one in club.members}
    assert {p.email for p in DEMONSTRATION_PEOPLE if not p.roles} <= people


@pytest.mark.parametrize("club", CLUBS, ids=lambda club: club.name)
def test_a_club_can_be_what_it_says(club: Club):
    for venue in club.venues:
        assert venue.privacy == "online" or venue.postcode in known_postcodes(), venue
    for one in club.activities:
        plan = one.plan
        assert 1 <= len(plan.categories) <= 4
        assert all(is_second_level(code) for code in plan.categories)
        assert plan.ages[0] <= plan.ages[1] <= oldest_allowed(plan.categories)
        assert plan.sessions or plan.patterns
        assert plan.summary.endswith(".")
        assert plan.price_kind in PRICE_KINDS
        assert plan.booking_kind != "phone" or club.shown_phone
        assert plan.booking_kind != "email" or club.shown_email
    assert not club.is_large or club.deputy
    assert not club.only_for or club.others
    for told in (club.story, club.story.get("earlier", {})):
        if "last_day" in told:
            assert told["sent"] + told["last_day"] <= 365, "the plan is checked before it is sent"


def test_places_are_all_over_the_city_and_just_beyond():
    where = Counter(
        known_postcodes()[venue.postcode]
        for club in CLUBS
        for venue in club.venues
        if venue.postcode
    )
    assert len(where) >= 4
    assert where.most_common(1)[0][1] > 50


def test_every_way_to_tell_of_an_activity_is_there():
    plans = [one.plan for club in LISTED for one in club.activities]
    assert {plan.price_kind for plan in plans} >= set(PRICE_KINDS) - {"course"}
    assert {plan.more["ages_said"] for plan in plans} == {"years", "months", "school"}
    assert any(len(plan.venues) > 1 for plan in plans)
    assert any(plan.more.get("place_kind") == "various" for plan in plans)
    assert {plan.more.get("trial") for plan in plans} >= {"free"}
    assert {plan.more.get("waiting_list") for plan in plans} >= {"yes", "no"}
    assert sum(bool(plan.picture) for plan in plans) >= 3
    assert all(plan.picture[0] for plan in plans if plan.picture)


def test_the_kinds_that_need_care_are_there():
    privacy = {venue.privacy for club in LISTED for venue in club.venues}
    assert privacy == {"open", "hidden", "hidden_area", "online"}
    does = {word for club in LISTED for one in club.activities for word in one.does}
    assert does == {"online", "trips", "lifts", "overnight", "one_to_one", "care"}
    risks = {risk for club in LISTED for one in club.activities for risk in one.risks}
    assert len(risks) == 8
    for has in ("only_for", "open_access", "clear", "ofsted", "national", "employers_ended"):
        assert any(getattr(club, has) for club in LISTED), has
    assert {1, 2, 5} <= {min(club.people, 5) for club in CLUBS}
    assert any(club.school_hours for club in CLUBS)


@pytest.mark.parametrize("file", sorted(CONTENT.glob("*.toml")), ids=lambda file: file.stem)
def test_the_words_give_no_false_assurance_and_do_not_shout(file):
    lines = [
        line
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("#", "story", "clear", "special", "national"))
    ]
    words = r"\b(safe|safer|approved?|recommended|certified|accredited|vetted|trusted|DBS)\b"
    text = "\n".join(lines)
    assert not re.search(words, text, re.IGNORECASE)
    assert "!" not in text
    assert "–" not in text


def test_nobody_can_be_reached():
    for club in CLUBS:
        assert re.fullmatch(r"01632 960\d{3}", club.phone)
        assert club.shown_email.endswith(".example") or not club.shown_email
        assert club.shown_website.endswith(".example") or not club.shown_website
        for one in club.activities:
            assert not one.plan.booking_link or ".example" in one.plan.booking_link


class TestFurtherClubs:
    def test_the_same_seed_makes_the_same_and_a_longer_list_begins_with_a_shorter(self):
        assert invented_clubs(40, 7) == invented_clubs(60, 7)[:40]
        assert invented_clubs(40, 7) != invented_clubs(40, 8)

    def test_names_and_addresses_differ_however_many_there_are(self):
        clubs = clubs_of(2500, 1)
        assert len(clubs) == 2500
        assert len({club.name for club in clubs}) == 2500
        assert len({club.owner_email for club in clubs}) == 2500

    def test_they_are_at_real_postcodes_with_stories_that_can_be(self):
        for club in invented_clubs(300, 3):
            assert all(
                v.privacy == "online" or v.postcode in known_postcodes() for v in club.venues
            )
            if "last_day" in club.story:
                assert club.story["sent"] + club.story["last_day"] <= 365
