"""What machines ask: is the process up, and can it do its work?"""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registry.database import db
from registry.errors import Unavailable
from registry.web.guard import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "up"}


@blueprint.get("/health/ready")
@public
def ready() -> ResponseReturnValue:
    """The process can reach a database that has been migrated; else 503, on every engine."""
    try:
        db.session.execute(text("SELECT version FROM register_version WHERE id = 1")).one()
    except SQLAlchemyError as error:
        raise Unavailable() from error
    return {"status": "ready"}
