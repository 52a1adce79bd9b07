"""Ten wrong passwords in five minutes, for an account and for an address of the net; no more."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from registry.accounts import passwords, throttling
from registry.accounts.models import Throttle
from registry.accounts.services import make_account, tidy
from registry.database import db
from registry.errors import TooManyTries
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD, Visitor

WRONG = "not the password at all"


def a_try(visitor, email=MARCIA, password=WRONG, address="10.0.0.1", **headers):
    """One try from an address of the net."""
    return visitor.post(
        "/sign-in",
        {"email": email, "password": password},
        follow=False,
        environ_overrides={"REMOTE_ADDR": address},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


@pytest.fixture
def visitor(client):
    client.get("/sign-in")
    return client


def test_the_eleventh_try_at_an_account_waits_wherever_it_comes_from(visitor, marcia):
    for number in range(10):
        assert a_try(visitor, address=f"10.0.0.{number}").status == 422
    page = a_try(visitor, password=PASSWORD, address="10.0.1.1")
    assert page.status == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 300
    assert page.errors == ["There were too many tries. Wait 5 minutes, then try again"]
    assert page.form("/sign-in").fields["email"] == MARCIA


def test_the_eleventh_try_from_an_address_waits_whoever_it_is_about(visitor, marcia):
    for number in range(10):
        assert a_try(visitor, email=f"person{number}@example.org").status == 422
    assert a_try(visitor, password=PASSWORD).status == 429


def test_an_unknown_account_is_throttled_like_a_known_one(visitor, app):
    for number in range(10):
        assert a_try(visitor, email="nobody@example.org", address=f"10.0.0.{number}").status == 422
    assert a_try(visitor, email="nobody@example.org", address="10.0.1.1").status == 429


def test_other_accounts_and_other_addresses_go_on(visitor, marcia):
    make_account("other@example.org", "Other", PASSWORD)
    for _ in range(11):
        a_try(visitor)
    assert a_try(visitor, "other@example.org", PASSWORD, "10.0.0.2").status == 303


@pytest.mark.parametrize(("minutes", "status"), [(4.9, 429), (5.1, 303)])
def test_the_wait_is_five_minutes(visitor, clock, marcia, minutes, status):
    clock.freeze("2026-11-22 16:30")
    visitor.get("/sign-in")  # a cookie of tomorrow is none
    for _ in range(10):
        a_try(visitor)
    clock.move(minutes=minutes)
    assert a_try(visitor, password=PASSWORD).status == status


def test_the_wait_that_is_told_is_the_wait_that_is_needed(visitor, clock, marcia):
    clock.freeze("2026-11-22 16:30")
    visitor.get("/sign-in")  # a cookie of tomorrow is none
    for _ in range(10):
        a_try(visitor)
        clock.move(seconds=10)
    wait = int(a_try(visitor).headers["Retry-After"])
    clock.move(seconds=wait - 2)
    assert a_try(visitor, password=PASSWORD).status == 429
    clock.move(seconds=3)
    assert a_try(visitor, password=PASSWORD).status == 303


def test_the_window_slides(visitor, clock, marcia):
    """Nine tries, a pause, and nine more are not eighteen in five minutes, nor ever ten."""
    clock.freeze("2026-11-22 16:30")
    visitor.get("/sign-in")  # a cookie of tomorrow is none
    for _ in range(5):
        a_try(visitor)
    clock.move(minutes=4)
    for _ in range(5):
        assert a_try(visitor).status == 422
    assert a_try(visitor).status == 429
    clock.move(minutes=1, seconds=5)
    statuses = [a_try(visitor).status for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_a_right_password_does_not_count(visitor, marcia):
    for _ in range(15):
        assert a_try(visitor, password=PASSWORD).status == 303
        visitor.get("/account").visitor.sign_out()
        visitor.get("/sign-in")
    db.session.commit()
    assert db.session.query(Throttle).count() == 0


def test_a_right_password_forgives_no_wrong_ones(visitor, marcia):
    for _ in range(9):
        a_try(visitor)
    assert a_try(visitor, password=PASSWORD).status == 303
    visitor.get("/account").visitor.sign_out()
    visitor.get("/sign-in")
    assert a_try(visitor).status == 422
    assert a_try(visitor, password=PASSWORD).status == 429


def test_a_try_is_counted_before_the_password_is_hashed(visitor, marcia, monkeypatch):
    def broken(kept, password):
        raise MemoryError

    monkeypatch.setattr(passwords, "matches", broken)
    assert a_try(visitor).status == 500
    db.session.commit()
    assert db.session.query(Throttle).count() == 2


def test_a_refused_try_hashes_nothing(visitor, marcia, monkeypatch):
    for _ in range(10):
        a_try(visitor)
    hashed = []
    monkeypatch.setattr(passwords, "matches", lambda kept, password: hashed.append(1))
    assert a_try(visitor).status == 429
    assert hashed == []


def test_another_worker_and_a_restart_see_the_same_tries(visitor, marcia, make_app, settings):
    for _ in range(10):
        a_try(visitor)
    other = Visitor(make_app(), settings.public_url, before=db.session.commit)
    other.get("/sign-in")
    assert a_try(other, password=PASSWORD).status == 429


def test_a_forwarded_address_changes_nothing_where_there_is_no_proxy(visitor, marcia):
    for number in range(10):
        email = f"person{number}@example.org"
        assert a_try(visitor, email, X_Forwarded_For=f"192.0.2.{number}").status == 422
    assert a_try(visitor, password=PASSWORD, X_Forwarded_For="192.0.2.99").status == 429


def test_behind_one_proxy_only_what_that_proxy_says_counts(marcia, make_app, settings):
    behind = make_app(proxy_hops=1)
    visitor = Visitor(behind, settings.public_url, before=db.session.commit)
    visitor.get("/sign-in")
    for number in range(10):
        said = f"198.51.100.{number}, 192.0.2.1"
        assert a_try(visitor, f"person{number}@example.org", X_Forwarded_For=said).status == 422
    assert a_try(visitor, password=PASSWORD, X_Forwarded_For="9.9.9.9, 192.0.2.1").status == 429
    assert a_try(visitor, password=PASSWORD, X_Forwarded_For="192.0.2.2").status == 303


def test_a_household_of_ipv6_addresses_is_one_address(visitor, marcia):
    for number in range(10):
        a_try(visitor, f"person{number}@example.org", address=f"2001:db8:1:2::{number}")
    assert a_try(visitor, password=PASSWORD, address="2001:db8:1:2:9::9").status == 429
    assert a_try(visitor, password=PASSWORD, address="2001:db8:1:3::1").status == 303


def test_guessing_at_the_change_of_password_is_throttled_too(client, marcia):
    client.sign_in(MARCIA)
    page = client.get("/account/password")
    for _ in range(10):
        page = page.form("/account/password").fill(
            current_password=WRONG, password="four green river stones"
        )
        page = page.submit()
        assert page.status == 422
    page = page.form("/account/password").fill(
        current_password=PASSWORD, password="four green river stones"
    )
    page = page.submit()
    assert page.status == 429
    assert "Retry-After" in page.headers
    assert client.get("/account").h1 == "Your account"


def test_being_throttled_is_written_down_once(visitor, marcia, security_entries):
    for _ in range(14):
        a_try(visitor)
    said = security_entries(marcia)
    assert said == ["sign_in_failed"] * 10 + ["throttled"]


def test_the_table_says_nothing_about_people_or_addresses(visitor, marcia):
    a_try(visitor)
    db.session.commit()
    for bucket in db.session.scalars(select(Throttle.bucket)):
        assert len(bucket) == 64
        assert "marcia" not in bucket


def test_of_twenty_tries_at_once_ten_are_heard(app):
    db.session.commit()

    def try_once(_):
        with app.app_context():
            try:
                throttling.count(throttling.PASSWORD_TRIES, account=MARCIA, address="10.0.0.1")
            except TooManyTries:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_once, range(20))) == 10


def test_a_try_that_is_refused_is_in_no_bucket(app):
    for _ in range(10):
        throttling.count(throttling.PASSWORD_TRIES, account="a@example.org", address="10.0.0.1")
    for _ in range(3):
        with pytest.raises(TooManyTries):
            throttling.count(throttling.PASSWORD_TRIES, account="b@example.org", address="10.0.0.1")
    tries = throttling.count(throttling.PASSWORD_TRIES, account="b@example.org", address="10.0.0.2")
    assert len(tries.ids) == 2
    assert db.session.query(Throttle).count() == 22


def test_what_can_no_longer_count_is_forgotten_at_night(visitor, clock, marcia):
    a_try(visitor)
    clock.move(days=1)
    a_try(visitor)
    clock.move(days=1, minutes=5)
    tidy()
    db.session.commit()
    assert db.session.query(Throttle).count() == 2
