"""Styles, scripts, type and pictures: their addresses today, and how they are served.

`npm run build` names every file in static/dist by its content and writes manifest.json. A page
asks for a file by its plain name; the answer changes when the content does, so a browser may
keep each file for ever.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from flask import Flask, request
from markupsafe import Markup
from whitenoise import WhiteNoise

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static" / "dist"
ICONS = ROOT / "static" / "img" / "icons"
PREFIX = "/static/"
HASHED = re.compile(r"-[A-Z0-9]{8}\.\w+$")
BUILD_FIRST = "static/dist is not built: run `npm ci --ignore-scripts && npm run build`"


def static_url(name: str) -> str:
    """The address of a built file, such as "app.css". A name that was not built is a mistake."""
    return PREFIX + _manifest()[name]


def icon_drawing(name: str) -> Markup:
    """What is inside the svg of one of static/img/icons. An unknown name is a mistake."""
    return _drawings()[name]


def serve_static(app: Flask, parents_rooms: Iterable[str]) -> None:
    """Serve static/dist in front of the application, and tell templates its addresses.

    Pages of the rooms that parents visit wear a smaller sheet than those of clubs and the council.
    """
    small = frozenset(parents_rooms)
    whitenoise = WhiteNoise(
        app.wsgi_app,
        root=DIST,
        prefix=PREFIX,
        immutable_file_test=_is_named_by_content,
        allow_all_origins=False,
    )
    app.wsgi_app = whitenoise  # type: ignore[method-assign]
    app.jinja_env.globals.update(
        static_url=static_url,
        icon_drawing=icon_drawing,
        style_sheet=lambda: "public.css" if request.blueprint in small else "app.css",
    )


def _is_named_by_content(path: str, url: str) -> bool:
    return HASHED.search(url) is not None


@cache
def _manifest() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    except FileNotFoundError as missing:
        raise RuntimeError(BUILD_FIRST) from missing
    return names


@cache
def _drawings() -> dict[str, Markup]:
    """Every drawing, read once. They are our own files, so they are markup, not text."""
    return {file.stem: Markup(_inside(file.read_text())) for file in ICONS.glob("*.svg")}  # noqa: S704


def _inside(svg: str) -> str:
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]
