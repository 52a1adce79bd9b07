"""Web addresses and telephone numbers as people type them."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.organisations.reach import phone_number, web_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("example.org", "https://example.org"),
        (" www.example.org/book?x=1 ", "https://www.example.org/book?x=1"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
        ("https://example.org:8080/a", "https://example.org:8080/a"),
    ],
)
def test_web_addresses(typed, kept):
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,hi",
        "ftp://example.org",
        "example",
        "localhost",
        "http://",
        "https://user@example.org",
        "https://user:pass@example.org",
        "https://example..org",
        "https://1.2.3.4",
        'https://example.org/"onclick=',
        "https://example.org/a b",
        "https://example.org:99999",
        "https://[::1",
        "//example.org",
    ],
)
def test_what_is_no_web_address(typed):
    with pytest.raises(ValueError):
        web_address(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("01632960123", "01632 960123"),
        ("+44 1632 960 123", "01632 960123"),
        ("07700 900123", "07700 900123"),
        ("(01632) 960-123", "01632 960123"),
        ("+353 20 912 3456", "+353 20 912 3456"),
    ],
)
def test_phone_numbers(typed, kept):
    assert phone_number(typed).replace(" ", "") == kept.replace(" ", "")


@pytest.mark.parametrize("typed", ["12", "hello", "01632 960 123 456 789", "01632 960123 ext 4"])
def test_what_is_no_phone_number(typed):
    with pytest.raises(ValueError):
        phone_number(typed)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_nothing_typed_can_break_them(typed):
    for read in (web_address, phone_number):
        with contextlib.suppress(ValueError):
            assert isinstance(read(typed), str)
