"""Ways for an email to leave: SMTP, a file (development), or memory (tests)."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Protocol

from registry import clock
from registry.config import Settings
from registry.messages.drawing import Drawn, wrapped

TIMEOUT = 20.0


class Sender(Protocol):
    """Takes one email and hands it on, or raises."""

    def send(self, email: EmailMessage) -> None:
        """Hand the email on."""


class SmtpSender:
    """Speaks SMTP with the council's mail server, with STARTTLS and a sign-in where set."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, email: EmailMessage) -> None:
        """One connection for one email: a refusal concerns this one only."""
        chosen = self.settings
        with smtplib.SMTP(chosen.smtp_host, chosen.smtp_port, timeout=TIMEOUT) as server:
            if chosen.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if chosen.smtp_user:
                server.login(chosen.smtp_user, chosen.smtp_password)
            server.send_message(email)


class FileSender:
    """Writes each email to a file that a mail program can open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, email: EmailMessage) -> None:
        """One file for each, named by the moment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S-%f}.eml"
        (self.folder / name).write_bytes(bytes(email))


class MemorySender:
    """Keeps emails in a list."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []

    def send(self, email: EmailMessage) -> None:
        """Remember it."""
        self.sent.append(email)


def sender_of(settings: Settings) -> Sender:
    """The sender that the installation chose."""
    if settings.mail_sender == "smtp":
        return SmtpSender(settings)
    if settings.mail_sender == "file":
        return FileSender(settings.outbox_dir)
    return MemorySender()


def written(drawn: Drawn, settings: Settings, key: str) -> EmailMessage:
    """The email as mail programs want it. Its id comes from the outbox row's key, so that a
    second copy, sent because we could not be sure of the first, is known as the same."""
    email = EmailMessage()
    email["From"] = settings.mail_from
    email["To"] = drawn.recipient
    email["Subject"] = drawn.subject
    email["Date"] = formatdate(clock.now().timestamp())
    email["Message-ID"] = f"<{key}@{settings.public_url.partition('://')[2].partition(':')[0]}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(wrapped(drawn.body), params={"format": "flowed"})
    return email
