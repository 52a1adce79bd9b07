"""Our own small macros say the same as the design system's, so that an upgrade is noticed."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string

from registry.config import Settings
from registry.web.presentation import prepare_templates
from registry.web.static import serve_static
from tests.inspection import parse


@pytest.fixture(autouse=True)
def _drawing() -> Iterator[None]:
    app = Flask("drawing", template_folder=None, static_folder=None)
    app.extensions["settings"] = Settings(environment="test")
    prepare_templates(app, "templates")
    serve_static(app, parents_rooms=())
    with app.test_request_context("/"):
        yield


def drawn(macro: str, call: str) -> str:
    """What a macro draws, with the space between elements taken out."""
    html = render_template_string(f"{{% {macro} %}}{{{{ {call} }}}}")
    parse(f"<!doctype html><html lang='en'><head><title>T</title></head><body>{html}</body></html>")
    return re.sub(r">\s+|\s+<", lambda gap: gap[0].strip(), re.sub(r"\s+", " ", html)).strip()


def system(component: str, macro: str, params: str) -> str:
    """The design system's own drawing."""
    path = f'from "govuk_frontend_jinja/components/{component}/macro.html" import {macro}'
    return drawn(path, f"{macro}({params})")


def test_a_tag_is_the_design_systems() -> None:
    ours = drawn('from "components/tag.html" import tag', 'tag("Must do", "grey")')
    theirs = system("tag", "govukTag", '{"text": "Must do", "classes": "govuk-tag--grey"}')
    assert ours == theirs


def test_a_list_without_groups_is_the_design_systems() -> None:
    shared = (
        '"id": "q", "name": "q", "label": {"text": "Where", "classes": "govuk-label--s"}, '
        '"formGroup": {}, "hint": {"text": "One"}, "errorMessage": {"text": "Choose"}'
    )
    options = '[{"value": "a", "text": "A", "selected": true}, {"value": "b", "text": "B"}]'
    ours = drawn(
        'from "components/select_list.html" import select_list',
        f'select_list({{{shared}, "runs": [{{"group": "", "options": {options}}}]}})',
    )
    theirs = system("select", "govukSelect", f'{{{shared}, "items": {options}}}')
    assert parts(ours) == parts(theirs)


def test_an_error_summary_is_the_design_systems() -> None:
    links = '[{"text": "Enter it", "href": "#q"}]'
    ours = drawn(
        'from "components/error_summary.html" import error_summary', f"error_summary({links})"
    )
    theirs = system(
        "error-summary",
        "govukErrorSummary",
        f'{{"titleText": "There is 1 thing to put right", "errorList": {links}}}',
    )
    assert ours == theirs


def test_nothing_wrong_has_no_error_summary() -> None:
    assert (
        drawn('from "components/error_summary.html" import error_summary', "error_summary([])")
        == ""
    )


def test_the_statement_about_a_club_is_word_for_word() -> None:
    html = drawn(
        'from "components/safe_and_sound_box.html" import safe_and_sound_box',
        'safe_and_sound_box("2026-03-14", "2027-02-12", [{"label": "Fair treatment"}], "SAS-7K4M")',
    )
    words = re.sub(r"<[^>]+>", "", html)
    for sentence in (
        "This club told us how it keeps children safe.",
        "The council read its answers and papers on 14 March 2026.",
        "On that day they met the four Safe and Sound points.",
        "We did not watch the club or check each adult.",
        "This is not a promise that the club is safe.",
        "Always ask your own questions.",
    ):
        assert sentence in words


def test_the_dated_label_is_word_for_word() -> None:
    said = drawn(
        'from "components/dated_label.html" import dated_label',
        'dated_label("2026-03-14", "2027-02-12")',
    )
    assert said == (
        "Safe and Sound: self-check read by the council 14 March 2026. Next due 12 February 2027."
    )


def test_long_results_show_the_pages_near_and_the_ends() -> None:
    html = drawn(
        'from "components/pagination.html" import pagination',
        'pagination(5, 9, "?page={}".format)',
    )
    assert re.findall(r'aria-label="Page (\d+)"', html) == ["1", "4", "5", "6", "9"]
    assert re.findall(r'aria-label="Page (\d+)" aria-current="page"', html) == ["5"]


def parts(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every element and its attributes, whatever their order."""
    root = parse(
        f"<!doctype html><html lang='en'><head><title>T</title></head><body>{html}</body></html>"
    )
    return [(element.tag, dict(element.attrib)) for element in root.iter()]
