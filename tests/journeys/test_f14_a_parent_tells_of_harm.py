"""F14: a parent reports “my child was hurt by coach” as a wrong listing (domain F)."""

import io
import json
import logging
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import String, Text, cast, select
from sqlalchemy.orm import Session

from registry.concerns.models import Concern
from registry.database import JsonDocument, db
from registry.jobs.nightly import run_night
from tests import factories as make
from tests.page import Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock

TOLD = "My child was HURT by coach Zebedee on Tuesday"
MARK = "Zebedee"


def test_a_report_of_harm_as_a_wrong_listing(
    app: Flask,
    new_visitor: Callable[[], Visitor],
    outbox: Outbox,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    clock.travel_to("2026-11-22 22:30")  # a Sunday night
    listed = make.an_approved()
    club, owner = listed.organisation, make.owner_of(listed)
    reader = make.a_reviewer()
    db.session.commit()

    # From the listing, past 999 and the MASH, to the form for a wrong listing.
    parent = new_visitor()
    page = parent.get("/activities/street-dance-juniors")
    page = page.follow("Is this out of date, or is something wrong?")
    assert page.main.index("Is a child in danger now?") < page.main.index("A page that is wrong")
    page = page.follow("A page that is wrong")
    assert "Nobody reads this at night or at weekends." in page.main
    assert {"999", "01902 555392"} <= set(page.links)

    # The words bring the numbers once more, before anything is sent.
    page = page.form().fill(words=TOLD).submit()
    assert page.h1 == "Before you send"
    assert "Nothing is sent yet" in page.main
    assert "01902 555392" in page.main
    assert db.session.scalars(select(Concern)).all() == []
    assert page.press("Change what I wrote").form().fields["words"] == TOLD

    # Sent anyway it is red, and a message without its text goes at once to the duty address.
    page = page.press("Send what I wrote")
    assert page.h1 == "Thank you"
    concern = db.session.scalars(select(Concern)).one()
    assert (concern.colour, concern.organisation_id) == ("red", club.id)
    assert concern.reference in page.main
    letter = outbox.latest(app.extensions["settings"].council_email)
    assert letter.subject == f"Look today: {concern.reference}"
    assert MARK not in letter.text
    assert club.name not in letter.text

    # The first to read it hands it over, on the next working day; the club is told nothing.
    clock.travel_to("2026-11-23 09:10")
    before = len(outbox.to(owner.email))
    council = new_visitor()
    council.sign_in(reader.email)
    page = council.get("/council/concerns")
    assert "Red 1 waits. The first is due on 23 Nov" in page.main
    page = page.follow(concern.reference)
    assert TOLD in page.main
    form = page.follow("Hand it over").form()
    page = form.fill(
        {"to": "mash", "on-day": "23", "on-month": "11", "on-year": "2026"}, reference="M-4471"
    ).submit()
    assert "Referred to the MASH on 23 November 2026, M-4471." in page.main
    assert len(outbox.to(owner.email)) == before

    # The text is in its one column and nowhere else.
    assert _where(MARK) == {"concern.words"}
    assert MARK not in caplog.text
    assert MARK not in _copy_for(new_visitor(), owner.email, club.id)
    for address in (f"/activities?q={MARK}", "/council", "/council/concerns", "/council/changes"):
        # A search says back what was asked, and on paper where to ask it again.
        shown = council.get(address).main.replace(f"“{MARK}”", "").replace(f"?q={MARK}", "")
        assert MARK not in shown

    # Gone 30 days after the hand-over; the reference stays.
    clock.travel_to("2026-12-22 03:00")
    run_night()
    assert _where(MARK) == {"concern.words"}
    clock.travel_to("2026-12-23 03:00")
    run_night()
    assert _where(MARK) == set()
    kept = db.session.scalars(select(Concern)).one()
    assert (kept.handed_to, kept.handed_reference) == ("mash", "M-4471")
    council.sign_in(reader.email)
    page = council.get(f"/council/concerns/{kept.id}")
    assert "Referred to the MASH on 23 November 2026, M-4471." in page.main
    assert "Deleted on 23 December 2026" in page.main


def _where(mark: str) -> set[str]:
    """Every column of the whole database that holds these letters."""
    session: Session = db.session()
    session.expire_all()
    found = set()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | Text | JsonDocument):
                held = cast(column, String).contains(mark)
                if session.execute(select(table).where(held).limit(1)).first():
                    found.add(f"{table.name}.{column.name}")
    return found


def _copy_for(visitor: Visitor, email: str, organisation_id: int) -> str:
    """Everything that is held about a club, as its owner takes it along."""
    visitor.sign_in(email)
    packet = visitor.get(f"/club/{organisation_id}/download").form().submit()
    with zipfile.ZipFile(io.BytesIO(packet.body)) as archive:
        return json.dumps(json.loads(archive.read("everything.json")))
