"""What the public may read about the criteria."""

from flask import Blueprint

blueprint = Blueprint("criteria", __name__)
