"""When something is wrong."""

from typing import NoReturn

from flask import Flask, abort, request

from tests.inventory.pages.row import Row, World
from tests.rigs.letters import Outbox


def faulty_world(app: Flask, outbox: Outbox) -> World:
    """The page about cookies fails in the way that its address asks for."""

    def fail() -> NoReturn:
        abort(int(request.args["fault"]))

    app.view_functions["information.cookies"] = fail
    return World()


FAULTS = tuple(
    Row(f"fault-{status}", "nobody", f"/cookies?fault={status}", status=status)
    for status in (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)
)
