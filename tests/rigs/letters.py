"""The emails that people get, read as they read them."""

import re
from email.message import EmailMessage

from flask import current_app
from jinja2 import StrictUndefined

from registry.database import db
from registry.messages.delivery import deliver
from registry.messages.models import Message
from registry.messages.senders import MemorySender

_LINK = re.compile(r"https?://[^\s<>]+")


class Letter:
    """One email that arrived."""

    def __init__(self, email: EmailMessage) -> None:
        self.email = email
        self.to = str(email["To"])
        self.subject = str(email["Subject"])
        self.text = unwrapped(email.get_content())

    def __repr__(self) -> str:
        return f"<Letter to {self.to}: {self.subject}>"

    @property
    def links(self) -> list[str]:
        """Every address in it."""
        return [found.rstrip(".,") for found in _LINK.findall(self.text)]

    def link(self, part: str = "") -> str:
        """The one address in it that has this part."""
        found = list(dict.fromkeys(link for link in self.links if part in link))
        assert len(found) == 1, f"{self} has {len(found)} links with “{part}”: {self.links}"
        return found[0]


def unwrapped(text: str) -> str:
    """A text as a mail program shows it that fits it to its window (RFC 3676)."""
    return re.sub(r"^ (?=>|From )", "", text.replace(" \n", " "), flags=re.MULTILINE)


class Outbox:
    """What waits and what was sent. Asking for letters sends what is due, as a worker does.

    A letter that is not told something that it says is not sent.
    """

    def __init__(self) -> None:
        self._sender = MemorySender()

    @property
    def letters(self) -> list[Letter]:
        """Everything sent in this test, the oldest first."""
        db.session.commit()
        jinja = current_app.jinja_env
        jinja.undefined, before = StrictUndefined, jinja.undefined
        try:
            deliver(self._sender)
        finally:
            jinja.undefined = before
        return [Letter(email) for email in self._sender.sent]

    @property
    def waiting(self) -> list[str]:
        """The template of every message not sent, the oldest first."""
        unsent = db.session.query(Message).filter(Message.sent_at.is_(None)).order_by(Message.id)
        found = [message.template for message in unsent]
        db.session.commit()
        return found

    def to(self, address: str) -> list[Letter]:
        """What one person got."""
        return [letter for letter in self.letters if letter.to == address]

    def latest(self, address: str) -> Letter:
        """The last that one person got."""
        letters = self.letters
        found = [letter for letter in letters if letter.to == address]
        assert found, f"Nothing was sent to {address}, only {letters}"
        return found[-1]
