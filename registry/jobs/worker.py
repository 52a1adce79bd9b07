"""The worker: a process beside the web ones that sends the outbox, draws the papers that the
council reads, and runs the night.

Huey keeps the hours and the threads. It holds nothing that matters: messages lie in the outbox
and the night asks the database what is due, so a lost task loses nothing.
"""

import logging
from collections.abc import Callable

from flask import Flask
from huey import MemoryHuey, crontab
from huey.consumer import Consumer

from registry import clock
from registry.assessments.queries import papers_to_show
from registry.audit.checking import run_waiting_checks
from registry.exporting.services import make_waiting_exports
from registry.files.paper_pages import make_pages
from registry.importing.working import take_imports_on
from registry.jobs.nightly import run_night
from registry.jobs.tallying import take_in_tallies
from registry.messages.delivery import deliver


def build_worker(app: Flask) -> Consumer:
    """A consumer with the schedule of this application, ready to run."""
    huey = MemoryHuey("registry")

    def scheduled(minute: str, act: Callable[[], object]) -> None:
        def task() -> None:
            with app.app_context():
                act()

        task.__name__ = act.__name__
        huey.periodic_task(crontab(minute=minute))(task)

    scheduled("*", deliver)
    scheduled("*", make_papers_readable)
    scheduled("*", run_waiting_checks)
    scheduled("*", take_in_tallies)
    scheduled("*", make_waiting_exports)
    scheduled("*", take_imports_on)
    scheduled("5,35", run_due_night)
    logging.getLogger("huey").setLevel(logging.WARNING)
    # Two, so that no letter waits for a long paper to be drawn.
    return huey.create_consumer(workers=2, periodic=True, check_worker_health=True)


def make_papers_readable() -> None:
    """Draw the papers that are to be read, those of the cases that are with the council first."""
    make_pages(papers_to_show())


def run_due_night() -> None:
    """Run the night's work, twice an hour: done stays done, and what was missed is caught up."""
    night = run_night()
    if night.failed:
        logging.getLogger(__name__).error("the night left %d undone", len(night.failed))


def work(app: Flask) -> None:
    """Run until told to stop. Begins by catching up on whatever is due."""
    with app.app_context():
        run_due_night()
        deliver()
    app.logger.info("worker ready at %s", clock.now().isoformat())
    build_worker(app).run()
