"""The first edition as content: all of it is there, based on something, and easy to read."""

import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from registry.criteria.content import Level
from registry.criteria.evaluation import offers_partly
from registry.criteria.loading import (
    BadEdition,
    current_edition,
    edition_from,
    editions,
    load_edition,
    problems,
)
from registry.criteria.reading import reading_grade as our_grade
from tests.rigs.reading_grade import reading_grade

WRITTEN = tomllib.loads(
    (resources.files("registry.criteria") / "content" / "edition-1.0.toml").read_text("utf-8")
)
EDITION = edition_from(WRITTEN)
KEYS = [question.key for question in EDITION]

BANK = {
    1: "sg_policy sg_review_date sg_steps sg_lead sg_lone_contact sg_lead_training sg_adults "
    "sg_code sg_parents sg_online sg_away",
    2: "sr_steps sr_guidance sr_checks sr_roles sr_dbs_done sr_recheck sr_records sr_induct "
    "sr_refer sr_lone sr_future",
    3: "hs_policy hs_ra_all hs_ra_date hs_first_aid hs_info hs_incident hs_fire hs_adults "
    "hs_employers hs_public hs_special",
    4: "eq_policy eq_who eq_groups eq_adjust eq_bully eq_complain eq_limits eq_learn eq_date",
}
GOOD = (
    "sg_code sg_parents sr_recheck sr_records sr_induct sr_refer sr_future hs_adults hs_public "
    "eq_groups eq_learn eq_date"
)
NO_PARTLY = "sg_review_date sr_refer sr_future hs_employers hs_public eq_groups eq_learn eq_date"
ORGANISATION = (
    "p_people p_paid p_employees p_vols p_young_help p_solo_type p_place p_national p_limits "
    "p_school_hours p_ofsted p_charity"
)
ACTIVITY = "p_ages p_online p_trips p_transport p_overnight p_oneone p_care p_risk"


def test_the_edition_has_nothing_wrong_with_it():
    assert problems(EDITION) == []


def test_the_edition_says_which_it_is():
    assert editions()[0] == "1.0"
    assert current_edition().number == editions()[-1]
    assert load_edition("1.0").adopted_on == date(2026, 11, 2)


def test_every_key_of_the_bank_is_there_and_no_other():
    for number, keys in BANK.items():
        assert {one.key for one in EDITION.questions_of(number)} == set(keys.split())
    assert len(KEYS) == 42
    assert [len(EDITION.questions_of(number)) for number in BANK] == [11, 11, 11, 9]


def test_the_levels_are_those_of_the_bank():
    found = {level: [one.key for one in EDITION if one.level is level] for level in Level}
    assert sorted(found[Level.GOOD]) == sorted(GOOD.split())
    assert found[Level.LAW] == ["hs_employers"]
    assert {
        one.key: [str(w.level) for w in one.level_when] for one in EDITION if one.level_when
    } == {
        "sg_away": ["GOOD"],
        "sr_refer": ["LAW"],
    }


def test_partly_is_not_offered_where_the_bank_has_no_such_line():
    assert sorted(one.key for one in EDITION if not offers_partly(one)) == sorted(NO_PARTLY.split())


def test_every_profile_question_is_there():
    organisation, activity = EDITION.profile_of("organisation"), EDITION.profile_of("activity")
    assert [one.key for one in organisation] == ORGANISATION.split()
    assert [one.key for one in activity] == ACTIVITY.split()


@pytest.mark.parametrize("key", KEYS)
def test_a_question_and_its_help_can_be_read_by_an_eleven_year_old(key):
    question = EDITION.question(key)
    words = ", ".join(question.flag_words.values())
    for text, help_text in [
        (question.text, question.help),
        *((other.text, other.help) for other in question.wording_when),
    ]:
        said = f"{text} {help_text.replace('{flags}', words)}"
        assert reading_grade(said) <= 7, said
        assert our_grade(said) <= 7, said


