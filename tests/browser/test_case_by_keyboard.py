"""A case is read, found and decided by keyboard alone."""

import re

from flask import Flask
from playwright.sync_api import Page, expect

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.database import db
from registry.demonstration import walking
from tests import factories as make
from tests.browser.window import BrowserWindow
from tests.files.drawn import draw
from tests.journeys import story


def to(page: Page, words: str, most: int = 120) -> None:
    """Press Tab until the focus is on the link or button with these words, and press Enter."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim() ?? ''") == words:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never comes to “{words}” at {page.url}")


def go(page: Page, key: str) -> None:
    """Press a key that opens another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def two_questions_left(case: Assessment) -> None:
    """All findings are made but those on the plan and the steps."""
    walking.find_all_met(case, make.holder_of(case))
    for finding in list(case.findings):
        if finding.question_key in ("sg_policy", "sg_steps"):
            case.findings.remove(finding)
            db.session.delete(finding)


def test_a_case_is_read_and_decided_by_keyboard_alone(app: Flask, page: Page) -> None:
    case = make.in_review(met=False)
    two_questions_left(case)
    draw(case.evidence[0].file.sha256, "Our plan", "If you are worried, ring the MASH")
    number, email = case.id, make.holder_of(case).email
    services.write_note(case, make.holder_of(case), "Seen before.", "sg_policy")
    db.session.commit()
    story.signs_in(BrowserWindow(page), email)
    page.goto(f"/council/cases/{number}")
    to(page, "Read the next question")
    expect(page).to_have_url(re.compile("/questions/sg_policy$"))
    # The paper, page by page, and what is looked for in it.
    go(page, ".")
    expect(page.get_by_alt_text(re.compile("^Page 2 of"))).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("jnk the mash")
    expect(page.locator("#find")).to_have_value("jnk the mash")
    go(page, "Enter")
    expect(page.get_by_text("“jnk the mash” is not in the words")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.type("the mash")
    go(page, "Enter")
    expect(page.locator("mark")).to_have_text("the MASH")
    # A finding with its reason: nothing that is typed counts as a key.
    page.keyboard.press("1")
    expect(page.get_by_label("Met", exact=True)).to_be_checked()
    page.keyboard.press("r")
    page.keyboard.type("ns, just as it should")
    expect(page.get_by_label("Why, for the file")).to_have_value("ns, just as it should")
    page.keyboard.press("Escape")
    go(page, "s")
    expect(page).to_have_url(re.compile("/questions/sg_steps$"))
    # To and fro, and the list of the keys; it can be turned off.
    go(page, "k")
    go(page, "j")
    page.keyboard.press("?")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Turn the keys off")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Turn the keys on")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    go(page, "s")
    expect(page).to_have_url(re.compile(f"/council/cases/{number}$"))
    to(page, "Approve")
    to(page, "See the letter")
    to(page, "Approve")
    expect(page.get_by_text("is on the list")).to_be_visible()
    db.session.rollback()
    assert db.session.get_one(Assessment, number).status == Status.APPROVED
