"""Every page that somebody can meet, by whom, with its empty, full and mistaken states.

A row says whose window it is, the address, and what they do there: nothing, or something that
the page has to answer with what is to be mended. `{names}` stand for what the world made. Each
room of `tests/inventory/pages` has its rows, and makes the world in which they are met.
`tests/inventory/test_pages.py` reads each one and holds that none is left out;
`tests/browser/test_every_page.py` shows each one to a real browser.
"""

import re
from collections.abc import Callable

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.inventory.pages.administration import ADMINISTRATION, administration_world
from tests.inventory.pages.appeals import APPEALS, appeals_world
from tests.inventory.pages.club import CLUB, club_world
from tests.inventory.pages.concerns import CONCERNS, concerns_world
from tests.inventory.pages.council import DESK, desk_world
from tests.inventory.pages.data_protection import DATA_PROTECTION, data_protection_world
from tests.inventory.pages.faults import FAULTS, faulty_world
from tests.inventory.pages.importing import IMPORTING, importing_world
from tests.inventory.pages.people import PEOPLE, people_world
from tests.inventory.pages.public import EMPTY, PUBLIC, empty_world, public_world
from tests.inventory.pages.reviews import (
    COUNCIL,
    EMPTY_COUNCIL,
    council_world,
    empty_council_world,
)
from tests.inventory.pages.row import Row, World
from tests.inventory.pages.staff import STAFF, staff_world
from tests.inventory.pages.standing import STANDING, standing_world
from tests.rigs.beginnings import once
from tests.rigs.letters import Outbox

ROOMS: dict[str, tuple[Callable[[Flask, Outbox], World], tuple[Row, ...]]] = {
    "public": (public_world, PUBLIC),
    "empty": (empty_world, EMPTY),
    "club": (club_world, CLUB),
    "council": (council_world, COUNCIL),
    "desk": (desk_world, DESK),
    "standing": (standing_world, STANDING),
    "appeals": (appeals_world, APPEALS),
    "concerns": (concerns_world, CONCERNS),
    "administration": (administration_world, ADMINISTRATION),
    "data-protection": (data_protection_world, DATA_PROTECTION),
    "importing": (importing_world, IMPORTING),
    "empty-council": (empty_council_world, EMPTY_COUNCIL),
    "people": (people_world, PEOPLE),
    "staff": (staff_world, STAFF),
    "faults": (faulty_world, FAULTS),
}


def world_of(room: str, app: Flask, outbox: Outbox) -> World:
    """The world in which the pages of a room are met, made once for each test process.

    A fault is in the application and not in its database: no copy of that one would show it.
    """
    make_world = ROOMS[room][0]
    if room == "faults":
        return make_world(app, outbox)
    return once(f"the world of {room}", lambda: make_world(app, outbox))


def endpoint_of(address: str, app: Flask) -> str:
    """The endpoint that answers an address; empty where nothing does."""
    path = re.sub(r"\{\w+\}", "1", address).partition("?")[0]
    try:
        return str(app.url_map.bind("localhost").match(path)[0])
    except HTTPException:
        return ""
