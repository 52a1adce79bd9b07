"""What every test may ask for.

Each test process has one application and one database; the database starts anew for each test
that asks for `app`, from a template that the real migrations made. `--database` chooses the engine.
"""

import gc
import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, event

from registry.cards.words.understanding import forget_words
from registry.config import Settings
from registry.database import db
from registry.geography.services import OUR_POSTCODES, load_postcodes
from registry.information.services import fill_in_contacts
from registry.ready_words.services import fill_in_words
from tests.page import Visitor
from tests.rigs.beginnings import Beginnings, begin
from tests.rigs.browser import DESKTOP, PHONE, Visit, chromium, take_pictures
from tests.rigs.databases import Databases, SqliteDatabases, postgresql_server
from tests.rigs.letters import Outbox
from tests.rigs.processes import free_port
from tests.rigs.server import serving
from tests.rigs.travelling import Clock
from tests.rigs.validator import HtmlValidator, html_validator

TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """The choices of a run."""
    group = parser.getgroup("the register")
    group.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the engine to test on",
    )
    group.addoption(
        "--write-snapshots",
        action="store_true",
        help="write how every email reads to tests/emails/snapshots, to be looked at and kept",
    )
    group.addoption(
        "--every-state",
        action="store_true",
        help="have axe look at every page in every state, and not only at what it has not seen",
    )
    group.addoption(
        "--pictures", metavar="FOLDER", help="write a picture of every page that a test shows"
    )


@event.listens_for(Engine, "connect")
def _never_wait_for_the_disk(connection: Any, _: Any) -> None:
    """Tests lose nothing when the power goes, so they need not be sure of it at each commit."""
    if type(connection).__module__ == "sqlite3":
        connection.execute("PRAGMA synchronous=OFF")


# One application and one database for each test process.


@pytest.fixture(scope="session")
def _databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """The engine that this run was asked for."""
    if request.config.getoption("--database") == "sqlite":
        yield SqliteDatabases(tmp_path_factory.mktemp("database"))
    else:
        with postgresql_server() as databases:
            yield databases