def test_the_questions_are_easy_on_the_whole():
    grades = [reading_grade(f"{one.text} {one.help}") for one in EDITION]
    assert sum(grades) / len(grades) < 4


@pytest.mark.parametrize("key", KEYS)
def test_what_good_looks_like_and_why_we_ask_can_be_read_too(key):
    question = EDITION.question(key)
    assert reading_grade(question.why) <= 10, question.why
    assert reading_grade(". ".join(question.good) + ".") <= 8, question.good


@pytest.mark.parametrize("one", EDITION.profile_questions, ids=lambda one: one.key)
def test_a_profile_question_can_be_read_too(one):
    assert reading_grade(f"{one.text} {one.help}") <= 7


def test_the_declaration_says_what_is_signed():
    signed = " ".join(EDITION.declaration.sentences)
    for words in (
        "true to the best of my knowledge",
        "tell the council when things change",
        "may ask more, may visit, and may take the listing off",
        "false answers end the listing",
        "The public details will be open data, free for anyone to reuse.",
    ):
        assert words in signed


def test_what_you_will_need_says_what_never_to_send():
    assert EDITION.you_will_need.never == (
        "A DBS certificate",
        "A filled-in form",
        "A child’s name",
    )
    assert len(EDITION.you_will_need.items) == 7


def test_no_club_is_called_safe_or_approved():
    """The wording rule (domain C.3): words for the club, never a promise about it."""
    told = " ".join(
        [
            *EDITION.declaration.sentences,
            *EDITION.you_will_need.items,
            *(one.point for one in EDITION.criteria),
            *(words for one in EDITION for words in (one.text, one.help, one.why, *one.good)),
        ]
    ).lower()
    for word in ("approved", "recommended", "certified", "accredited", "vetted", "trusted"):
        assert word not in told


def test_criteria_are_found_by_number_or_key():
    assert EDITION.criterion(1) == EDITION.criterion("safeguarding")
    assert EDITION.questions_of("equality") == EDITION.questions_of(4)
    for unknown in (lambda: EDITION.criterion(5), lambda: EDITION.question("sg_nothing")):
        with pytest.raises(KeyError):
            unknown()
    with pytest.raises(KeyError):
        EDITION.profile_question("p_nothing")
    with pytest.raises(KeyError):
        EDITION.question("sg_policy").part("nothing")
    with pytest.raises(KeyError):
        EDITION.profile_question("p_people").part("nothing")


