"""What an operator runs: `flask --app wsgi registry …`."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import func, select

from registry import clock
from registry.accounts.demonstration_people import (
    DEMONSTRATION_PASSWORD,
    DEMONSTRATION_PEOPLE,
    DEMONSTRATION_SECRET,
)
from registry.accounts.models import STAFF_ROLES
from registry.accounts.queries import account_by_email
from registry.accounts.services.roles import invite
from registry.accounts.services.second_factor import reset_second_factor
from registry.audit.chain import walk, walk_file
from registry.audit.sealing import last_year_to_seal, sealable
from registry.audit.sealing import seal as seal_history
from registry.cards.facts import fill_in_facts
from registry.cards.search.rebuilding import fill as fill_search_index
from registry.cards.search.rebuilding import rebuild as rebuild_search_index
from registry.cards.services import fill_in_references
from registry.cli.files_in import postcodes, taxonomies
from registry.cli.importing import take_in
from registry.cli.plainly import PlainGroup
from registry.cli.serving import check_port, serve_all
from registry.config import settings
from registry.data_protection.services.retention import carry_out as let_go
from registry.data_protection.services.retention import report as due_today
from registry.database import db
from registry.demonstration import building, cards_file
from registry.demonstration.marking import check_belongs, is_empty
from registry.demonstration.paperwork import MADE, make_all
from registry.demonstration.people import share_the_secret
from registry.files.erasing import replay_erasures
from registry.geography.models import Postcode
from registry.geography.services import OUR_POSTCODES, load_postcodes
from registry.information.help_topics import help_topics
from registry.information.services import fill_in_contacts
from registry.jobs.nightly import run_night
from registry.jobs.worker import work as run_worker
from registry.messages.delivery import deliver as deliver_outbox
from registry.opendata.openactive.services import fill_feeds
from registry.ready_words.services import fill_in_words
from registry.reviews.who_can_sign import too_few_to_sign
from registry.web.formats import plural

registry = PlainGroup("registry", help="Look after the register.")
demonstration = PlainGroup("demonstration", help="An invented register to look at.")
history = PlainGroup("history", help="What was done, and proof that nobody changed it.")
staff = PlainGroup("staff", help="Who works for the council here.")
files = PlainGroup("files", help="The papers that clubs sent.")
search = PlainGroup("search", help="What searches are answered from.")


def add_commands(app: Flask) -> None:
    """Hang the register's commands on the application."""
    for group in (postcodes, taxonomies, demonstration, history, staff, files, search):
        registry.add_command(group)
    registry.add_command(take_in)
    app.cli.add_command(registry)


# Running it.


@registry.command()
def up() -> None:
    """Migrate, fill what is empty, load the demonstration the first time, and serve."""
    check_port(settings())
    _prepare()
    if settings().demonstration and is_empty():
        click.echo("Making the demonstration register. This is done once, and takes a minute.")
        _load_demonstration(building.WRITTEN, 1)
    check_belongs(settings())
    if settings().demonstration:
        share_the_secret()
        db.session.commit()
    _say_where_to_look()
    _serve()


@registry.command()
def migrate() -> None:
    """Bring the database to this version. Safe to run on several machines at once."""
    _prepare()


@registry.command()
def serve() -> None:
    """Run the web workers and the worker."""
    check_port(settings())
    check_belongs(settings())
    _serve()


@registry.command()
def work() -> None:
    """Run the worker alone: it sends the outbox and does the night's work."""
    check_belongs(settings())
    run_worker(current_app._get_current_object())  # type: ignore[attr-defined]


@registry.command()
def night() -> None:
    """Do now what the night does: ask, hold, lapse, remind, put aside, tidy."""
    done = run_night()
    click.echo(
        f"{done.asked} asked, {done.held} held, {done.lapsed} lapsed, {done.reminded} reminded, "
        f"{done.put_aside} put aside, {done.tidied} tidied, {done.scanned} files scanned, "
        f"{done.swept} stray files erased."
    )
    for problem in done.failed:
        click.echo(f"Failed: {problem}", err=True)
    sys.exit(1 if done.failed else 0)


@registry.command()
def deliver() -> None:
    """Send now what waits in the outbox."""
    click.echo(f"{deliver_outbox()} sent.")


