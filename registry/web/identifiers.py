"""Numbers in addresses."""

from werkzeug.routing import BaseConverter, ValidationError

LARGEST = 2**63 - 1


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
