"""How pages are drawn: where templates lie, and the words and numbers they may use."""

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
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
    add_formats(app)
