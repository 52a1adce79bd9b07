"""How pages are drawn: where templates lie, and the words and numbers they may use."""

from collections import ChainMap
from collections.abc import MutableMapping
from functools import partial
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.local import LocalProxy

from registry.config import settings
from registry.web.formats import add_formats
from registry.web.shell import offer_shell


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
    offer_shell(app)
    add_formats(app)


def _globals(
    environment: Environment, given: MutableMapping[str, Any] | None
) -> MutableMapping[str, Any]:
    return ChainMap(given, environment.globals) if given else environment.globals
