"""Everybody's pages: the list, the help, and coming in."""

from flask import Flask

from registry.accounts import services as accounts
from registry.database import db
from registry.information.help_topics import read_topics
from tests import factories as make
from tests.cards.cards import card, put
from tests.inventory.pages.plans import BUSY, ONLINE
from tests.inventory.pages.row import Row, World, press, times
from tests.rigs.letters import Outbox

# A club that says little: no day, no time, a price for the whole of it.
UNSURE = card(
    "Lantern making",
    activity_id=90_001,
    organisation=90_001,
    slug="lantern-making",
    sessions=[],
    cost={"kind": "course", "pence": 4000, "unit_label": "a course", "note": ""},
    ages=(9, 16),
    access=[
        {"code": "bus_stop", "label": "Bus stop close by", "answer": "ask", "group": "access"},
    ],
    support=[],
)


def public_world(app: Flask, outbox: Outbox) -> World:
    """A list with more than a page of activities, one at a hidden place and one online."""
    world = World()
    busy = make.an_approved(plan=BUSY)
    world.case("busy", busy)
    world.names["reference"] = busy.reference
    make.an_approved(plan=make.hidden(make.COACH))
    make.an_approved(plan=ONLINE)
    put(UNSURE)
    known = make.a_person()
    db.session.commit()
    accounts.register("Zoe Hart", "zoe@example.org", make.PASSWORD, "192.0.2.1")
    db.session.commit()
    accounts.ask_for_reset(known.email, "192.0.2.1")
    db.session.commit()
    world.names["known"] = known.email
    world.names["confirm"] = outbox.latest("zoe@example.org").link("/confirm").rpartition("/")[2]
    world.names["reset"] = outbox.latest(known.email).link("/reset-password").rpartition("/")[2]
    return world


