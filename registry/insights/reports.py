"""The reports: what each counts, how it says what it found, and how it is drawn.

A report is made from its table. For publishing, the table is cleared of small counts first, and
the title, the picture and the file are made from what is left: nothing else is ever published.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from registry.assessments.promises import CHANGE_WITHIN, DECIDE_WITHIN, START_WITHIN
from registry.cards.categories import categories
from registry.criteria.loading import current_edition
from registry.geography.outlines import ATTRIBUTION, ward_outlines
from registry.insights import charts, headlines, queries, tallies
from registry.insights.charts import Bar
from registry.insights.headlines import GOAL, Headline, is_number
from registry.insights.periods import Period
from registry.insights.tables import Row, Share, Table, publishable
from registry.organisations.categories import marks
from registry.tallies.queries import missed_words

__all__ = ["Figure", "Report", "figures", "reports"]


@dataclass(frozen=True)
class Report:
    """One report as a page shows it. `of_what` heads the column of labels."""

    key: str
    title: str
    about: str
    of_what: str
    table: Table
    drawn: Markup
    is_wide: bool = False
    source: str = ""


@dataclass(frozen=True)
class Figure:
    """One number at the top of the page."""

    number: str
    words: str


Draw = Callable[[str, str, Table], Markup]


@dataclass(frozen=True)
class Maker:
    """Makes a report out of a table, as it is or cleared for publishing."""

    for_publishing: bool

    def __call__(
        self,
        key: str,
        about: str,
        of_what: str,
        table: Table,
        title: str | Headline,
        draw: Draw,
        *,
        is_wide: bool = False,
        source: str = "",
    ) -> Report:
        """The report; its title and its picture come from the table that is shown."""
        shown = publishable(table) if self.for_publishing else table
        said = title if isinstance(title, str) else title(shown)
        return Report(key, said, about, of_what, shown, draw(key, said, shown), is_wide, source)


def reports(period: Period, today: date, for_publishing: bool) -> list[Report]:
    """Every report: how the council worked in a period, and what there is today."""
    make = Maker(for_publishing)
    listed = queries.listed_organisations(today)
    return [
        *_of_the_work(make, period, today, len(listed)),
        *_of_what_there_is(make, listed, today),
    ]


def _of_the_work(make: Maker, period: Period, today: date, listed: int) -> list[Report]:
    tries = queries.first_tries(period)
    done = queries.decisions(period)
    labels = {question.key: question.short for question in current_edition().questions}
    kept = (
        (f"A case begun in {START_WITHIN} days", queries.started(period), START_WITHIN),
        (
            f"A change settled in {CHANGE_WITHIN} days",
            queries.changes_settled(period),
            CHANGE_WITHIN,
        ),
    )
    when = f"{period.label}."
    return [
        make(
            "pipeline",
            "Every case that is under way, and every club that stands, today.",
            "Where it is",
            tallies.pipeline(queries.statuses(), listed),
            "Where the cases are",
            _as_bars,
        ),
        make(
            "time-to-decide",
            "Working days to decide, the middle case of each month. The clock stops while a club "
            f"has it. Our promise is {DECIDE_WITHIN} days in {GOAL}% of cases. {when}",
            "Month",
            tallies.by_month(queries.decided(period), period, DECIDE_WITHIN),
            headlines.time,
            _as_days,
        ),
        make(
            "promises",
            f"Working days, against what we promise. Our goal is {GOAL}% in time. {when}",
            "Promise",
            tallies.promises(kept),
            headlines.promise,
            _as_shares,
        ),
        make(
            "first-time",
            "Share of cases that were approved without being sent back, by the month in which "
            f"that was known. {when}",
            "Month",
            tallies.first_time(tries, period),
            headlines.first_time,
            _as_line,
        ),
        make(
            "most-missed",
            f"Share of first tries that were sent back for this question. {when}",
            "Question",
            tallies.most_missed(queries.missed(tries), len(tries), labels),
            headlines.missed,
            _as_shares,
        ),
        make(
            "decisions",
            f"How the cases ended that were decided. {when}",
            "Decision",
            tallies.decisions(done),
            "What was decided",
            _as_bars,
        ),
        make(
            "other-steps",
            f"What else was done. A case can be in more than one line. {when}",
            "Step",
            tallies.other_steps(done),
            "Sent back, made longer, suspended",
            _as_bars,
        ),
        make(
            "lapses",
            f"Listings whose last day passed without a new check. {when}",
            "Month",
            tallies.lapses(queries.lapses(period), period),
            headlines.lapse,
            _as_columns,
        ),
        make(
            "ending",
            "Listings that end in the next 90 days, and whether the club has begun to renew.",
            "When",
            tallies.ending(queries.endings(today, 90), today),
            headlines.ending,
            _as_bars,
        ),
    ]


def _of_what_there_is(make: Maker, listed: dict[int, int], today: date) -> list[Report]:
    found = queries.activities(listed, today)
    kinds = {one.code: one.label for one in categories()}
    return [
        make(
            "sizes",
            "Clubs on the list by how many people help.",
            "Size",
            tallies.sizes(queries.sizes(listed.values()), len(listed)),
            "How big the clubs are",
            _as_bars,
        ),
        make(
            "wards",
            "Clubs on the list, the places where they meet, and activities by their main place. "
            "Each is counted in the outline that holds its point. The map shows activities.",
            "Ward",
            tallies.wards(found, len(listed)),
            headlines.ward,
            _as_map,
            is_wide=True,
            source=ATTRIBUTION,
        ),
        make(
            "types",
            "Activities on the list by their main kind.",
            "Kind",
            tallies.types(found, kinds),
            headlines.fewest_of("kind", "kinds"),
            _as_bars,
        ),
        make(
            "ages",
            "Activities on the list that a child of this age can go to. Most are for several.",
            "Age",
            tallies.ages(found),
            headlines.fewest_of("age", "ages"),
            _as_bars,
        ),
        make(
            "cost",
            "Activities on the list by what they cost.",
            "Cost",
            tallies.cost(found),
            headlines.free,
            _as_bars,
        ),
        make(
            "missed-words",
            "Words that families typed and that found nothing, by on how many of the last 90 days. "
            "One is kept only when it was typed on three days and is near words of the register.",
            "Word",
            tallies.missed_words(missed_words()),
            "Words that found nothing",
            _as_bars,
        ),
        make(
            "support",
            "Activities on the list whose club says yes to this. Ask us and no are not counted.",
            "Support",
            tallies.support(found, {mark.code: mark.label for mark in marks()}),
            headlines.fewest_of("support", "kinds of support"),
            _as_bars,
        ),
    ]


def figures(made: Sequence[Report]) -> list[Figure]:
    """The numbers at the top, each out of a table below: what is hidden there is hidden here."""
    totals = {report.key: report.table.total for report in made if report.table.total}
    time, first = totals["time-to-decide"], totals["first-time"]
    place, gone = totals["wards"], totals["lapses"]
    return [
        Figure(str(place.cells[0]), "clubs on the list"),
        Figure(str(place.cells[2]), "activities"),
        Figure(str(time.cells[3]), f"decided in {DECIDE_WITHIN} days. Goal {GOAL}%"),
        Figure(str(time.cells[1]), "working days to decide, in the middle"),
        Figure(str(first.cells[1]), "approved without being sent back"),
        Figure(str(gone.cells[0]), "came off: date passed"),
    ]


# How a table is drawn.


def _as_bars(key: str, title: str, table: Table) -> Markup:
    return charts.bars(key, title, [_bar(row) for row in table.rows])


def _as_shares(key: str, title: str, table: Table) -> Markup:
    return charts.bars(key, title, [_bar(row, len(table.columns) - 1) for row in table.rows])


def _as_days(key: str, title: str, table: Table) -> Markup:
    told = [_bar(row, 1) for row in table.rows]
    return charts.columns(key, title, told, DECIDE_WITHIN, f"our promise: {DECIDE_WITHIN}")


def _as_columns(key: str, title: str, table: Table) -> Markup:
    return charts.columns(key, title, [_bar(row) for row in table.rows])


def _as_line(key: str, title: str, table: Table) -> Markup:
    return charts.lines(key, title, [_bar(row, 1) for row in table.rows])


def _as_map(key: str, title: str, table: Table) -> Markup:
    outlines = ward_outlines()
    drawn = [_bar(row, 2) for row in table.rows if row.label in {ward.name for ward in outlines}]
    steps = charts.steps_for(bar.value for bar in drawn if bar.value is not None)
    return charts.ward_map(key, title, outlines, drawn, steps) + charts.key_of_map(steps)


def _bar(row: Row, column: int = 0) -> Bar:
    cell = row.cells[column]
    if isinstance(cell, Share):
        value = cell.hundredths
        return Bar(row.label, value, str(cell))
    if isinstance(cell, int):
        return Bar(row.label, cell, str(cell))
    return Bar(row.label, float(cell) if is_number(cell) else None, cell)
