"""How long somebody stays signed in, and how a stay ends."""

import pytest
from flask import Flask, Response, render_template_string, request
from sqlalchemy import select

from registry.accounts.models import WebSession
from registry.accounts.services import give_role, make_account, take_role, tidy
from registry.database import db
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires
from registry.web.models import ShelfItem
from tests.accounts.conftest import MARCIA
from tests.page import PASSWORD, Visitor

NEW = "four green river stones"
TOY = """<!doctype html><html lang="en"><head><title>Toy</title></head><body><main><h1>Toy</h1>
<form method="post" action="/toy" enctype="multipart/form-data">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<label for="words">Words</label><input id="words" name="words" value="{{ words }}">
<label for="paper">Paper</label><input id="paper" name="paper" type="file">
<p>{{ papers }}</p><button>Save</button></form>
<form method="post" action="/toy/press">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<button>Press</button></form></main></body></html>"""


def is_in(visitor):
    return visitor.get("/account").h1 == "Your account"


@pytest.fixture
def toy(make_app, settings, marcia) -> Visitor:
    """Somebody in front of a page with a form, behind a guard as every page of a desk is."""
    app: Flask = make_app()

    @app.route("/toy", methods=["GET", "POST"])
    @requires(P.USE_ACCOUNT)
    def toy_page():
        form = shelf.form_data() or {}
        if request.method == "POST":
            return Response(f"saved {form['words']}", mimetype="text/plain")
        papers = [paper.filename for paper in shelf.files("paper")]
        return render_template_string(TOY, words=form.get("words", ""), papers=papers)

    @app.post("/toy/press")
    @requires(P.USE_ACCOUNT)
    def toy_press():
        return "pressed"

    return Visitor(app, settings.public_url, before=db.session.commit)


@pytest.mark.parametrize(
    ("role", "minutes", "stays"),
    [
        (None, 119, True),
        (None, 121, False),
        ("reviewer", 29, True),
        ("reviewer", 31, False),
        ("administrator", 31, False),
    ],
)
def test_a_stay_ends_when_nothing_happens(client, clock, marcia, role, minutes, stays):
    clock.freeze("2026-11-22 09:00")
    if role:
        give_role(marcia, role)
    client.sign_in(MARCIA)
    clock.move(minutes=minutes)
    assert is_in(client) is stays


def test_a_stay_goes_on_while_somebody_works(client, clock, marcia):
    clock.freeze("2026-11-22 09:00")
    client.sign_in(MARCIA)
    for _ in range(6):
        clock.move(minutes=110)
        assert is_in(client)
    clock.move(minutes=70)
    assert not is_in(client), "twelve hours is the longest stay"


def test_a_form_that_is_sent_after_a_minute_marks_the_stay_as_seen(toy, clock):
    """On SQLite there is one writer at a time: the mark must not wait for the form's own."""
    clock.freeze("2026-11-22 09:00")
    toy.sign_in(MARCIA)
    page = toy.get("/toy")
    clock.move(minutes=5)
    assert page.form("/toy").fill(words="hello").submit().html == "saved hello"
    seen = db.session.scalars(select(WebSession)).one().last_seen_at
    assert seen.minute == 5


def test_looking_marks_the_stay_at_most_once_a_minute(client, clock, marcia):
    clock.freeze("2026-11-22 09:00")
    client.sign_in(MARCIA)
    for seconds, minute in ((30, 0), (29, 0), (2, 1), (30, 1)):
        clock.move(seconds=seconds)
        client.get("/account")
        db.session.commit()
        assert db.session.scalars(select(WebSession)).one().last_seen_at.minute == minute


def test_signing_in_gives_a_new_word_and_ends_the_one_before(client, new_visitor, marcia):
    client.sign_in(MARCIA)
    before = client.cookie("session")
    client.get("/sign-out").visitor.get("/sign-in")
    client.post("/sign-in", {"email": MARCIA, "password": PASSWORD})
    assert client.cookie("session") != before
    db.session.commit()
    rows = db.session.scalars(select(WebSession).order_by(WebSession.began_at)).all()
    assert [row.ended_at is None for row in rows] == [False, True]
    stale = new_visitor()
    stale.raw.set_cookie("session", before)
    assert not is_in(stale)


def test_a_word_put_into_a_cookie_before_signing_in_is_worth_nothing(client, new_visitor, marcia):
    client.get("/sign-in")
    planted = client.cookie("session")
    client.sign_in(MARCIA)
    thief = new_visitor()
    thief.raw.set_cookie("session", planted)
    assert not is_in(thief)


