"""`registry import`: what the council's page does, for files that are too big for it."""

import sys
from pathlib import Path

import click

from registry.config import settings
from registry.database import db
from registry.errors import BadInput
from registry.importing import services
from registry.importing.columns import BY_NAME, plain
from registry.importing.models import ImportRun
from registry.importing.queries import count_notes, rows_with_sentences, run
from registry.importing.reporting import row_in_words, summary
from registry.importing.services.comparing import leave_out
from registry.importing.working import work_on
from registry.web.formats import plural

MOST_SAID = 30


@click.command("import")
@click.argument("what", metavar="FILE|URL", required=False)
@click.option("--source", default="", help="whose records these are; the same words every time")
@click.option("--column", "columns", multiple=True, metavar="THEIRS=OURS",
              help="what a column of a table is, where its heading does not say so")  # fmt: skip
@click.option("--carry-out", is_flag=True, help="make drafts of it; without this, only report")
@click.option("--without-mistakes", is_flag=True, help="leave out the rows that have mistakes")
@click.option("--with-likely", is_flag=True, help="take in clubs that are probably here already")
@click.option("--go-on", "number", type=int, help="go on with an import that stopped")
@click.option("--undo", "undone", type=int, help="undo an import, within a day of it")
def take_in(
    what: str | None,
    source: str,
    columns: tuple[str, ...],
    carry_out: bool,
    without_mistakes: bool,
    with_likely: bool,
    number: int | None,
    undone: int | None,
) -> None:
    """Take in clubs and activities from a file or a feed, as drafts that nobody can see."""
    if undone is not None:
        _undo(undone)
        return
    found = _go_on(number) if number is not None else _begin(what, source, columns)
    number = found.id
    _work(number)
    found = _again(number)
    if found.state == "matching":
        _choose(found, columns)
        _work(number)
        found = _again(number)
    if found.state == "failed":
        raise click.ClickException(f"{found.sentence} (import {number})")
    _report(found)
    if found.state == "done":
        _say_done(found)
        return
    if not carry_out:
        click.echo(f"Nothing was changed. Import {number} waits: add --carry-out to make drafts.")
        sys.exit(1 if found.count("mistake") else 0)
    if with_likely:
        _take_likely(found)
    services.ask_to_carry_out(found, None, without_mistakes=without_mistakes)
    db.session.commit()
    _work(number)
    found = _again(number)
    if found.state != "done":
        raise click.ClickException(
            f"{found.sentence or 'It waits for the worker.'} Nothing came in."
        )
    _say_done(found)


def _say_done(found: ImportRun) -> None:
    for line in summary(found):
        click.echo(line)
    click.echo(f"To undo it within a day: registry import --undo {found.id}")


def _begin(what: str | None, source: str, columns: tuple[str, ...]) -> ImportRun:
    if not what:
        raise click.UsageError("Give a file or a web address.")
    if "://" in what:
        found = services.begin_with_address(what, None, source=source)
    else:
        path = Path(what)
        if not path.is_file():
            raise BadInput(f"There is no file {what}.")
        with path.open("rb") as stream:
            found = services.begin_with_file(stream, path.name, None, source=source)
    db.session.commit()
    if found.state == "matching":
        _choose(found, columns)
    return found


def _choose(found: ImportRun, columns: tuple[str, ...]) -> None:
    """The columns as their headings say, and as somebody says instead."""
    chosen = dict(found.columns)
    places = {plain(heading): str(place) for place, heading in enumerate(found.header)}
    for said in columns:
        theirs, _, ours = said.partition("=")
        place = places.get(plain(theirs))
        if place is None or (ours and ours.strip() not in BY_NAME):
            names = ", ".join(BY_NAME)
            raise BadInput(f"--column “{said}”: write a heading, =, and one of {names}.")
        chosen = {at: name for at, name in chosen.items() if name != ours.strip()}
        chosen[place] = ours.strip()
    for note in found.notes:
        click.echo(f"Note: {note}")
    for place, name in sorted(chosen.items(), key=lambda one: int(one[0])):
        click.echo(f"  {found.header[int(place)]} → {BY_NAME[name].label}" if name else "")
    services.choose_columns(found, chosen, None)
    db.session.commit()


def _go_on(number: int) -> ImportRun:
    found = _again(number)
    if found.state == "failed":
        services.go_on(found, None)
    # Whoever runs this knows that no other is at it.
    found.leased_until = None
    db.session.commit()
    return found


def _work(number: int) -> None:
    """The work, with a bar for each part of it."""
    bars: dict[str, bool] = {}

    def tell(what: str, done: int, of: int) -> None:
        if not sys.stdout.isatty():
            return
        if what not in bars:
            bars[what] = True
            click.echo()
        filled = round(30 * done / max(of, done, 1))
        end = f" of {of:,}" if of else ""
        click.echo(f"\r  {what:14} [{'#' * filled}{'.' * (30 - filled)}] {done:,}{end} ", nl=False)

    settings().imports_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    work_on(number, tell)
    if bars:
        click.echo()


def _report(found: ImportRun) -> None:
    if found.state == "ready":
        for line in summary(found):
            click.echo(line)
    said = 0
    for row in rows_with_sentences(found.id):
        for sentence in row_in_words(row):
            if said < MOST_SAID:
                click.echo(f"  {sentence}")
            said += 1
    if said > MOST_SAID:
        click.echo(f"  … and {said - MOST_SAID:,} more, on the page of the import.")
    elif not said and count_notes(found.id):
        click.echo("")


def _take_likely(found: ImportRun) -> None:
    from sqlalchemy import select

    from registry.importing.models import ImportRow

    keys = db.session.scalars(
        select(ImportRow.organisation_key).where(
            ImportRow.run_id == found.id, ImportRow.has_likely.is_(True)
        )
    ).all()
    leave_out(found, list(keys), is_out=False)


def _undo(number: int) -> None:
    found = _again(number)
    services.undo(found, None)
    db.session.commit()
    counts = found.counts
    click.echo(
        f"{plural(counts['gone_clubs'], 'club', 'clubs')} and "
        f"{plural(counts['gone_activities'], 'activity', 'activities')} are gone again. "
        f"{plural(counts['gone_put_back'], 'record is', 'records are')} as before."
    )
    for one in found.left:
        click.echo(f"  Left: {one['name']}: {one['why']}.")


def _again(number: int) -> ImportRun:
    found = run(number)
    if found is None:
        raise BadInput(f"There is no import {number}.")
    return found