def changed(which=None, /, **values):
    """The edition's file with one question changed; None takes a name away."""
    written = deepcopy(WRITTEN)
    questions = {one["key"]: one for one in written["question"]}
    table = questions[which] if which else written
    for name, value in values.items():
        if value is None:
            table.pop(name)
        else:
            table[name] = value
    return written


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (changed("sg_policy", text=None), "question sg_policy: text is missing"),
        (changed("sg_policy", colour="red"), "question sg_policy: unknown colour"),
        (changed("sg_policy", level="MUST"), "'MUST' is not a level"),
        (changed("sg_policy", asked_when={"flag": "a", "part": "b"}), "one flag or one part"),
        (changed("sg_policy", part=[{"name": "file"}]), "type is missing"),
        (changed("sg_policy", part="file"), "a part must be a table"),
        (changed(declaration=None), "declaration is missing"),
        (changed(adopted_on="soon"), "adopted_on must be a date"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_and_says_where(written, says):
    with pytest.raises(BadEdition, match=says):
        edition_from(written)


def test_an_edition_that_is_not_here_is_refused():
    with pytest.raises(BadEdition):
        load_edition("9.9")
    with pytest.raises(BadEdition):
        load_edition("../secret")


PART = {"name": "said", "type": "yn", "required": True}


@pytest.mark.parametrize(
    ("key", "values", "says"),
    [
        ("sg_policy", {"basis": ""}, "must say what it rests on"),
        ("sr_refer", {"basis": ""}, "must say what it rests on"),
        ("sg_policy", {"key": "sg_steps"}, "sg_steps stands 2 times"),
        ("sg_policy", {"key": "Policy 1"}, "is not a key"),
        ("sg_policy", {"criterion": 7}, "there is no criterion 7"),
        ("sg_policy", {"why": " "}, "why is empty"),
        ("sg_policy", {"good": []}, "what good looks like"),
        ("sg_policy", {"minutes": 0}, "how many minutes"),
        ("sg_policy", {"asked_when": {"flag": "weather"}}, "there is no flag 'weather'"),
        ("sg_policy", {"flag_words": {"weather": "rain"}}, "there is no flag 'weather'"),
        ("sg_policy", {"rule": {"name": "guess", "parts": []}}, "there is no rule 'guess'"),
        (
            "sg_policy",
            {"rule": {"name": "paper", "parts": ["hat"]}},
            "a part 'hat' that it has not",
        ),
        (
            "sr_recheck",
            {"rule": {"name": "chosen", "met": ["never"]}},
            "a choice 'never' that it has not",
        ),
        (
            "sg_adults",
            {"help": "Safeguarding responsibilities necessitate institutional accountability."},
            "read at grade",
        ),
        ("sg_adults", {"why": "Ring {office} now."}, "nothing fills in {office}"),
        ("sg_adults", {"basis": "Guidance [S19]."}, "a mark of the working papers"),
        ("sg_adults", {"why": "Ring 01902 555392."}, "live in the contacts table"),
        ("sg_adults", {"why": "Do it now!"}, "no exclamation marks"),
        ("sg_adults", {"part": []}, "no part is required"),
        ("sg_adults", {"part": [PART, PART]}, "stands twice"),
        ("sg_adults", {"part": [PART | {"type": "maybe"}]}, "no known type: 'maybe'"),
        ("sg_adults", {"part": [PART, PART | {"name": "more"}]}, "part more has no label"),
        ("sg_adults", {"part": [PART | {"type": "choice"}]}, "needs choices"),
        ("sg_adults", {"part": [PART | {"type": "table"}]}, "needs columns"),
        ("sg_adults", {"part": [PART | {"required": False}]}, "never count as answered"),
        ("sg_adults", {"part": [PART | {"rows_from": "x"}]}, "no rows come from 'x'"),
        (
            "sg_adults",
            {"part": [PART | {"asked_when": {"part": "later"}}]},
            "no part 'later' comes before it",
        ),
        (
            "sg_adults",
            {"asked_when": {"question": "sg_none", "part": "said"}},
            "there is no question 'sg_none'",
        ),
        (
            "sg_adults",
            {"asked_when": {"question": "sg_policy", "part": "hat"}},
            "sg_policy has no part 'hat'",
        ),
        (
            "sg_adults",
            {
                "part": [
                    PART
                    | {
                        "type": "table",
                        "columns": [{"name": "a", "label": "A", "type": "colour"}],
                    }
                ]
            },
            "column a has no known type",
        ),
        (
            "sg_adults",
            {"part": [PART | {"type": "multi", "choices": [{"value": "a", "label": "A"}] * 2}]},
            "has a choice twice",
        ),
    ],
)
def test_what_is_wrong_with_the_content_is_named(key, values, says):
    found = problems(edition_from(changed(key, **values)))
    assert any(says in one for one in found), found


def test_a_criterion_that_nobody_could_meet_is_named():
    only_good = tuple(
        replace(one, level=Level.GOOD) if one.criterion == 4 else one for one in EDITION.questions
    )
    assert any(
        "nobody can meet it" in one for one in problems(replace(EDITION, questions=only_good))
    )


def test_criteria_without_words_or_out_of_order_are_named():
    wrong = replace(EDITION, criteria=tuple(reversed(EDITION.criteria)))
    assert any("not 1 to 4" in one for one in problems(wrong))


def test_a_declaration_without_the_open_data_sentence_is_named():
    short = replace(EDITION.declaration, sentences=("It is true.",))
    assert any("open data" in one for one in problems(replace(EDITION, declaration=short)))
