"""What an administrator does by pages, and what the public and clubs see of it at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry import clock as real
from registry.administration.models import KeptEdition
from registry.administration.services import contacts, editions, notices
from registry.administration.services.contacts import remind_of_contacts
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.cards.services import register_version
from registry.criteria.loading import current_edition, load_edition
from registry.database import db
from registry.errors import NotAllowedNow, NotYours, StaleVersion
from registry.information.models import Contact, EarlierContact
from registry.information.queries import stale_contacts
from registry.jobs.nightly import run_night
from registry.lists.closure_days import closure_days
from registry.messages.models import Message
from registry.organisations.categories import mark, marks
from registry.timetable.council_terms import school_calendar, school_years
from tests import factories as make
from tests.administration.editions import NEW_KEY, with_new_question
from tests.page import Page, Visitor
from tests.rigs.travelling import Clock

LIST, EDITIONS = "/admin/lists", "/admin/editions"


@pytest.fixture
def sign_in(app: Flask, new_visitor: Callable[[], Visitor]) -> Callable[[str], Visitor]:
    """Somebody of the council with one role, signed in."""

    def signed_in(role: str = "administrator") -> Visitor:
        person = make.a_person("Priya Nair", role)
        email = person.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, make.PASSWORD)
        return visitor

    return signed_in


def last_entry() -> Entry:
    return db.session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).one()


def row_form(page: Page, action: str):
    """The form of one button in a table."""
    return page.form(action)


def test_a_number_that_is_changed_is_public_at_once(
    sign_in: Callable[[str], Visitor], client: Visitor
):
    administrator = sign_in("administrator")
    before, etag = register_version(), client.get("/").response.headers["ETag"]
    page = administrator.get("/admin/contacts/allegation")
    bad = page.form(-1).fill({"value": "ring us", "source": "The team"}).submit("Save")
    assert bad.status == 422
    assert "Enter a telephone number" in bad.text
    assert bad.form(-1).fields["value"] == "ring us"
    done = bad.form(-1).fill({"value": "+44 1902 550661", "is_confirmed": True}).submit("Save")
    assert done.status == 200
    db.session.expire_all()
    kept = db.session.get_one(Contact, "allegation")
    assert (kept.value, kept.verified_on) == ("01902 550661", real.today())
    assert "01902 550661" in client.get("/help").text
    assert register_version() > before
    assert client.get("/").response.headers["ETag"] != etag
    entry = last_entry()
    assert (entry.action, entry.subject_id) == ("change_contact", "allegation")
    assert "550661" not in str(entry.details)
    # What it was stays, and is shown.
    assert db.session.scalars(select(EarlierContact)).one().value == ""
    assert "Not filled in" in administrator.get("/admin/contacts/allegation").text


def test_two_who_change_one_number(sign_in: Callable[[str], Visitor]):
    one, two = sign_in("administrator"), sign_in("administrator")
    first, second = (who.get("/admin/contacts/child") for who in (one, two))
    assert first.form(-1).fill({"value": "01902 555393"}).submit("Save").status == 200
    refused = second.form(-1).fill({"value": "01902 555394"}).submit("Save")
    assert refused.status == 409
    assert {"01902 555393", "01902 555394"} <= set(refused.tables[0][1])
    assert refused.form(-1).submit("Save").status == 200
    assert db.session.get_one(Contact, "child", populate_existing=True).value == "01902 555394"


def test_a_number_is_taken_for_right_for_90_days(
    app: Flask, clock: Clock, sign_in: Callable[[str], Visitor]
):
    visitor = sign_in("administrator")
    page = visitor.get("/admin/contacts")
    assert row_form(page, "/admin/contacts/child/confirm").submit().status == 200
    assert last_entry().action == "confirm_contact"
    child = db.session.get_one(Contact, "child", populate_existing=True)
    assert child.verified_on == real.today()

    def stale() -> set[str]:
        return {one.key for one in stale_contacts(real.today())}

    assert "child" not in stale()
    assert "allegation" in stale()
    assert remind_of_contacts() == 1
    assert remind_of_contacts() == 0
    clock.move(days=89)
    assert "child" not in stale()
    clock.move(days=1)
    assert "child" in stale()
    clock.move(days=1)
    assert remind_of_contacts() == 1
    assert len(db.session.scalars(select(Message)).all()) == 2


def test_a_kind_of_another_name_is_called_so_everywhere(
    app: Flask, sign_in: Callable[[str], Visitor], client: Visitor
):
    make.an_approved(plan=make.COACH)
    visitor = sign_in("administrator")
    page = visitor.get(f"{LIST}/categories/sport.football")
    assert page.form(-1).fill({"label": "Footie fun"}).submit("Save").status == 200
    card = db.session.scalars(select(Card)).one()
    assert card.document["categories"][0]["label"] == "Footie fun"
    assert "Saturday football" in client.get("/activities?q=fun").text
    assert "Footie fun" in client.get(f"/activities/{card.slug}").text
    entry = last_entry()
    assert (entry.action, entry.details["code"]) == ("change_in_list", "sport.football")
    assert "Footie" not in str(entry.details)

    # Retired: offered to nobody, still there where it was chosen, and brought back.
    retire = f"{LIST}/categories/sport.football/retire"
    row_form(visitor.get(f"{LIST}/categories"), retire).submit()
    organisation = db.session.get_one(make.Organisation, card.organisation_id)
    owner = client
    owner.sign_in(make.owner_of(organisation).email, make.PASSWORD)
    desk = f"/club/{organisation.id}/activities"
    assert "Footie fun" not in owner.get(f"{desk}/new").html
    kept = owner.get(f"{desk}/{card.activity_id}/what")
    assert "Footie fun" in kept.html
    assert kept.form(-1).submit().status == 200
    assert "Footie fun" in owner.get(f"/activities/{card.slug}").text
    back = f"{LIST}/categories/sport.football/bring-back"
    row_form(visitor.get(f"{LIST}/categories"), back).submit()
    assert "Footie fun" in owner.get(f"{desk}/new").html


def test_adding_to_a_list_and_two_at_once(app: Flask, sign_in: Callable[[str], Visitor]):
    one, two = sign_in("administrator"), sign_in("administrator")
    twice = one.get(f"{LIST}/marks/add").form(-1)
    new = {"group": "access", "label": "A garden", "hint": "With a fence"}
    assert twice.fill(new).submit("Add it").status == 200
    assert mark("a_garden").hint == "With a fence"
    assert [m.code for m in marks() if m.group == "access"][-1] == "a_garden"
    again = one.get(f"{LIST}/marks/add").form(-1).fill({**new, "label": "A Garden"})
    refused = again.submit("Add it")
    assert (refused.status, refused.form(-1).fields["label"]) == (422, "A Garden")
    # Another line that moved meanwhile is no matter; the same line is.
    mine, other, same = (two.get(f"{LIST}/marks/{c}") for c in ("bsl", "medicine", "bsl"))
    assert mine.form(-1).fill({"label": "Signs in BSL"}).submit("Save").status == 200
    assert other.form(-1).fill({"label": "Medicines"}).submit("Save").status == 200
    moved = same.form(-1).fill({"label": "BSL spoken"}).submit("Save")
    assert moved.status == 409
    assert "Signs in BSL" in moved.text
    assert mark("bsl").label == "Signs in BSL"


def test_closure_days_places_and_school_years(app: Flask, sign_in: Callable[[str], Visitor]):
    visitor = sign_in("administrator")
    ahead = real.today() + timedelta(days=30)
    day = {"day-day": ahead.day, "day-month": ahead.month, "day-year": ahead.year}
    form = visitor.get(f"{LIST}/closure_days/add").form(-1).fill({**day, "label": "Training"})
    assert form.submit("Add it").status == 200
    assert closure_days() == {ahead}

    form = visitor.get(f"{LIST}/place_names/add").form(-1).fill({"label": "Bilston Market"})
    bad = form.fill({"postcode": "WV99 9ZZ"}).submit("Add it")
    assert bad.status == 422
    assert bad.form(-1).fill({"postcode": "wv140ag"}).submit("Add it").status == 200

    last = school_calendar().last
    year = school_years()[-1]
    page = visitor.get(f"{LIST}/school_years/{year.blocks[0].first.year}")
    form = page.form(-1)
    form.fill({"six_last-day": "24", "is_confirmed": True})
    assert form.submit("Save").status == 200
    assert school_calendar().last == last + timedelta(days=4)
    assert school_years()[-1].confirmed
    page = visitor.get(f"{LIST}/school_years/{year.blocks[0].first.year}")
    wrong = page.form(-1).fill({"one_first-year": "2020"}).submit("Save")
    assert wrong.status == 422
    assert "before" in wrong.text


def test_an_edition_is_written_compared_and_given_a_day(
    app: Flask, clock: Clock, sign_in: Callable[[str], Visitor], client: Visitor
):
    visitor = sign_in("administrator")
    page = row_form(visitor.get(EDITIONS), f"{EDITIONS}/draft").submit()
    assert page.h1 == "Edition 1.1"
    here = f"{EDITIONS}/1.1"
    question = visitor.get(f"{here}/questions/sg_policy")
    hard = "Notwithstanding considerations of organisational proportionality, characterise it"
    refused = question.form(-1).fill({"text": hard}).submit("Save")
    assert (refused.status, refused.form(-1).fields["text"]) == (422, hard)
    saved = refused.form(-1).fill({"text": "Do you have a plan?", "level": "LAW"}).submit("Save")
    assert saved.status == 200
    assert "Do you have a plan?" in saved.text
    assert "Another level" in saved.text

    document = visitor.get(f"{here}/document")
    text = document.form(-1).fields["text"]
    broken = document.form(-1).fill({"text": text.replace('level = "LAW"', "level = ", 1)})
    refused = broken.submit("Save")
    assert refused.status == 422
    assert "line" in refused.text
    assert "level = \n" in refused.form(-1).fields["text"].replace("\r", "")
    whole = refused.form(-1).fill({"text": with_new_question(text)}).submit("Save")
    assert whole.status == 200
    assert "New" in whole.text
    other = with_new_question(text).replace("Do you have a plan?", "Have you a plan?").encode()
    sent = visitor.get(f"{here}/document").form(-1).fill({"upload": ("1.1.toml", other)})
    assert "Have you a plan?" in sent.submit("Save").text

    # Nobody else sees it, and it counts for nothing, until it has a day.
    assert client.get("/criteria/1.1").status == 404
    page = visitor.get(f"{here}/adopt").form(-1)
    past = page.fill({"in_force_on-day": "1", "in_force_on-month": "1", "in_force_on-year": "2026"})
    assert past.submit().status == 422
    day = real.today() + timedelta(days=5)
    given = {f"in_force_on-{part}": getattr(day, part) for part in ("day", "month", "year")}
    done = past.fill({**given, "is_sure": True}).submit()
    assert done.status == 200
    assert current_edition().number == "1.0"
    assert client.get("/criteria/1.1").status == 200
    taken = row_form(visitor.get(here), f"{here}/take-back").submit()
    assert "Draft" in taken.text
    assert client.get("/criteria/1.1").status == 404
    again = visitor.get(f"{here}/adopt").form(-1).fill({**given, "is_sure": True}).submit()
    assert again.status == 200

    clock.travel_to(day)
    assert current_edition().number == "1.1"
    assert load_edition("1.1").adopted_on == day
    shown = client.get("/criteria")
    assert "Do you lock the doors" in shown.text
    assert "Do you lock the doors" not in client.get("/criteria/1.0").text
    # In force: nobody changes it, and nobody takes it back.
    kept = db.session.scalars(select(KeptEdition)).one()
    somebody = make.a_person("Ola", "administrator")
    for act in (
        lambda: editions.change_words(kept, somebody, kept.version, NEW_KEY, {"text": "No?"}),
        lambda: editions.replace_text(kept, somebody, kept.version, kept.document),
        lambda: editions.take_back(kept, somebody, kept.version),
        lambda: editions.throw_away(kept, somebody, kept.version),
    ):
        with pytest.raises(NotAllowedNow):
            act()
    db.session.commit()
    assert sign_in("administrator").get(f"{here}/questions/{NEW_KEY}").status == 409


def test_two_who_write_one_draft(app: Flask):
    somebody = make.a_person("Ola", "administrator")
    draft = editions.begin_draft(somebody)
    editions.move_question(draft, somebody, 1, "sg_policy", 1)
    with pytest.raises(StaleVersion):
        editions.move_question(draft, somebody, 1, "sg_policy", 1)
    with pytest.raises(NotYours):
        editions.begin_draft(make.a_person("Bea", "auditor"))
    with pytest.raises(NotYours):
        contacts.confirm_contact(
            db.session.get_one(Contact, "child"), make.a_person("Rob", "reviewer"), 1
        )


def test_a_notice_stands_for_its_days(
    app: Flask, clock: Clock, sign_in: Callable[[str], Visitor], client: Visitor
):
    visitor = sign_in("administrator")
    etag = client.get("/").response.headers["ETag"]
    first = real.today() + timedelta(days=2)
    given = {
        "text": "Our office is closed on Friday.",
        "kind": "warning",
        "places": ["public"],
        **{f"from_on-{p}": getattr(first, p) for p in ("day", "month", "year")},
        **{f"until_on-{p}": getattr(first, p) for p in ("day", "month", "year")},
    }
    form = visitor.get("/admin/notice/new").form(-1).fill(given)
    preview = form.submit("See how it looks")
    assert "This is how it looks" in preview.text
    assert preview.form(-1).submit("Put it up").status == 200
    assert "closed on Friday" not in client.get("/").text
    clock.travel_to(first)
    shown = client.get("/")
    assert "Important: Our office is closed on Friday." in " ".join(shown.text.split())
    assert shown.response.headers["ETag"] != etag
    assert "closed on Friday" not in sign_in("administrator").get("/admin").text
    clock.travel_to(first + timedelta(days=1))
    assert "closed on Friday" not in client.get("/").text


def test_while_nobody_can_save_nothing_is_lost(
    app: Flask, clock: Clock, sign_in: Callable[[str], Visitor], new_visitor: Callable[[], Visitor]
):
    approved = make.an_approved()
    organisation, owner_email = approved.organisation, make.owner_of(approved).email
    db.session.commit()
    administrator, owner, stranger = sign_in("administrator"), new_visitor(), new_visitor()
    owner.sign_in(owner_email, make.PASSWORD)
    invite = f"/club/{organisation.id}/people/invite"
    form = owner.get(invite).form(-1).fill({"email": "ann@example.org", "role": "member"})
    version = register_version()
    page = administrator.get("/admin/read-only")
    page.form(-1).fill({"words": "Back after 4pm."}).submit()
    assert last_entry().action == "stop_saving"
    assert register_version() > version

    refused = form.submit()
    assert (refused.status, refused.h1) == (503, "We cannot save just now")
    assert "Back after 4pm." in refused.text
    assert owner.get(f"/club/{organisation.id}").status == 200
    assert "Nothing can be saved just now." in owner.get(f"/club/{organisation.id}").text
    assert "Nothing can be saved just now." in stranger.get("/").text
    typed = stranger.get("/register").form(-1).fill({"name": "Ann Example"}).submit()
    assert typed.status == 503
    assert "Ann Example" in typed.text
    # Signing in and out still works; the night leaves everything as it is.
    owner.sign_out()
    owner.sign_in(owner_email, make.PASSWORD)
    clock.travel_to(approved.listed_until + timedelta(days=1))
    assert run_night().lapsed == 0
    assert approved.status == "approved"
    assert "Kingfisher" not in stranger.get("/activities").main
    clock.come_home()

    row_form(administrator.get("/admin/notice"), "/admin/read-only/off").submit()
    assert last_entry().action == "allow_saving"
    opened = owner.get(refused.links["Open the page again"])
    assert opened.form(-1).fields["email"] == "ann@example.org"
    assert opened.form(-1).submit().status == 200


def test_notices_and_the_switch_are_for_administrators(app: Flask):
    auditor = make.a_person("Bea", "auditor")
    day = date(2027, 1, 1)
    for act in (
        lambda: notices.stop_saving(auditor, "x"),
        lambda: notices.allow_saving(auditor),
        lambda: notices.take_off(auditor, "x"),
        lambda: notices.put_up(
            auditor, text="x", kind="warning", places=["public"], from_on=day, until_on=day
        ),
    ):
        with pytest.raises(NotYours):
            act()
