"""The numbers of an organisation in registers of others, by the codes of org-id.guide. Pure.

A number without the shape of its register is not told: nobody could look it up.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Registered(NamedTuple):
    """A number in a register. `scheme` is empty where org-id.guide has no code for it."""

    scheme: str
    kind: str
    number: str


_CHARITIES = (
    ("GB-SC", re.compile(r"SC\d{6}")),
    ("GB-NIC", re.compile(r"(?:NIC?)?1\d{5}")),
    ("GB-CHC", re.compile(r"[1-9]\d{5,6}(?:-\d{1,2})?")),
)
_IRISH = re.compile(r"NIC?")
_COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}|R0\d{6}")
_OFSTED = re.compile(r"(?:EY|VC|CA|CM)?\d{6,7}")
_WHOLE_LENGTH = 8


def registered(organisation: Mapping[str, Any]) -> list[Registered]:
    """Every number that the organisation of a card has."""
    found = (
        _charity(_bare(organisation.get("charity_number"))),
        _company(_bare(organisation.get("company_number"))),
        _ofsted(_bare(organisation.get("ofsted_number"))),
    )
    return [one for ones in found for one in ones]


def _charity(number: str) -> Iterator[Registered]:
    """Six digits may be of England and Wales or, beginning with 1, of Northern Ireland, which
    nobody can tell from the number: here they are of England and Wales."""
    for scheme, shape in _CHARITIES:
        is_irish = scheme == "GB-NIC"
        if is_irish and not _IRISH.match(number):
            continue
        if shape.fullmatch(number):
            bare = _IRISH.sub("", number, count=1) if is_irish else number
            yield Registered(scheme, "Charity number", bare)
            return


def _company(number: str) -> Iterator[Registered]:
    whole = number.zfill(_WHOLE_LENGTH) if number.isdigit() else number
    if number and _COMPANY.fullmatch(whole):
        yield Registered("GB-COH", "Company number", whole)


def _ofsted(number: str) -> Iterator[Registered]:
    if _OFSTED.fullmatch(number):
        yield Registered("", "Ofsted URN", number)


def _bare(written: Any) -> str:
    return re.sub(r"[\s.]", "", str(written or "")).upper()
