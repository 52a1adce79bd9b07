"""A thing of the standard as it is being put together. Pure."""

from typing import Any


def told(**fields: Any) -> dict[str, Any]:
    """These fields, without those that say nothing: the standard leaves them out. 0 says much."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value != "" and value != []
    }