@pytest.fixture(scope="session")
def settings(_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation in Wolverhampton, as quick as it can be. `changed` makes others."""
    return Settings(
        environment="test",
        secret_key="the tests keep no secret",
        database_url=_databases.url,
        data_dir=tmp_path_factory.mktemp("data"),
        public_url=f"http://localhost:{free_port()}",
        mail_sender="memory",
        password_profile="cheap",
        second_reading_share=0,  # a test that draws says so
    )


@pytest.fixture(scope="session")
def _built(
    _databases: Databases, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application, and the template that every test starts from."""
    # Here and not above: a test of pure rules need not wait for the whole application.
    from registry.application import create_app

    app = create_app(settings)
    with app.app_context():
        upgrade()
        load_postcodes(_postcodes_of_the_city(tmp_path_factory.mktemp("postcodes")))
        fill_in_contacts()
        fill_in_words()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    _databases.keep_as_template()
    # The application stays for the whole run; looking through it for garbage takes a sixth of it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    yield app
    with app.app_context():
        db.engine.dispose()


def _postcodes_of_the_city(folder: Path) -> Path:
    """The WV postcodes alone: a template that is quick to copy."""
    path = folder / "wv.csv"
    with gzip.open(OUR_POSTCODES, "rt", encoding="utf-8") as every:
        heading, *rows = every
    path.write_text("".join([heading, *(row for row in rows if row.startswith("WV"))]))
    return path


@pytest.fixture(scope="session")
def _beginnings(_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """Where factories have led before, to be copied."""
    return Beginnings(_databases, tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    _built: Flask,
    _databases: Databases,
    _beginnings: Beginnings,
    settings: Settings,
) -> Iterator[Flask]:
    """The running application, on a database of this test's own.

    `@pytest.mark.changed(two_people_for_first_approval=True)` changes settings for one test.
    """
    changes: dict[str, Any] = {}
    for marker in request.node.iter_markers("changed"):
        changes = {**marker.kwargs, **changes}
    ended = _databases.start_anew()
    forget_words()
    shutil.rmtree(settings.data_dir, ignore_errors=True)
    settings.data_dir.mkdir(parents=True)
    _built.extensions["settings"] = replace(settings, **changes)
    begin(_beginnings)
    with _built.app_context():
        if ended:
            db.engine.dispose()
        yield _built
        _beginnings.let_go()
    _built.extensions["settings"] = settings


@pytest.fixture
def make_app(_databases: Databases, app: Flask) -> Iterator[Callable[..., Flask]]:
    """Another application over the same database, for settings that count only at the start."""
    from registry.application import create_app

    made: list[Flask] = []

    def make(**changes: Any) -> Flask:
        made.append(create_app(replace(app.extensions["settings"], **changes)))
        return made[-1]

    yield make
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


# People.


@pytest.fixture
def new_visitor(app: Flask, settings: Settings) -> Callable[[], Visitor]:
    """Somebody with a browser of their own; call it once for each person.

    What the test itself has in the database session is committed before each of their requests.
    """
    return lambda: Visitor(app, settings.public_url, before=db.session.commit)


@pytest.fixture
def client(new_visitor: Callable[[], Visitor]) -> Visitor:
    """Somebody who has just arrived, not signed in."""
    return new_visitor()


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock to travel with. Until it is moved, time is real."""
    travelling = Clock()
    yield travelling
    travelling.come_home()


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    """The letters that people get: `outbox.latest("club@example.org").link("/confirm")`."""
    return Outbox()


@pytest.fixture(scope="session")
def html_problems() -> Iterator[HtmlValidator]:
    """Ask what is wrong with a page's HTML: `assert not html_problems(page.html)`."""
    with html_validator() as validator:
        yield validator


# A real browser. Every test with one of these is marked `browser` by itself.


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def live_server(app: Flask, settings: Settings) -> Iterator[str]:
    """The address of the application on a real port, over this test's database and clock.

    A test that reads or writes the database itself ends with `db.session.commit()` before a
    browser goes on: on SQLite there is one writer at a time.
    """
    port = int(settings.public_url.rpartition(":")[2])
    db.session.remove()
    with serving(app, port) as address:
        yield address


@pytest.fixture
def open_browser(_chromium: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """Open a window for one more person. What goes wrong behind any of them fails the test.

    Options are Playwright's: `open_browser(java_script_enabled=False)`.
    """
    with ExitStack() as visits:

        def opened(**options: Any) -> Page:
            visit = Visit(_chromium, live_server, **{"viewport": DESKTOP, **options})
            visits.callback(visit.close)
            return visit.page

        yield opened


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """A window on a desktop computer."""
    return open_browser()


@pytest.fixture
def phone(open_browser: Callable[..., Page]) -> Page:
    """A small phone with a touch screen."""
    return open_browser(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def no_script_page(open_browser: Callable[..., Page]) -> Page:
    """A window where JavaScript is off."""
    return open_browser(java_script_enabled=False)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Write a picture of a page at both widths: `picture(page, "03-check-your-email")`.

    Does nothing unless the run asks for pictures with --pictures FOLDER.
    """
    folder = request.config.getoption("--pictures")

    def take(page: Page, name: str) -> None:
        if folder:
            take_pictures(page, Path(folder), name)

    return take


# Through pages, and tried on both engines all the same: every page in every state, whole journeys,
# what happens at once, what is found, handed out, taken in, merged and deleted.
ON_BOTH = (
    "accounts/test_throttle.py",
    "appeals/",
    "assessments/test_two_at_once.py",
    "data_protection/",
    "directory/test_listing.py",
    "directory/test_results_page.py",
    "importing/",
    "insights/",
    "inventory/test_pages.py",
    "journeys/",
    "leaving/",
    "matching/",
    "merging/",
    "opendata/",
    "reliability/",
    "reviews/",
    "tallies/",
    "telling/",
    "web/test_caching.py",
)
# What is drawn from what a test gives it: no engine makes a difference to its words.
DRAWN = ("emails/", "inventory/test_reading_age.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a browser or a database, however far down, is one of theirs.

    One that goes through pages says little more of the database than the services behind them.
    """
    for item in items:
        asked_for = getattr(item, "fixturenames", ())
        if "_chromium" in asked_for:
            item.add_marker(pytest.mark.browser)
        if "_databases" in asked_for:
            item.add_marker(pytest.mark.database)
        where = item.path.relative_to(TESTS).as_posix()
        if where.startswith(DRAWN) or (
            "new_visitor" in asked_for and not where.startswith(ON_BOTH)
        ):
            item.add_marker(pytest.mark.pages)
