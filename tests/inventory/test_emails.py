"""Every email: it is there, it can be drawn, it says one thing, and it tells who to call."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined

from registry.assessments.lifecycle import TABLE
from registry.messages.drawing import draw
from registry.messages.models import Message

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "emails"
LETTERS = sorted(
    f"{subject.parent.parent.name}/{subject.parent.name}"
    for subject in FOLDER.glob("*/*/subject.txt")
)
STEP_LETTERS = sorted({template for step in TABLE for template in step.tells})

# What a step hands to its messages (registry.assessments.letters).
FACTS = {
    "name": "Sandeep Rai",
    "organisation": "Kingfisher Dance Project",
    "reference": "SAS-ABC234",
    "desk_link": "https://clubs.example.gov.uk/club/1",
    "case_link": "https://clubs.example.gov.uk/council/cases/1",
    "public_link": "https://clubs.example.gov.uk/organisations/kingfisher",
    "listed_until": "22 November 2027",
    "would_be_listed_until": "22 November 2027",
    "days_left": "30",
    "renewal": "",
    "questions": "Your steps\nAdd 999.",
    "count": "1",
    "reason": "The plan names no lead.",
}


def drawn(app: Flask, template: str, **facts: str) -> tuple[str, str]:
    """The subject and body of one letter; a name that nobody gives is a fault."""
    app.jinja_env.undefined, before = StrictUndefined, app.jinja_env.undefined
    try:
        letter = draw(
            Message(template=template, recipient="a@example.org", context={**FACTS, **facts})
        )
    finally:
        app.jinja_env.undefined = before
    return letter.subject, letter.body


def test_every_message_of_the_lifecycle_has_its_letter() -> None:
    assert [template for template in STEP_LETTERS if template not in LETTERS] == []


def test_every_letter_has_a_subject_and_a_body() -> None:
    folders = {file.parent for file in FOLDER.glob("*/*/*")}
    for folder in folders:
        assert {f.name for f in folder.iterdir()} == {"subject.txt", "body.txt"}, folder


@pytest.mark.parametrize("template", [*STEP_LETTERS, "club/reminder"])
@pytest.mark.parametrize("status", ["approved", "lapsed", "submitted"])
def test_a_letter_of_a_step_can_be_drawn_from_what_the_step_gives(
    app: Flask, template: str, status: str
) -> None:
    subject, body = drawn(app, template, status=status)
    assert subject
    assert len(subject) < 120
    assert "{{" not in body
    assert "\n\n\n" not in body
    assert "!" not in body
    assert "https://clubs.example.gov.uk/" in body
    if template.startswith("club/"):
        assert body.startswith("Hello Sandeep Rai")
        assert "Call 999" in body
        assert "01902 551155" in body


@pytest.mark.parametrize("template", [t for t in STEP_LETTERS if t.startswith("club/")])
def test_a_club_is_told_listed_and_never_approved(app: Flask, template: str) -> None:
    subject, body = drawn(app, template, status="approved")
    for word in ("approved", "certified", "accredited", "vetted", "trusted", "recommended"):
        assert word not in f"{subject} {body}".lower()
