"""Each reason of a match, in words for the seniors who read it."""

from collections.abc import Iterable

REASONS = {
    "charity": "The same charity number",
    "company": "The same company number",
    "ofsted": "The same Ofsted number",
    "file": "The same file, byte for byte, that only these two have sent",
    "email": "The same email address of the club, an owner or a lead",
    "phone": "The same telephone number of the club or a lead",
    "name": "Names that are 90 in 100 alike",
    "website": "The same website",
    "postcode": "A place with the same postcode",
}


def in_words(hits: Iterable[str]) -> list[str]:
    """What two records have in common, the weightiest first."""
    return [REASONS[hit] for hit in hits]