def test_the_database_holds_no_word_that_opens_a_stay(client, marcia, app):
    client.sign_in(MARCIA)
    serializer = app.session_interface.get_signing_serializer(app)
    word = serializer.loads(client.cookie("session"))["sid"]
    assert len(word) >= 43
    db.session.commit()
    assert db.session.get(WebSession, word) is None
    assert len(db.session.scalars(select(WebSession)).one().digest) == 64


def test_signing_out_ends_the_stay_on_the_server(client, new_visitor, marcia):
    client.sign_in(MARCIA)
    kept = client.cookie("session")
    page = client.get("/account").visitor.sign_out()
    assert page.h1 == "You are signed out"
    assert client.cookie("session") is None
    thief = new_visitor()
    thief.raw.set_cookie("session", kept)
    assert not is_in(thief)


def test_looking_at_the_way_out_does_not_take_it(client, marcia):
    client.sign_in(MARCIA)
    page = client.get("/sign-out")
    assert page.h1 == "Sign out"
    assert is_in(client)
    assert client.get("/sign-out").press("Sign out").h1 == "You are signed out"
    assert not is_in(client)


def test_signing_out_needs_its_token(client, marcia):
    client.sign_in(MARCIA)
    client.get("/account")
    assert client.post("/sign-out", {"csrf_token": "é"}).status == 400
    assert is_in(client)


def test_changing_the_password_signs_everybody_else_out(client, new_visitor, marcia, outbox):
    other = new_visitor()
    other.sign_in(MARCIA)
    client.sign_in(MARCIA)
    before = client.cookie("session")
    form = client.get("/account/password").form("/account/password")
    page = form.fill({"The password you have now": PASSWORD, "New password": NEW}).submit(
        "Change my password"
    )
    assert page.h1 == "Your account"
    assert "Your password is changed" in page.main
    assert is_in(client)
    assert not is_in(other)
    stale = new_visitor()
    stale.raw.set_cookie("session", before)
    assert not is_in(stale), "this browser has a new word too"
    assert outbox.latest(MARCIA).subject == "Safe and Sound: your password was changed"


@pytest.mark.parametrize(
    ("current", "new", "error"),
    [
        ("not the password at all", NEW, "This is not the password you have now. Type it again"),
        (PASSWORD, PASSWORD, "Choose a password that is not the one you have now"),
        (
            PASSWORD,
            "short",
            "The password must be 12 characters or more. Three or four words work well",
        ),
        ("", NEW, "Enter the password you have now"),
        (PASSWORD, "", "Choose a new password"),
    ],
)
def test_a_password_is_changed_only_by_who_knows_it(client, marcia, outbox, current, new, error):
    client.sign_in(MARCIA)
    form = client.get("/account/password").form("/account/password")
    page = form.fill(current_password=current, password=new).submit()
    assert page.status == 422
    assert page.errors == [error]
    assert page.form("/account/password").fields["current_password"] == ""
    assert outbox.letters == []
    assert is_in(client)
    client.sign_out()
    client.sign_in(MARCIA, PASSWORD)
    assert is_in(client)


@pytest.mark.parametrize("change", [give_role, take_role])
def test_another_role_ends_every_stay_of_its_person(client, marcia, change):
    make_account("other@example.org", "Other", PASSWORD)
    if change is take_role:
        give_role(marcia, "reviewer")
    client.sign_in(MARCIA)
    assert is_in(client)
    change(marcia, "reviewer")
    assert not is_in(client)


def test_a_role_that_is_there_already_changes_nothing(client, marcia):
    give_role(marcia, "reviewer")
    client.sign_in(MARCIA)
    give_role(marcia, "reviewer")
    take_role(marcia, "senior")
    assert is_in(client)


@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_a_page_of_ones_own_is_never_kept_by_a_browser(client, marcia, path):
    client.sign_in(MARCIA)
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_the_cookie_is_for_this_site_and_no_script(client, marcia):
    client.get("/sign-in")
    answer = client.post("/sign-in", {"email": MARCIA, "password": PASSWORD}, follow=False)
    said = answer.headers["Set-Cookie"]
    for word, is_said in (("HttpOnly", True), ("SameSite=Lax", True), ("Domain", False)):
        assert (word in said) is is_said


# What is typed is not lost when a stay ends.


def away(toy, clock, hours=3):
    """Signed in, in front of the form, and away for too long."""
    clock.freeze("2026-11-22 09:00")
    toy.sign_in(MARCIA)
    page = toy.get("/toy")
    clock.move(hours=hours)
    return page


