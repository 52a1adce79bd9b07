"""Numbers in addresses and forms: of records, and of their versions."""

from werkzeug.routing import BaseConverter, ValidationError

LARGEST = 2**63 - 1
LONGEST = len(str(LARGEST))


def sent_number(typed: object) -> int | None:
    """The whole number that was sent; None for anything that no record can have."""
    word = str(typed or "")
    if not (word.isascii() and word.isdecimal() and len(word) <= LONGEST):
        return None
    number = int(word)
    return number if number <= LARGEST else None


class IdConverter(BaseConverter):
    """`<id:activity_id>`: a record's number. What no database could hold is simply not here."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """The number, or no match."""
        number = int(value)
        if number > LARGEST:
            raise ValidationError
        return number

    def to_url(self, value: int) -> str:
        """The number as it is written in an address."""
        return str(int(value))
