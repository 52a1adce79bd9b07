"""The verbs of leaving: closing, taking a copy along, letting an account go. None commits."""

from registry.leaving.services.closing import close_organisation
from registry.leaving.services.copying import (
    facts_about,
    facts_about_account,
    files_of,
    packed,
)
from registry.leaving.services.erasing import (
    alone_in,
    erase_account,
    forget_farewells,
    organisations_of,
)

__all__ = [
    "alone_in",
    "close_organisation",
    "erase_account",
    "facts_about",
    "facts_about_account",
    "files_of",
    "forget_farewells",
    "organisations_of",
    "packed",
]
