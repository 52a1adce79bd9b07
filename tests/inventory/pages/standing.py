"""What follows an approval: suspensions, second readings, links, and ready-made words."""

from datetime import timedelta

from flask import Flask

from registry import clock
from registry.assessments import services
from registry.changes.services.revising import begin_change
from registry.database import db
from registry.ready_words.queries import words_for
from registry.ready_words.services import retire_words
from registry.reviews.models import SecondReading
from registry.reviews.services import read_again
from tests import factories as make
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox

LADO = "Advice from the LADO. This is not a finding against you."


def standing_world(app: Flask, outbox: Outbox) -> World:
    """A club on the list, and three that are suspended: just now, to be lifted, to be revoked."""
    world = World()
    first, second, reader = make.a_senior(), make.a_senior(), make.a_person("Nia Evans", "reviewer")
    for name, person in (("first", first), ("second", second), ("reader", reader)):
        world.person(name, person)
    world.person("administrator", make.a_person("Ola Adeyemi", "administrator"))
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    listed = make.an_approved()
    world.case("listed", listed)
    begin_change(
        listed,
        make.owner_of(listed),
        "question",
        "lead",
        question_key="sg_lead",
        due_on=clock.today() + timedelta(days=7),
    )
    for name in ("fresh", "lifting", "revoking"):
        case = make.an_approved(plan=make.CHESS)
        services.suspend(case, first, reason=LADO)
        case.status_since -= timedelta(days=30)
        services.reply(case, make.owner_of(case), words="A friend gave us the papers.")
        world.case(name, case)
        if name == "lifting":
            services.propose_lift(case, first, reason="It is put right.")
            services.review_suspension(case, second, words="The police still look.")
        elif name == "revoking":
            day = clock.today() + timedelta(days=90)
            services.propose_revoke(case, first, reason="Not true.", not_before_on=day)
            db.session.flush()
            world.names["proposal"] = case.proposals[-1].id
    world.case("alone", make.in_review(reader, plan=make.COACH))
    waiting = SecondReading(assessment_id=listed.id, why="drawn", drawn_at=clock.now())
    doubted = SecondReading(assessment_id=listed.id, why="same_reviewer", drawn_at=clock.now())
    db.session.add_all([waiting, doubted])
    db.session.flush()
    read_again(
        doubted, make.a_reviewer(), outcome="doubt", words="The risk check is of another hall."
    )
    retire_words(words_for("letter")[0], first)
    world.names |= {
        "reading": waiting.id,
        "doubt": doubted.id,
        "words": words_for("refuse")[0].id,
    }
    db.session.commit()
    return world


_LISTED, _FRESH = "/council/cases/{listed_case}", "/council/cases/{fresh_case}"
_LIFTING, _REVOKING = "/council/cases/{lifting_case}", "/council/cases/{revoking_case}"
STANDING = (
    Row("case-listed-to-a-senior", "first", _LISTED),
    Row("case-suspended-to-a-senior", "second", _LIFTING),
    Row("suspend", "first", f"{_LISTED}/suspend"),
    Row("suspend-mistakes", "first", f"{_LISTED}/suspend", press("See the letter"), 422),
    Row("suspend-letter", "first", f"{_LISTED}/suspend", press("See the letter", reason=LADO)),
    Row("extend", "reader", f"{_LISTED}/extend"),
    Row("extend-mistakes", "reader", f"{_LISTED}/extend", press("See the letter"), 422),
    Row("link", "reader", f"{_LISTED}/link"),
    Row("link-mistakes", "reader", f"{_LISTED}/link", press("Take it out of my hands"), 422),
    Row("countersign", "second", f"{_FRESH}/countersign"),
    Row("review-suspension", "second", f"{_LIFTING}/review-suspension"),
    Row(
        "review-suspension-mistakes",
        "second",
        f"{_LIFTING}/review-suspension",
        press("It goes on"),
        422,
    ),
    Row("lift", "first", f"{_FRESH}/lift"),
    Row("lift-mistakes", "first", f"{_FRESH}/lift", press("Propose the lift"), 422),
    Row("sign-lift", "second", f"{_LIFTING}/lift/sign"),
    Row("sign-lift-letter", "second", f"{_LIFTING}/lift/sign", press("See the letter")),
    Row("revoke", "first", f"{_FRESH}/revoke"),
    Row("revoke-mistakes", "first", f"{_FRESH}/revoke", press("Propose to revoke"), 422),
    Row("sign-revoke", "second", f"{_REVOKING}/revoke/sign"),
    Row("sign-revoke-own", "first", f"{_REVOKING}/revoke/sign"),
    Row("end-proposal", "second", f"{_REVOKING}/proposals/{{proposal}}/end"),
    Row(
        "end-proposal-mistakes",
        "first",
        f"{_REVOKING}/proposals/{{proposal}}/end",
        press("Take it back"),
        422,
    ),
    Row("after-approval", "auditor", "/council/after-approval"),
    Row("signatures", "second", "/council/signatures"),
    Row("conflicts", "first", "/council/conflicts"),
    Row("conflicts-found", "reader", "/council/conflicts", press("Find", club="chess")),
    Row("conflicts-mistakes", "reader", "/council/conflicts", press("This is true today"), 422),
    Row("second-readings", "first", "/council/second-readings"),
    Row("second-readings-to-an-auditor", "auditor", "/council/second-readings"),
    Row("second-reading", "reader", "/council/second-readings/{reading}"),
    Row(
        "second-reading-mistakes",
        "reader",
        "/council/second-readings/{reading}",
        press("Save"),
        422,
    ),
    Row("settle-doubt", "first", "/council/second-readings/{doubt}/settle"),
    Row(
        "settle-doubt-mistakes",
        "first",
        "/council/second-readings/{doubt}/settle",
        press("Settle"),
        422,
    ),
    Row("ready-words", "administrator", "/admin/words"),
    Row("ready-words-to-look-at", "auditor", "/admin/words", is_alike=True),
    Row("ready-words-new", "administrator", "/admin/words/new"),
    Row("ready-words-new-mistakes", "administrator", "/admin/words/new", press("Save"), 422),
    Row("ready-words-change", "administrator", "/admin/words/{words}"),
    Row(
        "ready-words-change-mistakes",
        "administrator",
        "/admin/words/{words}",
        press("Save", title=""),
        422,
    ),
    Row("club-suspended", "fresh", "/club/{fresh}", is_alike=True),
    Row("club-reply", "fresh", "/club/{fresh}/reply"),
    Row("club-reply-mistakes", "fresh", "/club/{fresh}/reply", press("Send to the council"), 422),
)
