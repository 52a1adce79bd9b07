"""What to do when a machine cannot give a test what it needs."""

import os
from typing import NoReturn

import pytest


def leave_out(what: str, how_to_get_it: str) -> NoReturn:
    """Leave this test out and say why; under CI=true a test left out is a test failed."""
    sentence = f"{what} is not here. {how_to_get_it}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
