"""Under what terms the data may be used, and whom to name. Each feed and file says so itself."""

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
# What OpenActive feeds are published under.
CC_BY = Licence(
    "Creative Commons Attribution 4.0 International",
    "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/",
)
# The postcodes behind every point on a map (OS Code-Point Open and ONS).
PLACES = (
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0."
)


def attribution() -> str:
    """What whoever uses the data writes beside it."""
    return (
        f"Contains public sector information from {settings().council_name} "
        f"({settings().scheme_name} register), licensed under the {OGL.name}."
    )
