"""Is it true today? Yes with the dates, or one answer for everything else."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, event

from registry import clock as time_of_day
from registry.assessments import services
from registry.assessments.publish import publish
from registry.cards.models import Card, CardReference
from registry.cards.services import fill_in_references, replace_cards
from registry.database import db
from registry.demonstration import walking
from registry.organisations.services import pause
from tests import factories as make
from tests.cards.cards import card, put
from tests.inventory.promised_words import overpromised

KNOWN = "SAS-7KQ2MX"
NOT_TODAY = ("/verify/{}", "/badge/{}.svg", "/badge/{}.svg?on=dark")


@pytest.fixture
def kingfisher(app):
    """A club with two activities on the list."""
    put(
        card("Street Dance Juniors", slug="street", organisation=3, by="Kingfisher",
             reference=KNOWN, earlier_references=["SAS-ALDXYZ"]),
        card("Ballet", slug="ballet", organisation=3, by="Kingfisher", reference=KNOWN),
    )  # fmt: skip


def answers(visitor, reference):
    """The status, bytes and headers that a reference gets, in every shape."""
    found = []
    for shape in NOT_TODAY:
        page = visitor.get(shape.format(reference))
        kept = {k: v for k, v in page.response.headers if k not in ("Date", "Server")}
        found.append((page.status, page.body, kept))
    return found


def test_a_reference_that_is_true_today_says_who_and_until_when(client, kingfisher, clock):
    clock.freeze("2026-11-23 10:42")
    page = client.get(f"/verify/{KNOWN}")
    assert (page.status, page.h1) == (200, "Yes. This is true today")
    assert "Kingfisher is on the Safe and Sound list." in page.main
    assert "We looked just now: Monday 23 November 2026, 10.42am" in page.main
    assert page.facts["Reference"] == KNOWN
    assert page.facts["Self-check read by the council"] == "14 March 2026"
    assert page.links["Ballet"] == "/activities/ballet"
    assert page.links["Street Dance Juniors"] == "/activities/street"
    assert page.links["Kingfisher"] == "/organisations/organisation-3"
    assert (
        "This club told us how it keeps children safe. The council read its answers and papers on "
        "14 March 2026. On that day they met the four Safe and Sound points." in page.main
    )
    assert (
        "We did not watch the club or check each adult. This is not a promise that the club is "
        "safe. Always ask your own questions." in page.main
    )


@pytest.mark.parametrize("typed", ["sas-7kq2mx", "SAS 7KQ 2MX", "sas7k02mx", "7kq2mx"])
def test_a_reference_may_be_typed_as_people_type(client, kingfisher, typed):
    page = client.get("/verify").form("/verify").fill({"reference": typed}).submit("Check")
    assert (page.path, page.h1) == (f"/verify/{KNOWN}", "Yes. This is true today")
    assert client.get(f"/verify/{typed}").h1 == "Yes. This is true today"


def test_an_empty_box_is_asked_for_again(client, app):
    page = client.get("/verify").form("/verify").submit("Check")
    assert page.status == 200
    assert page.errors == ["Type the reference that is on the notice"]


@pytest.mark.parametrize(
    "typed", ["hello", "%", "'\" OR 1=1", "é" * 150, "x" * 3000, "SAS-", "../../etc", "\x00"]
)
def test_what_is_no_reference_gets_the_same_page(client, app, typed):
    unknown = client.get("/verify/SAS-ZZZZZZ")
    page = client.get("/verify", query_string={"reference": typed})
    assert (page.status, page.h1) == (404, "Not on the register today")
    assert page.body == unknown.body


def test_the_page_for_no_says_nothing_of_why(client, app):
    page = client.get("/verify/SAS-ZZZZZZ")
    assert (page.status, page.h1) == (404, "Not on the register today")
    for words in (
        "We cannot say yes to this today.",
        "There can be many reasons.",
        "Not listed does not mean unsafe: many good clubs have not joined.",
    ):
        assert words in page.main
    assert "ZZZZZZ" not in page.html
    assert 'content="noindex"' in page.html


def drafted():
    return make.a_draft()


def lapsed():
    listed = make.an_approved()
    time = make_clock()
    time.travel_to(listed.listed_until + timedelta(days=1))
    services.lapse(listed)
    return listed


def past_its_day():
    """Over, and nobody has tidied it away."""
    listed = make.an_approved()
    make_clock().travel_to(listed.listed_until + timedelta(days=1))
    return listed


def left():
    listed = make.an_approved()
    services.close(listed, make.owner_of(listed))
    return listed


def revoked():
    suspended = make.a_suspended()
    make_clock().move(days=30)
    services.propose_revoke(suspended, make.a_senior(), reason="No reply.")
    services.sign_revoke(suspended, make.a_senior())
    return suspended


def held(kind):
    def make_it():
        listed = make.an_approved()
        make.with_hold(listed, kind, off=True)
        publish(listed.organisation)
        return listed

    return make_it


def all_paused():
    listed = make.an_approved()
    for activity in listed.organisation.activities:
        pause(activity, make.owner_of(listed))
    publish(listed.organisation)
    return listed


_clocks = []


def make_clock():
    return _clocks[-1]


@pytest.fixture
def travelling(clock):
    _clocks.append(clock)
    yield
    _clocks.pop()


@pytest.mark.parametrize(
    "reach",
    [
        drafted, make.a_submitted, make.in_review, make.a_returned, make.a_recommended,
        make.a_refused, make.a_suspended, lapsed, past_its_day, left, revoked,
        held("quiet"), held("lead_vacant"), all_paused,
    ],
)  # fmt: skip
def test_every_reason_gets_the_same_bytes(app, client, travelling, reach):
    reference = reach().reference
    db.session.commit()
    for (status, body, headers), (_, unknown, same) in zip(
        answers(client, reference), answers(client, "SAS-ZZZZZZ"), strict=True
    ):
        assert status == 404
        assert body == unknown
        assert headers == same
    assert "Set-Cookie" not in headers and "ETag" not in headers


def test_a_listed_club_is_found_and_a_badge_and_notice_outlive_a_renewal(app, client, clock):
    first = make.an_approved()
    club, owner, old = first.organisation, make.owner_of(first), first.reference
    db.session.commit()
    assert client.get(f"/verify/{old}").status == 200
    clock.travel_to(first.listed_until - timedelta(days=30))
    renewal = services.begin(club, owner)
    new = renewal.reference
    db.session.commit()
    assert client.get(f"/verify/{new}").status == 404, "a renewal that nobody has read"
    walking.submit(make.complete(renewal, reviewed_on=time_of_day.today()), owner)
    reviewer = make.a_reviewer()
    services.start_review(renewal, reviewer)
    walking.find_all_met(renewal, reviewer)
    services.approve(renewal, reviewer, **make.read(renewal))
    db.session.commit()
    for reference in (old, new):
        page = client.get(f"/verify/{reference}")
        assert (page.status, page.facts["Reference"]) == (200, new)
    assert client.get(f"/badge/{old}.svg").body == client.get(f"/badge/{new}.svg").body
    services.suspend(renewal, make.a_senior(), reason="Advice from the LADO.")
    db.session.commit()
    assert client.get(f"/verify/{old}").status == client.get(f"/verify/{new}").status == 404


def test_a_listing_ends_at_midnight_and_no_copy_is_kept_past_it(client, app, clock):
    clock.travel_to("2026-11-22 12:00")
    put(card("Dance", reference=KNOWN, until=time_of_day.today()))
    kept = [("2026-11-22 12:00:00", 60), ("2026-11-22 23:59:30", 30)]
    for moment, seconds in kept:
        clock.freeze(moment)
        for path in (f"/verify/{KNOWN}", f"/badge/{KNOWN}.svg", "/verify/SAS-ZZZZZZ"):
            headers = client.get(path).response.headers
            assert headers["Cache-Control"] == f"public, max-age={seconds}"
            assert "ETag" not in headers and "Last-Modified" not in headers
            assert "Expires" not in headers
    clock.freeze("2026-11-23 00:00:00")
    assert client.get(f"/verify/{KNOWN}").status == 404
    assert client.get(f"/badge/{KNOWN}.svg").status == 404


def test_a_shared_copy_is_told_apart_by_the_reader_s_preferences(client, kingfisher):
    for reference in (KNOWN, "SAS-ZZZZZZ"):
        assert "Cookie" in client.get(f"/verify/{reference}").response.headers["Vary"]


def test_it_reads_cards_alone_and_leaves_nothing_behind(client, kingfisher):
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    for path in (f"/verify/{KNOWN}", "/verify/SAS-ZZZZZZ", f"/badge/{KNOWN}.svg", "/verify"):
        page = client.get(path)
        assert "Set-Cookie" not in page.response.headers
    assert any("card_reference" in one for one in said)
    for one in said:
        for table in ("organisation ", "assessment", "account", "web_session", "hold"):
            assert f"FROM {table}" not in one and f"JOIN {table}" not in one, one
        assert not one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))


def test_no_word_of_assurance_but_the_fixed_sentences(client, kingfisher):
    for path in ("/verify", f"/verify/{KNOWN}", "/verify/SAS-ZZZZZZ"):
        assert overpromised(client.get(path).text) == [], path


def test_a_listing_and_its_club_lead_to_the_check(client, kingfisher):
    for path in ("/activities/street", "/organisations/organisation-3"):
        assert client.get(path).links["Check this is true today"] == f"/verify/{KNOWN}"
    assert client.get("/").links["Check a notice or a badge"] == "/verify"


def test_cards_from_before_are_given_their_references(client, kingfisher):
    db.session.execute(delete(CardReference))
    db.session.commit()
    assert client.get(f"/verify/{KNOWN}").status == 404
    fill_in_references()
    fill_in_references()
    db.session.commit()
    assert client.get(f"/verify/{KNOWN}").status == 200
    assert client.get("/verify/SAS-ALDXYZ").status == 200
    assert db.session.query(CardReference).count() == db.session.query(Card).count() + 1


def test_a_card_that_goes_takes_its_references_along(app, kingfisher):
    replace_cards(3, [])
    assert db.session.query(CardReference).count() == 0
