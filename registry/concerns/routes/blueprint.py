"""What the pages of concerns and holds stand in."""

from flask import Blueprint

blueprint = Blueprint("concerns", __name__)
