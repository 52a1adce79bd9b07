"""What a search can be narrowed by, and how it is said: pure rules, without a database."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from registry.cards.queries import Hit, SearchResult
from registry.cards.search.request import SearchRequest
from registry.directory import asking, chips, filters
from registry.directory.search_page import PARENTS
from registry.directory.why import reasons, unsure
from registry.directory.young import YOUNG
from registry.geography.places import Point
from registry.geography.queries import SearchPoint
from tests.cards.cards import HEATH_TOWN, document, session

NEAR = SearchPoint("WV10 0BB", Point(*HEATH_TOWN), exact=True)
EVERYTHING = SearchRequest(
    q="dance",
    postcode="WV10 0BB",
    miles=0.5,
    categories=("sport.football", "music"),
    ages=(5, 9, 11, 12, 13),
    days=(1, 5),
    times=("after-school", "weekend"),
    cost="3",
    support=("small_groups", "bsl"),
    access=("hearing_loop",),
    languages=("Panjabi",),
    online=True,
    soon=True,
    sort="next",
)


def found(request: SearchRequest = EVERYTHING, **changes: object) -> SearchResult:
    """A result of that request; there is a place where it asks for one."""
    told = {"total": 3, "page": 1, "pages": 1, "hits": (), "place": NEAR, **changes}
    if not request.is_somewhere:
        told["place"] = None
    return SearchResult(request=request, **told)


def chip_texts(result: SearchResult, page=PARENTS) -> list[str]:
    return [chip.text for chip in chips.chips(result, page)]


def group(title: str, result: SearchResult, page=PARENTS) -> filters.Facet:
    return next(one for one in filters.facets(result, page) if one.title == title)


# Chips: each value by itself.


def test_everything_that_is_chosen_has_a_chip_of_its_own():
    assert chip_texts(found()) == [
        "“dance”",
        "Age 5",
        "Age 9",
        "Ages 11 to 13",
        "Football",
        "Music",
        "Tuesday",
        "Saturday",
        "After school",
        "Weekend",
        "Small groups",
        "Someone signs in BSL",
        "Hearing loop",
        "Panjabi",
        "In the next 7 days",
        "£3 or less",
        "Online",
        "Within half a mile of WV10 0BB",
    ]


def test_a_chip_takes_away_its_own_value_and_nothing_else():
    for chip in chips.chips(found()):
        left = request_at(chip.href)
        assert len(said(EVERYTHING)) - len(said(left)) in (1, 2, 3), chip.text
        assert said(left) <= said(EVERYTHING), chip.text


def test_one_chip_after_the_other_there_is_nothing_left():
    request = EVERYTHING
    for _ in range(len(chip_texts(found()))):
        request = request_at(chips.chips(found(request))[0].href)
    assert request.asks_for_nothing


def test_two_children_of_neighbouring_ages_have_a_chip_each():
    assert chip_texts(found(SearchRequest(ages=(5, 6)))) == ["Age 5", "Age 6"]
    assert chip_texts(found(SearchRequest(ages=(0,)))) == ["Age 0"]


def test_what_a_page_takes_for_granted_is_no_filter_to_remove():
    assert chip_texts(found(SearchRequest(q="music", ages=YOUNG.ages)), YOUNG) == ["“music”"]
    assert chip_texts(found(SearchRequest(ages=(14,))), YOUNG) == ["Age 14"]


def test_without_a_place_nothing_can_be_nearest():
    near = chips.chips(found(SearchRequest(postcode="WV10 0BB", miles=2, sort="distance")))
    assert request_at(near[0].href) == SearchRequest()
    nowhere = [sort.value for sort in chips.sorts(found(SearchRequest()))]
    assert nowhere == ["fit", "next", "price", "name"]
    assert "distance" in [sort.value for sort in chips.sorts(found())]


def test_an_order_keeps_what_was_searched_and_says_which_it_is():
    chosen = [sort for sort in chips.sorts(found()) if sort.is_chosen]
    assert [sort.label for sort in chosen] == ["Soonest"]
    for sort in chips.sorts(found()):
        assert request_at(sort.href) == EVERYTHING.changed(sort=sort.value)


# Groups of choices.


def test_every_group_is_offered_with_its_counts():
    counts = {
        "category": {"sport": 4, "sport.football": 2, "music": 1},
        "age": {"5-7": 3},
        "day": {"tuesday": 2},
        "time": {"weekend": 5},
        "cost": {"free": 1, "3": 2},
        "support": {"bsl": 1},
        "access": {"hearing_loop": 1},
        "language": {"Panjabi": 2, "Somali": 1},
        "online": {"yes": 1},
        "when": {"week": 2},
    }
    offered = {
        (option.name, option.value): option.finds
        for one in filters.facets(found(counts=counts))
        for option in (*one.options, *one.more)
    }
    for name, values in counts.items():
        for value, finds in values.items():
            assert offered[name, value] == finds
    assert offered["day", "sunday"] == 0
    assert offered["cost", ""] is None


def test_finer_kinds_open_under_the_kind_that_is_chosen():
    def kinds(*codes: str) -> filters.Facet:
        counts = {"category": {"music": 3, "music.lessons": 2, "sport": 1, "sport.rugby": 1}}
        return group("Kind of activity", found(SearchRequest(categories=codes), counts=counts))

    def offered(*codes: str) -> list[tuple[str, bool]]:
        return [(one.value, one.is_chosen) for one in kinds(*codes).options]

    assert not [value for value, _ in offered() if "." in value]
    opened = offered("music")
    at = opened.index(("music", True))
    assert opened[at + 1] == ("music.lessons", False)
    assert ("music", False) in offered("music.choir")
    assert ("music.choir", True) in offered("music.choir")
    assert not [value for value, _ in offered("music") if value.startswith("sport.")]
    folded = [one.value for one in kinds("music").more]
    assert folded == ["music.choir", "music.band", "music.dhol", "music.dj"]


def test_of_a_kind_and_its_finer_kind_the_finer_one_counts():
    asked, _ = SearchRequest.from_query(
        MultiDict([("category", "sport"), ("category", "sport.football"), ("category", "music")])
    )
    assert asked.categories == ("sport.football", "music")


def test_a_group_counts_its_choices_and_stands_open_with_them():
    one = group("Language", found())
    assert (one.chosen, one.is_open) == (1, True)
    assert not group("Language", found(SearchRequest())).is_open
    assert group("Cost", found(SearchRequest())).chosen == 0
    assert group("Cost", found()).chosen == 1


def test_long_groups_fold_what_is_beyond_and_open_where_something_is_chosen():
    plain = group("Extra support", found(SearchRequest()))
    assert len(plain.options) == filters.MANY
    assert plain.more
    assert not plain.more_is_open
    last = plain.more[-1].value
    assert group("Extra support", found(SearchRequest(support=(last,)))).more_is_open
    assert not group("Day", found(SearchRequest())).more


def test_a_language_that_is_not_on_our_list_is_offered_where_a_club_speaks_it():
    one = group("Language", found(counts={"language": {"Somali": 1}}))
    assert "Somali" in [option.value for option in (*one.options, *one.more)]


def test_ages_are_ticked_in_bands_and_the_rest_is_kept():
    request = SearchRequest(ages=(5, 6, 7, 9))
    ticked = [o.value for o in group("Age", found(request)).options if o.is_chosen]
    assert ticked == ["5-7"]
    assert filters.rest_of_ages(request) == "9"
    assert filters.rest_of_ages(SearchRequest(ages=(0, 1, 2))) == ""
    assert filters.rest_of_ages(SearchRequest()) == ""


def test_the_ages_of_a_page_are_no_choice_of_anybody():
    granted = SearchRequest(ages=YOUNG.ages)
    assert group("Age", found(granted), YOUNG).chosen == 0
    assert filters.rest_of_ages(granted, YOUNG) == ""
    assert group("Age", found(SearchRequest(ages=(14, 15))), YOUNG).chosen == 1


def test_young_people_choose_from_kinds_in_their_own_words():
    labels = [o.label for o in group("Kind of activity", found(SearchRequest()), YOUNG).options]
    assert labels[0] == "Youth clubs and places to hang out"
    every = group("Kind of activity", found(SearchRequest()), YOUNG)
    codes = {option.value for option in (*every.options, *every.more)}
    assert "early" not in codes
    assert "wrap" not in codes
    assert "volunteer" in codes


# What was left out.


def test_what_was_left_out_is_named_with_the_way_to_see_it():
    told = chips.left_out(found(unsaid={"support": 3, "access": 1}))
    assert [(one.finds, one.what) for one in told] == [
        (3, "if they have “Small groups” and “Someone signs in BSL”"),
        (1, "if they have “Hearing loop”"),
    ]
    assert request_at(told[0].href) == EVERYTHING.changed(support=())
    assert request_at(told[1].href) == EVERYTHING.changed(access=())
    assert chips.left_out(found()) == []


# In words.


def test_a_search_is_said_in_one_line():
    assert asking.asked_in_words(found()) == (
        "for “dance”, for ages 5, 9 and 11 to 13, in Football or Music, on Tuesdays or Saturdays,"
        " after school or at the weekend, in the next 7 days, £3 or less,"
        " with “Small groups”, “Someone signs in BSL” and “Hearing loop”, in Panjabi, online,"
        " within half a mile of WV10 0BB"
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (found(total=1), "1 activity"),
        (found(total=1204), "1,204 activities"),
        (found(total=1000, is_more=True), "More than 1,000 activities"),
        (found(total=0), "Nothing matches all of that yet"),
        (found(SearchRequest(), total=0), "Nothing is on the list yet"),
    ],
)
def test_the_title_says_how_many(result, words):
    assert asking.heading(result) == words


# Why it fits, and what nobody can tell.


def hit(*, unsure_of=(), miles=0.3, place=0, **changes: object) -> Hit:
    return Hit(1, document(**changes), miles, place, frozenset(unsure_of))


def why(one: Hit, request: SearchRequest) -> list[str]:
    return list(reasons(one, found(request)))


def test_each_thing_that_was_asked_has_its_reason():
    request = SearchRequest(
        q="dance",
        postcode="WV10 0BB",
        ages=(5, 9),
        categories=("dance_arts",),
        days=(1,),
        times=("after-school",),
        cost="5",
        support=("autism_aware",),
        access=("step_free",),
        languages=("Panjabi",),
    )
    assert why(hit(), request) == [
        "fits “dance”",
        "right for age 9",
        "dance, drama and art",
        "on Tuesdays",
        "after school",
        "£3.50 a session",
        "yes: staff know about autism",
        "yes: a way in without steps",
        "in Panjabi",
        "0.3 miles from WV10 0BB",
    ]


@pytest.mark.parametrize(
    ("venue", "miles", "words"),
    [
        ({"online": True}, None, "online, so any distance"),
        ({"various": True}, None, "at various places"),
        ({"hidden": True}, None, "ask the club how far it is"),
        ({"hidden": True}, 0.3, "about 0.3 miles from WV10 0BB"),
    ],
)
def test_a_place_without_a_point_says_why_it_is_here(venue, miles, words):
    place = {**document()["venue"], **venue}
    assert why(hit(venue=place, miles=miles), SearchRequest(postcode="WV10 0BB")) == [words]


def test_free_with_a_code_says_so():
    cost = {"kind": "haf", "pence": 0, "unit_label": "", "note": ""}
    assert why(hit(cost=cost), SearchRequest(cost="free")) == ["free with a HAF code"]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (("day",), ["does not say which days"]),
        (("time",), ["does not say what time"]),
        (("day", "time"), ["does not say when"]),
        (("when",), ["ask the club for the next date"]),
        (("cost",), ["ask the club what it costs"]),
        ((), []),
    ],
)
def test_what_a_card_does_not_say_is_labelled(groups, words):
    request = SearchRequest(days=(1,), times=("evening",), cost="3", soon=True)
    assert list(unsure(hit(unsure_of=groups), request)) == words


def test_a_price_for_a_term_is_one_to_ask_about():
    cost = {"kind": "term", "pence": 3000, "unit_label": "a term", "note": ""}
    one = hit(cost=cost, unsure_of=("cost",))
    assert list(unsure(one, SearchRequest(cost="3"))) == ["price is for a term: ask"]
    assert why(one, SearchRequest(cost="3")) == []


def test_ask_us_is_a_question_and_no_reason():
    request = SearchRequest(access=("bus_stop", "step_free"))
    assert list(unsure(hit(), request)) == ["ask the club: bus stop close by"]
    assert why(hit(), request) == ["yes: a way in without steps"]


def test_nothing_is_said_of_a_day_that_nobody_knows():
    request = SearchRequest(days=(1,), times=("after-school",))
    assert why(hit(unsure_of=("day", "time"), sessions=[session()]), request) == []


def said(request: SearchRequest) -> set[tuple[str, str]]:
    """The pairs of an address, each age and value by itself."""
    pairs = {pair for pair in request.pairs() if pair[0] != "age"}
    return pairs | {("age", str(age)) for age in request.ages}


def request_at(address: str) -> SearchRequest:
    """What an address asks for."""
    request, problems = SearchRequest.from_query(MultiDict(parse_qsl(urlsplit(address).query)))
    assert not problems
    return request
