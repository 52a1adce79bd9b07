"""Which words find a card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cards.categories import broad_words, category
from registry.cards.words.plain import (
    CATEGORY,
    DESCRIPTION,
    LONGEST_WORD,
    MOST_QUERY_WORDS,
    NAME,
    fold,
    index_words,
    query_words,
    split,
    stem,
)
from tests.cards.cards import document

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Children’s", ["children"]),
        ("children's", ["children"]),
        ("the boys' choir", ["the", "boys", "choir"]),
        ("O'Neil", ["oneil"]),
        ("e-sports", ["esports"]),
        ("E sport and sports", ["esports", "and", "sports"]),
        ("1:1", ["1to1"]),
        ("1-to-1 maths", ["1to1", "maths"]),
        ("One to one", ["1to1"]),
        ("one-to-one", ["1to1"]),
        ("11+", ["11plus"]),
        ("11 plus", ["11plus"]),
        ("Café NAÏVE", ["cafe", "naive"]),
        ("IT club", ["infotech", "club"]),
        ("I.T. for all", ["infotech", "for", "all"]),
        ("Grow it", ["grow", "it"]),
        ("Martial arts", ["martial", "martialarts"]),
        ("“Quoted” & (bracketed)", ["quoted", "bracketed"]),
        ("drum\0beat", ["drum", "beat"]),
        ("ਪੰਜਾਬੀ", ["ਪੰਜਾਬੀ"]),
        ("اردو", ["اردو"]),
        ("half \ud800 pair", ["half", "pair"]),
        ("🏀", []),
        ("", []),
    ],
)
def test_a_text_is_split_into_plain_words(text, words):
    assert split(fold(text)) == words


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("swimming", "swim"),
        ("Swims", "swimming"),
        ("dancing", "dance"),
        ("Clubs", "club"),
        ("Babies", "baby"),
    ],
)
def test_endings_do_not_matter(said, asked):
    assert stem(fold(said)) == stem(fold(asked))


@pytest.mark.parametrize(
    ("card", "word", "tier"),
    [
        ({"name": "Mini Kickers football"}, "football", NAME),
        ({"categories": [{"code": "sport.football", "label": "Football"}]}, "football", CATEGORY),
        ({"categories": [{"code": "sport.football", "label": "Football"}]}, "sport", DESCRIPTION),
        ({"description": "We play football too"}, "football", DESCRIPTION),
        ({"description": "A drop-in"}, "dropin", DESCRIPTION),
        ({"organisation": {"name": "Penn Rovers"}}, "rovers", DESCRIPTION),
        ({"venue": {"name": "Bantock House", "ward": "Graiseley"}}, "graiseley", DESCRIPTION),
        ({"venue": {"online": True}}, "online", DESCRIPTION),
        ({"support": [{"label": "Staff know about autism", "answer": "yes"}]}, "autism", 2),
        ({"sessions": [{"days": [5], "start": "10:00"}]}, "saturday", DESCRIPTION),
        ({"sessions": [{"days": [6], "start": "10:00"}]}, "weekend", DESCRIPTION),
        ({"sessions": [{"dates": ["2026-11-22"]}]}, "sunday", DESCRIPTION),
        ({"sessions": [{"days": [1], "start": "15:45"}]}, "school", DESCRIPTION),
        ({"sessions": [{"days": [1], "part_of_day": "in the evening"}]}, "evening", DESCRIPTION),
        ({"cost": {"kind": "free"}}, "free", DESCRIPTION),
        ({"cost": {"kind": "haf"}}, "haf", DESCRIPTION),
        ({"name": "Chess club", "description": "A club"}, "club", NAME),
    ],
)
def test_a_word_stands_as_near_the_heart_as_where_it_is_said(card, word, tier):
    assert index_words(card, broad_words)[word] == tier


@pytest.mark.parametrize(
    ("code", "word"),
    [("dance_arts.dance", "art"), ("stem_games.chess", "coding"), ("sport.martial_arts", "art")],
)
def test_one_kind_of_several_is_not_found_by_the_name_of_another(code, word):
    label = category(code).label
    assert word not in index_words({"categories": [{"code": code, "label": label}]}, broad_words)


def test_what_costs_money_is_not_free():
    assert "free" not in index_words({"cost": {"kind": "session", "pence": 300}})


@pytest.mark.parametrize("answer", ["no", "ask"])
def test_support_that_a_club_does_not_give_finds_nothing(answer):
    words = index_words({"access": [{"label": "Hearing loop", "answer": answer}]})
    assert "hearing" not in words


def test_a_whole_sentence_asks_only_for_its_words():
    asked = query_words("something to do for my son on a Sunday")
    assert [word.exact[0] for word in asked] == ["something", "do", "son", "sunday"]
    assert [word.exact[0] for word in query_words("the")] == ["the"]


def test_only_the_last_word_may_be_half_a_word_and_not_too_short():
    assert [word.beginning for word in query_words("street danc")] == ["", "danc"]
    assert query_words("it")[0].beginning == ""


def test_five_thousand_words_ask_for_a_few():
    assert len(query_words(" ".join(f"word{n}" for n in range(5_000)))) == MOST_QUERY_WORDS


@given(ANY_TEXT)
def test_any_text_at_all_can_be_asked_for(text):
    for word in query_words(text):
        assert all(0 < len(form) <= LONGEST_WORD for form in word.exact)
        "".join(word.exact).encode()


@given(ANY_TEXT)
def test_whatever_is_in_a_name_finds_it(text):
    words = index_words(document(name=text, description=text))
    for word in query_words(text):
        assert set(word.exact) & set(words)
    assert all(0 < len(word) <= LONGEST_WORD for word in words)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | ANY_TEXT,
        lambda inner: st.dictionaries(st.sampled_from(["name", "label", "code"]), inner),
        max_leaves=5,
    )
)
def test_a_part_that_is_not_as_expected_says_nothing(part):
    index_words({"name": part, "organisation": part, "venue": part, "summary": part})
