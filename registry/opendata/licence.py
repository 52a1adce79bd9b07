"""Under what terms open data may be used: those of all that is public, and of feeds of sport."""

from registry.licence import OGL, Licence, attribution

__all__ = ["CC_BY", "OGL", "PLACES", "Licence", "attribution"]

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
