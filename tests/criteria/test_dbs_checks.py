"""“Which DBS check does this role need?”: every row and border, the order, and the dated rule."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from registry.criteria.conditions import Facts
from registry.criteria.dbs_checks import (
    REGULATED,
    Role,
    dbs_table,
    likely_check,
    role_in_a_table,
    supervision_counts_on,
)
from registry.criteria.profile import FLAGS
from registry.criteria.reading import reading_grade

COACH = {"tasks": ("teach",), "every_week": True, "days_in_30": 5}
NEVER = ("certificate number", "full name", "date of birth")
TASKS = [one.value for ask in dbs_table().asks if ask.name == "tasks" for one in ask.choices]

roles = some.builds(
    Role,
    age=some.integers(5, 90),
    private=some.booleans(),
    tasks=some.lists(some.sampled_from(TASKS), unique=True).map(tuple),
    every_week=some.booleans(),
    days_in_30=some.integers(0, 30),
    at_night=some.booleans(),
    supervised=some.booleans(),
)


def expected(role: Role, supervision_counts: bool) -> tuple[int, str]:
    """Domain A.3 once more, in plain Python and not in data."""
    works = bool(set(role.tasks) & set(REGULATED))
    alone = not (role.supervised and supervision_counts)
    often = role.every_week or role.days_in_30 >= 4 or role.at_night
    for number, level, fits in (
        (1, "none", role.age < 16),
        (2, "none", role.private),
        (3, "enhanced_barred", "personal_care" in role.tasks),
        (4, "enhanced_barred", works and alone and often),
        (5, "enhanced_barred", "manage" in role.tasks),
        (6, "enhanced", works),
        (7, "none_or_basic", "no_contact" in role.tasks),
    ):
        if fits:
            return number, level
    return 8, "ask"


@pytest.mark.parametrize(
    ("role", "row", "level"),
    [
        (Role(age=15, **COACH), 1, "none"),
        (Role(age=16, **COACH), 4, "enhanced_barred"),
        (Role(private=True, **COACH), 2, "none"),
        (Role(age=15, tasks=("personal_care",)), 1, "none"),
        (Role(private=True, tasks=("personal_care",)), 2, "none"),
        (Role(tasks=("personal_care",), days_in_30=1, supervised=True), 3, "enhanced_barred"),
        *((Role(tasks=(task,), every_week=True), 4, "enhanced_barred") for task in REGULATED),
        (Role(tasks=("teach",), days_in_30=3), 6, "enhanced"),
        (Role(tasks=("teach",), days_in_30=4), 4, "enhanced_barred"),
        (Role(tasks=("teach",), days_in_30=5), 4, "enhanced_barred"),
        (Role(tasks=("look_after",), days_in_30=1, at_night=True), 4, "enhanced_barred"),
        (Role(tasks=("look_after",), days_in_30=1, at_night=False), 6, "enhanced"),
        (Role(tasks=("teach",), every_week=True, days_in_30=30, supervised=True), 6, "enhanced"),
        (Role(tasks=("manage",)), 5, "enhanced_barred"),
        (Role(tasks=("manage", "teach"), days_in_30=1), 5, "enhanced_barred"),
        (Role(tasks=("manage", "no_contact")), 5, "enhanced_barred"),
        (Role(tasks=("drive",), days_in_30=1, supervised=True), 6, "enhanced"),
        (Role(tasks=("no_contact",), every_week=True), 7, "none_or_basic"),
        (Role(tasks=("other",), every_week=True), 8, "ask"),
        (Role(), 8, "ask"),
    ],
)
def test_each_row_and_each_border(role: Role, row: int, level: str) -> None:
    found = likely_check(role)
    assert (found.number, found.level.key) == (row, level)


@given(role=roles, supervision_counts=some.booleans())
def test_the_first_row_that_fits_wins(role: Role, supervision_counts: bool) -> None:
    found = likely_check(role, supervision_counts=supervision_counts)
    assert (found.number, found.level.key) == expected(role, supervision_counts)
    facts = Facts(flags=role.seen(supervision_counts))
    assert not any(one.when.holds(facts) for one in dbs_table().rows if one.number < found.number)


def test_being_watched_counts_until_the_day_before_and_not_on_the_day() -> None:
    watched = Role(supervised=True, **COACH)
    changes_on = date(2027, 4, 1)
    for today, row in (
        (date(2012, 9, 10), 6),
        (changes_on - timedelta(days=1), 6),
        (changes_on, 4),
        (changes_on + timedelta(days=400), 4),
    ):
        counts = supervision_counts_on(today, changes_on)
        assert likely_check(watched, supervision_counts=counts).number == row
    assert supervision_counts_on(date(2040, 1, 1), None), "until the council has confirmed the day"
    rarer = Role(tasks=("teach",), days_in_30=3, supervised=True)
    assert likely_check(rarer, supervision_counts=False).number == 6


def test_rows_are_one_to_eight_and_the_last_fits_everything() -> None:
    rows = dbs_table().rows
    assert [one.number for one in rows] == list(range(1, 9))
    assert rows[-1].when.holds(Facts(flags=None))


def test_what_is_chosen_on_the_page_becomes_the_role() -> None:
    table = dbs_table()
    said = {
        "age": ["older"],
        "private": ["no"],
        "tasks": ["teach", "drive", "juggle"],
        "how_often": ["four_days"],
        "at_night": ["no"],
        "supervised": ["no"],
    }
    role = table.role(said)
    assert role == Role(age=16, tasks=("teach", "drive"), days_in_30=4)
    assert table.still_needed(said) == {}
    assert table.role({**said, "how_often": ["rarely"]}).days_in_30 == 3
    assert table.role({**said, "age": ["under_16"]}).age == 15


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ({}, {"age", "private", "tasks"}),
        ({"age": ["under_16"]}, set()),
        ({"age": ["older"], "private": ["yes"]}, set()),
        ({"age": ["older"], "private": ["no"], "tasks": ["personal_care"]}, set()),
        ({"age": ["older"], "private": ["no"], "tasks": ["personal_care", "teach"]}, set()),
        ({"age": ["older"], "private": ["no"], "tasks": ["manage"]}, set()),
        ({"age": ["older"], "private": ["no"], "tasks": ["no_contact"]}, set()),
        (
            {"age": ["older"], "private": ["no"], "tasks": ["chat"]},
            {"how_often", "at_night", "supervised"},
        ),
        ({"age": ["nonsense"], "private": ["no"], "tasks": ["other"]}, {"age"}),
    ],
)
def test_nothing_is_asked_that_cannot_change_the_answer(said: dict, needed: set[str]) -> None:
    assert set(dbs_table().still_needed(said)) == needed


@given(
    some.fixed_dictionaries(
        {
            ask.name: some.lists(some.sampled_from([c.value for c in ask.choices]), max_size=3)
            for ask in dbs_table().asks
        }
    )
)
def test_once_nothing_is_needed_more_answers_change_nothing(said: dict) -> None:
    table = dbs_table()
    if table.still_needed(said):
        return
    found = likely_check(table.role(said)).number
    blanks = [ask for ask in table.asks if not said[ask.name] and not ask.many]
    for more in product(*([choice.value for choice in ask.choices] for ask in blanks)):
        fuller = {**said, **{ask.name: [value] for ask, value in zip(blanks, more, strict=True)}}
        assert likely_check(table.role(fuller)).number == found


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({"work": "care", "how_often": "rarely", "supervised": "yes"}, 3),
        ({"work": "lead", "how_often": "often", "supervised": "no"}, 4),
        ({"work": "lead", "how_often": "often", "supervised": "yes"}, 6),
        ({"work": "lead", "how_often": "often"}, 6),
        ({"work": "lead", "how_often": "rarely", "supervised": "no"}, 6),
        ({"work": "manage", "how_often": "rarely", "supervised": "yes"}, 5),
        ({"work": "no_contact", "how_often": "often", "supervised": "no"}, 7),
        ({"work": "other", "how_often": "often", "supervised": "no"}, 8),
        ({"work": None, "how_often": [], "supervised": {}}, 8),
    ],
)
def test_a_club_s_own_table_of_roles_is_held_against_the_same_rows(row: dict, number: int) -> None:
    assert likely_check(role_in_a_table(row)).number == number


def test_the_words_are_plain_and_ask_for_nothing_about_a_person() -> None:
    table = dbs_table()
    asked = [f"{ask.text} {ask.help}" for ask in table.asks]
    told = [row.reason for row in table.rows]
    told += [" ".join(f"{one}." for one in (*r.level.do, *r.level.how)) for r in table.rows]
    for text in (*asked, *told):
        assert reading_grade(text) <= 7, text
        assert not any(never in text.lower() for never in NEVER)
        assert "!" not in text


def test_conditions_speak_only_of_what_a_role_has() -> None:
    known = set(Role.__dataclass_fields__)
    for row in dbs_table().rows:
        assert {check.flag for check in row.when.checks()} <= known, row
    assert "tasks" not in FLAGS, "a role is no profile"
