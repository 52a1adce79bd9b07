"""Every page that somebody can meet, by whom, with its empty, full and mistaken states.

A row says whose window it is, the address, and what they do there: nothing, or something that
the page has to answer with what is to be mended. `{names}` stand for what the world made.
`tests/inventory/test_pages.py` reads each one and holds that none is left out;
`tests/browser/test_every_page.py` shows each one to a real browser.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NoReturn

from flask import Flask, abort, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from registry import clock
from registry.accounts import services as accounts
from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.progress import PROFILE_PAGES
from registry.assessments.services.evidence import add_paper
from registry.changes import services as changes
from registry.changes.queries import open_changes
from registry.criteria.dates import add_months
from registry.criteria.evaluation import applies
from registry.criteria.loading import current_edition
from registry.criteria.profile import Profile
from registry.database import db
from registry.demonstration import walking
from registry.demonstration.answers import good_activity_profile, good_profile
from registry.demonstration.drawings import drawing
from registry.demonstration.walking import ActivityPlan, VenuePlan
from registry.leaving.services import close_organisation
from registry.organisations import services as organisations
from registry.organisations.models import Organisation
from registry.people import services as people
from registry.people.models import HandOver
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.journeys.story import Window
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock

Act = Callable[[Window], None]


@dataclass(frozen=True)
class Row:
    """One page in one state.

    `shows` is the address of what is seen in the end, where doing something led elsewhere.
    `is_alike` says that another row has the same parts, with other words in them.
    """

    name: str
    who: str
    address: str
    then: Act | None = None
    status: int = 200
    shows: str = ""
    is_alike: bool = False

    @property
    def shown_at(self) -> str:
        """The address of the page that is seen."""
        return self.shows or self.address

    def visit(self, window: Window, names: Mapping[str, Any]) -> None:
        """Open it, and do what is done there."""
        window.open(self.address.format(**names))
        if self.then:
            self.then(window)


@dataclass
class World:
    """Who is there (a name → their email address), and the names that addresses have."""

    people: dict[str, str] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)

    def person(self, who: str, account: Account) -> None:
        """Somebody with an account."""
        self.people[who] = account.email

    def club(self, name: str, organisation: Organisation) -> None:
        """A club, whose owner is called as the club is."""
        self.person(name, make.owner_of(organisation))
        self.names[name] = organisation.id
        for thing, found in (
            ("venue", organisation.venues),
            ("activity", organisation.activities),
            ("session", organisation.activities[0].sessions if organisation.activities else []),
        ):
            if found:
                self.names[f"{name}_{thing}"] = getattr(found[0], "key", found[0].id)

    def case(self, name: str, assessment: Assessment) -> None:
        """A club with a case."""
        self.club(name, assessment.organisation)
        self.names[f"{name}_case"] = assessment.id


def press(button: str, **values: Any) -> Act:
    """Fill in some fields and press a button."""

    def act(window: Window) -> None:
        window.fill(values)
        window.press(button)

    return act


def times(most: int, act: Act) -> Act:
    """The same again and again."""

    def many(window: Window) -> None:
        for _ in range(most):
            act(window)

    return many


def sends_an_old_plan(window: Window) -> None:
    """Send a paper in which something is wrong, and say nothing about it."""
    plan = Path(mkdtemp()) / "Our plan.pdf"
    plan.write_bytes(a_pdf("Call the WSCB. Our lead is on 07700 900123."))
    window.fill({"file": plan})
    window.press("Save and continue")


# Everybody's pages.

_VARIOUS = {"place_kind": "various", "place_area": "parks in the north", "venues": []}
_MORNING = {"starts": time(10), "ends": time(12), "season": "all_year"}
_MORE_SESSIONS: Any = (
    {"pattern": "drop_in", "days": [2], **_MORNING},
    {"pattern": "monthly", "days": [6], "nth": 1, **_MORNING},
)
BUSY = replace(
    make.DANCE,
    venues=(*make.DANCE.venues, VenuePlan("Over the border hall", "WV16 4AA")),
    description="Dance for children since 2011.\n\nShows in June.",
    phone="01632 960111",
    email="hello@kingfisher.example",
    website="https://kingfisher.example",
    activities=(
        ActivityPlan(
            "Street Dance Juniors",
            ("dance_arts.dance", "send.club"),
            (7, 11),
            ((1, "16:30", "17:30"), (5, "10:00", "11:30")),
            summary="Street dance for beginners.",
            description="We warm up, learn a routine and show it.\n\nFriends are welcome.",
            marks={
                "step_free": ("yes", "Ramp at the side door"),
                "bsl": ("ask", ""),
                "hoist": ("no", ""),
                "siblings_less": ("yes", "£1 less"),
                "help_to_pay": ("ask", ""),
                "kit_needed": ("no", ""),
            },
            more={"trial": "paid", "trial_pence": 100, "waiting_list": "yes"},
            picture=("A hall with a yellow door", drawing("hall")),
            venues=(0, 1),
            bring="Trainers and a drink.",
            patterns=_MORE_SESSIONS,
            away=(clock.today() + timedelta(days=7), "The hall is being painted"),
            languages=("English", "Panjabi"),
            price_note="The first one is free.",
        ),
        *(
            ActivityPlan(
                f"Ballet, grade {number}",
                ("dance_arts.dance",),
                (5, 11),
                ((number % 7, "09:00", "10:00"),),
                price_kind=("free", "donation", "term", "haf")[number % 4],
                summary="Ballet in a small group.",
                more=_VARIOUS if number == 2 else {},
            )
            for number in range(1, 22)
        ),
    ),
)
SOME = replace(BUSY, activities=BUSY.activities[:4])
ONLINE = replace(make.CHESS, venues=(VenuePlan("Our video room", "", privacy="online"),))


def public_world(app: Flask, outbox: Outbox) -> World:
    """A list with more than a page of activities, one at a hidden place and one online."""
    world = World()
    world.case("busy", make.an_approved(plan=BUSY))
    make.an_approved(plan=make.hidden(make.COACH))
    make.an_approved(plan=ONLINE)
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
    Row("organisation", "nobody", "/organisations/kingfisher-dance-project"),
    Row("organisation-gone", "nobody", "/organisations/never-was", status=404),
    Row("about", "nobody", "/about"),
    Row("help", "nobody", "/help"),
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
    Row("results-of-an-empty-list-asked", "nobody", "/activities?q=judo&postcode=WV1+1AA"),
)


# A club's pages.


def club_world(app: Flask, outbox: Outbox) -> World:
    """A club at each point of its way, and somebody who has none."""
    world = World()
    today = clock.today()
    world.person("fresh", make.a_person("Priya Nair"))
    two = make.a_person("Two Clubs")
    make.a_club(make.DANCE, two)
    make.a_club(make.CHESS, two)
    world.person("two", two)

    bare = organisations.register_organisation(make.a_person(), name="Bare Beginnings")
    world.club("bare", bare)
    records = make.a_club(SOME)
    _add_records(world, records)

    draft = make.a_draft()
    walking.answer_profile(draft, make.owner_of(draft), make.DANCE)
    world.case("draft", draft)
    world.person("helper", make.a_member(draft.organisation))
    coach = make.a_draft(make.COACH)
    walking.answer_profile(coach, make.owner_of(coach), make.COACH)
    world.case("coach", coach)
    world.case("unbegun", make.a_draft())
    world.case("ready", make.complete(make.a_draft()))
    world.case("mosque", make.complete(make.a_draft(make.MADRASAH), make.MADRASAH))
    world.case("submitted", make.a_submitted())
    world.case("reading", make.in_review(met=False))
    world.case("returned", make.a_returned())
    world.case("listed", make.an_approved(plan=SOME))
    changing = make.an_approved(plan=SOME)
    _let_changes_wait(world, changing)
    world.case("lone", make.an_approved(plan=make.COACH))
    world.case("soon", make.an_approved(reviewed_on=add_months(today, -12) + timedelta(days=15)))
    renewing = make.an_approved(reviewed_on=add_months(today, -12) + timedelta(days=15))
    services.begin(renewing.organisation, make.owner_of(renewing))
    world.case("renewing", renewing)
    world.case("refused", make.a_refused())
    world.case("suspended", make.a_suspended())
    past = Clock()
    past.move(days=-500)
    lapsed, left = make.an_approved(), make.a_draft()
    past.come_home()
    services.lapse(lapsed)
    services.give_up(left)
    world.case("lapsed", lapsed)
    world.case("abandoned", left)
    closed = make.a_draft()
    services.close(closed, make.owner_of(closed))
    world.case("closed", closed)
    db.session.commit()
    return world


def _let_changes_wait(world: World, assessment: Assessment) -> None:
    """A club on the list with a change in every state, and one that the council has in hand."""
    club, reviewer = assessment.organisation, make.a_reviewer()
    owner = make.owner_of(club)
    world.club("changing", club)
    world.person("changing_helper", make.a_member(club))
    first, second, third, fourth = club.activities[:4]
    flags = {**first.about, "p_risk": {"ticked": ["water"]}, "p_trips": {"said": "yes"}}
    organisations.change_activity(first, owner, name="Street Dance Stars", about=flags)
    organisations.change_activity(second, owner, summary="Ballet, slowly.", max_months=155)
    organisations.change_activity(third, owner, description="Call 01632 960 222.")
    new = organisations.duplicate_activity(fourth, owner)
    found = {one.kind: one for one in open_changes(club.id)}
    changes.send_back(
        found["text"], reviewer, version=found["text"].version, words="Leave out the number."
    )
    other = make.an_approved().organisation
    organisations.change_activity(other.activities[0], make.owner_of(other), name="Ours")
    world.names |= {
        "changing_new": new.id,
        "waiting_change": found["flag_on"].id,
        "ages_change": found["ages"].id,
        "back_change": found["text"].id,
        "asked_change": next(one.id for one in open_changes(club.id) if one.because_id),
        "new_change": found["new_activity"].id,
    }


def _add_records(world: World, club: Organisation) -> None:
    """Places and activities in every state, of a club that has begun nothing."""
    owner = make.owner_of(club)
    world.club("records", club)
    hidden = organisations.add_venue(
        club, owner, name="My flat", privacy="hidden", postcode="WV1 1AA"
    )
    unknown = organisations.add_venue(
        club, owner, name="New build", address="1 New Street", postcode="WV99 9ZZ"
    )
    outside = organisations.add_venue(club, owner, name="Over the border", postcode="WV16 4AA")
    bare = organisations.add_activity(
        club, owner, name="Parkour Starters", min_months=96, max_months=143
    )
    paused, ended = club.activities[1], club.activities[2]
    organisations.pause(paused, owner)
    organisations.end_activity(ended, owner)
    world.names |= {
        "hidden_venue": hidden.id,
        "unknown_venue": unknown.id,
        "outside_venue": outside.id,
        "bare_activity": bare.id,
        "paused_activity": paused.id,
        "ended_activity": ended.id,
    }


STATES = (
    "unbegun", "draft", "ready", "submitted", "reading", "returned", "listed", "soon", "renewing",
    "lapsed", "refused", "suspended", "abandoned", "closed",
)  # fmt: skip
SESSION_PATTERNS = (
    "weekly",
    "fortnightly",
    "monthly",
    "dates",
    "course",
    "drop_in",
    "all_day",
)
_HERE = "/club/{records}/activities/{records_activity}"
_CHECK = "/self-check"


def _question_rows(who: str, name: str, keys: tuple[str, ...]) -> list[Row]:
    """Each question as it is first opened, and saved with nothing in it."""
    rows: list[Row] = []
    shapes = set()
    for key in keys:
        parts = current_edition().question(key).parts
        shape = frozenset((part.type, part.rows_from, part.rows > 1) for part in parts)
        alike = shape in shapes or bool(name)
        shapes.add(shape)
        at = f"/club/{{{who}}}{_CHECK}/{key}"
        empty = press("Save and continue")
        rows.append(Row(f"question-{name}{key}", who, at, is_alike=alike))
        rows.append(Row(f"question-{name}{key}-empty", who, at, empty, 422, is_alike=alike))
    return rows


def _asked_of(kind: str) -> tuple[str, ...]:
    """The questions that one kind of club is asked, by the criteria themselves."""
    activity = {"id": 1, "name": "A", "status": "active", "profile": good_activity_profile(kind)}
    profile = Profile.from_answers(good_profile(kind), [activity])
    return tuple(q.key for q in current_edition().questions if applies(q, profile))


OF_DANCE = _asked_of("large")
OF_COACH = tuple(key for key in _asked_of("lone_paid") if key not in OF_DANCE)

_CHANGES = "/club/{changing}/changes"
_RISK_CHECK = "/club/{changing}/activities/{changing_new}/risk-check"
CHANGES = (
    Row("changes", "changing", _CHANGES),
    Row("changes-none", "bare", "/club/{bare}/changes"),
    Row("change-waiting", "changing", f"{_CHANGES}/{{waiting_change}}"),
    Row("change-sent-back", "changing", f"{_CHANGES}/{{back_change}}"),
    Row("change-asked", "changing", f"{_CHANGES}/{{asked_change}}"),
    Row("change-new-activity", "changing", f"{_CHANGES}/{{new_change}}"),
    Row("change-for-the-owner", "changing_helper", f"{_CHANGES}/{{asked_change}}"),
    Row("change-answer", "changing", f"{_CHANGES}/{{asked_change}}/answer"),
    Row(
        "change-answer-mistakes",
        "changing",
        f"{_CHANGES}/{{asked_change}}/answer",
        press("Send it to the council"),
        422,
    ),
    Row("risk-check", "changing", _RISK_CHECK),
    Row("risk-check-mistakes", "changing", _RISK_CHECK, press("Send it to the council"), 422),
    Row(
        "details-while-listed",
        "changing",
        "/club/{changing}/details",
    ),
    Row(
        "activity-that-waits",
        "changing",
        "/club/{changing}/activities/{changing_activity}",
    ),
    Row(
        "activity-page-that-waits",
        "changing",
        "/club/{changing}/activities/{changing_activity}/safety",
    ),
)
CLUB = (
    *CHANGES,
    Row("first", "fresh", "/club"),
    Row("desk-of-two", "two", "/club"),
    Row("new-organisation", "fresh", "/club/new"),
    Row(
        "new-organisation-mistakes",
        "fresh",
        "/club/new",
        press("Save and continue", phone="soon", website="none", email_is_public=["yes"]),
        422,
    ),
    *(Row(f"home-{state}", state, f"/club/{{{state}}}") for state in STATES),
    Row("home-bare", "bare", "/club/{bare}"),
    Row("home-helper", "helper", "/club/{draft}"),
    Row("details", "records", "/club/{records}/details"),
    Row("details-mistakes", "records", "/club/{records}/details", press("Save", name=""), 422),
    Row("details-listed", "listed", "/club/{listed}/details"),
    Row("venues-none", "bare", "/club/{bare}/venues"),
    Row("venues", "records", "/club/{records}/venues"),
    Row("new-venue", "records", "/club/{records}/venues/new"),
    Row(
        "new-venue-mistakes",
        "records",
        "/club/{records}/venues/new",
        press("Save this place", postcode="nowhere"),
        422,
    ),
    Row("venue", "records", "/club/{records}/venues/{records_venue}"),
    Row("venue-hidden", "records", "/club/{records}/venues/{hidden_venue}"),
    Row("venue-unknown", "records", "/club/{records}/venues/{unknown_venue}"),
    Row("venue-outside", "records", "/club/{records}/venues/{outside_venue}"),
    Row("venue-listed", "listed", "/club/{listed}/venues/{listed_venue}"),
    Row(
        "venue-mistakes",
        "records",
        "/club/{records}/venues/{records_venue}",
        press("Save", name="", postcode="WV1"),
        422,
    ),
    Row("remove-venue", "records", "/club/{records}/venues/{hidden_venue}/remove"),
    Row(
        "remove-venue-in-use",
        "records",
        "/club/{records}/venues/{records_venue}/remove",
        press("Remove it"),
        409,
    ),
    Row("activities-none", "bare", "/club/{bare}/activities"),
    Row("activities", "records", "/club/{records}/activities"),
    Row("activities-listed", "listed", "/club/{listed}/activities"),
    Row("new-activity", "records", "/club/{records}/activities/new"),
    Row(
        "new-activity-mistakes",
        "records",
        "/club/{records}/activities/new",
        press("Save and continue", youngest="12", oldest="3"),
        422,
    ),
    Row("activity", "records", _HERE),
    Row("activity-bare", "records", "/club/{records}/activities/{bare_activity}"),
    Row("activity-paused", "records", "/club/{records}/activities/{paused_activity}"),
    Row("activity-ended", "records", "/club/{records}/activities/{ended_activity}"),
    Row("activity-listed", "listed", "/club/{listed}/activities/{listed_activity}"),
    *(
        Row(f"activity-{page}", "records", f"{_HERE}/{page}")
        for page in ("what", "who", "where", "cost", "booking", "support", "safety")
    ),
    Row("activity-picture", "records", f"{_HERE}/picture"),
    Row("activity-picture-none", "records", "/club/{records}/activities/{bare_activity}/picture"),
    Row(
        "activity-picture-mistakes",
        "records",
        f"{_HERE}/picture",
        press("Save and continue", alt=""),
        422,
    ),
    Row("activity-picture-remove", "records", f"{_HERE}/picture/remove"),
    Row("activity-preview", "records", f"{_HERE}/preview"),
    Row("activity-preview-bare", "records", "/club/{records}/activities/{bare_activity}/preview"),
    Row("activity-preview-listed", "listed", "/club/{listed}/activities/{listed_activity}/preview"),
    Row(
        "activity-what-mistakes",
        "records",
        f"{_HERE}/what",
        press("Save and continue", name="", summary=""),
        422,
    ),
    Row(
        "activity-who-mistakes",
        "records",
        f"{_HERE}/who",
        press("Save and continue", youngest="12", oldest="3"),
        422,
    ),
    Row(
        "activity-cost-mistakes",
        "records",
        f"{_HERE}/cost",
        press("Save and continue", price_kind="session", price="cheap"),
        422,
    ),
    Row(
        "activity-booking-mistakes",
        "records",
        f"{_HERE}/booking",
        press("Save and continue", booking_kind="link"),
        422,
    ),
    Row(
        "activity-where-mistakes",
        "records",
        "/club/{records}/activities/{bare_activity}/where",
        press("Save and continue"),
        422,
    ),
    Row(
        "activity-safety-mistakes",
        "records",
        "/club/{records}/activities/{bare_activity}/safety",
        press("Save and continue"),
        422,
    ),
    Row("sessions", "records", f"{_HERE}/sessions"),
    Row("sessions-none", "records", "/club/{records}/activities/{bare_activity}/sessions"),
    Row("sessions-pattern", "records", "/club/{records}/activities/{bare_activity}/sessions/new"),
    Row("sessions-pattern-mistakes", "records", f"{_HERE}/sessions/new", press("Continue"), 422),
    *(
        row
        for pattern in SESSION_PATTERNS
        for at in [f"{_HERE}/sessions/new/{pattern}"]
        for row in (
            Row(f"session-{pattern}", "records", at),
            Row(
                f"session-{pattern}-mistakes",
                "records",
                at,
                press("Save and see the dates", starts="5pm", ends="4pm"),
                422,
            ),
        )
    ),
    Row("session", "records", f"{_HERE}/sessions/{{records_session}}"),
    Row(
        "session-mistakes",
        "records",
        f"{_HERE}/sessions/{{records_session}}",
        press("Save and see the dates", starts="5pm", ends="4pm"),
        422,
    ),
    Row("sessions-away", "records", f"{_HERE}/sessions/away"),
    Row("sessions-away-mistakes", "records", f"{_HERE}/sessions/away", press("Tell families"), 422),
    Row("sessions-extra", "records", f"{_HERE}/sessions/extra"),
    Row(
        "sessions-extra-mistakes", "records", f"{_HERE}/sessions/extra", press("Tell families"), 422
    ),
    Row("last-day", "records", f"{_HERE}/last-day"),
    Row(
        "last-day-mistakes",
        "records",
        f"{_HERE}/last-day",
        press(
            "Save the last day", **{"last_on-day": "1", "last_on-month": "1", "last_on-year": "1"}
        ),
        422,
    ),
    Row("remove-session", "records", f"{_HERE}/sessions/{{records_session}}/remove"),
    Row("end-activity", "records", f"{_HERE}/end"),
    Row("tell", "listed", "/club/{listed}/tell"),
    Row("tell-off-the-list", "draft", "/club/{draft}/tell"),
    Row("tell-lead-off-the-list", "draft", "/club/{draft}/tell/lead", status=409),
    Row("tell-lead", "listed", "/club/{listed}/tell/lead"),
    Row(
        "tell-lead-mistakes",
        "listed",
        "/club/{listed}/tell/lead",
        press("Tell the council", cover="yes"),
        422,
    ),
    Row(
        "tell-lead-told",
        "soon",
        "/club/{soon}/tell/lead",
        press("Tell the council", cover="no"),
        shows="/club/{soon}",
    ),
    Row("tell-lead-again", "soon", "/club/{soon}/tell/lead"),
    Row("tell-helper", "lone", "/club/{lone}/tell/helper"),
    Row("tell-helper-of-many", "listed", "/club/{listed}/tell/helper", status=409),
    Row(
        "tell-helper-mistakes",
        "lone",
        "/club/{lone}/tell/helper",
        press("Tell the council", people="1"),
        422,
    ),
    Row("tell-insurance", "listed", "/club/{listed}/tell/insurance"),
    Row("tell-insurance-lone", "lone", "/club/{lone}/tell/insurance"),
    Row(
        "tell-insurance-mistakes",
        "listed",
        "/club/{listed}/tell/insurance",
        press("Tell the council"),
        422,
    ),
    Row("tell-regulator", "listed", "/club/{listed}/tell/regulator"),
    Row(
        "tell-regulator-mistakes",
        "listed",
        "/club/{listed}/tell/regulator",
        press("Tell a senior"),
        422,
    ),
    Row("tell-plan", "listed", "/club/{listed}/tell/plan"),
    Row(
        "tell-plan-mistakes",
        "listed",
        "/club/{listed}/tell/plan",
        press("Send it to the council"),
        422,
    ),
    Row("tell-plan-too-late", "suspended", "/club/{suspended}/tell/plan"),
    Row("tell-answer", "listed", "/club/{listed}/tell/answer/hs_first_aid"),
    Row(
        "tell-answer-mistakes",
        "listed",
        "/club/{listed}/tell/answer/hs_first_aid",
        press("Send it to the council", **{"ends_on-day": "99"}),
        422,
    ),
    Row("contact-check", "listed", "/club/{listed}/contact-check"),
    Row("contact-check-none", "bare", "/club/{bare}/contact-check"),
    Row("account", "draft", "/account"),
    Row("password", "draft", "/account/password"),
    Row("password-mistakes", "draft", "/account/password", press("Change my password"), 422),
    Row(
        "password-wrong",
        "draft",
        "/account/password",
        press("Change my password", current_password="not this", password="short"),
        422,
    ),
    *(
        Row(f"tasks-{state}", state, f"/club/{{{state}}}{_CHECK}")
        for state in ("unbegun", "draft", "ready", "submitted", "returned", "listed", "renewing")
    ),
    Row("tasks-helper", "helper", f"/club/{{draft}}{_CHECK}"),
    *(
        row
        for number, page in enumerate(PROFILE_PAGES)
        for at in [f"{_CHECK}/about" + (f"/{page.key}" if number else "")]
        for row in (
            Row(f"about-{page.key}", "draft", f"/club/{{draft}}{at}"),
            Row(
                f"about-{page.key}-empty",
                "unbegun",
                f"/club/{{unbegun}}{at}",
                press("Save and continue"),
                422,
            ),
        )
    ),
    *_question_rows("draft", "", OF_DANCE),
    *_question_rows("coach", "coach-", OF_COACH),
    *(
        Row(f"question-answered-{key}", "ready", f"/club/{{ready}}{_CHECK}/{key}")
        for key in ("sg_policy", "sg_lead", "sr_roles", "hs_ra_all", "hs_ra_date", "hs_adults")
    ),
    Row("question-last-time", "renewing", f"/club/{{renewing}}{_CHECK}/eq_complain"),
    Row("question-anew", "renewing", f"/club/{{renewing}}{_CHECK}/hs_first_aid"),
    Row("about-last-time", "renewing", f"/club/{{renewing}}{_CHECK}/about"),
    Row("check-renewing", "renewing", f"/club/{{renewing}}{_CHECK}/check"),
    Row("question-private", "helper", f"/club/{{draft}}{_CHECK}/sg_lead"),
    Row("question-limits", "mosque", f"/club/{{mosque}}{_CHECK}/eq_limits"),
    Row("question-returned", "returned", f"/club/{{returned}}{_CHECK}/sg_steps"),
    Row("question-warned", "draft", f"/club/{{draft}}{_CHECK}/sg_policy", sends_an_old_plan, 422),
    Row(
        "question-future-date",
        "draft",
        f"/club/{{draft}}{_CHECK}/sg_review_date",
        press("Save and continue", **{"date-day": "31", "date-month": "2", "date-year": "2027"}),
        422,
    ),
    *(
        Row(f"check-{state}", state, f"/club/{{{state}}}{_CHECK}/check")
        for state in ("draft", "ready", "submitted", "returned", "listed")
    ),
    *(
        Row(f"answers-{state}", state, f"/club/{{{state}}}{_CHECK}/answers")
        for state in ("unbegun", "ready", "submitted", "returned", "listed")
    ),
    Row("answers-as-sent", "returned", f"/club/{{returned}}{_CHECK}/answers?sent=1"),
    Row("declare-missing", "draft", f"/club/{{draft}}{_CHECK}/declare"),
    Row("declare", "ready", f"/club/{{ready}}{_CHECK}/declare"),
    Row(
        "declare-mistakes",
        "ready",
        f"/club/{{ready}}{_CHECK}/declare",
        press("Sign and send to the council", agreed=["1"]),
        422,
    ),
    *(
        Row(f"sent-{state}", state, f"/club/{{{state}}}{_CHECK}/sent")
        for state in ("submitted", "reading", "listed")
    ),
    Row("close-a-draft", "ready", f"/club/{{ready}}{_CHECK}/close"),
    Row("leave-the-list", "listed", f"/club/{{listed}}{_CHECK}/close"),
    Row(
        "close-mistakes",
        "ready",
        f"/club/{{ready}}{_CHECK}/close",
        press("Close my self-check"),
        422,
    ),
    Row("nothing-to-close", "closed", f"/club/{{closed}}{_CHECK}/close", status=409),
    Row("not-my-desk", "draft", "/council", status=403),
    Row("not-my-club", "draft", "/club/{listed}", status=404),
)


# The council's pages.


def council_world(app: Flask, outbox: Outbox) -> World:
    """A case at each point of its way, with a holder and a senior."""
    world = World()
    holder = make.a_reviewer()
    world.person("holder", holder)
    world.person("senior", make.a_senior())
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    world.person("idle", make.a_person("Nia Evans", "reviewer"))
    world.case("new", make.a_submitted())
    world.case("unread", make.in_review(holder, met=False))
    world.case("mosque", make.in_review(holder, met=False, plan=make.MADRASAH))
    world.case("read", make.in_review(holder))
    world.case("old_words", _with_old_words(holder))
    world.case("sent_back", make.a_returned())
    world.case("to_list", make.a_recommended("approve"))
    world.case("to_refuse", make.a_recommended("refuse"))
    world.case("approved", make.an_approved())
    world.case("suspended", make.a_suspended())
    _let_changes_wait(world, make.an_approved(plan=SOME))
    db.session.commit()
    return world


def _with_old_words(holder: Account) -> Assessment:
    """A case with a plan that names what is gone; its owner looked, and sent it all the same."""
    case = make.complete(make.a_draft())
    owner = make.owner_of(case)
    sent = FileStorage(
        BytesIO(a_pdf("Call the WSCB, as in Working Together 2018.")), "Old plan.pdf"
    )
    add_paper(case, owner, "sg_policy", sent, checked=("old_template",))
    walking.submit(case, owner)
    services.start_review(case, holder)
    return case


_UNREAD, _READ = "/council/cases/{unread_case}", "/council/cases/{read_case}"
_SHAPES = ("sg_policy", "sg_steps", "sg_lead", "sr_roles", "sr_dbs_done", "hs_ra_all", "eq_who")
COUNCIL = (
    Row("queue", "holder", "/council"),
    *(
        Row(f"case-{state.replace('_', '-')}", "holder", f"/council/cases/{{{state}_case}}")
        for state in (
            "new",
            "unread",
            "mosque",
            "read",
            "sent_back",
            "to_list",
            "to_refuse",
            "approved",
            "suspended",
        )
    ),
    Row("case-for-a-senior", "senior", "/council/cases/{to_list_case}"),
    Row("case-for-another", "idle", _UNREAD),
    Row("case-activity", "holder", f"{_UNREAD}/activities/{{unread_activity}}"),
    *(Row(f"case-question-{key}", "holder", f"{_UNREAD}/questions/{key}") for key in _SHAPES),
    Row("case-question-old-words", "holder", "/council/cases/{old_words_case}/questions/sg_policy"),
    Row("case-question-read", "holder", f"{_READ}/questions/sg_steps"),
    Row("case-question-to-look-at", "idle", f"{_UNREAD}/questions/sg_steps"),
    Row("case-question-mosque", "holder", "/council/cases/{mosque_case}/questions/eq_limits"),
    Row(
        "case-question-mistakes",
        "holder",
        f"{_UNREAD}/questions/sg_steps",
        press("Save, next question", result="not_met"),
        422,
    ),
    Row("changes-to-read", "holder", "/council/changes"),
    Row("change-of-a-risk", "holder", "/council/changes/{waiting_change}"),
    Row("change-of-ages", "holder", "/council/changes/{ages_change}"),
    Row("change-with-the-club", "holder", "/council/changes/{back_change}"),
    Row("change-to-look-at", "auditor", "/council/changes/{ages_change}"),
    Row("change-decided", "holder", "/council/changes/{ages_change}/decide"),
    Row(
        "change-mistakes",
        "holder",
        "/council/changes/{ages_change}",
        press("Send back to the club"),
        422,
        shows="/council/changes/{ages_change}/decide",
    ),
    Row("return", "holder", f"{_UNREAD}/return"),
    Row("return-mistakes", "holder", f"{_UNREAD}/return", press("Send back"), 422),
    Row("recommend", "holder", f"{_READ}/recommend"),
    Row("recommend-mistakes", "holder", f"{_READ}/recommend", press("Recommend"), 422),
    Row("approve", "holder", f"{_READ}/approve"),
    Row("approve-not-yet", "holder", f"{_UNREAD}/approve"),
    Row("approve-refused", "holder", f"{_UNREAD}/approve", press("Approve"), 409),
    Row("approve-as-senior", "senior", "/council/cases/{to_list_case}/approve"),
    Row("send-back", "senior", "/council/cases/{to_list_case}/send-back"),
    Row(
        "send-back-mistakes",
        "senior",
        "/council/cases/{to_list_case}/send-back",
        press("Send back"),
        422,
    ),
    Row("refuse", "senior", "/council/cases/{to_refuse_case}/refuse"),
    Row(
        "refuse-mistakes",
        "senior",
        "/council/cases/{to_refuse_case}/refuse",
        press("Refuse"),
        422,
    ),
    Row("clear-flag", "senior", "/council/cases/{mosque_case}/flags/ofsted_check"),
    Row(
        "clear-flag-mistakes",
        "senior",
        "/council/cases/{mosque_case}/flags/ofsted_check",
        press("Clear the flag"),
        422,
    ),
    Row("account-of-a-reviewer", "holder", "/account"),
    Row("password-of-a-reviewer", "holder", "/account/password"),
    Row("account-of-an-auditor", "auditor", "/account"),
    Row("only-a-button", "holder", f"{_UNREAD}/start", status=405),
    Row("no-such-case", "holder", "/council/cases/999", status=404),
)


def empty_council_world(app: Flask, outbox: Outbox) -> World:
    """A desk on which nothing lies."""
    world = World()
    world.person("idle", make.a_person("Nia Evans", "reviewer"))
    db.session.commit()
    return world


EMPTY_COUNCIL = (
    Row("queue-empty", "idle", "/council"),
    Row("hand-overs-none", "idle", "/council/hand-overs"),
)


# Who comes to a club, hands it over, and goes.


def people_world(app: Flask, outbox: Outbox) -> World:
    """Clubs whose people come and go, and what the council is asked about an owner."""
    world = World()
    world.person("reviewer", make.a_reviewer())
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    world.club("alone", make.a_club(make.CHESS))
    _people_who_come(world, outbox)
    _leads(world, outbox)
    offered = make.a_club()
    world.club("offered", offered)
    taker = make.a_member(offered)
    world.person("taker", taker)
    people.offer_place(offered, make.owner_of(offered), taker.id)
    past = Clock()
    past.move(days=-30)
    over = _asked(make.a_club())
    settled = _asked(make.a_club())
    people.object_to_hand_over(settled.organisation, make.owner_of(settled.organisation))
    past.come_home()
    asked = _asked(make.a_club())
    world.club("asked", asked.organisation)
    world.person("asker", asked.taker)
    world.person("another", make.a_member(asked.organisation))
    closed = make.a_club()
    close_organisation(closed, make.owner_of(closed))
    world.club("shut", closed)
    world.names |= {"over": over.id, "settled": settled.id, "early": asked.id}
    person = make.a_person("Marcia Bent", email="marcia@example.org")
    db.session.commit()
    accounts.ask_for_new_email(person, "new@example.org", make.PASSWORD)
    db.session.commit()
    letter = outbox.latest("new@example.org")
    world.names["new_email"] = letter.link("/account/email").rpartition("/")[2]
    return world


def _people_who_come(world: World, outbox: Outbox) -> None:
    """A club with a helper, with invitations to somebody new, somebody known, and one too old."""
    club = make.a_club(make.COACH)
    world.club("club", club)
    helper = make.a_member(club)
    world.person("helper", helper)
    world.names["helper_id"] = helper.id
    known = make.a_person("Sam Okafor", email="sam@example.org")
    world.person("known", known)
    past = Clock()
    past.move(days=-20)
    people.invite_person(club, make.owner_of(club), email="old@example.org", role="member")
    past.come_home()
    for name, email in (("new", "dawn@example.org"), ("known", known.email)):
        people.invite_person(club, make.owner_of(club), email=email, role="owner")
        db.session.commit()
        letter = outbox.latest(email)
        world.names[f"invites_{name}"] = letter.link("/invitation").rpartition("/")[2]


def _leads(world: World, outbox: Outbox) -> None:
    """Leads who said yes, who said no, who did not answer, and who cannot be asked."""
    for name in ("yes", "no", "silent", "called"):
        club = make.a_club()
        world.club(f"lead_{name}", club)
        email = "" if name == "called" else f"{name}@example.org"
        people.name_lead(club, {"name": "Nadia Rahman", "email": email, "phone": "01632 960111"})
        db.session.commit()
        if email:
            word = outbox.latest(email).link("/lead/").rpartition("/")[2]
            world.names[f"word_{name}"] = word
            if name != "silent":
                people.answer_as_lead(word, name == "yes")


def _asked(club: Organisation) -> HandOver:
    return people.ask_for_place(
        club,
        make.a_member(club),
        reason="Our secretary moved away.\nNobody can reach her.",
        proof=BytesIO(a_pdf("Minutes")),
        filename="minutes.pdf",
    )


_PEOPLE = "/club/{club}/people"
_LEADS = ("yes", "no", "silent", "called")
PEOPLE = (
    Row("people", "club", _PEOPLE),
    Row("people-for-a-helper", "helper", _PEOPLE),
    Row("people-alone", "alone", "/club/{alone}/people"),
    Row("people-closed", "shut", "/club/{shut}/people"),
    *(Row(f"people-lead-{one}", f"lead_{one}", f"/club/{{lead_{one}}}/people") for one in _LEADS),
    Row("people-offered", "offered", "/club/{offered}/people"),
    Row("people-offered-to-me", "taker", "/club/{offered}/people"),
    Row("people-asked", "asked", "/club/{asked}/people"),
    Row("people-asked-by-me", "asker", "/club/{asked}/people"),
    Row("people-asked-by-another", "another", "/club/{asked}/people"),
    Row("invite", "club", f"{_PEOPLE}/invite"),
    Row("invite-mistakes", "club", f"{_PEOPLE}/invite", press("Send the invitation"), 422),
    Row("person", "club", f"{_PEOPLE}/{{helper_id}}"),
    Row("remove-person", "club", f"{_PEOPLE}/{{helper_id}}/remove"),
    Row("leave", "helper", f"{_PEOPLE}/leave"),
    Row("leave-last-owner", "alone", "/club/{alone}/people/leave"),
    Row("hand-over", "club", f"{_PEOPLE}/hand-over"),
    Row("hand-over-mistakes", "club", f"{_PEOPLE}/hand-over", press("Ask them"), 422),
    Row("hand-over-to-nobody", "alone", "/club/{alone}/people/hand-over"),
    Row("answer-offer", "taker", "/club/{offered}/people/hand-over/answer"),
    Row("no-offer", "helper", f"{_PEOPLE}/hand-over/answer", status=409),
    Row("owner-gone", "helper", f"{_PEOPLE}/owner-gone"),
    Row(
        "owner-gone-mistakes",
        "helper",
        f"{_PEOPLE}/owner-gone",
        press("Send it to the council"),
        422,
    ),
    Row("owner-gone-asked-already", "another", "/club/{asked}/people/owner-gone"),
    Row("object", "asked", "/club/{asked}/people/owner-gone/object"),
    Row("invitation-new", "nobody", "/invitation/{invites_new}"),
    Row(
        "invitation-new-mistakes",
        "nobody",
        "/invitation/{invites_new}",
        press("Make my account and join"),
        422,
    ),
    Row("invitation-known", "nobody", "/invitation/{invites_known}"),
    Row("invitation-mine", "known", "/invitation/{invites_known}"),
    Row("invitation-of-another", "helper", "/invitation/{invites_known}"),
    Row("invitation-dead-link", "nobody", "/invitation/no-such-link", status=404),
    Row("lead", "nobody", "/lead/{word_silent}"),
    Row("lead-dead-link", "nobody", "/lead/{word_yes}", status=404),
    Row("lead-said-yes", "nobody", "/lead/thank-you?said=yes"),
    Row("lead-said-no", "nobody", "/lead/thank-you?said=no"),
    Row("hand-overs", "reviewer", "/council/hand-overs"),
    Row("hand-over-early", "reviewer", "/council/hand-overs/{early}"),
    Row("hand-over-to-decide", "reviewer", "/council/hand-overs/{over}"),
    Row(
        "hand-over-to-decide-mistakes",
        "reviewer",
        "/council/hand-overs/{over}",
        press("Decide"),
        422,
    ),
    Row(
        "hand-over-too-early",
        "reviewer",
        "/council/hand-overs/{early}",
        press("Decide", decision="confirm", words="The minutes name her."),
        409,
    ),
    Row("hand-over-settled", "reviewer", "/council/hand-overs/{settled}"),
    Row("hand-over-for-an-auditor", "auditor", "/council/hand-overs/{over}"),
    Row("close-organisation", "club", "/club/{club}/close"),
    Row(
        "close-organisation-mistakes",
        "club",
        "/club/{club}/close",
        press("Close it for good"),
        422,
    ),
    Row("closed-already", "shut", "/club/{shut}/close", status=409),
    Row("home-closed-organisation", "shut", "/club/{shut}"),
    Row("download", "club", "/club/{club}/download"),
    Row("name", "helper", "/account/name"),
    Row("name-mistakes", "helper", "/account/name", press("Save", name=""), 422),
    Row("new-email", "helper", "/account/email"),
    Row(
        "new-email-mistakes",
        "helper",
        "/account/email",
        press("Send me a link", email="not an address", current_password="not this one"),
        422,
    ),
    Row("confirm-new-email", "nobody", "/account/email/{new_email}"),
    Row("confirm-new-email-dead-link", "nobody", "/account/email/no-such-link", status=404),
    Row("web-sessions", "helper", "/account/sessions"),
    Row("delete-account", "helper", "/account/delete"),
    Row("delete-account-mistakes", "helper", "/account/delete", press("Delete my account"), 422),
    Row("delete-account-last-owner", "alone", "/account/delete"),
    Row("delete-account-of-a-reviewer", "reviewer", "/account/delete"),
    Row("account-deleted", "nobody", "/account/deleted"),
)


# When something is wrong.


def faulty_world(app: Flask, outbox: Outbox) -> World:
    """The page about cookies fails in the way that its address asks for."""

    def fail() -> NoReturn:
        abort(int(request.args["fault"]))

    app.view_functions["information.cookies"] = fail
    return World()


FAULTS = tuple(
    Row(f"fault-{status}", "nobody", f"/cookies?fault={status}", status=status)
    for status in (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)
)

ROOMS: dict[str, tuple[Callable[[Flask, Outbox], World], tuple[Row, ...]]] = {
    "public": (public_world, PUBLIC),
    "empty": (empty_world, EMPTY),
    "club": (club_world, CLUB),
    "council": (council_world, COUNCIL),
    "empty-council": (empty_council_world, EMPTY_COUNCIL),
    "people": (people_world, PEOPLE),
    "faults": (faulty_world, FAULTS),
}


def endpoint_of(address: str, app: Flask) -> str:
    """The endpoint that answers an address; empty where nothing does."""
    path = re.sub(r"\{\w+\}", "1", address).partition("?")[0]
    try:
        return str(app.url_map.bind("localhost").match(path)[0])
    except HTTPException:
        return ""
