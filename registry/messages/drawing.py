"""Making an email out of its template and its plain strings."""

from dataclasses import dataclass

from flask import render_template

from registry.config import settings
from registry.messages.models import Message


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
