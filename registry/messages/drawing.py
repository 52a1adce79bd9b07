"""Making an email out of its template and its plain strings."""

import re
import textwrap
from dataclasses import dataclass

from flask import render_template

from registry.config import settings
from registry.messages.models import Message

WIDEST = 72
_INSIDE_A_NUMBER, _JOIN = re.compile(r"(?<=\d) (?=\d)"), "\N{WORD JOINER}"


@dataclass(frozen=True)
class Drawn:
    """An email ready to go: one subject line and a plain-text body."""

    recipient: str
    subject: str
    body: str


def draw(message: Message) -> Drawn:
    """The email as it will be read. A subject is one line, whatever somebody's name holds.

    The safety numbers at its foot come as they do on pages, from the contacts table.
    """
    chosen = settings()
    context = {
        "scheme_name": chosen.scheme_name,
        "council_name": chosen.council_name,
        "council_phone": chosen.council_phone,
        **message.context,
    }
    subject = render_template(f"emails/{message.template}/subject.txt", **context)
    body = render_template(f"emails/{message.template}/body.txt", **context)
    return Drawn(message.recipient, " ".join(subject.split()), tidy(body))


def tidy(body: str) -> str:
    """No more than one empty line together, none at the ends."""
    lines: list[str] = []
    for line in body.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def wrapped(body: str) -> str:
    """Lines of 72 letters at most, for `format=flowed` (RFC 3676).

    A line that goes on ends with a space. A mail program that knows this fits the text to its
    window; any other shows short lines. An address or a telephone number is never cut.
    """
    return "\n".join(_wrapped_line(line) for line in body.split("\n"))


def _wrapped_line(line: str) -> str:
    whole = _INSIDE_A_NUMBER.sub(_JOIN, line)
    pieces = textwrap.wrap(whole, WIDEST, break_long_words=False, break_on_hyphens=False) or [""]
    return " \n".join(_stuffed(piece.replace(_JOIN, " ")) for piece in pieces)


def _stuffed(line: str) -> str:
    """What a mail program would take for a quotation begins with a space that it takes away."""
    return f" {line}" if line.startswith((">", "From ")) else line
