"""Which passwords may be chosen, and how one is kept."""

import pytest
from argon2 import extract_parameters

from registry.accounts import passwords
from registry.accounts.password_choice import TOO_EASY, TOO_LONG, TOO_SHORT, problem_with
from registry.accounts.services import make_account
from registry.database import db
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD

KNOWN = (
    "Safe and Sound",
    "City of Wolverhampton Council",
    "Wolverhampton",
    "marcia.bent",
    "kingfisher-dance.example",
    "Marcia Bent",
)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "twelve chars",
        "            \t",
        "пароль для кошки",
        "ਮੇਰਾ ਗੁਪਤ ਸ਼ਬਦ ਹੈ",
        "🦊🚲🌧🎻🧀🪁🦔🚀🍋🐌🧵🪴",
        "x7#Qm!9zLp2&",
        "Gq4rT8wYb1Zk",
        "the kingfisher ate my umbrella",
        "sunshine monkey and a bicycle",
        "ab" + "cde fgh ijk" * 90 + "z q",
        "é" * 2 + "combining and composed",
    ],
)
def test_a_password_of_twelve_characters_that_is_not_expected_is_taken(password):
    assert problem_with(password, KNOWN) is None or password.isspace()


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password123!",
        "P4ssw0rd2026!",
        "passwordpassword",
        "football2026!",
        "Wolverhampton1",
        "wolverhampton2026",
        "safeandsound",
        "Safe and Sound 2026",
        "s4fe4nds0und!!",
        "safe and sound password",
        "City of Wolverhampton",
        "council123456",
        "marcia.bent1",
        "MarciaBent2026",
        "marciamarcia1",
        "kingfisherdance",
        "iloveyou1234",
        "liverpoolfc1892",
        "liverpoolfootball",
        "welcome to the club",
        "safeguarding1",
        "letmeinplease",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "123456789012",
        "210987654321",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "abababababab",
        "abc123abc123",
        "            ",
        "monkeydragon1",
        "youllneverwalkalone",
    ],
)
def test_a_password_that_an_outsider_would_try_is_refused(password):
    assert problem_with(password, KNOWN) == TOO_EASY
    assert problem_with(password, KNOWN, lenient=True) is None


@pytest.mark.parametrize(("length", "problem"), [(11, TOO_SHORT), (12, None), (1000, None)])
@pytest.mark.parametrize("letters", ["wq xeurgmzpo", "ñ ऋधßłøæçŋðþ"])
def test_length_is_counted_in_characters(length, problem, letters):
    password = (letters * 100)[:length]
    assert problem_with(password, (), lenient=True) == problem


def test_a_password_has_an_end(app):
    assert problem_with("x7Qm" * 1024, (), lenient=True) is None
    assert problem_with("x7Qm" * 1024 + "x", (), lenient=True) == TOO_LONG


@pytest.mark.parametrize("length", [1000, 4096])
def test_a_long_password_is_kept_to_its_last_character(app, length):
    password = ("a long walk by the canal, " * 200)[:length]
    kept = passwords.hash_of(password)
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password[:-1] + "é")
    assert not passwords.matches(kept, password[:72])


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("Three Old Canal Boats", "three old canal boats"),
        ("three old canal boats", "three old canal boats "),
        ("caf\u00e9 on the old bridge", "cafe\u0301 on the old bridge"),
        ("three old canal boats", "three old canal boat"),
        ("three\u00a0old canal boats", "three old canal boats"),
    ],
)
def test_a_password_is_compared_exactly(app, chosen, typed):
    kept = passwords.hash_of(chosen)
    assert passwords.matches(kept, chosen)
    assert not passwords.matches(kept, typed)


@pytest.mark.parametrize(
    "password", ["  spaces at both ends  ", "пароль для кошки", "a\tb\tc long one"]
)
def test_any_letters_go_through_the_pages_unchanged(client, register, outbox, password):
    register(password=password)
    client.get(outbox.latest(MARCIA).link("/confirm/")).press("Confirm my email address")
    assert client.sign_in(MARCIA, password.strip() + "x").status == 422
    client.sign_in(MARCIA, password)
    assert client.get("/account").h1 == "Your account"


@pytest.mark.parametrize("path", ["register", "change", "reset"])
def test_the_rules_hold_wherever_a_password_is_chosen(client, marcia, register, outbox, path):
    easy = "safe and sound 1"
    if path == "register":
        page = register("new@example.org", easy)
    elif path == "change":
        client.sign_in(MARCIA)
        form = client.get("/account/password").form("/account/password")
        page = form.fill(current_password=PASSWORD, password=easy).submit()
    else:
        client.get("/forgotten-password").form().fill({"Email address": MARCIA}).submit()
        link = outbox.latest(MARCIA).link("/reset-password/")
        page = client.get(link).form().fill({"New password": easy}).submit()
    assert page.status == 422
    assert page.errors == [TOO_EASY]
    assert easy not in page.html


@pytest.mark.changed(demonstration=True)
def test_a_demonstration_may_use_its_own_password(client, register):
    assert register(password="safe-and-sound-demo").h1 == "Check your email"


@pytest.mark.changed(password_profile="strong")
def test_a_password_is_kept_as_argon2id_with_today_s_parameters(app):
    parameters = extract_parameters(passwords.hash_of(PASSWORD))
    assert parameters.type.name == "ID"
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2
    assert parameters.parallelism >= 1
    assert parameters.salt_len >= 16


def test_two_people_with_one_password_keep_different_hashes(app):
    assert passwords.hash_of(PASSWORD) != passwords.hash_of(PASSWORD)


def test_a_hash_of_yesterday_is_made_anew_at_sign_in(client, app, account_at, monkeypatch):
    monkeypatch.setitem(passwords.PROFILES, "older", (8, 2, 1))
    older = passwords._hashing("older").hasher.hash(PASSWORD)
    account = make_account(MARCIA, "Marcia Bent", PASSWORD)
    account.password_hash = older
    db.session.commit()
    client.sign_in(MARCIA, "not the password at all")
    assert account_at(MARCIA).password_hash == older
    client.sign_in(MARCIA)
    made_anew = account_at(MARCIA).password_hash
    assert made_anew != older
    assert not passwords.is_outdated(made_anew)
    client.get("/account").visitor.sign_out()
    client.sign_in(MARCIA)
    assert client.get("/account").h1 == "Your account"
    assert account_at(MARCIA).password_hash == made_anew


def test_the_stand_in_for_nobody_is_hashed_once(app, monkeypatch):
    passwords.take_as_long_as_hashing()
    hashing = passwords._hashing("cheap")
    for _ in range(3):
        assert passwords.matches(None, PASSWORD) is False
        assert passwords.matches(passwords.NO_PASSWORD, passwords.NO_PASSWORD) is False
        assert passwords.matches(None, "nobody's password") is False
    assert passwords._hashing("cheap") is hashing
