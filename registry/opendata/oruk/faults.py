"""What is said below `/oruk` when something cannot be had: problem details (RFC 9457).

What was never here, what is not listed today and what is no address at all get the same bytes.
"""

from collections.abc import Mapping

from flask import Response

from registry.opendata.oruk.answers import problem, whole
from registry.opendata.oruk.asking import BadQuestion
from registry.opendata.oruk.shapes import Problem

BELOW = "/oruk"
_SEE = "What can be asked is at /oruk/v3/openapi.json, and in words at /data."
_SAID: Mapping[int, tuple[str, str]] = {
    400: ("Bad Request", f"This cannot be answered. {_SEE}"),
    404: (
        "Not Found",
        "Nothing is here today. It may never have been, or not be on the list now. "
        "Take it off your own list. Not listed does not mean unsafe.",
    ),
    405: ("Method Not Allowed", "This can only be read. Send GET, HEAD or OPTIONS."),
    413: ("Content Too Large", "Nothing can be sent here. Send GET, HEAD or OPTIONS."),
    500: ("Internal Server Error", "Something is wrong here. Try again in a few minutes."),
    503: ("Service Unavailable", "The register cannot be read just now. Try again in a minute."),
}


def fault(status: int) -> Response:
    """The answer for a status; for one that has no words of its own, its kind's."""
    title, detail = _SAID.get(status) or _SAID[400 if status < 500 else 500]
    shown = status if status in _SAID else (400 if status < 500 else 500)
    return whole(Problem, problem(shown, title, detail), shown)


def bad_question(error: BadQuestion) -> Response:
    """Which parameters cannot be used, and what to write instead."""
    names = ", ".join(dict.fromkeys(one.parameter for one in error.wrong))
    detail = (
        f"{names}: {error.wrong[0].detail}"
        if len(error.wrong) == 1
        else (f"These cannot be used: {names}. What to write instead stands with each.")
    )
    return whole(Problem, problem(400, "Bad Request", detail, error.wrong), 400)
