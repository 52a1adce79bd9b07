"""What is carried over into the next self-check, and what is asked again."""

from datetime import date
from typing import Any

import pytest

from registry.criteria.content import ProfileQuestion, Question
from registry.criteria.loading import current_edition
from registry.criteria.renewing import carried_over, given_anew, since_last_time

TODAY = date(2026, 11, 22)
EDITION = current_edition()
EVERY: list[Question | ProfileQuestion] = [*EDITION.questions, *EDITION.profile_questions]
ASKED = {one.key: one for one in EVERY}

# By hand: what nobody may send a second time unread.
ANEW = {
    "sg_review_date": {"date"},
    "sg_lead_training": {"date", "booked_on"},
    "sr_dbs_done": {"need", "have", "watched"},
    "sr_lone": {"checked_on"},
    "hs_ra_date": {"rows"},
    "hs_first_aid": {"ends_on", "booked_on"},
    "hs_employers": {"ends_on"},
    "hs_public": {"ends_on"},
    "eq_learn": {"date"},
    "eq_date": {"date"},
}


def test_every_date_and_count_is_asked_again_and_nothing_else() -> None:
    assert {key: set(given_anew(one)) for key, one in ASKED.items() if given_anew(one)} == ANEW


@pytest.mark.parametrize(
    ("key", "parts", "kept"),
    [
        ("sg_review_date", {"date": "2026-01-05"}, {}),
        (
            "sg_lead_training",
            {"date": "2025-03-01", "course": "Level 3"},
            {"course": "Level 3"},
        ),
        ("sr_dbs_done", {"need": 6, "have": 5, "watched": "yes"}, {}),
        (
            "hs_first_aid",
            {"said": "yes", "people": 2, "ends_on": "2027-01-01"},
            {"said": "yes", "people": 2},
        ),
        ("hs_ra_date", {"rows": [{"file": 4, "checked_on": "2026-02-02"}]}, {}),
        (
            "hs_ra_all",
            {"rows": [{"activity_id": 1, "file": 4}]},
            {"rows": [{"activity_id": 1, "file": 4}]},
        ),
        ("sg_policy", {"file": [4], "page": "2"}, {"file": [4], "page": "2"}),
        (
            "sg_policy",
            {"link": "https://scouts.example", "adopted_on": "2024-01-01"},
            {"link": "https://scouts.example", "adopted_on": "2024-01-01"},
        ),
        ("p_people", {"number": 7}, {"number": 7}),
        ("eq_bully", {"said": "no", "note": ""}, {"said": "no"}),
    ],
)
def test_what_stays_is_carried_over(key: str, parts: dict[str, Any], kept: dict[str, Any]) -> None:
    assert carried_over(ASKED[key], parts, TODAY) == kept


@pytest.mark.parametrize(
    ("ends_on", "stays"),
    [("2026-11-22", True), ("2026-11-21", False), ("2027-08-01", True), (None, False)],
    ids=["ends today", "ended yesterday", "runs", "no date"],
)
def test_the_paper_of_an_insurance_is_carried_over_while_it_runs(
    ends_on: str | None, stays: bool
) -> None:
    parts = {"file": [4], "page": "1", **({"ends_on": ends_on} if ends_on else {})}
    kept = carried_over(ASKED["hs_employers"], parts, TODAY)
    assert kept == ({"file": [4], "page": "1"} if stays else {})


@pytest.mark.parametrize(
    ("key", "before", "now", "differs"),
    [
        ("eq_bully", {"said": "yes"}, {"said": "yes"}, "same"),
        ("eq_bully", {"said": "yes"}, {"said": "no"}, "changed"),
        ("eq_bully", {}, {"said": "no"}, "new"),
        ("sg_review_date", {"date": "2025-11-01"}, {"date": "2026-11-01"}, "dated"),
        (
            "hs_first_aid",
            {"said": "yes", "people": 2, "ends_on": "2026-01-01"},
            {"said": "yes", "people": 3, "ends_on": "2029-01-01"},
            "changed",
        ),
    ],
)
def test_an_answer_says_how_it_differs_from_last_time(
    key: str, before: dict[str, Any], now: dict[str, Any], differs: str
) -> None:
    assert since_last_time(ASKED[key], before, now) == differs
