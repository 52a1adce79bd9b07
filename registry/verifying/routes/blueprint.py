"""The blueprint of the check, the badge and the notice."""

from flask import Blueprint

blueprint = Blueprint("verifying", __name__)
