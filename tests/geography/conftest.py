"""Postcode tables to ask and to fill."""

import pytest
from flask import Flask
from sqlalchemy import delete

from registry.database import db
from registry.geography.models import Postcode, Ward


@pytest.fixture
def places(app: Flask) -> Flask:
    """An empty postcode table."""
    db.session.execute(delete(Postcode))
    db.session.execute(delete(Ward))
    db.session.commit()
    return app
