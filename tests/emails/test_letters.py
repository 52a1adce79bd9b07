"""What holds of every email: one subject, a greeting, one thing to do, a link that works, who to
call, and short lines of plain text."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from registry.config import Settings
from registry.database import db
from registry.messages.drawing import WIDEST, Drawn, wrapped
from registry.messages.senders import written
from tests import factories
from tests.emails.letters import LETTERS, Letter
from tests.emails.test_snapshots import drawn
from tests.inventory.every_page import endpoint_of
from tests.page import Visitor
from tests.rigs.letters import unwrapped

# Whoever registers, or is invited, is not yet known to have this address: a stranger's words
# must not stand in an email to somebody else.
GREETED_WITHOUT_A_NAME = {"account/confirm-email", "club/invitation"}
# Nothing is left to open, or the way back is a call.
WITHOUT_A_LINK = {"account/deleted", "account/email-changed", "club/removed"}
# What is behind these addresses is made by the step that sends the letter.
NEEDS_ITS_RECORD = {
    "/changes/", "/hand-over", "/owner-gone", "/tell/", "/confirm/", "/reset-password/",
    "/account/email/", "/invitation/", "/lead/", "/reply", "/admin/breaches/",
    "/council/lost-papers/", "/council/concerns/",
}  # fmt: skip
JARGON = (
    "assessment", "submission", "evidence", "compliance", "dashboard", "portal", "stakeholder",
    "pursuant", "utilise", "in order to", "revoke", "the undersigned", "edition", "metadata",
)  # fmt: skip
PROMISES = ("approved", "certified", "accredited", "vetted", "trusted", "recommended")
_LINK = re.compile(r"https?://[^\s<>]+")

every_letter = pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.name)


@every_letter
def test_it_is_plain_and_short_and_says_who_to_call(app: Flask, letter: Letter) -> None:
    made = drawn(app, letter)
    assert 10 < len(made.subject) < 120
    assert "!" not in made.subject + made.body
    assert "\n\n\n" not in made.body
    assert "{" not in made.body
    wide = [line for line in wrapped(made.body).split("\n") if len(line) > WIDEST + 1]
    assert [line for line in wide if not _LINK.fullmatch(line.strip())] == []
    first = made.body.split("\n")[0]
    if letter.template in GREETED_WITHOUT_A_NAME:
        assert first == "Hello"
    else:
        assert first == "Hello Marcia Bent"
    if letter.reader != "council":
        assert "Call 01902 551155" in made.body
        assert "Call 999" in made.body


@every_letter
def test_it_has_no_jargon_and_promises_nothing(app: Flask, letter: Letter) -> None:
    made = drawn(app, letter)
    said = f"{made.subject} {_LINK.sub('', made.body)}".lower()
    assert [word for word in JARGON if word in said] == []
    if letter.reader != "council":
        assert [word for word in PROMISES if word in said] == []


@every_letter
def test_there_is_one_thing_to_do(app: Flask, letter: Letter) -> None:
    body = drawn(app, letter).body
    links = {found.rstrip(".,") for found in _LINK.findall(body)}
    assert len(links) <= 2, "one thing to do, and one place to read more"
    assert bool(links) == (letter.template not in WITHOUT_A_LINK)
    headings = [
        line for line in body.split("\n") if line.startswith(("WHAT TO DO", "WHAT YOU CAN"))
    ]
    assert len(headings) <= 1


def test_every_link_leads_its_reader_to_a_page(
    app: Flask, settings: Settings, new_visitor: Callable[[], Visitor]
) -> None:
    listed = factories.an_approved()
    people = {
        "owner": factories.owner_of(listed),
        "helper": factories.a_member(listed.organisation),
        "council": factories.a_person("Jo Bennett", "reviewer", "senior", "administrator"),
    }
    emails = {who: account.email for who, account in people.items()}
    db.session.commit()
    visitors = {"anybody": new_visitor()}
    for who, email in emails.items():
        visitors[who] = new_visitor()
        visitors[who].sign_in(email, factories.PASSWORD)
    wrong = []
    for letter in LETTERS:
        for link in _LINK.findall(drawn(app, letter).body):
            path = link.rstrip(".,").removeprefix(settings.public_url)
            assert path.startswith("/"), f"{letter.name}: {link} is not ours"
            if not endpoint_of(path, app):
                wrong.append(f"{letter.name}: there is no page {path}")
            elif any(part in path for part in NEEDS_ITS_RECORD):
                continue
            elif (page := visitors[letter.reader].get(path)).status != 200:
                wrong.append(f"{letter.name}: {path} gives {page.status} to its {letter.reader}")
    assert not wrong, "\n".join(wrong)


# How it is sent.


def test_it_goes_out_as_plain_text_that_fits_itself_to_a_window(app: Flask) -> None:
    words = "Worried about a child? " * 12
    email = written(Drawn("a@example.org", "S", f"{words}\n"), app.extensions["settings"], "k")
    assert email.get_content_type() == "text/plain"
    assert email.get_content_charset() == "utf-8"
    assert email.get_param("format") == "flowed"
    assert not email.is_multipart()
    assert unwrapped(email.get_content()).strip() == words.strip()


def test_a_link_and_a_telephone_number_are_never_cut() -> None:
    link = f"https://clubs.example.gov.uk/{'a' * 90}"
    assert link in wrapped(f"Sign in and put in the new date of your plan, please: {link}")
    for filling in range(60, 75):
        assert "01902 552999" in wrapped(f"{'x' * filling} 01902 552999 and more words after it")


@given(st.text(alphabet="abc >From0123456789\n.:", max_size=400))
def test_a_wrapped_text_reads_as_it_was_written(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    assert unwrapped(wrapped("\n".join(lines))) == "\n".join(lines)
    assert all(len(line) <= WIDEST + 2 for line in wrapped(text).split("\n") if " " in line.strip())
