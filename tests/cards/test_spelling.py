"""Which word somebody meant, and above all which one nobody meant."""

import string
from functools import cache
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registry.cards.categories import broad_words
from registry.cards.words.everyday import everyday, phrases, shipped_everyday_words
from registry.cards.words.meaning import Understood, understand
from registry.cards.words.plain import FILLERS, forms, index_words
from registry.cards.words.spelling import SHORTEST, Vocabulary, how_far, sound
from tests.cards.cards import document

OF_CARDS = (
    "football", "footwork", "swimming", "cat", "cats", "gold", "goals", "dance", "dancing", "chess",
    "drop", "dropin", "in", "school", "skills", "first", "aid", "boat", "hall", "choir",
)  # fmt: skip
LEFT_ALONE = (
    "art", "arts", "act", "bat", "cot", "dog", "golf", "polo", "pool", "hiking", "biking",
    "archery", "boats", "it", "pe", "sen", "e", "xyz", "qwrtplk", "wojciechowska", "WV10",
    "7700", "1to1",
)  # fmt: skip


@cache
def vocabulary(*words: str) -> Vocabulary:
    """The words of a small register, with their stems, as the index has them."""
    counts = {form: 2 for word in words or OF_CARDS for form in forms(word)}
    return Vocabulary(counts, everyday().said)


def meant(text: str, *words: str, as_typed: bool = False) -> Understood:
    return understand(text, everyday(), vocabulary(*words), as_typed=as_typed)


def corrected(text: str, *words: str) -> dict[str, str]:
    return dict(meant(text, *words).corrected)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("footbal", "football"),  # a letter left out
        ("foootball", "football"),  # one too many
        ("fotball", "football"),
        ("footbll", "football"),
        ("footabll", "football"),  # two swapped
        ("ofotball", "football"),  # the first two
        ("phootball", "football"),  # as it sounds
        ("gimnastics", "gymnastics"),
        ("gymnastix", "gymnastics"),
        ("karaty", "karate"),
        ("swiming", "swimming"),
        ("rugbee", "rugby"),
        ("kricket", "cricket"),
        ("tenis", "tennis"),
        ("balet", "ballet"),
        ("drma", "drama"),
        ("paino", "piano"),
        ("gitar", "guitar"),
        ("taekwando", "taekwondo"),
        ("baskettball", "basketball"),
        ("skool", "school"),
        ("writting", "writing"),
        ("foot ball", "football"),
        ("dodge ball", "dodgeball"),
    ],
)
def test_a_typing_mistake_is_forgiven(typed, word):
    assert corrected(typed) == {typed: word}


@pytest.mark.parametrize("typed", LEFT_ALONE)
def test_a_short_word_or_one_that_is_right_is_left_alone(typed):
    assert corrected(typed) == {}


@pytest.mark.parametrize("typed", ["footwork", "goals", "dance", "dancing", "chess", "boat"])
def test_a_word_that_some_card_has_is_never_corrected(typed):
    assert corrected(typed) == {}


def test_a_mistake_that_stands_on_a_card_is_found_as_it_is():
    asked = meant("futball", "futball", "football")
    assert asked.corrected == ()
    assert asked.words[0].exact[0] == "futball"


def test_the_last_word_may_be_half_a_word():
    assert meant("trampo", "trampoline").corrected == ()
    assert meant("trampo", "trampoline").words[-1].beginning == "trampo"
    assert meant("street danc", "street", "dance").words[-1].exact[0] in ("danc", "dance")


def test_what_was_typed_is_looked_for_when_somebody_asks_for_it():
    asked = meant("gimnastics", as_typed=True)
    assert asked.corrected == ()
    assert asked.words[0].exact[0] == "gimnastics"
    assert asked.unknown == ("gimnastics",)


def test_of_two_that_are_as_near_the_one_that_more_cards_have():
    words = Vocabulary({"marbling": 1, "marblung": 9}, frozenset())
    assert words.nearest("marblang") == "marblung"


def test_a_bare_stem_is_shown_to_nobody():
    assert (
        Vocabulary({"danc": 3, "dance": 3, "dancing": 1}, frozenset()).nearest("danse") == "dance"
    )


