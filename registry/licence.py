"""Under what terms everything public may be used, and whom to name. Each feed and file says so."""

from typing import NamedTuple

from registry.config import settings


class Licence(NamedTuple):
    """A licence by its name and the address of its text."""

    name: str
    short: str
    address: str


OGL = Licence(
    "Open Government Licence v3.0",
    "OGL-UK-3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)


def attribution() -> str:
    """What whoever uses the data writes beside it."""
    return (
        f"Contains public sector information from {settings().council_name} "
        f"({settings().scheme_name} register), licensed under the {OGL.name}."
    )