def test_a_form_that_comes_too_late_is_filled_again_after_signing_in(toy, clock):
    page = away(toy, clock).form("/toy").fill(words="an hour of typing", paper=("a.pdf", b"%PDF-"))
    page = page.submit()
    assert page.h1 == "Sign in"
    assert "We kept what you typed" in page.main
    page = page.form("/sign-in").fill(email=MARCIA, password=PASSWORD).submit()
    assert page.h1 == "Toy"
    assert page.form("/toy").fields["words"] == "an hour of typing"
    assert "a.pdf" in page.main
    assert page.form("/toy").submit().html == "saved an hour of typing"


def test_a_mistyped_password_loses_nothing(toy, clock):
    page = away(toy, clock).form("/toy").fill(words="an hour of typing").submit()
    page = page.form("/sign-in").fill(email=MARCIA, password="not the password").submit()
    assert page.status == 422
    assert "We kept what you typed" in page.main
    page = page.form("/sign-in").fill(email=MARCIA, password=PASSWORD).submit()
    assert page.form("/toy").fields["words"] == "an hour of typing"


def test_another_account_is_shown_nothing_of_it(toy, clock):
    make_account("other@example.org", "Other", PASSWORD)
    page = away(toy, clock).form("/toy").fill(words="an hour of typing", paper=("a.pdf", b"%PDF-"))
    page = page.submit().form("/sign-in").fill(email="other@example.org", password=PASSWORD)
    page = page.submit()
    assert page.h1 == "Toy"
    assert page.form("/toy").fields["words"] == ""
    assert "a.pdf" not in page.main


def test_a_second_tab_that_comes_after_signing_in_again_is_saved(toy, clock):
    """The form's token stays with its person, so the other tab is not refused."""
    first = away(toy, clock)
    toy.sign_in(MARCIA)
    assert first.form("/toy").fill(words="the other tab").submit().html == "saved the other tab"


def test_the_token_of_a_form_does_not_go_on_to_another_person(toy, clock):
    make_account("other@example.org", "Other", PASSWORD)
    first = away(toy, clock)
    toy.sign_in("other@example.org")
    assert first.form("/toy").fill(words="the other tab").submit().status == 400


def test_nothing_waits_for_somebody_who_signed_out(toy, clock):
    toy.sign_in(MARCIA)
    page = toy.get("/toy")
    toy.get("/sign-out").press("Sign out")
    toy.get("/sign-in")
    assert page.form("/toy").fill(words="gone").submit().status == 400
    assert db.session.query(ShelfItem).count() == 0


def test_pressing_a_button_too_late_leads_back_to_its_page(toy, clock):
    away(toy, clock)
    page = toy.post("/toy/press")
    assert page.h1 == "Sign in"
    assert "We kept" not in page.main
    assert "You were away for a while" in page.main
    page = page.form("/sign-in").fill(email=MARCIA, password=PASSWORD).submit()
    assert page.h1 == "Toy"
    assert db.session.query(ShelfItem).count() == 0


def test_pressing_a_button_too_late_leads_back_to_where_it_was_pressed(toy, clock, settings):
    away(toy, clock)
    referrer = f"{settings.public_url}/account?from=here"
    page = toy.post("/toy/press", headers={"Referer": referrer})
    page = page.form("/sign-in").fill(email=MARCIA, password=PASSWORD).submit()
    assert page.path == "/account?from=here"


@pytest.mark.parametrize("referrer", ["https://evil.example/account", "//[bad", "/account", ""])
def test_another_sites_button_leads_nowhere_else(toy, clock, referrer):
    away(toy, clock)
    page = toy.post("/toy/press", headers={"Referer": referrer})
    page = page.form("/sign-in").fill(email=MARCIA, password=PASSWORD).submit()
    assert page.h1 == "Toy"


def test_no_password_is_ever_put_on_the_shelf(client, clock, marcia):
    clock.freeze("2026-11-22 09:00")
    client.sign_in(MARCIA)
    page = client.get("/account/password")
    clock.move(hours=3)
    form = page.form("/account/password").fill(current_password=PASSWORD, password=NEW)
    assert form.submit().h1 == "Sign in"
    assert db.session.query(ShelfItem).count() == 0


def test_a_stay_of_a_month_ago_is_forgotten_at_night(client, clock, marcia):
    clock.freeze("2026-10-22 09:00")
    client.sign_in(MARCIA)
    clock.move(days=31)
    client.sign_in(MARCIA)
    tidy()
    db.session.commit()
    assert db.session.query(WebSession).count() == 1
