"""What a log may say: where something went wrong, never what somebody had typed.

People look for help with what is hard to say. So an error of a request is told by its kind and the
lines of our code, without the words that it carries; and an address without what stands behind
the question mark.
"""

import logging
import re
import traceback
from typing import Any

from flask import Flask, has_request_context
from gunicorn.glogging import Logger

_QUERY = re.compile(r"\?.*", re.DOTALL)


class WithoutWhatWasTyped(logging.Filter):
    """Leaves the kind of an error and its place in a record, and takes its words out."""

    def __init__(self, *, in_requests_only: bool) -> None:
        super().__init__()
        self.in_requests_only = in_requests_only

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record stays; what it says may become less."""
        if self.in_requests_only and not has_request_context():
            return True
        record.args = tuple(map(_named, record.args)) if isinstance(record.args, tuple) else ()
        record.msg, record.args = _QUERY.sub("?…", record.getMessage()), ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = "\n".join(_told(record.exc_info[1]))
            # What has a text is not made into one again; who formats it anew finds no words.
            record.exc_info = None
        return True


class ServerLog(Logger):
    """Gunicorn's log: it would name the whole address of a request that it cannot read."""

    def setup(self, cfg: Any) -> None:
        """As ever, with our sieve in it."""
        super().setup(cfg)
        self.error_log.addFilter(WithoutWhatWasTyped(in_requests_only=False))


def keep_quiet(app: Flask) -> None:
    """Put the sieve into the application's log, except for somebody who looks for a mistake."""
    if not app.debug:
        app.logger.addFilter(WithoutWhatWasTyped(in_requests_only=True))


def _named(value: object) -> object:
    """An error is told by its kind; everything else as it is."""
    return type(value).__name__ if isinstance(value, BaseException) else value


def _told(error: BaseException) -> list[str]:
    """The kind of an error, and of what led to it, with the lines of code."""
    lines: list[str] = []
    seen: set[int] = set()
    next_one: BaseException | None = error
    while next_one is not None and id(next_one) not in seen:
        seen.add(id(next_one))
        lines += [*map(str.rstrip, traceback.format_tb(next_one.__traceback__))]
        lines.append(type(next_one).__name__)
        next_one = next_one.__cause__ or next_one.__context__
    return lines
