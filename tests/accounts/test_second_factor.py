"""The second factor: who is asked, what works, what works only once, and what nobody gets past."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry import clock as register_clock
from registry.accounts import codes
from registry.accounts.demonstration_people import DEMONSTRATION_PEOPLE, DEMONSTRATION_SECRET
from registry.accounts.models import RecoveryCode, SecondFactor, WebSession
from registry.accounts.services import give_role, reset_second_factor
from registry.audit.models import Entry
from registry.database import db
from registry.demonstration.people import People
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD
from tests.rigs.authenticator import SECRET, code_for, code_of, give_app

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
# What the letters of RFC 6238 say in base 32, and its table cut to six digits.
OF_THE_RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def staff(marcia):
    """Marcia works for the council, and has an app."""
    give_role(marcia, "reviewer")
    give_app(marcia)
    db.session.commit()
    return marcia


def password_of(client, email=MARCIA, at="/sign-in"):
    """Give the password, and see what comes."""
    return client.get(at).form("/sign-in").fill(email=email, password=PASSWORD).submit()


def type_code(client, code):
    return client.get("/sign-in/code").form("/sign-in/code").fill(code=code).submit()


def is_in(client):
    return client.get("/account").h1 == "Your account"


# The arithmetic.


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(second, code):
    instant = datetime.fromtimestamp(second, UTC)
    assert codes.code_at(OF_THE_RFC, codes.step_at(instant)) == code


@pytest.mark.parametrize(
    ("late", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_may_be_half_a_minute_wrong(late, works):
    shown = codes.code_at(OF_THE_RFC, codes.step_at(NOON) + late)
    assert bool(codes.steps_with(OF_THE_RFC, shown, NOON)) is works


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "é23456", "\ud800", "²²²²²²", "abcdef"])
def test_whatever_is_typed_is_only_wrong(typed):
    assert codes.steps_with(OF_THE_RFC, typed, NOON) == []


def test_a_code_may_be_typed_in_groups():
    assert codes.squeezed(" 123 456-") == "123456"
    assert codes.in_groups("123456789012") == "1234 5678 9012"


# Nobody of the council gets past it.


def test_a_member_of_staff_without_an_app_sets_one_up_before_anything_else(
    client, marcia, outbox, security_entries
):
    give_role(marcia, "senior")
    page = password_of(client, at="/sign-in?next=/account/name")
    assert page.path.startswith("/sign-in/set-up")
    assert page.h1 == "Set up your authenticator app"
    assert not is_in(client)
    assert not db.session.scalars(select(WebSession)).all()
    secret = client.get("/sign-in/set-up").by_id("secret")
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", secret)
    wrong = client.get("/sign-in/set-up?next=/account/name").form("/sign-in/set-up")
    page = wrong.fill(code="000000").submit()
    assert page.status == 422
    assert page.errors == ["This code is not right. Type the one that the app shows now"]
    assert page.by_id("secret") == secret, "whoever has scanned the picture need not do it again"
    page = page.form("/sign-in/set-up").fill(code=code_of(secret)).submit()
    assert page.h1 == "Keep your recovery codes"
    assert len(re.findall(r"\d{4} \d{4} \d{4}", page.by_id("recovery-codes"))) == 10
    assert page.follow("I have kept them").h1 == "Change your name"
    assert "from the app" in outbox.latest(MARCIA).text
    assert security_entries(marcia)[-3:] == [
        "password_given",
        "second_factor_failed",
        "second_factor_set",
    ]
    again = client.get("/sign-in/set-up")
    assert again.path == "/council", "it is set up once"


def test_the_picture_is_for_the_app_and_asks_no_other_site(client, marcia):
    give_role(marcia, "senior")
    page = password_of(client)
    picture = re.search(r'<img class="qr" src="([^"]+)"', page.html)[1]
    assert picture.startswith("data:image/svg+xml")
    assert "script" not in picture
    assert "style" not in picture
    said = codes.address_for_app(SECRET, MARCIA)
    assert said.startswith("otpauth://totp/Safe%20and%20Sound:marcia%40example.org?secret=")


def test_somebody_half_way_in_reaches_nothing(app, client, staff):
    """Every address of the application, in the state between the password and the code."""
    before = {rule.rule: _answer(client, rule) for rule in _addresses(app)}
    assert password_of(client).h1 == "Enter your code"
    after = {rule.rule: _answer(client, rule) for rule in _addresses(app)}
    moved = {rule for rule in before if before[rule] != after[rule]}
    assert moved == {"/sign-in/code", "/sign-in/set-up"}
    assert not db.session.scalars(select(WebSession)).all()


def _addresses(app):
    kept = app.url_map.iter_rules()
    return sorted((rule for rule in kept if rule.endpoint != "static"), key=lambda r: r.rule)


def _answer(client, rule):
    """Status and place of a GET or, where there is none, of a POST with a good token."""
    client.before()
    address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
    address = re.sub(r"<id:\w+>", "1", address)
    address = re.sub(r"<string\(length=64\):\w+>", "a" * 64, address)
    address = re.sub(r"<[^>]+>", "x", address)
    if "GET" in rule.methods:
        answer = client.raw.get(address, base_url=client.base_url)
    else:
        data = {"csrf_token": client.token()}
        answer = client.raw.post(address, data=data, base_url=client.base_url)
    return answer.status_code, answer.headers.get("Location", "").partition("?")[0]


def test_a_web_session_that_began_without_a_code_is_none_for_staff(client, marcia):
    """As somebody who is signed in is given a role, however that came about."""
    client.sign_in(MARCIA)
    assert is_in(client)
    give_role(marcia, "reviewer")
    for row in db.session.scalars(select(WebSession)):
        row.ended_at = None
    assert not is_in(client)
    assert password_of(client).h1 == "Set up your authenticator app"


def test_half_way_ends_after_ten_minutes(client, staff, clock):
    clock.freeze("2026-11-22 09:00")
    password_of(client)
    clock.move(minutes=9)
    assert client.get("/sign-in/code").h1 == "Enter your code"
    clock.move(minutes=2)
    page = client.get("/sign-in/code")
    assert page.h1 == "Sign in"
    assert "more than 10 minutes" in page.main
    assert client.post("/sign-in/code", {"code": code_for(MARCIA)}).h1 == "Sign in"
    assert not is_in(client)


@pytest.mark.parametrize("change", [{"password_hash": "another"}, {"disabled": True}])
def test_half_way_ends_when_the_password_does(client, staff, change):
    password_of(client)
    for name, value in change.items():
        setattr(staff, name, value)
    assert client.post("/sign-in/code", {"code": code_for(MARCIA)}).h1 == "Sign in"
    assert not is_in(client)


def test_a_new_password_by_email_does_not_get_past_it(client, staff, outbox):
    client.get("/forgotten-password").form().fill(email=MARCIA).submit()
    page = client.get(outbox.latest(MARCIA).link("/reset-password"))
    page.form().fill(password="four green river stones").submit()
    page = client.get("/sign-in").form("/sign-in")
    page = page.fill(email=MARCIA, password="four green river stones").submit()
    assert page.h1 == "Enter your code"


def test_changing_the_password_keeps_them_in(client, staff):
    client.sign_in(MARCIA)
    form = client.get("/account/password").form("/account/password")
    form.fill(current_password=PASSWORD, password="four green river stones").submit()
    assert is_in(client)


# Codes.


def test_the_code_leads_where_they_were_going(client, staff, security_entries):
    page = password_of(client, at="/sign-in?next=/account/name")
    assert page.h1 == "Enter your code"
    assert 'autocomplete="one-time-code"' in page.html
    page = page.form("/sign-in/code").fill(code=code_for(MARCIA)).submit()
    assert page.h1 == "Change your name"
    assert security_entries(staff)[-2:] == ["password_given", "signed_in"]
    assert client.get("/sign-in/code?next=/account").h1 == "Your account"


def test_a_code_works_once_and_none_before_it_works_after(client, staff, clock):
    now = clock.freeze("2026-11-22 09:00")
    shown = codes.code_at(SECRET, codes.step_at(now))
    password_of(client)
    assert type_code(client, shown).h1 != "Enter your code"
    client.get("/account").visitor.sign_out()
    password_of(client)
    for typed in (shown, codes.code_at(SECRET, codes.step_at(now) - 1)):
        page = type_code(client, typed)
        assert page.status == 422
        assert page.errors == [
            "This code was used already. Wait for the next one in the app, and type that"
        ]
    clock.move(seconds=30)
    assert type_code(client, code_of(SECRET)).h1 != "Enter your code"


@pytest.mark.parametrize("wrong", ["000000", "12345", "é23456", "1234 5678 9012", "0" * 40])
def test_a_wrong_code_is_said_and_written_down(client, staff, security_entries, wrong):
    password_of(client)
    page = type_code(client, wrong)
    assert page.status == 422
    assert len(page.errors) == 1
    assert security_entries(staff)[-1] == "second_factor_failed"
    assert not is_in(client)


def test_five_wrong_codes_and_it_waits_for_this_account_alone(
    client, new_visitor, staff, clock, security_entries
):
    from registry.accounts.services import make_account

    clock.freeze("2026-11-22 09:00")
    other = make_account("ade@example.org", "Ade Cole", PASSWORD)
    give_role(other, "senior")
    give_app(other)
    password_of(client)
    for _ in range(5):
        assert type_code(client, "000000").status == 422
    page = type_code(client, code_of(SECRET))
    assert page.status == 429, "the right one has to wait, too"
    assert int(page.headers["Retry-After"]) <= 301
    assert "too many tries" in page.errors[0]
    assert security_entries(staff)[-1] == "second_factor_throttled"
    assert new_visitor().sign_in("ade@example.org").h1 != "Enter your code"
    clock.move(minutes=5, seconds=1)
    assert type_code(client, code_for(MARCIA)).h1 != "Enter your code"
    assert is_in(client)


def test_right_codes_do_not_count(client, staff):
    for _ in range(7):
        client.sign_in(MARCIA)
        assert is_in(client)
        client.get("/account").visitor.sign_out()


# Recovery codes.


def recovery_codes(client, email=MARCIA):
    """Make new ones on the account page."""
    form = client.get("/account/second-factor").form("/account/second-factor")
    page = form.fill(code=code_for(email)).submit()
    assert page.h1 == "Keep your recovery codes"
    return re.findall(r"\d{4} \d{4} \d{4}", page.by_id("recovery-codes"))


def test_each_recovery_code_works_once(client, staff, outbox, security_entries):
    client.sign_in(MARCIA)
    made = recovery_codes(client)
    assert len(set(made)) == 10
    client.get("/account").visitor.sign_out()
    password_of(client)
    assert type_code(client, made[3]).h1 != "Enter your code"
    assert "You have 9 left" in outbox.latest(MARCIA).text.replace("\n", " ")
    assert "9 recovery codes left" in client.get("/account").main
    client.get("/account").visitor.sign_out()
    password_of(client)
    assert type_code(client, made[3]).status == 422
    assert type_code(client, made[4].replace(" ", "-")).h1 != "Enter your code"
    assert security_entries(staff).count("recovery_code_used") == 2


def test_new_recovery_codes_end_those_before(client, staff):
    client.sign_in(MARCIA)
    before, after = recovery_codes(client), recovery_codes(client)
    assert not set(before) & set(after)
    client.get("/account").visitor.sign_out()
    password_of(client)
    assert type_code(client, before[0]).status == 422
    assert type_code(client, after[0]).h1 != "Enter your code"


def test_nothing_that_is_kept_opens_an_account(client, staff):
    client.sign_in(MARCIA)
    made = [code.replace(" ", "") for code in recovery_codes(client)]
    kept = db.session.scalars(select(SecondFactor)).one()
    assert SECRET.encode() not in kept.secret
    assert codes.opened(kept.secret) == SECRET
    digests = set(db.session.scalars(select(RecoveryCode.digest)))
    assert len(digests) == 10
    assert not digests & set(made)


def test_the_page_of_recovery_codes_can_be_saved_and_is_never_shown_again(client, staff):
    client.sign_in(MARCIA)
    form = client.get("/account/second-factor").form("/account/second-factor")
    page = form.fill(code=code_for(MARCIA)).submit()
    assert 'download="recovery-codes.txt"' in page.html
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "You have 10 left" in client.get("/account/second-factor").main
    assert not re.search(r"\d{4} \d{4} \d{4}", client.get("/account/second-factor").main)


# Losing the phone, and clubs.


def test_an_administrator_resets_it(client, staff, marcia, outbox):
    from registry.accounts.services import make_account

    admin = make_account("ola@example.org", "Ola Adeyemi", PASSWORD)
    client.sign_in(MARCIA)
    reset_second_factor(marcia, admin)
    assert not is_in(client)
    assert "set up an app on your phone" in outbox.latest(MARCIA).text.replace("\n", " ")
    entry = db.session.scalars(select(Entry).order_by(Entry.number.desc())).first()
    assert (entry.action, entry.actor_id, entry.subject_id) == (
        "second_factor_reset",
        admin.id,
        str(marcia.id),
    )
    assert password_of(client).h1 == "Set up your authenticator app"


def test_a_person_of_a_club_may_switch_it_on_and_off(client, new_visitor, marcia, outbox):
    client.sign_in(MARCIA)
    elsewhere = new_visitor()
    elsewhere.sign_in(MARCIA)
    page = client.get("/account").follow("Set up your authenticator app")
    assert page.h1 == "Set up your authenticator app"
    page = page.form(page.path).fill(code=code_of(page.by_id("secret"))).submit()
    assert page.follow("I have kept them").h1 == "Your account"
    assert is_in(client)
    assert not is_in(elsewhere), "whoever was in without a code is out"
    assert password_of(elsewhere).h1 == "Enter your code"
    page = client.get("/account/second-factor/off").form("/account/second-factor/off")
    assert page.fill(current_password="not the password").submit().status == 422
    page = client.get("/account/second-factor/off").form("/account/second-factor/off")
    assert page.fill(current_password=PASSWORD).submit().h1 == "Your account"
    assert "You took the authenticator app off" in outbox.latest(MARCIA).text
    client.get("/account").visitor.sign_out()
    client.sign_in(MARCIA)
    assert is_in(client)


def test_staff_cannot_switch_it_off(client, staff):
    client.sign_in(MARCIA)
    assert client.get("/account/second-factor/off").path == "/account"
    client.post("/account/second-factor/off", {"current_password": PASSWORD})
    assert db.session.scalars(select(SecondFactor)).all()


@pytest.mark.changed(demonstration=True)
def test_a_demonstration_shows_a_code_that_works(client, app):
    People().make_staff()
    db.session.commit()
    for person in DEMONSTRATION_PEOPLE:
        if person.roles:
            form = client.get("/sign-in").form("/sign-in")
            page = form.fill(email=person.email, password="safe-and-sound-demo").submit()
            page = type_code(client, page.by_id("demonstration-code"))
            assert is_in(client), person
            client.get("/account").visitor.sign_out()
    assert codes.in_groups(DEMONSTRATION_SECRET) in client.get("/sign-in").main
    again = client.get("/sign-in").form("/sign-in")
    again.fill(email="senior@example.org", password="safe-and-sound-demo").submit()
    shown = client.get("/sign-in/code").by_id("demonstration-code")
    now = register_clock.now()
    assert shown in {
        codes.code_at(DEMONSTRATION_SECRET, codes.step_at(now + timedelta(seconds=later)))
        for later in (-30, 0, 30, 60)
    }
    assert type_code(client, shown).h1 != "Enter your code", "the next, where one was used"


def test_no_other_installation_shows_a_code(client, staff):
    page = password_of(client)
    assert "demonstration" not in page.main.lower()
    assert "JBSW" not in client.get("/sign-in").main
