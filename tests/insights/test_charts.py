"""Pictures are one image each, with a name and every number in words, and no style or script."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from registry.geography.outlines import outline_at, ward_outlines
from registry.geography.places import Point
from registry.insights import charts
from registry.insights.charts import Bar

BARS = [
    Bar("Ready <to> read & sign", 4, "4"),
    Bar("With the club", None, "hidden"),
    Bar("Over", 0, "0"),
]
WARDS = ward_outlines()
TOLD = [Bar(ward.name, number, str(number)) for number, ward in enumerate(WARDS)]
DRAWN = {
    "bars": charts.bars("k", "What & where", BARS),
    "columns": charts.columns("k", "What & where", BARS, 20, "our promise: 20"),
    "lines": charts.lines("k", "What & where", BARS),
    "nothing": charts.bars("k", "What & where", []),
    "map": charts.ward_map("k", "What & where", WARDS, TOLD, charts.steps_for(range(20))),
}


def svgs(drawn: Markup) -> list[ElementTree.Element]:
    """The drawings in it; XML refuses what is not well formed."""
    return list(ElementTree.fromstring(f"<div>{drawn}</div>").iter("svg"))  # noqa: S314


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_is_one_image_with_a_name_and_a_description(name: str) -> None:
    pictures = svgs(DRAWN[name])
    assert len(pictures) == (1 if name == "map" else 2)
    ids: list[str] = []
    for svg in pictures:
        assert svg.get("role") == "img"
        title, described = svg[0], svg[1]
        assert (title.tag, described.tag) == ("title", "desc")
        assert title.text == "What & where"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
        ids += [title.get("id", ""), described.get("id", "")]
        for element in svg.iter():
            assert element.tag in {"svg", "title", "desc", "text", "rect", "path", "circle"}
            assert "style" not in element.attrib
            assert not [one for one in element.attrib if one.startswith("on")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("name", "told"), [("bars", BARS), ("columns", BARS), ("map", TOLD)])
def test_the_description_says_every_number(name: str, told: list[Bar]) -> None:
    for svg in svgs(DRAWN[name]):
        for bar in told:
            assert f"{bar.label} {bar.said}" in (svg[1].text or "")


def test_what_is_hidden_has_no_bar_and_says_so() -> None:
    wide = svgs(DRAWN["bars"])[0]
    assert len(list(wide.iter("rect"))) == 2
    assert "hidden" in [text.text for text in wide.iter("text")]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_numbers_and_inside_the_picture(values: list[int]) -> None:
    told = [Bar(str(n), value, str(value)) for n, value in enumerate(values)]
    for drawn in (charts.bars("k", "t", told), charts.columns("k", "t", told)):
        for svg in svgs(drawn):
            width, height = map(float, (svg.get("viewBox") or "").split()[2:])
            for block in svg.iter("rect"):
                x, y, wide, tall = (float(block.get(n, "")) for n in ("x", "y", "width", "height"))
                assert 0 <= x <= x + wide <= width
                assert -0.1 <= y <= y + tall <= height + 0.1
    drawing = svgs(charts.bars("k", "t", told))[0]
    lengths = [float(block.get("width", "")) for block in drawing.iter("rect")]
    assert sorted(lengths) == [
        lengths[n] for n in sorted(range(len(values)), key=values.__getitem__)
    ]


# The map: counted in the outline that is drawn.

PLACES = {
    "St Peter's": Point(52.5903, -2.1304),  # the football ground
    "Bilston East": Point(52.5665, -2.0726),  # Bilston town hall
    "Tettenhall Regis": Point(52.5990, -2.1640),
    "Wednesfield South": Point(52.5990, -2.0830),
    "Penn": Point(52.5620, -2.1560),
}


@pytest.mark.parametrize("ward", PLACES)
def test_a_known_place_lies_in_its_ward(ward: str) -> None:
    found = outline_at(PLACES[ward], WARDS)
    assert found
    assert found.name == ward


def test_a_place_outside_the_city_is_in_no_ward() -> None:
    assert outline_at(Point(52.4862, -1.8904), WARDS) is None  # Birmingham


@given(st.floats(52.53, 52.65), st.floats(-2.22, -2.03))
def test_no_point_lies_in_two_wards(latitude: float, longitude: float) -> None:
    """The outlines share their edges, so each place is counted once."""
    point = Point(latitude, longitude)
    assert sum(ward.holds(point) for ward in WARDS) <= 1


def test_the_middle_of_each_number_stands_in_its_own_ward() -> None:
    svg = svgs(DRAWN["map"])[0]
    assert [text.text for text in svg.iter("text")] == [bar.said for bar in TOLD]
    assert len(list(svg.iter("path"))) == len(WARDS) == 20
