"""The way in: who gets in, where to, and what a stranger learns."""

import statistics
import time
from urllib.parse import quote

import pytest

from registry.accounts import passwords
from registry.accounts.demonstration_people import DEMONSTRATION_PEOPLE
from registry.accounts.services import give_role, make_account
from registry.database import db
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD
from tests.rigs.authenticator import code_for, give_app


def sign_in_at(client, path, email=MARCIA, password=PASSWORD):
    """Press Sign in, and look at where it would lead."""
    form = client.get(path).form("/sign-in")
    data = {**form.fields, "email": email, "password": password}
    return client.post("/sign-in", data, follow=False)


def where(page):
    assert page.status == 303, page
    return page.headers["Location"]


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (None, "/club"),
        ("reviewer", "/council"),
        ("senior", "/council"),
        ("auditor", "/council"),
        ("administrator", "/council"),
        ("appeal_officer", "/council"),
    ],
)
def test_everybody_comes_to_their_own_desk(client, marcia, role, desk):
    if role:
        give_role(marcia, role)
        give_app(marcia)
    page = sign_in_at(client, "/sign-in")
    if role:
        assert where(page) == "/sign-in/code"
        form = client.get("/sign-in/code").form("/sign-in/code").fill(code=code_for(MARCIA))
        page = client.post("/sign-in/code", form.fields, follow=False)
    assert where(page) == desk


@pytest.mark.parametrize(
    "wanted", ["/account", "/account/password", "/activities?q=dance&age=7", "/help?a=%2F%2Fevil"]
)
def test_next_is_where_they_were_going(client, marcia, wanted):
    assert where(sign_in_at(client, f"/sign-in?next={quote(wanted)}")) == wanted


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "http:/evil.example",
        "/no/such/page",
        "/account?a=b\r\nLocation: https://evil.example",
        "/activities/\\evil.example",
        "//[bad",
        "/sign-out",
        "/sign-in?next=/sign-in",
        "/" + "a" * 3000,
    ],
)
def test_an_evil_next_stays_on_the_site(client, marcia, evil):
    client.get("/sign-in")
    data = {"email": MARCIA, "password": PASSWORD, "next": evil}
    assert where(client.post("/sign-in", data, follow=False)) == "/club"


def test_somebody_who_is_in_already_goes_on(client, marcia):
    client.sign_in(MARCIA)
    assert where(client.get("/sign-in?next=/account", follow=False)) == "/account"
    assert where(client.get("/register", follow=False)) == "/club"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (MARCIA, "not the password at all"),
        (MARCIA, PASSWORD + " "),
        (MARCIA, " " + PASSWORD),
        (MARCIA, PASSWORD.title()),
        ("nobody@example.org", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_address_are_one_answer(client, marcia, email, password):
    page = client.sign_in(email, password)
    assert page.status == 422
    assert page.errors == [
        "The email address or the password is not right. Check both and try again"
    ]
    assert page.form("/sign-in").fields["email"] == email
    assert page.form("/sign-in").fields["password"] == ""
    assert client.get("/account").h1 == "Sign in"


def test_a_disabled_account_is_the_same_answer(client, marcia):
    marcia.disabled = True
    db.session.commit()
    assert client.sign_in(MARCIA).errors == client.sign_in("nobody@example.org").errors


@pytest.mark.parametrize("change", [{"disabled": True}, {"email_confirmed_at": None}])
def test_who_may_no_longer_sign_in_is_out_at_once(client, marcia, change):
    client.sign_in(MARCIA)
    assert client.get("/account").h1 == "Your account"
    for name, value in change.items():
        setattr(marcia, name, value)
    assert client.get("/account").h1 == "Sign in"


def test_the_address_may_be_typed_in_any_letters(client, marcia):
    client.sign_in("MARCIA@example.org")
    assert client.get("/account").h1 == "Your account"


def test_empty_answers_are_asked_for_and_count_as_no_try(client, marcia):
    for _ in range(12):
        page = client.get("/sign-in").form("/sign-in").submit()
        assert page.errors == ["Enter your email address", "Enter your password"]
    client.sign_in(MARCIA)
    assert client.get("/account").h1 == "Your account"


def test_the_form_helps_password_managers(client):
    page = client.get("/sign-in")
    for attributes in ('autocomplete="username"', 'autocomplete="current-password"'):
        assert attributes in page.html
    assert 'autocomplete="new-password"' in client.get("/register").html
    assert 'autocomplete="name"' in client.get("/register").html
    assert "onpaste" not in page.html


def test_signing_in_and_failing_to_are_written_down(client, marcia, security_entries):
    client.sign_in(MARCIA, "not the password at all")
    client.sign_in("nobody@example.org", "not the password at all")
    client.sign_in(MARCIA)
    client.get("/account").visitor.sign_out()
    assert security_entries() == [
        "sign_in_failed",
        "sign_in_failed",
        "signed_in",
        "signed_out",
    ]


def test_only_a_demonstration_shows_its_sign_ins(client):
    page = client.get("/sign-in")
    assert "safe-and-sound-demo" not in page.html
    assert "reviewer@example.org" not in page.html


@pytest.mark.changed(demonstration=True)
def test_a_demonstration_shows_its_sign_ins(client):
    page = client.get("/sign-in")
    assert "safe-and-sound-demo" in page.main
    for person in DEMONSTRATION_PEOPLE:
        assert person.email in page.main
    assert len(DEMONSTRATION_PEOPLE) == 10


def _time_of(act, times):
    """The shortest and the middle CPU time of an act, which other work disturbs least."""
    taken = []
    for number in range(times):
        begun = time.process_time()
        act(number)
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


@pytest.mark.changed(password_profile="strong")
def test_an_unknown_address_takes_as_long_as_a_known_one(app, client, new_visitor):
    """At sign-in, at registering and at forgetting; nobody tries twice, so none is throttled."""
    times = 7
    for number in range(times):
        make_account(f"known{number}@example.org", "Known", PASSWORD)
    db.session.commit()
    passwords.take_as_long_as_hashing()
    for path, more in (
        ("/sign-in", {"password": "not the password at all"}),
        ("/register", {"password": "four green river stones", "name": "Marcia Bent"}),
        ("/forgotten-password", {}),
    ):
        visitor = new_visitor()
        visitor.get(path)
        token = visitor.token()
        visitor.post(path, {"email": f"first{path[1:]}@example.org", **more})

        def tried(who, number, path=path, more=more, visitor=visitor, token=token):
            data = {"email": f"{who}{number}@example.org", "csrf_token": token, **more}
            address = f"10.{len(path)}.{number}.{len(who)}"
            return visitor.post(
                path, data, follow=False, environ_overrides={"REMOTE_ADDR": address}
            )

        known = _time_of(lambda n: tried("known", n), times)
        unknown = _time_of(lambda n: tried("unknown", n), times)
        assert 0.65 < unknown / known < 1.35, (path, known, unknown)