@pytest.mark.parametrize("typed", ["drop in", "dropin", "drop-in", "Drop In"])
def test_joined_and_split_words_are_the_same(typed):
    words = set(index_words(document(name="A drop-in"), broad_words))
    asked = meant(typed, *words)
    assert asked.words
    assert all({*one.exact, *one.also} & words for one in asked.words)


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("footy", "Football"),
        ("soccer", "Football"),
        ("PE", "Sport"),
        ("kung fu", "Martial arts"),
        ("karate", "Martial arts"),
        ("madrassa", "Madrasah"),
        ("madressa", "Madrasah"),
        ("brownies", "Guides"),
        ("cubs", "Scouts"),
        ("trampolining", "Gymnastics and trampoline"),
        ("bhangra", "Dance"),
        ("SEN", "Club for children with special needs (SEND)"),
        ("ASD", "Staff know about autism"),
        ("half term", "Holiday club"),
        ("half-term", "Holiday club"),
        ("halfterm", "Holiday club"),
        ("nursery", "Toddler group (parent stays)"),
        ("after school", "After-school care"),
        ("afterschool", "After-school care"),
        ("e sports", "E-sports"),
        ("dofe", "Duke of Edinburgh’s Award"),
        ("11 plus", "11+ and other exams"),
        ("computers", "Coding"),
        ("IT club", "Coding"),
        ("it club", "Coding"),
        ("lgbtq", "LGBT+ youth"),
        ("mosque", "Madrasah"),
        ("stay and play", "Parent and child group"),
        ("swimming lessons", "Swimming"),
        ("football for 5 year olds", "Football"),
        ("something to do for my son with football", "Football"),
    ],
)
def test_everyday_words_find_what_they_mean(typed, card):
    words = set(index_words({"name": card}, broad_words))
    asked = meant(typed, *words)
    assert asked.words
    for one in asked.words:
        begun = one.beginning and any(word.startswith(one.beginning) for word in words)
        assert begun or {*one.exact, *one.also} & words, one


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("art", "Martial arts"),
        ("sport", "E-sports"),
        ("kung fu", "Art and craft"),
        ("it", "Grow it"),
    ],
)
def test_one_word_of_a_thing_is_not_the_thing(typed, card):
    words = set(index_words({"name": card}, broad_words))
    asked = meant(typed, *words)
    assert not all({*one.exact, *one.also} & words for one in asked.words)


def test_what_has_the_typed_word_comes_before_what_only_means_the_same():
    (asked,) = meant("footy").words
    assert asked.exact[0] == "footy"
    assert "football" in asked.also


def test_words_that_say_nothing_are_left_out_beside_others_and_alone_find_everything():
    assert [one.exact[0] for one in meant("chess club for kids").words] == ["chess"]
    assert meant("kids club").words == ()
    assert [one.exact[0] for one in meant("the").words] == ["the"]
    assert [one.exact[0] for one in meant("youth club").words] == ["youth", "club"]
    assert [one.exact[0] for one in meant("music lessons").words] == ["music", "lessons"]


def test_the_content_is_whole():
    lines = list(shipped_everyday_words())
    assert len(lines) >= 150
    assert len({line.code for line in lines}) == len(lines)
    typed = [phrase for line in lines for phrase in phrases(line.label)]
    assert len(typed) > 500
    assert all(phrases(line.details["means"]) for line in lines)
    assert all(len(line.label) <= 200 and len(line.details["means"]) <= 200 for line in lines)
    assert not everyday().every & everyday().soft
    assert not everyday().every & FILLERS


TYPED = st.text(st.sampled_from(string.ascii_lowercase), min_size=1, max_size=14)


@given(st.sampled_from(OF_CARDS), st.data())
@settings(deadline=None)
def test_whatever_a_card_has_is_never_corrected_in_any_company(word, data):
    other = data.draw(TYPED)
    assume(other != word)
    assert word not in corrected(f"{word} {other}")
    assert word not in corrected(f"{other} {word}")


@given(TYPED)
@settings(deadline=None)
def test_what_a_word_is_taken_for_is_a_real_one_with_the_same_first_sound(typed):
    words = vocabulary()
    found = words.nearest(typed)
    if found is not None:
        assert found in words.cards or found in words.known
        assert len(typed) >= SHORTEST
        assert how_far(typed, found) <= 2.4


@given(TYPED, TYPED)
def test_how_wrong_a_word_is_is_the_same_both_ways_and_nothing_for_itself(one, other):
    assert how_far(one, one) == 0
    assert how_far(one, other) == pytest.approx(how_far(other, one))
    if one != other and sound(one) != sound(other):
        assert how_far(one, other) > 0


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_at_all_can_be_meant(text):
    asked = meant(text)
    assert len(asked.words) <= 12
    assert all(one.exact and all(one.exact) for one in asked.words)


def test_a_question_costs_little():
    """Generous here: the exact numbers are the benchmark's."""
    words = vocabulary()
    meant("gimnastics")
    began = perf_counter()
    for typed in ("footbal", "gimnastics", "karaty", "swiming", "rugbee", "football", "kung fu"):
        understand(typed, everyday(), words)
    assert perf_counter() - began < 1.0
