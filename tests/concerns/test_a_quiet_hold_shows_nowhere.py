"""With and without a quiet hold, all that a reviewer and a club see is the same, byte for byte.

Two worlds with one past, at one frozen moment. In one of them two seniors set a quiet hold that
takes the listing off. Then both go the same way, and every address that the reviewer and the owner
can open is read in both: pages, counts, exports, and what they get by email.
"""

import re
from collections import deque
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from io import BytesIO
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.models import Change
from registry.assessments.standing import open_assessment
from registry.changes import services as changes
from registry.concerns.services import propose_hold, sign
from registry.concerns.services.holding import Advice
from registry.database import db
from registry.jobs.nightly import run_night
from registry.messages.models import Message
from registry.organisations import services as organisations
from registry.organisations.models import Organisation
from registry.telling.services import plan_checked
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.page import Visitor
from tests.rigs.databases import Databases
from tests.rigs.travelling import Clock

# What is made anew for each page, and says nothing.
TOKENS = re.compile(rb'name="csrf_token"[^>]*value="[^"]*"')
LINKS = re.compile(rb'href="([^"#]+)')
ROOMS = {"owner": ("/club", "/account"), "reviewer": ("/council",)}
# One question is drawn as another; a secret for an app is another each time that it is offered.
QUESTION = re.compile(r"/(questions|self-check|answer)/[a-z]+_")
READ_QUESTIONS = ("sg_policy", "sg_review_date")
LEFT_OUT = ("/account/second-factor/set-up",)


@dataclass
class World:
    """What somebody saw at each address, and what was written to anybody."""

    pages: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    letters: list[tuple[str, str, str]] = field(default_factory=list)


def test_everything_is_the_same_byte_for_byte(
    app: Flask,
    new_visitor: Callable[[], Visitor],
    clock: Clock,
    request: pytest.FixtureRequest,
) -> None:
    databases: Databases = request.getfixturevalue("_databases")
    clock.freeze("2026-06-01")
    listed = make.an_approved(reviewed_on=date(2025, 7, 20))
    club, owner, holder = listed.organisation, make.owner_of(listed), make.a_reviewer()
    clock.freeze("2026-07-05")
    renewal = make.complete(services.begin(club, owner), reviewed_on=date(2026, 6, 20))
    make.walking.submit(renewal, owner)
    services.start_review(renewal, holder)
    make.walking.find_all_met(renewal, holder)
    plan_checked(club, owner, checked_on=date(2026, 6, 20), papers=[a_paper()])
    first, second = make.a_senior(), make.a_senior()
    people = {"owner": owner.id, "reviewer": holder.id}
    ids = {"club": club.id, "renewal": renewal.id, "first": first.id, "second": second.id}
    db.session.commit()
    let_go()
    databases.keep("two_worlds")

    without = live_on(ids, people, new_visitor, clock, with_hold=False)
    let_go()
    databases.start_anew("two_worlds")
    clock.freeze("2026-07-05")
    within = live_on(ids, people, new_visitor, clock, with_hold=True)

    assert len(without.pages) > 100
    assert without.pages.keys() == within.pages.keys()
    differing = [
        address for address, seen in without.pages.items() if seen != within.pages[address]
    ]
    assert differing == []
    assert without.letters == within.letters
    told = {template for template, _, _ in within.letters}
    assert {"club/listed", "club/returned", "club/still-reading", "club/abandoned"} <= told


