"""The pictures of activities."""

from flask import Response, g, request

from registry.cards.queries import is_on_a_card
from registry.directory.routes.blueprint import blueprint
from registry.errors import NotFound
from registry.files.download import picture_response
from registry.web.guard import public


@blueprint.get("/pictures/<string(length=64):sha256>.jpg")
@public
def picture(sha256: str) -> Response:
    """A picture of an activity, while a listed card shows it and not a moment longer."""
    if not is_on_a_card(sha256):
        raise NotFound()
    if request.if_none_match.contains_weak(sha256):
        g.public_etag = sha256
        return Response(status=304)
    response = picture_response(sha256)
    g.public_etag = sha256
    return response
