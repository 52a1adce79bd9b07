"""The blueprint of everything that is there for other computers."""

from flask import Blueprint

blueprint = Blueprint("opendata", __name__)
