"""What is remembered of each club, what is found in common, and what becomes of a match."""

import time
from hashlib import sha256

import pytest
from flask import Flask

from registry.assessments.model_text_files import model_text_file
from registry.criteria.model_texts import model_texts
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.jobs.nightly import run_night
from registry.matching import services
from registry.matching.models import Match, Trait
from registry.matching.queries import match_between, matches_of, strong_matches
from registry.organisations import services as organisations
from registry.organisations.models import Organisation
from tests import factories as make
from tests.matching.story import plan, sent

PHONE = "01902 960111"


def two(phone: str = PHONE, other_phone: str = PHONE) -> tuple[Organisation, Organisation]:
    """Two clubs of one name."""
    first = make.a_club(plan("Kingfisher Dance", phone=phone), make.a_person())
    return first, make.a_club(
        plan("The Kingfisher Dance, Ltd", "WV6 8QT", other_phone), make.a_person()
    )


def between(*clubs: Organisation) -> Match:
    """What was found between two."""
    found = match_between(*(one.id for one in clubs))
    assert found
    return found


def test_clubs_are_compared_when_they_register_and_when_they_say_something_new(app: Flask) -> None:
    one, other = two(other_phone="")
    assert between(one, other).hits == ["name"]
    organisations.change_details(other, make.owner_of(other), phone="+44 (0)1902 960111")
    assert between(one, other).hits == ["phone", "name"]
    assert strong_matches(other.id) == [between(one, other)]


def test_a_closed_club_and_what_a_club_once_was_known_by_still_count(app: Flask) -> None:
    one, other = two(other_phone="")
    organisations.change_details(one, make.owner_of(one), phone="", name="Something else")
    one.closed_at = one.created_at
    organisations.change_details(other, make.owner_of(other), phone=PHONE)
    assert between(one, other).is_strong


def test_nothing_but_names_is_kept_in_words(app: Flask) -> None:
    club, _ = two()
    services.refresh()  # its places came after it was registered
    kept = db.session.query(Trait).filter_by(organisation_id=club.id).all()
    assert {one.kind for one in kept} == {"name", "phone", "email", "postcode"}
    assert all(len(one.value) == 64 for one in kept if one.kind != "name")


def test_our_own_text_sent_back_as_it_is_never_counts(app: Flask) -> None:
    text = model_texts()[0]
    ours = [(f"{text.key}.docx", model_text_file(text, "docx", "small"))]
    one = sent(plan("Alpha Juniors"), [("a.pdf", make.a_pdf("alpha"))], ours)
    other = sent(plan("Beta Explorers"), [("b.pdf", make.a_pdf("beta"))], ours)
    assert between(one.organisation, other.organisation).hits == ["postcode"]


def test_what_a_senior_answered_counts_no_more_until_something_new_is_found(app: Flask) -> None:
    one, other = two()
    found, senior = between(one, other), make.a_senior()
    given = {"version": found.version, "reason": "Two sisters, two clubs."}
    with pytest.raises(NotYours):
        services.settle_as_not_the_same(found, make.a_reviewer(), **given)
    with pytest.raises(BadInput):
        services.settle_as_not_the_same(found, senior, version=found.version, reason=" ")
    with pytest.raises(StaleVersion):
        services.settle_as_not_the_same(found, senior, version=99, reason="Two clubs.")
    services.settle_as_not_the_same(found, senior, **given)
    assert matches_of(one.id) == strong_matches(other.id) == []
    with pytest.raises(NotAllowedNow):
        services.settle_as_not_the_same(found, senior, version=found.version, reason="Again.")
    organisations.add_venue(other, make.owner_of(other), name="Hall", postcode="WV10 0BB")
    run_night()
    assert strong_matches(one.id) == [found]
    assert found.open_hits == ("postcode",)


def test_people_of_the_council_are_not_what_a_club_is_known_by(app: Flask) -> None:
    helper = make.a_person()
    first = make.a_club(plan("Alpha Juniors"), helper)
    make.give_role(helper, "reviewer")
    second = make.a_club(plan("Beta Explorers", "WV6 8QT"), helper)
    assert match_between(first.id, second.id) is None


def test_the_night_takes_in_records_that_came_before_and_what_changed_since(app: Flask) -> None:
    one = sent(plan("Alpha Juniors"), [("a.pdf", make.a_pdf("the same"))])
    other = sent(plan("Beta Explorers"), [("b.pdf", make.a_pdf("the same"))])
    db.session.query(Match).delete()
    db.session.query(Trait).delete()
    night = run_night()
    assert (night.failed, night.compared) == ([], 2)
    assert between(one.organisation, other.organisation).is_strong
    assert run_night().compared == 0


def test_five_thousand_clubs_are_compared_with_one_in_no_time(app: Flask) -> None:
    clubs = [
        Organisation(slug=f"c{n}", name=f"Club {n}", created_at=make.now()) for n in range(5_000)
    ]
    db.session.add_all(clubs)
    db.session.flush()
    db.session.add_all(
        Trait(organisation_id=one.id, kind="name", value=_a_name(n), since=make.now())
        for n, one in enumerate(clubs)
    )
    newcomer = make.a_club(plan("Kingfisher Dance"), make.a_person())
    db.session.flush()
    started = time.perf_counter()
    services.remember(newcomer.id, {("name", _a_name(4321)), ("phone", "1"), ("postcode", "2")})
    assert time.perf_counter() - started < 1
    assert clubs[4321].id in {one.beside(newcomer.id).id for one in matches_of(newcomer.id)}


def _a_name(number: int) -> str:
    """A name that is like no other."""
    digest = sha256(str(number).encode()).hexdigest()
    return f"{digest[:7]} {digest[7:12]} juniors"
