"""The pages on which people tell us, what the council does with it, and quiet holds."""

from flask import Flask

from registry import clock
from registry.accounts.models import Account
from registry.concerns import services
from registry.concerns.models import Concern, HoldProposal
from registry.concerns.services.holding import Advice
from registry.database import db
from registry.organisations.models import Organisation
from tests import factories as make
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox


def a_concern(club: Organisation | None, words: str = "The time is wrong.") -> Concern:
    """Something that somebody told us about a club, or about none."""
    concern = services.tell(kind="staff", words=words, name="Sam Lee", contact="sam@example.org")
    concern.organisation = club
    db.session.flush()
    return concern


def a_proposed_hold(club: Organisation, senior: Account) -> HoldProposal:
    """A quiet hold that waits for a second senior."""
    advice = Advice("lado", clock.today(), "L-12")
    return services.propose_hold(club, senior, advice, takes_listing_off=True)


def concerns_world(app: Flask, outbox: Outbox) -> World:
    """A concern at each point of its way, and a quiet hold at each point of its own."""
    world = World()
    reviewer, senior, other = (
        make.a_reviewer(),
        make.a_senior(),
        make.a_person("Ife Moss", "senior"),
    )
    world.person("reviewer", reviewer)
    world.person("senior", senior)
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    world.person("idle", make.a_person("Nia Evans", "reviewer", email="nia@kingfisher.example"))
    listed = make.an_approved()
    club = listed.organisation
    world.club("listed", club)
    world.names["slug"] = club.activities[0].slug
    world.names["red"] = a_concern(club, "Somebody was hurt.").id
    world.names["amber"] = a_concern(club).id
    world.names["nobodys"] = a_concern(None).id
    handed = a_concern(club)
    services.hand_over(handed, reviewer, version=1, to="lado", on=clock.today(), reference="L-12")
    world.names["handed"] = handed.id
    closed = a_concern(None)
    services.close(closed, reviewer, version=1, outcome="nothing_found", words="We looked.")
    closed.words, closed.forgotten_at = None, clock.now()
    world.names["forgotten"] = closed.id
    held, waiting, over = (make.a_club(make.CHESS) for _ in range(3))
    world.club("free", make.a_club(make.COACH))
    world.names["waiting_hold"] = a_proposed_hold(waiting, senior).id
    proposal = a_proposed_hold(held, senior)
    services.sign(proposal, other)
    world.names["hold"] = proposal.id
    ended = a_proposed_hold(over, other)
    services.sign(ended, senior)
    services.sign(services.propose_end(over, other, Advice("police", clock.today(), "P-3")), senior)
    db.session.commit()
    return world


CONCERNS = (
    Row("tell-us", "nobody", "/tell-us"),
    Row("tell-us-young", "nobody", "/tell-us?from=young-people&listing={slug}"),
    Row("tell-us-child", "nobody", "/tell-us/call/a"),
    Row("tell-us-leader", "nobody", "/tell-us/call/b", is_alike=True),
    Row("tell-us-adult", "nobody", "/tell-us/call/c", is_alike=True),
    Row("tell-us-staff", "nobody", "/tell-us/staff"),
    Row("tell-us-write", "nobody", "/tell-us/write/listing?listing={slug}"),
    Row("tell-us-write-staff", "nobody", "/tell-us/write/staff"),
    Row("tell-us-wrong", "nobody", "/tell-us/write/papers", press("Send"), status=422),
    Row(
        "tell-us-once-more",
        "nobody",
        "/tell-us/write/listing",
        press("Send", words="A child was hurt"),
    ),
    Row("tell-us-sent", "nobody", "/tell-us/sent?reference=TU-ABCDEF"),
    Row("concerns", "reviewer", "/council/concerns"),
    Row("concerns-none", "idle", "/council/concerns", is_alike=True),
    Row("concern-red", "senior", "/council/concerns/{red}"),
    Row("concern-amber", "reviewer", "/council/concerns/{amber}", is_alike=True),
    Row("concern-handed", "auditor", "/council/concerns/{handed}"),
    Row("concern-forgotten", "auditor", "/council/concerns/{forgotten}", is_alike=True),
    Row("concern-teller", "reviewer", "/council/concerns/{amber}/teller"),
    Row("concern-colour", "reviewer", "/council/concerns/{amber}/colour"),
    Row(
        "concern-colour-wrong",
        "reviewer",
        "/council/concerns/{amber}/colour",
        press("Change the colour"),
        status=422,
    ),
    Row("concern-hand-over", "reviewer", "/council/concerns/{red}/hand-over"),
    Row(
        "concern-hand-over-wrong",
        "reviewer",
        "/council/concerns/{red}/hand-over",
        press("Hand it over"),
        status=422,
    ),
    Row("concern-close", "reviewer", "/council/concerns/{amber}/close"),
    Row(
        "concern-close-wrong",
        "reviewer",
        "/council/concerns/{amber}/close",
        press("Close it"),
        status=422,
    ),
    Row("concern-club", "reviewer", "/council/concerns/{nobodys}/organisation?name=King"),
    Row("holds", "senior", "/council/holds"),
    Row("hold", "senior", "/council/holds/{hold}"),
    Row("hold-to-sign", "auditor", "/council/holds/{waiting_hold}", is_alike=True),
    Row("hold-new", "senior", "/council/holds/new?name=Bell"),
    Row("hold-propose", "senior", "/council/holds/new/{free}"),
    Row("hold-propose-wrong", "senior", "/council/holds/new/{free}", press("Propose"), status=422),
    Row("hold-end", "senior", "/council/holds/{hold}/end"),
    Row("hold-end-wrong", "senior", "/council/holds/{hold}/end", press("Propose"), status=422),
)
