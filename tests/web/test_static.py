"""Styles, scripts, type and pictures: where they are, and for how long they may be kept."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import govuk_frontend_jinja
import pytest
from flask import Flask

from registry.web import static
from tests.page import Visitor


def test_the_macros_and_the_styles_are_of_one_edition() -> None:
    """govuk-frontend-jinja 4.1.0 draws govuk-frontend 6.3.0: the two move together."""
    packages = json.loads(Path("package.json").read_text())["dependencies"]
    assert packages["govuk-frontend"] == "6.3.0"
    assert version("govuk-frontend-jinja") == "4.1.0"
    assert govuk_frontend_jinja.__name__


def test_the_lock_holds_digests_and_no_addresses() -> None:
    lock = json.loads(Path("package-lock.json").read_text())
    installed = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in installed.items() if "resolved" in entry]
    assert all("integrity" in entry for entry in installed.values())


@pytest.mark.parametrize("name", ["app.css", "main.js", "mark.svg"])
def test_a_built_file_may_be_kept_for_ever_and_only_by_us(client: Visitor, name: str) -> None:
    page = client.get(static.static_url(name))
    assert page.status == 200
    assert "immutable" in page.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in page.headers


def test_nothing_of_anybody_elses_is_in_the_styles(client: Visitor) -> None:
    css = client.get(static.static_url("app.css")).body.decode()
    assert "GDS Transport" not in css
    assert "crest" not in css
    assert not re.search(r"url\(.?(https?:)?//", css)


def test_a_name_that_was_not_built_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        static.static_url("nothing.css")


def test_a_drawing_that_is_not_there_is_a_mistake(app: Flask) -> None:
    with pytest.raises(KeyError):
        static.icon_drawing("nothing")


def test_every_drawing_brings_no_colour_of_its_own() -> None:
    for file in static.ICONS.glob("*.svg"):
        assert "#" not in file.read_text(), file.name
