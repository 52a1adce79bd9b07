"""Reading what a club typed: what is wrong, what is missing, what is not looked at."""

import pytest

from registry.criteria.answers import choices_for, evidence_ids, is_given, possible_parts, read
from registry.criteria.evaluation import answer_problems, missing_parts


def problems_of(club, key, **parts):
    return answer_problems(club.edition.question(key), parts, club.profile, club.today)


def missing_of(club, key, **parts):
    return missing_parts(club.edition.question(key), parts, club.profile, club.today)


@pytest.mark.parametrize(
    ("key", "parts", "expected"),
    [
        ("sg_review_date", {"date": "2026-11-22"}, {}),
        (
            "sg_review_date",
            {"date": "2026-11-23"},
            {"date": "The date must be today or in the past"},
        ),
        (
            "sg_review_date",
            {"date": "31 June"},
            {"date": "Give a real date, such as 27 3 2026"},
        ),
        ("sg_review_date", {"date": "1026-11-22"}, {"date": "Check the year"}),
        ("sg_review_date", {"date": ""}, {}),
        ("hs_employers", {"ends_on": "2030-01-01"}, {}),
        ("hs_employers", {"ends_on": "2926-01-01"}, {"ends_on": "Check the year"}),
        ("sr_dbs_done", {"need": 6, "have": 6}, {}),
        (
            "sr_dbs_done",
            {"need": 6, "have": 7},
            {"have": "This cannot be more than the number who need a check"},
        ),
        ("sr_dbs_done", {"need": -1}, {"need": "The number must be 0 or more"}),
        ("sr_dbs_done", {"need": "six"}, {"need": "Give a whole number, such as 6"}),
        ("sr_dbs_done", {"need": 2.5}, {"need": "Give a whole number, such as 6"}),
        ("sr_dbs_done", {"need": 10**30}, {"need": "Give a whole number, such as 6"}),
        ("sr_dbs_done", {"need": 100_001}, {"need": "The number must be 100000 or less"}),
        ("sg_adults", {"said": "perhaps"}, {"said": "Choose one of the answers"}),
        ("eq_who", {"ticked": "children"}, {"ticked": "Tick at least one"}),
        ("eq_who", {"ticked": ["nobody"]}, {"ticked": "Tick at least one"}),
        (
            "eq_who",
            {"ticked": ["children", "none"]},
            {"ticked": "Untick “It does not say” or the others"},
        ),
        ("sg_policy", {"file": "5"}, {"file": "Add a file"}),
        ("sg_policy", {"file": [0, -1, "x"]}, {"file": "Add a file"}),
        ("sg_policy", {"file": [5, 5, 6]}, {}),
        ("sg_policy", {"page": "3", "note": "See the chart"}, {}),
        ("sg_policy", {"note": "x" * 4_001}, {"note": "Use 4,000 letters or fewer"}),
        ("sg_policy", {"page": "x" * 301}, {"page": "Use 300 letters or fewer"}),
        ("sg_policy", {"note": ["x"]}, {"note": "Write your answer in words"}),
        ("sg_policy", {"link": "https://example.org"}, {}),  # not asked without a national body
        (
            "sg_lead",
            {"said": "yes", "lead": {"name": "Sandeep Rai"}},
            {"lead": "Give a name, and an email or a phone number"},
        ),
        (
            "sg_lead",
            {"said": "yes", "lead": {"name": "Sandeep Rai", "email": "sandeep"}},
            {"lead": "Give an email address such as name@example.org"},
        ),
        (
            "sg_lead",
            {"said": "yes", "lead": {"name": "S" * 301, "email": "a@example.org"}},
            {"lead": "Use 300 letters or fewer"},
        ),
        (
            "sg_lead",
            {"said": "yes", "lead": ["Sandeep"]},
            {"lead": "Give a name, and an email or a phone number"},
        ),
        (
            "hs_ra_date",
            {"rows": [{"file": 5, "checked_on": "2027-01-01"}]},
            {"rows": "Row 1, last looked at: the date must be today or in the past"},
        ),
        ("hs_ra_date", {"rows": {"file": 5}}, {"rows": "Fill in at least one row"}),
        (
            "hs_ra_all",
            {"rows": [{"activity_id": 1, "file": "five"}]},
            {"rows": "Row 1, its risk check: choose a file"},
        ),
        (
            "sr_roles",
            {"said": "yes", "rows": [{"role": "Coach", "level": "super"}]},
            {"rows": "Row 1, dbs level: choose one of the answers"},
        ),
        (
            "sr_roles",
            {"said": "yes", "rows": [{"role": "Coach"}] * 201},
            {"rows": "Use 200 rows or fewer"},
        ),
    ],
)
def test_what_cannot_be_right_is_said_in_a_sentence(dance, key, parts, expected):
    assert problems_of(dance, key, **parts) == expected


