"""How pages are drawn: where templates lie, and the words and numbers they may use."""

from collections.abc import Callable, Hashable
from functools import partial

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
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
    # A global, so that imported macros know the council's own words too.
    app.jinja_env.globals["settings"] = LocalProxy(settings)
    app.jinja_env.globals["kept"] = partial(_kept, {})
    add_formats(app)


# So many pieces are kept; an installation needs a dozen.
_MOST_KEPT = 100


def _kept(
    pieces: dict[Hashable, Markup], name: str, *told: Hashable, caller: Callable[[], Markup]
) -> Markup:
    """A piece of a page that many pages have alike, drawn once: `{% call kept("foot") %}`.

    `told` is everything that it says besides the settings. Another number is another piece.
    """
    which = (name, settings(), *told)
    found = pieces.get(which)
    if found is None:
        if len(pieces) >= _MOST_KEPT:
            pieces.clear()
        found = pieces[which] = caller()
    return found
