"""One organisation."""

from flask import render_template, request

from registry.cards.queries import organisation_listings, register_version
from registry.config import settings
from registry.directory import lines
from registry.directory.routes.blueprint import blueprint
from registry.directory.shortlist import Shortlist
from registry.directory.structured import organisation_thing
from registry.errors import NotFound
from registry.web.caching import unchanged_since
from registry.web.guard import public


def _version_of_organisation() -> int:
    """The version an organisation's page depends on, while it has anything listed."""
    if not organisation_listings(str((request.view_args or {}).get("slug", ""))):
        raise NotFound()
    return register_version()


@blueprint.get("/organisations/<slug>")
@public
@unchanged_since(_version_of_organisation)
def organisation(slug: str) -> str:
    """Who an organisation is, and all that it has listed today."""
    documents = organisation_listings(slug)
    if not documents:
        raise NotFound()
    return render_template(
        "directory/organisation.html",
        card=documents[0],
        look=lines.look_of(documents[0]),
        fits=[lines.card_line(document, settings().place_name) for document in documents],
        paragraphs=lines.paragraphs,
        web_address=lines.web_address,
        shown_address=lines.shown_address,
        address=f"{settings().public_url}/organisations/{slug}",
        thing=organisation_thing(documents[0], settings().public_url, settings().place_name),
        chosen=Shortlist.from_query(request.args).slugs,
    )
