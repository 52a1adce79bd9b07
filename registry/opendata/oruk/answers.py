"""Putting answers together: each thing through its shape, a page of them, or a long stream."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from flask import Response, stream_with_context
from pydantic import BaseModel, ValidationError

from registry.opendata.oruk.asking import Shown
from registry.opendata.oruk.context import Thing
from registry.opendata.oruk.saying import told
from registry.opendata.oruk.shapes import Page

JSON, PROBLEM, NDJSON = "application/json", "application/problem+json", "application/x-ndjson"
AT_ONCE = 100

log = logging.getLogger(__name__)

# From numbers of things to the things, as JSON; a thing that is not public any more is left out.
Tell = Callable[[Sequence[int]], Iterable[bytes]]


def as_json(shape: type[BaseModel], thing: Thing) -> bytes:
    """A thing as it goes out. What is not as the standard has it is left out, and logged."""
    try:
        valid = shape.model_validate(thing)
    except ValidationError as error:
        wrong = {str(one["loc"][0]) for one in error.errors(include_input=False) if one["loc"]}
        log.error("%s: not as it should be: %s", shape.__name__, ", ".join(sorted(wrong)))
        rest = {name: value for name, value in thing.items() if name not in wrong}
        valid = shape.model_validate(rest)
    return valid.__pydantic_serializer__.to_json(valid, exclude_none=True)


def whole(shape: type[BaseModel], thing: Thing, status: int = 200) -> Response:
    """One thing as an answer."""
    kind = JSON if status < 400 else PROBLEM
    return Response(as_json(shape, thing), status=status, content_type=kind)


def listed(numbers: Sequence[int], shown: Shown, tell: Tell) -> Response:
    """A page of what was found, or all of it as a stream."""
    if shown.format == "ndjson":
        return _stream((line + b"\n" for line in _each(numbers, tell)), NDJSON)
    if shown.minimal and shown.per_page is None and shown.page == 1:
        return _stream(_all_in_one(numbers, tell), JSON)
    start = (shown.page - 1) * shown.size
    things = list(_each(numbers[start : start + shown.size], tell))
    envelope = _envelope(len(numbers), shown.page, shown.size, len(things))
    return Response(b'%s,"contents":[%s]}' % (envelope[:-1], b",".join(things)), content_type=JSON)


def problem(
    status: int, title: str, detail: str, wrong: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """What is wrong, as RFC 9457 has it."""
    return told(
        type="about:blank",
        title=title,
        status=status,
        detail=detail,
        parameter=wrong[0][0] if wrong else None,
        errors=[{"parameter": name, "detail": what} for name, what in wrong],
    )


def _envelope(total: int, page: int, per_page: int, size: int) -> bytes:
    pages = max(1, -(-total // per_page)) if total else 0
    return as_json(
        Page,
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": page,
            "size": size,
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": size == 0,
        },
    )


def _all_in_one(numbers: Sequence[int], tell: Tell) -> Iterator[bytes]:
    """Everything on one page, a little at a time."""
    count = len(numbers)
    yield _envelope(count, 1, max(1, count), count)[:-1] + b',"contents":['
    between = b""
    for thing in _each(numbers, tell):
        yield between + thing
        between = b","
    yield b"]}"


def _each(numbers: Sequence[int], tell: Tell) -> Iterator[bytes]:
    for start in range(0, len(numbers), AT_ONCE):
        yield from tell(numbers[start : start + AT_ONCE])


def _stream(pieces: Iterator[bytes], kind: str) -> Response:
    """A long answer, in pieces worth sending."""
    joined = iter(lambda: b"".join(islice(pieces, AT_ONCE)), b"")
    return Response(stream_with_context(joined), content_type=kind)