def live_on(
    ids: dict[str, int],
    people: dict[str, int],
    new_visitor: Callable[[], Visitor],
    clock: Clock,
    *,
    with_hold: bool,
) -> World:
    """One year's end: with everything that a hold lets go on, and every page read twice."""
    club, world = db.session.get_one(Organisation, ids["club"]), World()
    activity = club.activities[0]
    if with_hold:
        first, second = (db.session.get_one(Account, ids[one]) for one in ("first", "second"))
        proposal = propose_hold(
            club, first, Advice("lado", date(2026, 7, 4), "L-12"), takes_listing_off=True
        )
        sign(proposal, second)
    db.session.commit()
    shown = new_visitor().get("/activities/street-dance-juniors").status
    assert shown == (404 if with_hold else 200)
    world.pages |= everything(people, ids, new_visitor, "at once")

    owner, holder = (db.session.get_one(Account, people[one]) for one in ("owner", "reviewer"))
    clock.freeze("2026-07-06 03:00")
    run_night()
    clock.freeze("2026-07-06 10:00")
    change = db.session.scalars(select(Change).where(Change.state == "waiting")).one()
    assert changes.accept(change, holder, version=change.version, reason="Read.")
    organisations.pause(activity, owner)
    organisations.resume(activity, owner)
    renewal = open_assessment(club.id)
    assert renewal is not None
    words = {"sg_steps": "Say whom you call."}
    services.return_for_changes(renewal, holder, **make.read(renewal), words=words)
    db.session.commit()
    clock.freeze("2026-07-21 03:00")
    run_night()
    clock.freeze("2026-08-05 03:00")
    run_night()
    world.pages |= everything(people, ids, new_visitor, "in the end", steps=4)
    world.letters = [
        (one.template, one.recipient, repr(sorted(one.context.items())))
        for one in db.session.scalars(select(Message).order_by(Message.id))
    ]
    return world


def everything(
    people: dict[str, int],
    ids: dict[str, int],
    new_visitor: Callable[[], Visitor],
    when: str,
    steps: int = 20,
) -> dict[str, tuple[int, bytes]]:
    """Every address that they can open, and every one that those pages lead to; as far into a
    room as so many steps of an address go."""
    seen = {}
    for who, number in people.items():
        visitor = new_visitor()
        visitor.sign_in(db.session.get_one(Account, number).email)
        waiting = deque(addresses(visitor.app, ids, ROOMS[who]))
        known = set(waiting)
        while waiting:
            address = waiting.popleft()
            if address.count("/") >= steps:
                continue
            status, body, led_to = opened(visitor, address)
            seen[f"{when}: {who}: {address}"] = (status, body)
            new = {one for one in led_to if one not in known and is_read(one, ROOMS[who])}
            known |= new
            waiting.extend(sorted(new))
        if who == "owner":
            copy = visitor.post(f"/club/{ids['club']}/download", follow=False)
            seen[f"{when}: {who}: the copy"] = (copy.status, copy.body)
    return seen


def addresses(app: Flask, ids: dict[str, int], rooms: tuple[str, ...]) -> list[str]:
    """Every address of their rooms, with the numbers of what is there or might be. One with
    another kind of gap is found by its link."""
    known = {
        "<id:organisation_id>": [ids["club"]],
        "<id:assessment_id>": [1, ids["renewal"]],
        "<key>": READ_QUESTIONS,
        "<flag>": ["ofsted_check"],
    }
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        parts = re.split(r"(<[^>]+>)", rule.rule)
        choices = [known.get(part, [1] if part.startswith("<id:") else [part]) for part in parts]
        found |= {"".join(map(str, chosen)) for chosen in product(*choices)}
    return sorted(one for one in found if "<" not in one and is_read(one, rooms))


def is_read(address: str, rooms: tuple[str, ...]) -> bool:
    if not address.startswith(rooms) or address in LEFT_OUT:
        return False
    return not QUESTION.search(address) or address.endswith(READ_QUESTIONS)


def opened(visitor: Visitor, address: str) -> tuple[int, bytes, list[str]]:
    """The bare answer, less what is made anew for each page; and where it leads."""
    visitor.before()
    answer = Context().run(visitor.raw.get, address, base_url=visitor.base_url, buffered=True)
    body = answer.get_data()
    led_to = []
    if answer.mimetype == "text/html":
        body = TOKENS.sub(b"", body)
        led_to = [unescape(one.decode()) for one in LINKS.findall(body)]
    if place := answer.headers.get("Location"):
        body, led_to = place.encode(), [place]
    return answer.status_code, body, [local(address, one) for one in led_to]


def local(page: str, address: str) -> str:
    parts = urlsplit(urljoin(f"http://here{page}", address))
    here = parts.path + (f"?{parts.query}" if parts.query else "")
    return here if parts.netloc in ("here", "localhost") or "localhost" in parts.netloc else ""


def a_paper() -> FileStorage:
    return FileStorage(BytesIO(a_pdf("Our plan, checked again")), filename="plan.pdf")


def let_go() -> None:
    db.session.rollback()
    db.session.remove()
    db.engine.dispose()
