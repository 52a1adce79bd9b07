"""Conditions written as data."""

from types import SimpleNamespace

import pytest

from registry.criteria.conditions import ALWAYS, Facts, read_condition

FLAGS = SimpleNamespace(
    online=True, trips=False, size="lone", places=("home", "online"), employees=2
)


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ({"flag": "online"}, True),
        ({"flag": "trips"}, False),
        ({"flag": "unheard_of"}, False),
        ({"flag": "size", "is": ["lone"]}, True),
        ({"flag": "size", "is": ["small", "large"]}, False),
        ({"flag": "places", "is": ["home"]}, True),
        ({"flag": "places", "is": ["school"]}, False),
        ({"flag": "employees", "at_least": 2}, True),
        ({"flag": "employees", "at_least": 3}, False),
        ({"flag": "online", "at_least": 1}, False),
        ({"part": "said", "is": ["yes"]}, True),
        ({"part": "have", "below": "need"}, True),
        ({"part": "need", "below": "have"}, False),
        ({"part": "have", "below": "nothing"}, False),
        ({"part": "said"}, True),
        ({"part": "nothing"}, False),
        ({"question": "other", "part": "need", "at_least": 1}, True),
        ({"question": "other", "part": "need", "at_least": 9}, False),
        ({"question": "nowhere", "part": "need", "at_least": 1}, False),
        ({"all": []}, True),
        ({"all": [{"flag": "online"}, {"flag": "trips"}]}, False),
        ({"any": [{"flag": "online"}, {"flag": "trips"}]}, True),
        ({"any": []}, False),
        ({"not": {"flag": "trips"}}, True),
    ],
)
def test_a_condition_holds_as_it_reads(written, holds):
    facts = Facts(FLAGS, {"said": "yes", "have": 1, "need": 2}, {"other": {"need": 5}})
    assert read_condition(written).holds(facts) is holds


@pytest.mark.parametrize(
    "written",
    [
        "online",
        {},
        {"flag": "a", "part": "b"},
        {"is": ["yes"]},
        {"flag": "a", "is": "yes"},
        {"flag": "a", "is": ["x"], "at_least": 1},
        {"flag": "a", "equals": 1},
        {"all": [], "any": []},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(written):
    with pytest.raises(ValueError):
        read_condition(written)


def test_no_condition_always_holds():
    assert read_condition(None) is ALWAYS
    assert ALWAYS.holds(Facts())


@pytest.mark.parametrize("odd", [None, 3, "x", [1], {"said": ["yes", {}]}, {"said": {}}])
def test_odd_answers_make_a_condition_fail_never_raise(odd):
    assert read_condition({"part": "said", "is": ["no"]}).holds(Facts(parts=odd)) is False
    assert not read_condition({"question": "q", "part": "said", "is": ["no"]}).holds(
        Facts(answers={"q": odd})
    )


@pytest.mark.parametrize(
    ("written", "may_hold"),
    [
        ({"part": "said", "is": ["no"]}, True),
        ({"flag": "trips"}, False),
        ({"all": [{"flag": "trips"}, {"part": "said", "is": ["yes"]}]}, False),
        ({"all": [{"flag": "online"}, {"part": "said", "is": ["no"]}]}, True),
        ({"any": [{"flag": "trips"}, {"part": "said", "is": ["no"]}]}, True),
        ({"not": {"part": "said", "is": ["yes"]}}, True),
        ({"not": {"flag": "online"}}, False),
        ({"not": {"flag": "trips"}}, True),
    ],
)
def test_a_part_may_be_asked_where_only_the_same_answer_stands_in_the_way(written, may_hold):
    assert read_condition(written).may_hold(Facts(flags=FLAGS)) is may_hold
