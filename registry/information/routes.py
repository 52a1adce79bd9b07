"""Pages that tell people things: what the scheme means, help, privacy, cookies, accessibility."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template

from registry.information.queries import contacts_without_database, help_contacts
from registry.web.guard import public

blueprint = Blueprint("information", __name__)

# Neutral, common, and nothing to explain to somebody who looks over a shoulder.
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"


def shown_on_every_page() -> dict[str, Any]:
    """What every page's layout needs. The numbers are asked for only by a page that shows them."""
    return {
        "contacts_without_database": contacts_without_database,
        "exit_address": EXIT_ADDRESS,
        "help_contacts": help_contacts,
    }


@blueprint.get("/about")
@public
def about() -> str:
    """What Safe and Sound means, and what it does not mean."""
    return render_template("information/about.html")


@blueprint.get("/help")
@public
def get_help() -> Response:
    """Who to call. Never kept by a browser, because of who may look at it next."""
    response = make_response(render_template("information/get_help.html", contacts=help_contacts()))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What is kept about people, why, and for how long."""
    return render_template("information/privacy.html")


@blueprint.get("/cookies")
@public
def cookies() -> str:
    """The one cookie there is."""
    return render_template("information/cookies.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """Who can use this, what does not work yet, and how to say so."""
    return render_template("information/accessibility.html")
