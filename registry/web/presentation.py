"""How pages are drawn: where templates lie, and the words and numbers they may use."""

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from registry.web.formats import add_formats


def prepare_templates(app: Flask, folder: str) -> None:
    """Templates of ours, the design system's components, our formats, and strict names."""
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
    add_formats(app)