_NO_SUCH = "/register/check-your-email"
PUBLIC = (
    Row("home", "nobody", "/"),
    Row("results", "nobody", "/activities"),
    Row("results-page-2", "nobody", "/activities?page=2"),
    Row(
        "results-narrowed",
        "nobody",
        "/activities?q=ballet&postcode=WV11+1AB&distance=5&age=8&day=saturday&day=monday"
        "&category=dance_arts",
    ),
    Row(
        "results-with-everything-chosen",
        "nobody",
        "/activities?q=dance&postcode=WV10+0BB&distance=20&category=dance_arts&category=music.choir"
        "&age=5,+8&age=11-13&day=tuesday&day=saturday&time=after-school&time=weekend&cost=10"
        "&support=autism_aware&access=step_free&language=English&sort=distance"
        "&a=street-dance-juniors",
    ),
    Row(
        "results-that-are-not-sure",
        "nobody",
        "/activities?q=lanterns&day=monday&time=evening&when=week&cost=3&access=bus_stop",
    ),
    Row("results-left-out", "nobody", "/activities?access=hoist"),
    Row("results-of-a-slip", "nobody", "/activities?q=lantrens"),
    Row("results-as-typed", "nobody", "/activities?q=lantrens&words=typed"),
    Row("results-on-no-day", "nobody", "/activities?q=lanterns&language=Polish&online=yes"),
    Row("results-unknown-place", "nobody", "/activities?postcode=whitmor"),
    Row("results-map", "nobody", "/activities?view=map"),
    Row("results-map-near", "nobody", "/activities?view=map&postcode=bilston&distance=5&age=8"),
    Row("results-map-none", "nobody", "/activities?view=map&q=underwater"),
    Row("young-people", "nobody", "/young-people"),
    Row("young-people-map", "nobody", "/young-people?view=map"),
    Row("young-people-results", "nobody", "/young-people?q=lanterns&postcode=WV1+1AA"),
    Row("young-people-with-send", "nobody", "/young-people?age=18+to+25&category=send"),
    Row("young-people-none", "nobody", "/young-people?q=lanterns&age=17&cost=haf"),
    Row("results-none", "nobody", "/activities?q=ballet&age=17&postcode=WV1+1AA&distance=1"),
    Row("results-of-nonsense", "nobody", "/activities?postcode=nowhere&age=lots&distance=x&day=z"),
    Row("results-unknown-postcode", "nobody", "/activities?postcode=WV99+9ZZ"),
    Row(
        "results-by-form",
        "nobody",
        "/",
        press("Search", q="ballet", age="8", postcode="WV10 0BB"),
        shows="/activities",
    ),
    Row("listing", "nobody", "/activities/street-dance-juniors"),
    Row("listing-plain", "nobody", "/activities/ballet-grade-1"),
    Row("listing-various", "nobody", "/activities/ballet-grade-2"),
    Row("listing-haf", "nobody", "/activities/ballet-grade-3"),
    Row("listing-hidden", "nobody", "/activities/saturday-football"),
    Row("listing-online", "nobody", "/activities/chess-club"),
    Row("listing-gone", "nobody", "/activities/never-was", status=404),
    Row("listing-from-a-shortlist", "nobody", "/activities/chess-club?a=ballet-grade-1"),
    Row(
        "shortlist",
        "nobody",
        "/shortlist?a=street-dance-juniors&a=saturday-football&a=chess-club&a=ballet-grade-2"
        "&q=dance&age=8",
    ),
    Row("shortlist-of-one", "nobody", "/shortlist?a=ballet-grade-1&a=never-was"),
    Row("shortlist-empty", "nobody", "/shortlist"),
    Row("shortlist-gone", "nobody", "/shortlist?a=never-was"),
    Row("shortlist-cleared", "nobody", "/shortlist?was=chess-club"),
    Row("organisation", "nobody", "/organisations/kingfisher-dance-project"),
    Row("organisation-gone", "nobody", "/organisations/never-was", status=404),
    Row("verify", "nobody", "/verify"),
    Row("verify-empty", "nobody", "/verify", press("Check")),
    Row("verify-yes", "nobody", "/verify/{reference}"),
    Row("verify-no", "nobody", "/verify/SAS-ZZZZZZ", status=404),
    Row("about", "nobody", "/about"),
    Row("data", "nobody", "/data"),
    Row("openactive", "nobody", "/openactive"),
    Row("help", "nobody", "/help"),
    *(
        Row(f"help-{topic.address}", "nobody", f"/help/{topic.address}")
        for topic in read_topics().topics
    ),
    Row("help-gone", "nobody", "/help/never-was", status=404),
    Row("easy-read", "nobody", "/easy-read"),
    Row("reading", "nobody", "/reading"),
    Row("privacy", "nobody", "/privacy"),
    Row("cookies", "nobody", "/cookies"),
    Row("accessibility", "nobody", "/accessibility"),
    Row("criteria", "nobody", "/criteria"),
    Row("what-you-will-need", "nobody", "/what-you-will-need"),
    Row("model-texts", "nobody", "/model-texts?size=lone"),
    Row("dbs-check", "nobody", "/which-dbs-check"),
    Row("dbs-check-mistakes", "nobody", "/which-dbs-check", press("Find the check"), 422),
    Row(
        "dbs-check-answer",
        "nobody",
        "/which-dbs-check?age=older&private=no&tasks=teach&how_often=every_week&at_night=no"
        "&supervised=yes&club=1&question=sr_roles",
    ),
    Row("dbs-check-none", "nobody", "/which-dbs-check?age=under_16"),
    Row("no-such-page", "nobody", "/no-such-page", status=404),
    Row("register", "nobody", "/register"),
    Row("register-mistakes", "nobody", "/register", press("Make my account"), 422),
    Row(
        "register-weak-password",
        "nobody",
        "/register",
        press("Make my account", name="Priya", email="priya@example.org", password="password1234"),
        422,
    ),
    Row(
        "check-your-email",
        "nobody",
        "/register",
        press("Make my account", name="Priya", email="priya@example.org", password=make.PASSWORD),
        shows=_NO_SUCH,
    ),
    Row(
        "check-your-email-again",
        "nobody",
        "/register/check-your-email",
        press("Send the message again"),
    ),
    Row(
        "not-confirmed-yet",
        "nobody",
        "/sign-in",
        press("Sign in", email="priya@example.org", password=make.PASSWORD),
        shows=_NO_SUCH,
    ),
    Row("confirm", "nobody", "/confirm/{confirm}"),
    Row("confirm-dead-link", "nobody", "/confirm/no-such-link", status=404),
    Row("sign-in", "nobody", "/sign-in"),
    Row("sign-in-to-go-on", "nobody", "/club/1", shows="/sign-in"),
    Row("sign-in-empty", "nobody", "/sign-in", press("Sign in"), 422),
    Row(
        "sign-in-wrong",
        "nobody",
        "/sign-in",
        press("Sign in", email="nobody@example.org", password="not this one"),
        422,
    ),
    Row(
        "sign-in-too-often",
        "nobody",
        "/sign-in",
        times(11, press("Sign in", email="often@example.org", password="not this one")),
        429,
    ),
    Row("signed-out", "nobody", "/sign-out"),
    Row("forgotten-password", "nobody", "/forgotten-password"),
    Row("forgotten-password-empty", "nobody", "/forgotten-password", press("Send me a link"), 422),
    Row(
        "forgotten-password-sent",
        "nobody",
        "/forgotten-password",
        press("Send me a link", email="nobody@example.org"),
    ),
    Row("reset-password", "nobody", "/reset-password/{reset}"),
    Row(
        "reset-password-weak",
        "nobody",
        "/reset-password/{reset}",
        press("Save my new password", password="short"),
        422,
    ),
    Row("reset-password-dead-link", "nobody", "/reset-password/no-such-link", status=404),
)


def empty_world(app: Flask, outbox: Outbox) -> World:
    """A list on which nobody is yet."""
    return World()


EMPTY = (
    Row("home-of-an-empty-list", "nobody", "/"),
    Row("results-of-an-empty-list", "nobody", "/activities"),
    Row("young-people-of-an-empty-list", "nobody", "/young-people"),
    Row("results-of-an-empty-list-asked", "nobody", "/activities?q=judo&postcode=WV1+1AA"),
)
