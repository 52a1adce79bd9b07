"""The work on an import, by the worker or by a command: reading it, comparing it, carrying it out.

Reading writes only rows that wait, some hundred in each transaction, so that the page can say how
far it is. Carrying out is one transaction. Whoever is killed in the middle leaves an import that
is not done, and nothing else: another goes on with it when its lease is over.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import OperationalError

from registry import clock
from registry.config import settings
from registry.database import db
from registry.errors import DomainError
from registry.importing.feeds import BrokenFeed, FeedRests
from registry.importing.feeds.fetching import Fetcher
from registry.importing.feeds.walking import Feed, find_feed, pages, whole
from registry.importing.known import known_today
from registry.importing.models import WORKED_ON, ImportRow, ImportRun
from registry.importing.pieces import Pieces
from registry.importing.queries import waiting_runs
from registry.importing.reading import BrokenFile, json_items, outpost, services, tables
from registry.importing.reading.looking import look, table_rows
from registry.importing.services import carry_out, compare
from registry.importing.services.beginning import file_of, keep_file, take_look
from registry.importing.shaping import Shaped, shape

AT_ONCE = 500
LEASE = timedelta(minutes=2)
MOST_MISTAKES = 5_000
log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def take_imports_on() -> int:
    """Go on with every import that waits. Answers how many."""
    return sum(work_on(number) for number in waiting_runs())


def work_on(number: int, progress: Progress | None = None, fetcher: Fetcher | None = None) -> bool:
    """Go on with one import as far as it goes without a person. Answers whether it was ours."""
    tell = progress or _quietly
    if not _lease(number):
        return False
    try:
        _work(number, tell, fetcher or _fetcher())
    except (BrokenFile, BrokenFeed, FeedRests, DomainError) as stopped:
        _stop(number, str(stopped))
    except OperationalError:
        # Somebody else is writing, at this import or at another: it is gone on with later.
        db.session.rollback()
        log.warning("import %d waits for the database", number)
    except Exception as error:
        log.exception("import %d", number)
        _stop(number, f"Something went wrong on our side ({type(error).__name__}). Try it again.")
    return True


def _work(number: int, tell: Progress, fetcher: Fetcher) -> None:
    run = db.session.get_one(ImportRun, number)
    if run.state == "reading":
        if run.kind in ("web", "feed"):
            run = _read_web(run, tell, fetcher)
        else:
            _read_file(run, tell)
        if run.state == "reading":
            _compare(run, tell)
        db.session.commit()
        return
    _carry_out(number, tell)


def _carry_out(number: int, tell: Progress) -> None:
    """In one transaction, with how far it is beside the database: nothing of it is seen there."""
    beside = progress_file(number)

    def say(done: int, of: int) -> None:
        tell("Making drafts", done, of)
        with suppress(OSError):
            beside.write_text(f"{done} {of}")

    try:
        run = db.session.scalar(
            select(ImportRun)
            .where(ImportRun.id == number, ImportRun.state == "carrying_out")
            .with_for_update(skip_locked=True)
        )
        if run is not None:
            beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            carry_out(run, say)
        db.session.commit()
    finally:
        beside.unlink(missing_ok=True)


def progress_file(number: int) -> Path:
    """Where it is said how far carrying out an import has come."""
    return settings().imports_dir / f"{number}.progress"


def progress_of(run: ImportRun) -> tuple[int, int]:
    """How far the work has come: how many, of how many. None of none: nobody knows."""
    if run.state == "carrying_out":
        try:
            done, of = progress_file(run.id).read_text().split()
            return int(done), int(of)
        except (OSError, ValueError):
            return 0, 0
    return run.done, max(run.of, run.done) if run.of else 0


# Reading.


def _read_file(run: ImportRun, tell: Progress) -> None:
    """From its beginning: what an earlier try has read is thrown away."""
    db.session.execute(delete(ImportRow).where(ImportRow.run_id == run.id))
    path = file_of(run)
    if not path.exists():
        raise BrokenFile("The file is not here any more. Send it again.")
    run.done, run.of, run.page = 0, _about(path, run.kind), 0
    db.session.commit()
    _stage(run, _pieces(run, path), tell)


def _pieces(run: ImportRun, path: Path) -> Iterator[Pieces]:
    if run.shape == "table":
        return tables.pieces_of(table_rows(path, run.kind), run.columns)
    if run.shape == "outpost_csv":
        return outpost.pieces_of_rows(table_rows(path, run.kind))
    found = enumerate(json_items.items(path), start=1)
    if run.shape == "oruk":
        return services.pieces_of_services(found)
    return outpost.pieces_of_items(found)


def _read_web(run: ImportRun, tell: Progress, fetcher: Fetcher) -> ImportRun:
    """A feed from the page after the last that is kept; or a file, which is fetched whole."""
    feed = find_feed(fetcher, run.address)
    if feed is None and run.page:
        raise BrokenFeed("At this address there was a feed of services, and now there is none.")
    if feed is None:
        return _fetch_file(run, tell, fetcher)
    run.kind, run.shape = "feed", feed.shape
    db.session.commit()
    _stage_feed(run, feed, tell, fetcher)
    return run


def _stage_feed(run: ImportRun, feed: Feed, tell: Progress, fetcher: Fetcher) -> None:
    known, read = known_today(), _reader(feed)
    total = run.of
    for page in pages(fetcher, feed, run.page):
        total = max(total, page.total)
        shaped = []
        for at, item in enumerate(page.items, start=run.done + 1):
            shaped.append(shape(read(at, whole(fetcher, feed, item)), known))
            _renew(run)
        _write(run, shaped)
        run.page, run.of = page.number, total
        run.done += len(page.items)
        db.session.commit()
        tell("Reading", run.done, total)
    if run.done < total:
        raise BrokenFeed(
            f"The feed says that it has {total:,} services, and ended after {run.done:,}. Nothing "
            "of it is taken in."
        )


def _reader(feed: Feed) -> Callable[[int, Any], Pieces]:
    if feed.shape == "oruk":
        return services.service
    return lambda number, item: next(outpost.pieces_of_items([(number, item)]))


def _fetch_file(run: ImportRun, tell: Progress, fetcher: Fetcher) -> ImportRun:
    """A file on the web is kept, and then is a file like any other."""
    content, _ = fetcher.content(run.address)
    path = file_of(run)
    run.sha256 = keep_file(BytesIO(content), path)
    take_look(run, look(path, run.address.partition("?")[0].rpartition("/")[2]))
    db.session.commit()
    if run.state == "reading":
        _read_file(run, tell)
    return run


def _stage(run: ImportRun, pieces: Iterable[Pieces], tell: Progress) -> None:
    known, waiting, mistakes = known_today(), list[Shaped](), 0
    for one in pieces:
        waiting.append(shape(one, known))
        mistakes += waiting[-1].facts is None
        if mistakes > MOST_MISTAKES:
            raise BrokenFile(
                f"More than {MOST_MISTAKES:,} rows have mistakes. Look whether each column is what "
                "you said."
            )
        if len(waiting) == AT_ONCE:
            _keep(run, waiting, tell)
            waiting = []
    _keep(run, waiting, tell)
    if not run.done:
        raise BrokenFile("The file has a heading and no rows below it.")


def _keep(run: ImportRun, waiting: list[Shaped], tell: Progress) -> None:
    _write(run, waiting)
    run.done += len(waiting)
    run.leased_until = clock.now() + LEASE
    db.session.commit()
    tell("Reading", run.done, run.of)


def _write(run: ImportRun, waiting: list[Shaped]) -> None:
    """Rows that wait. One whose key is there already is a mistake of its row."""
    there = dict(
        db.session.execute(
            select(ImportRow.key, ImportRow.number).where(
                ImportRow.run_id == run.id, ImportRow.key.in_([one.key for one in waiting])
            )
        ).all()
    )
    for one in waiting:
        key = one.key
        if key in there:
            one.facts = None
            one.problems.append(("", f"This is the same activity as in row {there[key]}"))
            key = f"{key[:150]} again in {one.number}"
        there[key] = one.number
        db.session.add(
            ImportRow(
                run_id=run.id,
                number=one.number,
                key=key,
                organisation_key=one.organisation_key,
                name=one.name,
                club=one.club,
                facts=one.facts,
                problems=[list(said) for said in one.problems],
                notes=[list(said) for said in one.notes],
            )
        )
    db.session.flush()
    for row in [row for row in db.session if isinstance(row, ImportRow)]:
        db.session.expunge(row)


def _compare(run: ImportRun, tell: Progress) -> None:
    """The report. Nothing but the rows that wait is written."""
    run.of = run.done
    db.session.commit()

    def after() -> None:
        run.leased_until = clock.now() + LEASE
        db.session.commit()

    compare(run, after, lambda done, of: tell("Comparing", done, of))
    run.state, run.leased_until = "ready", None


# Leases, and what stops.


def _lease(number: int) -> bool:
    """Take an import for two minutes at a time, unless somebody has it."""
    now = clock.now()
    taken = db.session.execute(
        update(ImportRun)
        .where(
            ImportRun.id == number,
            ImportRun.state.in_(WORKED_ON),
            or_(ImportRun.leased_until.is_(None), ImportRun.leased_until < now),
        )
        .values(leased_until=now + LEASE)
        .returning(ImportRun.id)
    ).first()
    db.session.commit()
    return taken is not None


def _renew(run: ImportRun) -> None:
    """Keep it while a slow feed answers."""
    if run.leased_until is None or run.leased_until < clock.now() + LEASE / 2:
        run.leased_until = clock.now() + LEASE
        db.session.commit()


def _stop(number: int, sentence: str) -> None:
    db.session.rollback()
    run = db.session.get_one(ImportRun, number)
    if run.state == "carrying_out":
        run.state = "ready"
    else:
        run.state = "failed"
    run.sentence, run.leased_until = sentence, None
    db.session.commit()


def _about(path: Path, kind: str) -> int:
    """About how many rows a file has; 0 where only reading it would tell."""
    if kind != "csv":
        return 0
    count = 0
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            count += piece.count(b"\n") or piece.count(b"\r")
    return max(count - 1, 1)


def _fetcher() -> Fetcher:
    chosen = settings()
    return Fetcher(
        user_agent=f"{chosen.scheme_name.replace(' ', '')}/1 (+{chosen.public_url}/data)",
        allow_private=chosen.import_from_private,
    )


def _quietly(what: str, done: int, of: int) -> None:
    """Nobody watches."""


__all__ = ["progress_of", "take_imports_on", "work_on"]
