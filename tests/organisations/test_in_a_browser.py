"""Every page of a club's own records in a real browser: reachable by everybody, on any width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from registry.accounts.models import Account
from registry.database import db
from registry.organisations import services
from registry.organisations.models import Activity
from tests.organisations.conftest import PASSWORD
from tests.rigs.browser import DESKTOP, PHONE, accessibility_problems, scrolls_sideways

# The window is asked for late, when the test has made what it shows.
pytestmark = pytest.mark.browser


@pytest.fixture
def address(organisation) -> Callable[[str], str]:
    """The address of one of the club's pages."""
    return lambda rest: f"/club/{organisation.id}{rest}"


@pytest.fixture
def marcia_in(owner: Account, request: pytest.FixtureRequest) -> Callable[[], Page]:
    """Opens a window in which Marcia is signed in, on all that the test has made by then."""

    def opened() -> Page:
        email = owner.email
        db.session.commit()
        page: Page = request.getfixturevalue("page")
        page.goto("/sign-in")
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.click("main button:has-text('Sign in')")
        page.wait_for_url("**/club**")
        return page

    return opened


def look(page: Page, picture, name: str) -> list[str]:
    """Take pictures; say what is wrong at either width."""
    page.wait_for_load_state()
    picture(page, f"organisations/{name}")
    found = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        if scrolls_sideways(page):
            found.append(f"{name} scrolls sideways at {size['width']}")
    return found + [f"{name}: {problem}" for problem in accessibility_problems(page)]


def test_pages_with_everything_told(
    organisation, owner, venue, live, address, marcia_in, picture, html_problems
):
    home = services.add_venue(
        organisation, owner, name="My flat", privacy="hidden", postcode="WV1 1AA"
    )
    services.add_venue(
        organisation, owner, name="New build", address="1 New St", postcode="WV99 9ZZ"
    )
    bare = services.add_activity(
        organisation, owner, name="Parkour Starters", min_months=96, max_months=143
    )
    old = services.add_activity(
        organisation, owner, name="Summer show week", min_months=96, max_months=143
    )
    services.end_activity(old, owner)
    services.change_activity(
        live, owner, marks={"step_free": ("yes", "Ramp at the side"), "hoist": ("no", "")}
    )
    here = f"/activities/{live.id}"
    found: list[str] = []
    pages = {
        "details": "/details",
        "venues": "/venues",
        "new-venue": "/venues/new",
        "venue": f"/venues/{venue.id}",
        "hidden-venue": f"/venues/{home.id}",
        "remove-venue": f"/venues/{venue.id}/remove",
        "activities": "/activities",
        "new-activity": "/activities/new",
        "activity": here,
        "bare-activity": f"/activities/{bare.id}",
        "ended-activity": f"/activities/{old.id}",
        **{f"page-{page}": f"{here}/{page}" for page in
           ("what", "who", "where", "cost", "booking", "support", "safety")},
        "sessions": f"{here}/sessions",
        "remove-session": f"{here}/sessions/{live.sessions[0].key}/remove",
        "end": f"{here}/end",
    }  # fmt: skip
    addresses = {name: address(rest) for name, rest in pages.items()}
    marcia_at = marcia_in()
    for name, rest in addresses.items():
        marcia_at.goto(rest)
        found += [f"{name}: {problem}" for problem in html_problems(marcia_at.content())]
        found += look(marcia_at, picture, name)
    assert not found, "\n".join(found)


def test_pages_with_something_to_mend(
    organisation, owner, live, address, marcia_in, picture, html_problems
):
    here = f"/activities/{live.id}"
    found: list[str] = []
    number = live.id
    pages = {
        "new-organisation-errors": "/club/new",
        "new-venue-errors": address("/venues/new"),
        "new-activity-errors": address("/activities/new"),
        "sessions-errors": address(f"{here}/sessions/new/weekly"),
    }
    cost = address(f"{here}/cost")
    marcia_at = marcia_in()
    for name, rest in pages.items():
        marcia_at.goto(rest)
        if name == "new-organisation-errors":
            found += look(marcia_at, picture, "new-organisation")
            marcia_at.check("text=Show the phone number to the public")
        marcia_at.click("main form button")
        found += [f"{name}: {problem}" for problem in html_problems(marcia_at.content())]
        found += look(marcia_at, picture, name)
    marcia_at.goto(cost)
    activity = db.session.get_one(Activity, number)
    services.change_activity(
        activity, activity.organisation.members[0].account, price_kind="free", price_pence=0
    )
    db.session.commit()
    marcia_at.fill("#price", "4")
    marcia_at.click("main form button >> nth=0")
    found += look(marcia_at, picture, "somebody-changed-this")
    assert not found, "\n".join(found)


def test_pages_with_nothing_yet(organisation, address, marcia_in, picture):
    found: list[str] = []
    pages = {"no-venues": address("/venues"), "no-activities": address("/activities")}
    marcia_at = marcia_in()
    for name, rest in pages.items():
        marcia_at.goto(rest)
        found += look(marcia_at, picture, name)
    assert not found, "\n".join(found)
