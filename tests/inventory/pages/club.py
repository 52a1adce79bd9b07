"""A club's pages, at each point of its way."""

from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask

from registry import clock
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.progress import PROFILE_PAGES
from registry.changes import services as changes
from registry.changes.queries import open_changes
from registry.criteria.dates import add_months
from registry.criteria.evaluation import applies
from registry.criteria.loading import current_edition
from registry.criteria.profile import Profile
from registry.database import db
from registry.demonstration import walking
from registry.demonstration.answers import good_activity_profile, good_profile
from registry.organisations import services as organisations
from registry.organisations.models import Organisation
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.inventory.pages.plans import SOME, another
from tests.inventory.pages.row import Row, World, press
from tests.journeys.story import Window
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock


def sends_an_old_plan(window: Window) -> None:
    """Send a paper in which something is wrong, and say nothing about it."""
    plan = Path(mkdtemp()) / "Our plan.pdf"
    plan.write_bytes(a_pdf("Call the WSCB. Our lead is on 07700 900123."))
    window.fill({"file": plan})
    window.press("Save and continue")


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
    records = make.a_club(another(SOME))
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
    changing = make.an_approved(plan=another(SOME))
    let_changes_wait(world, changing)
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


def let_changes_wait(world: World, assessment: Assessment) -> None:
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
    Row("notice-and-badge", "listed", "/club/{listed}/notice-and-badge"),
    Row("notice", "listed", "/club/{listed}/notice"),
    Row("no-notice", "draft", "/club/{draft}/notice-and-badge"),
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
