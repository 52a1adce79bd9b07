"""Taking in what others have kept: an import in every state."""

from io import BytesIO

from flask import Flask

from registry.database import db
from registry.importing import services
from registry.importing.queries import clubs_of
from tests import factories as make
from tests.importing.runs import CHOIR, HEADING, JUDO, a_file, begin, go_on, read, row, take_in
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox


def importing_world(app: Flask, outbox: Outbox) -> World:
    """A club that is here already, and imports that wait, are done, are undone or have stopped."""
    world = World()
    somebody = make.a_person("Ola Adeyemi", "administrator")
    world.person("administrator", somebody)
    world.person("senior", make.a_senior())
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    here = make.a_club(make.DANCE)
    matching = services.begin_with_file(
        BytesIO(a_file(JUDO, heading=(*HEADING[:-1], "Remarks"))), "clubs.csv", somebody
    )
    reading = begin(a_file(JUDO, CHOIR), somebody)
    ready = read(
        a_file(
            JUDO,
            row(CHOIR, organisation_name="The Kingfisher Dance Project", activity_id="A-3"),
            row(CHOIR, activity_id="A-4", last_date="31/02/2027"),
            row(CHOIR, activity_id="A-5", minimum_age="", maximum_age="", venue_postcode="nowhere"),
        ),
        somebody,
        source="List of the library",
    )
    done = take_in(a_file(JUDO, CHOIR), somebody, source="Done list")
    undone = take_in(a_file(JUDO), somebody, source="Undone list")
    services.undo(undone, somebody)
    many = [row(activity_id=f"A-{number}") for number in range(9)]
    stopped = read(a_file(*many) + b'C-1,"never closed', somebody)
    empty = go_on(read(a_file(JUDO), somebody, source="Done list"))
    db.session.commit()
    made = [one.organisation.id for one in clubs_of(done.id, 1)[0]]
    world.names |= {
        "here": here.id, "matching": matching.id, "reading": reading.id, "ready": ready.id,
        "done": done.id, "undone": undone.id, "stopped": stopped.id, "same": empty.id,
        "club": made[0],
    }  # fmt: skip
    runs = (matching, reading, ready, done, undone, stopped)
    assert " ".join(run.state for run in runs) == "matching reading ready done undone failed"
    return world


_AT = "/council/imports"
IMPORTING = (
    Row("imports", "administrator", _AT),
    Row("imports-to-an-auditor", "auditor", _AT, is_alike=True),
    Row("import-begin", "administrator", f"{_AT}/new"),
    Row("import-begin-mistaken", "administrator", f"{_AT}/new", press("Go on"), 422),
    Row("import-columns", "administrator", f"{_AT}/{{matching}}/columns"),
    Row("import-columns-mistaken", "administrator", f"{_AT}/{{matching}}/columns",
        press("Read the file", column_1=""), 422),
    Row("import-being-read", "administrator", f"{_AT}/{{reading}}"),
    Row("import-ready", "administrator", f"{_AT}/{{ready}}"),
    Row("import-likely", "senior", f"{_AT}/{{ready}}?show=likely"),
    Row("import-likely-to-an-administrator", "administrator", f"{_AT}/{{ready}}?show=likely",
        is_alike=True),
    Row("import-notes", "auditor", f"{_AT}/{{ready}}?show=notes", is_alike=True),
    Row("import-done", "administrator", f"{_AT}/{{done}}"),
    Row("import-undone", "administrator", f"{_AT}/{{undone}}"),
    Row("import-stopped", "administrator", f"{_AT}/{{stopped}}"),
    Row("import-of-nothing-new", "administrator", f"{_AT}/{{same}}", is_alike=True),
    Row("import-clubs", "administrator", f"{_AT}/{{done}}/clubs"),
    Row("import-clubs-to-an-auditor", "auditor", f"{_AT}/{{undone}}/clubs"),
    Row("import-invite", "administrator", f"{_AT}/{{done}}/clubs/{{club}}/invite"),
    Row("import-invite-mistaken", "administrator", f"{_AT}/{{done}}/clubs/{{club}}/invite",
        press("Send the link", email="nobody"), 422),
)  # fmt: skip
