"""Kinds of activity, and marks of support and access, as content."""

import re
from pathlib import Path

from registry.organisations.categories import (
    categories,
    category,
    category_label,
    first_level,
    is_second_level,
    mark,
    mark_group,
    mark_label,
    marks,
)

ICONS = {path.stem for path in Path("static/img/icons").glob("*.svg")}
CODE = re.compile(r"[a-z][a-z0-9_]*")
FIRST_LEVEL = (
    "sport dance_arts music uniformed faith supplementary tuition youth holiday outdoor "
    "stem_games wellbeing send early wrap volunteer life"
)


def test_the_seventeen_kinds_are_all_here_in_their_order():
    assert [one.code for one in categories()] == FIRST_LEVEL.split()


def test_every_kind_has_a_drawing_a_label_and_subs():
    for one in categories():
        assert one.icon in ICONS
        assert one.label
        assert one.subs


def test_codes_are_plain_and_labels_are_not_said_twice_in_one_kind():
    for one in categories():
        labels = [sub.label for sub in one.subs]
        assert len(set(labels)) == len(labels)
        for sub in one.subs:
            assert sub.code.startswith(f"{one.code}.")
            assert CODE.fullmatch(sub.code.partition(".")[2])


def test_codes_are_found():
    assert category_label("sport.football") == "Football"
    assert first_level("sport.football") is category("sport")
    assert is_second_level("sport.football")
    assert not is_second_level("sport")
    assert not is_second_level("sport.quidditch")
    assert category_label("sport.gone") == "sport.gone"


def test_every_mark_has_a_plain_code_a_group_and_a_label_of_its_own():
    assert {one.group for one in marks()} == {"support", "access"}
    assert all(CODE.fullmatch(one.code) for one in marks())
    for names in ([one.code for one in marks()], [one.label for one in marks()]):
        assert len(set(names)) == len(names)


def test_marks_are_found():
    assert mark_label("step_free") == "A way in without steps"
    assert mark_group("step_free") == "access"
    assert mark_group("bsl") == "support"
    assert mark("gone") is None
    assert mark_label("gone") == "gone"
