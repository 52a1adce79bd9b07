"""How pages are drawn: where templates lie, and the words and numbers they may use."""

from collections import ChainMap
from collections.abc import Callable, Hashable, Iterable, MutableMapping
from functools import partial
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup
from werkzeug.local import LocalProxy

from registry.config import settings
from registry.web.formats import add_formats


def prepare_templates(app: Flask, folder: str) -> None:
    """Templates of ours, the design system's components, and our formats."""
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(folder),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    # A page may gather what it has drawn into a mapping for the design system's macros.
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # Where a template is given no globals of its own it has ours, and not a chain of two: each
    # import of a macro looks through all of them.
    app.jinja_env.make_globals = partial(_globals, app.jinja_env)  # type: ignore[method-assign]
    # A global, so that imported macros know the council's own words too.
    app.jinja_env.globals["settings"] = LocalProxy(settings)
    pieces: dict[Hashable, Markup] = {}
    app.jinja_env.globals.update(
        drawn_once=partial(_kept, pieces),
        kept_with=_kept_with,
        drawn_each=partial(_drawn_each, pieces),
    )
    add_formats(app)


def _globals(
    environment: Environment, given: MutableMapping[str, Any] | None
) -> MutableMapping[str, Any]:
    return ChainMap(given, environment.globals) if given else environment.globals


def _kept_with(record: Any, name: str, *told: Hashable, caller: Callable[[], Markup]) -> Markup:
    """A piece of a page that says only what a record says, and `told`: drawn once, and kept with
    what else is worked out from the record, where it keeps anything."""
    pieces: dict[Hashable, Markup] | None = getattr(record, "worked_out", None)
    return caller() if pieces is None else _kept(pieces, name, *told, caller=caller)


def _drawn_each(
    pieces: dict[Hashable, Markup], items: Iterable[Hashable], *told: Hashable, caller: Any
) -> Markup:
    """A piece for each of many like ones, such as boxes to tick, each drawn once:
    `{% call(box) drawn_each(boxes) %}`."""
    alike = (settings(), *told)
    return Markup("").join([_drawn(pieces, (item, alike), partial(caller, item)) for item in items])


# So many pieces are kept: a dozen of every page, and boxes with their numbers.
_MOST_KEPT = 5_000


def _kept(
    pieces: dict[Hashable, Markup], name: str, *told: Hashable, caller: Callable[[], Markup]
) -> Markup:
    """A piece of a page that many pages have alike, drawn once: `{% call drawn_once("foot") %}`.

    `told` is everything that it says besides the settings. Another number is another piece.
    """
    return _drawn(pieces, (name, settings(), *told), caller)


def _drawn(pieces: dict[Hashable, Markup], which: Hashable, draw: Callable[[], Markup]) -> Markup:
    found = pieces.get(which)
    if found is None:
        if len(pieces) >= _MOST_KEPT:
            pieces.clear()
        found = pieces[which] = draw()
    return found
