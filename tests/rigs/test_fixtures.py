"""The rigs themselves: each test has its own database, clock and browser."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page

from registry import clock as registry_clock
from registry.config import settings
from registry.database import db
from registry.geography.queries import search_point
from registry.messages.models import Message
from registry.messages.services import queue
from tests.page import Visitor
from tests.rigs.browser import accessibility_problems
from tests.rigs.travelling import Clock
from tests.rigs.validator import HtmlValidator


@pytest.mark.parametrize("time", ["first", "second"])
def test_nothing_is_left_of_the_test_before(app: Flask, time: str):
    assert db.session.query(Message).count() == 0
    queue("club/received", "club@example.org", {}, dedupe_key=time)
    db.session.commit()
    (settings().data_dir / "left").touch(exist_ok=False)


def test_the_postcodes_of_the_city_are_there(app: Flask):
    assert search_point("WV1 1AA")
    assert not search_point("B1 1AA")


@pytest.mark.changed(two_people_for_first_approval=True)
def test_one_test_may_have_other_settings(app: Flask):
    assert settings().two_people_for_first_approval


def test_the_next_test_has_the_usual_settings(app: Flask):
    assert not settings().two_people_for_first_approval


def test_the_clock_goes_where_it_is_sent(clock: Clock):
    clock.travel_to("2026-07-01 00:30")
    assert registry_clock.today() == date(2026, 7, 1)
    assert registry_clock.now().date() == date(2026, 6, 30)
    clock.move(days=1)
    assert registry_clock.today() == date(2026, 7, 2)
    clock.to_midnight_after(date(2026, 10, 25))
    assert registry_clock.today() == date(2026, 10, 26)
    clock.freeze(datetime(2026, 1, 1, tzinfo=UTC))
    assert registry_clock.now() == registry_clock.now()


def test_the_next_test_has_the_real_time():
    assert registry_clock.now().year >= 2026


def test_a_visitor_reads_the_start_page(client: Visitor):
    assert client.get("/").status == 200


def test_the_validator_says_what_is_wrong(html_problems: HtmlValidator):
    page = '<!doctype html><html lang="en"><title>T</title><p id=a>{}</p>'
    assert html_problems(page.format("fine")) == []
    assert "Duplicate ID" in html_problems(page.format("<b id=a>twice</b>"))[0]


def test_a_browser_opens_the_start_page(page: Page, html_problems: HtmlValidator):
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert accessibility_problems(page) == []
    assert html_problems(page.content()) == []


def test_axe_says_what_is_wrong(page: Page):
    page.goto("/sign-in")
    page.evaluate("document.querySelector('main').innerHTML = '<h1>A</h1><button></button>'")
    (found,) = accessibility_problems(page)
    assert found.startswith("button-name")
    assert "<button></button>" in found


def test_two_people_have_a_window_each(open_browser: Callable[..., Page]):
    desktop, phone = open_browser(), open_browser(java_script_enabled=False)
    desktop.goto("/")
    phone.goto("/sign-in")
    assert desktop.url != phone.url
