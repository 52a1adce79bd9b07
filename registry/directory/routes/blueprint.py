"""The blueprint of the directory's public pages."""

from flask import Blueprint

blueprint = Blueprint("directory", __name__)
