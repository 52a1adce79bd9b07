"""The four messages about an account: plain text, one task, and no password."""

import pytest

from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD

NEW = "four green river stones"


@pytest.fixture
def letters(client, marcia, register, outbox):
    """One of each kind."""
    register("new@example.org")
    register(MARCIA)
    client.get("/forgotten-password").form().fill({"Email address": MARCIA}).submit()
    link = outbox.latest(MARCIA).link("/reset-password/")
    client.get(link).form().fill({"New password": NEW}).submit()
    return outbox.letters


def test_each_says_what_to_do_and_ends_with_who_to_call(letters):
    assert [letter.subject for letter in letters] == [
        "Safe and Sound: confirm your email address",
        "Safe and Sound: you already have an account",
        "Safe and Sound: choose a new password",
        "Safe and Sound: your password was changed",
    ]
    for letter in letters:
        assert letter.email.get_content_type() == "text/plain"
        assert letter.text.startswith("Hello")
        assert "NOT YOU?" in letter.text
        assert "City of Wolverhampton Council" in letter.text
        assert "Is a child in danger now? Call 999." in letter.text
        assert "01902 555392" in letter.text
        assert "!" not in letter.text
        for missing in ("{{", "None", "undefined"):
            assert missing not in letter.text


def test_none_carries_a_password(letters):
    for letter in letters:
        assert PASSWORD not in letter.text
        assert NEW not in letter.text


def test_a_stranger_cannot_put_words_into_a_message_to_somebody_new(client, register, outbox):
    """The name is not repeated to an address that nobody has confirmed."""
    register("new@example.org", name="Win a prize at www.evil.example")
    assert "evil" not in outbox.latest("new@example.org").text


def test_the_time_of_a_change_is_told_by_the_clock_on_the_wall(client, clock, marcia, outbox):
    clock.freeze("2026-07-01 16:30")
    client.sign_in(MARCIA)
    form = client.get("/account/password").form("/account/password")
    form.fill(current_password=PASSWORD, password=NEW).submit()
    assert "on 1 July 2026 at 4.30pm" in " ".join(outbox.latest(MARCIA).text.split())
