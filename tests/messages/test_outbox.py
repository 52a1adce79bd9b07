"""The outbox: queued with its act, sent once, tried again, visibly given up; a real SMTP talk."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from registry.database import db
from registry.messages.delivery import TRIES, deliver
from registry.messages.models import Message
from registry.messages.senders import FileSender, MemorySender, SmtpSender
from registry.messages.services import queue
from tests.rigs.processes import free_port
from tests.rigs.travelling import Clock

FACTS = {
    "name": "Sandeep",
    "organisation": "Kingfisher Dance Project",
    "reference": "SAS-ABC234",
    "desk_link": "http://localhost/club/1",
    "would_be_listed_until": "1 June 2027",
}


class Refusing:
    """A sender that fails until it is told to stop."""

    def __init__(self) -> None:
        self.failing = True
        self.tried = 0

    def send(self, email: EmailMessage) -> None:
        """Fail, or not."""
        self.tried += 1
        if self.failing:
            raise ConnectionRefusedError("the mail server is away")


class Postbox:
    """What a real SMTP server does with what it gets."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter, or refuse it."""
        if self.answer.startswith("250"):
            self.letters.append(envelope)
        return self.answer


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    """A real SMTP server on this machine."""
    box, port = Postbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def a_letter(key: str = "one") -> None:
    """One message of a step, committed."""
    queue("club/received", "owner@example.org", FACTS, key)
    db.session.commit()


def test_the_same_key_is_queued_once(app: Flask) -> None:
    a_letter()
    a_letter()
    assert db.session.query(Message).count() == 1


def test_a_message_exists_exactly_when_its_act_does(app: Flask) -> None:
    queue("club/received", "owner@example.org", FACTS, "rolled back")
    db.session.rollback()
    assert deliver(MemorySender()) == 0


def test_what_was_sent_is_not_sent_again(app: Flask) -> None:
    a_letter()
    sender = MemorySender()
    assert (deliver(sender), deliver(sender), len(sender.sent)) == (1, 0, 1)


def test_a_refusal_is_tried_again_later_and_the_others_still_go(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-11-22")
    a_letter()
    sender = Refusing()
    assert deliver(sender) == 0
    assert deliver(sender) == 0, "not before its time"
    assert sender.tried == 1
    sender.failing = False
    clock.move(minutes=2)
    assert deliver(sender) == 1


def test_after_the_last_try_it_is_visibly_given_up(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-11-22")
    a_letter()
    sender = Refusing()
    for _ in range(TRIES + 2):
        deliver(sender)
        clock.move(hours=25)
    message = db.session.query(Message).one()
    assert (sender.tried, message.attempts) == (TRIES, TRIES)
    assert message.given_up_at is not None
    assert "the mail server is away" in message.last_error


def test_a_worker_that_dies_leaves_a_lease_that_runs_out(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-11-22")
    a_letter()

    class Dying:
        def send(self, email: EmailMessage) -> None:
            raise SystemExit

    with pytest.raises(SystemExit):
        deliver(Dying())
    db.session.rollback()
    sender = MemorySender()
    assert deliver(sender) == 0, "somebody else may still be at it"
    clock.move(minutes=3)
    assert deliver(sender) == 1


def test_a_real_smtp_server_gets_a_plain_text_letter(
    app: Flask, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    settings = replace(app.extensions["settings"], smtp_host="127.0.0.1", smtp_port=port)
    a_letter()
    assert deliver(SmtpSender(settings)) == 1
    assert box.letters[0].rcpt_tos == ["owner@example.org"]
    letter = message_from_bytes(box.letters[0].original_content or b"")
    assert letter.get_content_type() == "text/plain"
    about = "we have your self-check for Kingfisher Dance Project"
    assert letter["Subject"] == f"Safe and Sound: {about}"
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "Call 999" in body.decode()


def test_a_server_that_refuses_keeps_the_letter_waiting(
    app: Flask, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    box.answer = "451 Try later"
    settings = replace(app.extensions["settings"], smtp_host="127.0.0.1", smtp_port=port)
    a_letter()
    assert deliver(SmtpSender(settings)) == 0
    assert "451" in db.session.query(Message).one().last_error


def test_a_name_cannot_write_a_header(app: Flask) -> None:
    facts = {**FACTS, "organisation": "Star\r\nBcc: everyone@example.org"}
    queue("club/received", "owner@example.org", facts, "one")
    db.session.commit()
    sender = MemorySender()
    assert deliver(sender) == 1
    assert sender.sent[0]["Bcc"] is None
    assert "\n" not in sender.sent[0]["Subject"]


def test_the_file_sender_writes_a_letter_that_mail_programs_open(app: Flask) -> None:
    folder = app.extensions["settings"].outbox_dir
    a_letter()
    deliver(FileSender(folder))
    (file,) = folder.glob("*.eml")
    assert message_from_bytes(file.read_bytes())["To"] == "owner@example.org"
