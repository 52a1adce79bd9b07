"""How every email reads, kept in a file that a person has looked at.

`scripts/emails` writes the files anew. Then read what changed, and commit it.
"""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined

from registry.assessments.lifecycle import TABLE
from registry.config import Settings
from registry.messages.drawing import Drawn, draw, wrapped
from registry.messages.models import Message
from tests.emails.letters import FOLDER, LETTERS, SITE, Letter, templates, told

SNAPSHOTS = Path("tests/emails/snapshots")
HOW = "Run scripts/emails, read what it writes, and commit it."


def drawn(app: Flask, letter: Letter) -> Drawn:
    """One letter as it is sent; a name that nobody gives is a fault."""
    site = app.extensions["settings"].public_url
    message = Message(
        template=letter.template, recipient="a@example.org", context=told(letter, site)
    )
    app.jinja_env.undefined, before = StrictUndefined, app.jinja_env.undefined
    try:
        return draw(message)
    finally:
        app.jinja_env.undefined = before


def reads(app: Flask, settings: Settings, letter: Letter) -> str:
    """The subject and the text, with an address that is the same in every run."""
    made = drawn(app, letter)
    body = wrapped(made.body.replace(settings.public_url, SITE)).replace(" \n", "\n")
    return f"Subject: {made.subject}\n\n{body}"


def test_every_template_has_a_letter() -> None:
    missing = sorted(set(templates()) - {one.template for one in LETTERS})
    assert missing == [], f"Add a Letter to tests/emails/letters.py for: {', '.join(missing)}"


def test_every_message_of_the_lifecycle_has_its_template() -> None:
    told = {template for step in TABLE for template in step.tells}
    assert told - set(templates()) == set()


def test_every_template_has_a_subject_and_a_body() -> None:
    for folder in {file.parent for file in FOLDER.glob("*/*/*")}:
        assert {file.name for file in folder.iterdir()} == {"subject.txt", "body.txt"}, folder


def test_every_letter_has_a_template() -> None:
    assert sorted({one.template for one in LETTERS} - set(templates())) == []


def test_every_snapshot_is_that_of_a_letter() -> None:
    names = {f"{one.name}.txt" for one in LETTERS}
    kept = {path.name for path in SNAPSHOTS.glob("*.txt")}
    assert kept - names == set(), "nobody sends these any more"
    assert len(names) == len(LETTERS), "two letters have the same name"


@pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.name)
def test_an_email_reads_as_it_was_last_looked_at(
    app: Flask, settings: Settings, letter: Letter, request: pytest.FixtureRequest
) -> None:
    path, now = SNAPSHOTS / f"{letter.name}.txt", reads(app, settings, letter)
    if request.config.getoption("--write-snapshots"):
        path.write_text(now, encoding="utf-8")
    assert path.exists(), f"{letter.template} has no snapshot. {HOW}"
    assert now == path.read_text(encoding="utf-8"), f"{letter.template} has changed. {HOW}"
