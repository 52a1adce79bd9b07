"""The blueprint of the pages of changes."""

from flask import Blueprint

blueprint = Blueprint("changes", __name__)