@pytest.mark.parametrize(
    "link", ["example.org", "javascript:alert(1)", "https://", "http://a b.org", "https://[", 5]
)
def test_a_link_is_a_full_address_on_the_web(chess, link):
    chess.tick("p_national", choice="uses", name="A national chess body")
    assert "link" in problems_of(chess, "sg_policy", link=link)
    good = {"link": " https://www.example.org/plan ", "adopted_on": "2026-01-02"}
    question = chess.edition.question("sg_policy")
    reading = read(question, good, chess.profile, chess.today)
    assert reading.given["link"] == "https://www.example.org/plan"
    assert not reading.wrong
    assert not reading.missing


@pytest.mark.parametrize(
    ("key", "parts", "expected"),
    [
        ("sg_policy", {}, {"file": "Add your safeguarding plan"}),
        ("sg_policy", {"file": [5]}, {}),
        ("sg_steps", {}, {"said": "Choose yes, partly or no"}),
        ("sg_steps", {"said": "yes"}, {"file": "Add the file with your steps"}),
        ("sg_steps", {"said": "no"}, {}),
        ("sr_refer", {}, {"said": "Choose yes or no"}),
        ("sr_recheck", {}, {"choice": "Choose one"}),
        ("eq_who", {}, {"ticked": "Tick at least one"}),
        ("eq_learn", {"said": "yes"}, {"date": "Give the date"}),
        ("eq_learn", {"said": "yes", "date": "2030-01-01"}, {}),  # wrong, not missing
        (
            "hs_public",
            {"said": "yes"},
            {"ends_on": "Give the date when it ends, or add the paper"},
        ),
        ("hs_public", {"said": "yes", "file": [5]}, {}),
        (
            "sr_dbs_done",
            {"need": 3, "have": 2},
            {"watched": "Tell us if the others are always watched by a checked adult"},
        ),
        (
            "sg_lead_training",
            {},
            {
                "date": "Give the date of the training, or the date of a course you booked",
                "course": "Give the name of the course",
            },
        ),
        ("sg_lead_training", {"booked_on": "2027-01-01", "course": "Level 3"}, {}),
    ],
)
def test_what_is_missing_is_named_part_by_part(dance, key, parts, expected):
    assert missing_of(dance, key, **parts) == expected


def test_profile_questions_are_read_in_the_same_way(dance):
    question = dance.edition.profile_question("p_school_hours")
    assert missing_parts(question, {"said": "yes", "children": 6}, dance.profile, dance.today) == {
        "hours": "Give a number"
    }
    assert answer_problems(question, {"said": "yes", "hours": 200}, dance.profile, dance.today) == {
        "hours": "The number must be 168 or less"
    }
    assert missing_parts(question, {"said": "no"}, dance.profile, dance.today) == {}


def test_a_part_that_is_not_asked_is_not_looked_at(dance):
    question = dance.edition.question("sg_steps")
    reading = read(question, {"said": "no", "file": [5]}, dance.profile, dance.today)
    assert reading.given == {"said": "no"}
    assert "file" not in reading.asked


def test_a_page_without_scripts_shows_what_may_be_asked(dance, chess):
    def names(club, key):
        return [part.name for part in possible_parts(club.edition.question(key), club.profile)]

    assert names(dance, "sg_lead") == ["said", "lead", "deputy", "note"]
    assert names(chess, "sg_lead") == ["said", "lead", "note"]
    assert names(dance, "hs_special") == ["said", "shows", "file", "page", "note"]
    assert names(dance, "sr_dbs_done") == ["need", "have", "watched", "note"]


def test_choices_that_do_not_concern_a_club_are_not_offered(dance, chess):
    def values(club):
        part = club.edition.question("sr_checks").part("ticked")
        return [choice.value for choice in choices_for(part, club.profile)]

    assert "right_to_work" in values(dance)
    assert "right_to_work" not in values(chess)


def test_rows_about_the_same_activity_count_once_and_odd_rows_not_at_all(dance):
    question = dance.edition.question("hs_ra_all")
    rows = [
        {"activity_id": 1, "file": 5},
        {"activity_id": 1, "file": 6},
        {"activity_id": "2", "file": 5},
        {"activity_id": True, "file": 5},
        {"file": 5},
        "row",
    ]
    reading = read(question, {"rows": rows}, dance.profile, dance.today)
    assert reading.given["rows"] == [{"activity_id": 1, "file": 5}]


def test_every_paper_that_an_answer_points_to_is_found(dance):
    dance.answer("sg_policy", file=[11, "x", True], page="2")
    dance.answer("hs_ra_all", rows=[{"activity_id": 1, "file": 12}, "row", {"file": None}])
    dance.answer("hs_ra_date", rows=[{"file": 13, "checked_on": "2026-01-01"}])
    dance.answer("sg_steps", said="no", file=[14])
    assert evidence_ids(dance.edition.questions, dance.answers) == {5, 11, 12, 13, 14}
    assert evidence_ids(dance.edition.questions, None) == frozenset()
    assert evidence_ids(dance.edition.questions, {"sg_policy": [5]}) == frozenset()


@pytest.mark.parametrize(
    ("value", "given"),
    [(None, False), ("", False), (" ", False), ([], False), ({}, False), (0, True), (False, True)],
)
def test_nothing_said_is_nothing(value, given):
    assert is_given(value) is given