@registry.command()
def doctor() -> None:
    """Look whether enough people work here for every decision to be signed fairly, and which
    pages of advice somebody should read again."""
    for sentence in help_topics().stale(clock.today()):
        click.echo(f"To look at: {sentence}")
    warnings = too_few_to_sign()
    for warning in warnings:
        click.echo(f"Warning: {warning}", err=True)
    if not warnings:
        click.echo("There are enough people to sign every decision.")
    sys.exit(1 if warnings else 0)


# Who works here.


@registry.command()
@click.argument("email")
@click.option("--name", required=True, help="their name, as colleagues see it")
def administrator(email: str, name: str) -> None:
    """Make somebody an administrator, and show the link by which they choose a password."""
    _invite(email, name, ("administrator",))


@staff.command("reset-second-factor")
@click.argument("email")
def reset_app(email: str) -> None:
    """Take somebody's authenticator app away: they set up another when they sign in next.

    For an installation whose last administrator lost both phone and recovery codes.
    """
    account = account_by_email(email)
    if account is None:
        raise click.ClickException(f"Nobody has an account for {email}.")
    reset_second_factor(account, None)
    db.session.commit()
    click.echo(f"{email} sets up an authenticator app when they sign in next.")


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True, help="their name, as colleagues see it")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice(STAFF_ROLES),
    help="may be given more than once",
)
def add_staff(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Let somebody work for the council here, and show the link to choose a password."""
    _invite(email, name, roles)


# What it holds.


@search.command("rebuild")
@click.option(
    "--from-documents",
    is_flag=True,
    help="work out anew also what is still right of the old one; takes longer",
)
def rebuild_search(from_documents: bool) -> None:
    """Make the index of searches anew from the cards. Searches and saving go on meanwhile."""
    with click.progressbar(length=0, label="Cards") as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        cards = rebuild_search_index(progress, from_documents=from_documents)
    click.echo(f"{plural(cards, 'card', 'cards')} can be found.")


@demonstration.command("load")
@click.option(
    "--organisations",
    default=building.WRITTEN,
    show_default=True,
    type=click.IntRange(1, building.MOST),
    help="how many clubs",
)
@click.option("--seed", default=1, show_default=True, help="the same seed makes the same register")
def load_demonstration(organisations: int, seed: int) -> None:
    """Fill an empty database with an invented register, and mark it as one."""
    if not settings().demonstration:
        raise click.ClickException(
            "This installation is not a demonstration. Set DEMO=1, with a database of its own."
        )
    _load_demonstration(organisations, seed)


@demonstration.command("cards")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write_demonstration_cards(file: Path) -> None:
    """Write what searches know of every card: what tests and benchmarks begin with."""
    click.echo(f"{plural(cards_file.write(file, clock.today()), 'card', 'cards')} in {file}")


@demonstration.command()
@click.option(
    "--folder", default=MADE, show_default="the one that comes with the registry", type=Path
)
def papers(folder: Path) -> None:
    """Write every model paper as a PDF. Needs pango."""
    for path in make_all(folder):
        click.echo(path)


@history.command()
@click.option(
    "--file",
    "exported",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="an exported or sealed file, in place of the database",
)
def verify(exported: Path | None) -> None:
    """Check that every entry of the history fits the one before it."""
    if exported:
        with exported.open(encoding="utf-8") as lines:
            found = walk_file(lines)
    else:
        found = walk()
    if found.broken_at is not None:
        raise click.ClickException(f"The history is broken at entry {found.broken_at}.")
    click.echo(f"Every entry fits the one before it: {found.entries:,} were looked at.")


@history.command()
@click.option("--dry-run", is_flag=True, help="say what could be sealed, and change nothing")
def seal(dry_run: bool) -> None:
    """Export whole years past retention to DATA_DIR/sealed, and take them out of the database."""
    found = sealable()
    if found is None:
        click.echo(f"No entry is from {last_year_to_seal()} or before: there is nothing to seal.")
        return
    if dry_run:
        click.echo(
            f"{found.entries:,} entries to the end of {found.last_year} could be sealed: "
            f"numbers {found.first_number} to {found.last_number}. Nothing was changed."
        )
        return
    sealed = seal_history(settings().sealed_dir)
    db.session.commit()
    assert sealed is not None
    click.echo(f"{sealed.entries:,} entries to the end of {sealed.last_year} are sealed in")
    click.echo(f"\n  {sealed.path}\n\nIts SHA-256 is {sealed.file_digest}")
    click.echo("Keep the file where your council keeps its records. The chain goes on from it.")


@files.command("replay-erasures")
@click.option(
    "--list",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="a list kept elsewhere; without it, the one beside the files",
)
def replay(path: Path | None) -> None:
    """After a restore: erase again what was erased as a wrong file, before anybody signs in."""
    count = replay_erasures(path)
    db.session.commit()
    is_are = "is" if count == 1 else "are"
    click.echo(f"{plural(count, 'file', 'files')} on the list {is_are} erased.")


@registry.command()
@click.option("--carry-out", is_flag=True, help="let go of it now; without this, only look")
def retention(carry_out: bool) -> None:
    """What has come to the end of its time: how much of each, and nothing of what is in it."""
    if carry_out:
        done = let_go(clock.today())
        for key, count in done.erased.items():
            click.echo(f"{count:6} erased: {key}")
        click.echo(f"{done.count} erased in all.")
        for problem in done.failed:
            click.echo(f"Failed: {problem}", err=True)
        sys.exit(1 if done.failed else 0)
    for found in due_today(clock.today()):
        names = f" ({', '.join(found.names)})" if found.names else ""
        click.echo(f"{found.count:6} {found.rule.what}: {found.rule.how_long}{names}")
    click.echo("Nothing was changed. Add --carry-out to let go of what the night would.")


def _prepare() -> None:
    """Migrate, and fill the tables that every installation needs."""
    upgrade()
    if not db.session.scalar(select(func.count()).select_from(Postcode)):
        load_postcodes(OUR_POSTCODES)
    fill_in_contacts()
    fill_in_words()
    fill_in_references()
    fill_in_facts()
    fill_search_index()
    fill_feeds()
    db.session.commit()


def _serve() -> NoReturn:
    """Start the server, having let go of the database: whoever holds it here holds it for ever."""
    db.session.remove()
    db.engine.dispose()
    sys.exit(serve_all(settings()))


def _load_demonstration(organisations: int, seed: int) -> None:
    building.load(organisations, seed, _progress)
    db.session.commit()


def _invite(email: str, name: str, roles: tuple[str, ...]) -> None:
    try:
        validate_email(email, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as problem:
        raise click.ClickException(f"“{email}” is not an email address.") from problem
    link = invite(email, name, *roles)
    db.session.commit()
    click.echo(f"{email} may now work here as {' and '.join(roles).replace('_', ' ')}.")
    click.echo("Give them this link. It works once, for an hour, and lets them choose a password:")
    click.echo(f"\n  {link}\n")


def _progress(done: int, of: int) -> None:
    """A bar on one line, for somebody who waits; nothing where nobody watches."""
    if not sys.stdout.isatty():
        return
    filled = round(30 * done / max(of, 1))
    end = "\n" if done >= of else ""
    click.echo(f"\r  [{'#' * filled}{'.' * (30 - filled)}] {done} of {of}{end}", nl=False)


def _say_where_to_look() -> None:
    chosen = settings()
    click.echo(f"\n{chosen.scheme_name} is at {chosen.public_url}")
    if chosen.demonstration:
        click.echo("This is a demonstration: every club and person in it is made up.")
        click.echo(f"Sign in as one of these, with the password {DEMONSTRATION_PASSWORD}\n")
        for person in DEMONSTRATION_PEOPLE:
            click.echo(f"  {person.email:24} {person.what}")
        click.echo("\nThe council's people are asked for a code, and the page that asks shows it.")
        click.echo(f"In an authenticator app of your own, the key is {DEMONSTRATION_SECRET}")
        if chosen.mail_sender == "file":
            click.echo(f"\nLetters are not sent. They are written to {chosen.outbox_dir}")
    elif is_empty():
        click.echo("Nobody has an account yet. Make the first administrator with:")
        click.echo("  flask --app wsgi registry administrator EMAIL --name NAME")
    click.echo("Press Ctrl and C to stop.\n")
