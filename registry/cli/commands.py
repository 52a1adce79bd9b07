"""What an operator runs: `flask --app wsgi registry …`."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import func, select

from registry.accounts.demonstration_people import DEMONSTRATION_PASSWORD, DEMONSTRATION_PEOPLE
from registry.accounts.models import Account
from registry.audit.services import first_break
from registry.cli.serving import serve as serve_all
from registry.config import settings
from registry.database import db
from registry.demonstration import building
from registry.geography.models import Postcode
from registry.geography.services import OUR_POSTCODES, load_postcodes
from registry.information.services import fill_in_contacts
from registry.jobs.nightly import run_night
from registry.jobs.worker import work as run_worker
from registry.messages.delivery import deliver as deliver_outbox

registry = AppGroup("registry", help="Look after the register.")
postcodes = AppGroup("postcodes", help="Where postcodes are.")
demonstration = AppGroup("demonstration", help="An invented register to look at.")
history = AppGroup("history", help="What was done, and proof that nobody changed it.")


def add_commands(app: Flask) -> None:
    """Hang the register's commands on the application."""
    for group in (postcodes, demonstration, history):
        registry.add_command(group)
    app.cli.add_command(registry)


@registry.command()
def up() -> None:
    """Migrate, fill what is empty, load the demonstration the first time, and serve."""
    _prepare()
    if settings().demonstration and _is_empty():
        click.echo("Loading the demonstration register. This takes a minute.")
        building.load(progress=_progress)
        db.session.commit()
    _say_where_to_look()
    sys.exit(serve_all(settings()))


@registry.command()
def migrate() -> None:
    """Bring the database to this version. Safe to run on several machines at once."""
    _prepare()


@registry.command()
def serve() -> None:
    """Run the web workers and the worker."""
    sys.exit(serve_all(settings()))


@registry.command()
def work() -> None:
    """Run the worker alone: it sends the outbox and does the night's work."""
    from flask import current_app

    run_worker(current_app._get_current_object())  # type: ignore[attr-defined]


@registry.command()
def night() -> None:
    """Do now what the night does: lapse, remind, put aside, tidy."""
    done = run_night()
    click.echo(
        f"{done.lapsed} lapsed, {done.reminded} reminded or looked at, "
        f"{done.put_aside} put aside, {done.tidied} tidied."
    )
    for problem in done.failed:
        click.echo(f"Failed: {problem}", err=True)
    sys.exit(1 if done.failed else 0)


@registry.command()
def deliver() -> None:
    """Send now what waits in the outbox."""
    click.echo(f"{deliver_outbox()} sent.")


@postcodes.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Load postcodes from our CSV. A broken file changes nothing."""
    count = load_postcodes(file)
    db.session.commit()
    click.echo(f"{count} postcodes loaded.")


@demonstration.command("load")
@click.option("--organisations", default=60, show_default=True, help="how many clubs")
@click.option("--seed", default=1, show_default=True, help="the same seed makes the same register")
def load_demonstration(organisations: int, seed: int) -> None:
    """Fill an empty database with an invented register."""
    if not _is_empty():
        raise click.ClickException("This database is not empty. A demonstration needs its own.")
    building.load(organisations=organisations, seed=seed, progress=_progress)
    db.session.commit()


@history.command()
def verify() -> None:
    """Check that every entry of the history fits the one before it."""
    broken = first_break()
    if broken is not None:
        raise click.ClickException(f"The history is broken at entry {broken}.")
    click.echo("Every entry fits the one before it.")


def _prepare() -> None:
    """Migrate, and fill the tables that every installation needs."""
    upgrade()
    if not db.session.scalar(select(func.count()).select_from(Postcode)):
        load_postcodes(OUR_POSTCODES)
    fill_in_contacts()
    db.session.commit()


def _is_empty() -> bool:
    return db.session.scalar(select(func.count()).select_from(Account)) == 0


def _progress(done: int, of: int) -> None:
    """A bar on one line, for somebody who waits."""
    filled = round(30 * done / max(of, 1))
    end = "\n" if done >= of else ""
    click.echo(f"\r  [{'#' * filled}{'.' * (30 - filled)}] {done} of {of}{end}", nl=False)


def _say_where_to_look() -> None:
    chosen = settings()
    click.echo(f"\n{chosen.scheme_name} is at {chosen.public_url}")
    if chosen.demonstration:
        click.echo("This is a demonstration. Sign in as one of these, with the password")
        click.echo(f"{DEMONSTRATION_PASSWORD}\n")
        for person in DEMONSTRATION_PEOPLE:
            click.echo(f"  {person.email:28} {person.what}")
        click.echo()
