"""The numbers of the reports, against a register small enough to count by hand.

Kingfisher was sent on 1 September 2026 and approved on 15 September: ten working days. Tettenhall
Chess was sent on 1 September, sent back on 8 September for one question, came again on 1 October
and was approved on 8 October: five and five. Marcus Bell was sent on 1 October, begun on
12 October, which is the seventh working day, and refused on 5 November, the twenty-fifth.
"""

import csv
import io
from datetime import date

import pytest
from flask import Flask

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.database import db
from registry.demonstration import walking
from registry.insights.csv_file import every_table, one_table, plain
from registry.insights.periods import Month, period_of
from registry.insights.reports import Report, figures, reports
from registry.insights.tables import HIDDEN, Row, Table
from registry.organisations.categories import marks
from tests import factories as make
from tests.page import Visitor
from tests.rigs.travelling import Clock

TODAY = date(2026, 11, 22)
DECIDED = "Half of the cases took 10 working days or fewer to decide"


@pytest.fixture
def register(app: Flask, clock: Clock) -> dict[str, Assessment]:
    """The three clubs of the story."""
    clock.travel_to("2026-09-01 10:00")
    reader, senior = make.a_reviewer(), make.a_senior()
    dance = make.in_review(reader)
    chess = make.in_review(reader, met=False, plan=make.CHESS)
    clock.travel_to("2026-09-08 10:00")
    services.return_for_changes(
        chess, reader, **make.read(chess), words={"sg_steps": "Add 999, please."}
    )
    clock.travel_to("2026-09-15 10:00")
    walking.approve(dance, reader)
    clock.travel_to("2026-10-01 10:00")
    walking.submit(chess, make.owner_of(chess))
    services.start_review(chess, reader)
    coach = make.a_submitted(plan=make.COACH)
    clock.travel_to("2026-10-08 10:00")
    walking.find_all_met(chess, reader)
    walking.approve(chess, reader)
    clock.travel_to("2026-10-12 10:00")
    services.start_review(coach, reader)
    services.recommend(coach, reader, **make.read(coach), what="refuse", reason="No plan.")
    clock.travel_to("2026-11-05 10:00")
    services.refuse(coach, senior, **make.read(coach), reason="No plan.")
    clock.travel_to("2026-11-22 10:00")
    db.session.commit()
    return {"dance": dance, "chess": chess, "coach": coach}


def made(for_publishing: bool = False) -> dict[str, Report]:
    """The reports of the last 12 months."""
    found = reports(period_of("", TODAY), TODAY, for_publishing)
    return {report.key: report for report in found}


def cells(report: Report) -> dict[str, tuple[str, ...]]:
    """A table by its labels, as it is read, without the rows that are all nothing."""
    rows = {row.label: tuple(map(str, row.cells)) for row in report.table.every_row}
    return {label: told for label, told in rows.items() if set(told) - {"0", "–"}}


def test_the_numbers_are_those_of_the_story_and_a_quiet_hold_changes_none(
    register: dict[str, Assessment],
) -> None:
    told = made()
    assert cells(told["pipeline"]) == {"On the list": ("2",)}
    assert cells(told["time-to-decide"]) == {
        "September 2026": ("1", "10", "10", "100%"),
        "October 2026": ("1", "10", "10", "100%"),
        "November 2026": ("1", "25", "25", "0%"),
        "All of it": ("3", "10", "25", "67%"),
    }
    assert cells(told["promises"]) == {"A case begun in 5 days": ("4", "0", "7", "75%")}
    assert cells(told["first-time"]) == {
        "September 2026": ("2", "50%"),
        "November 2026": ("1", "0%"),
        "All of it": ("3", "33%"),
    }
    assert cells(told["most-missed"]) == {"Steps when worried": ("33%",)}
    assert cells(told["decisions"]) == {"Approved": ("2",), "Refused": ("1",), "Decided": ("3",)}
    assert cells(told["other-steps"]) == {"Sent back to mend": ("1",)}
    assert cells(told["lapses"]) == {}
    assert cells(told["sizes"]) == {
        "2 to 4 people": ("1",),
        "5 people or more": ("1",),
        "All": ("2",),
    }
    assert cells(told["wards"]) == {
        "Heath Town": ("1", "1", "1"),
        "Tettenhall Wightwick": ("1", "1", "1"),
        "All": ("2", "2", "2"),
    }
    assert cells(told["types"]) == {
        "Dance, drama and art": ("1",),
        "Science, coding and games": ("1",),
        "All": ("2",),
    }
    assert cells(told["ages"]) == {
        "5 to 7": ("1",),  # street dance from 7
        "8 to 10": ("2",),
        "11 to 13": ("2",),
        "14 to 15": ("1",),  # chess up to 16
        "16 to 17": ("1",),
    }
    assert sum(int(str(row.cells[0])) for row in told["support"].table.rows) == _supports(register)
    numbers = [one.number for one in figures(list(told.values()))]
    assert numbers == ["2", "2", "67%", "10", "33%", "0"]
    assert told["time-to-decide"].title == DECIDED
    assert told["first-time"].title == "33% of cases were approved at the first try"

    # Another time has other numbers; what there is, is told as of today, whatever was chosen.
    year = period_of("2026", TODAY)
    assert [year.months[0], year.months[-1]] == [Month(2026, 1), Month(2026, 12)]
    before = {r.key: r for r in reports(period_of("2025", TODAY), TODAY, False)}
    assert cells(before["time-to-decide"]) == {}
    assert cells(before["pipeline"]) == {"On the list": ("2",)}  # today, whatever was chosen
    assert before["first-time"].title == "Approved at the first try"
    # A hidden place is counted by its public point: its ward's middle, or none.
    venue = register["dance"].organisation.venues[0]
    venue.privacy = "hidden_area"
    assert cells(made()["wards"]) == {
        "Tettenhall Wightwick": ("1", "1", "1"),
        "Place not shown": ("1", "1", "1"),
        "All": ("2", "2", "2"),
    }
    venue.privacy, venue.latitude = "hidden", 0.0
    assert "Heath Town" in cells(made()["wards"])

    # A quiet hold changes nothing; a hold of a rule does.
    without = [(one.title, one.table, one.drawn) for one in made().values()]
    make.with_hold(register["dance"], off=True)
    db.session.query(Card).filter_by(organisation_id=register["dance"].organisation_id).delete()
    assert [(one.title, one.table, one.drawn) for one in made().values()] == without
    make.with_hold(register["dance"], kind="change_overdue", off=True)
    assert cells(made()["pipeline"]) == {
        "On the list": ("1",),
        "Approved, off the list for now": ("1",),
    }


def _supports(register: dict[str, Assessment]) -> int:
    clubs = [register[name].organisation for name in ("dance", "chess")]
    return sum(
        mark.answer == "yes" and mark.code in _labels()
        for club in clubs
        for activity in club.activities
        for mark in activity.marks
    )


def _labels() -> set[str]:
    return {mark.code for mark in marks()}


def test_a_page_has_its_numbers_as_files_and_none_that_is_small_for_publishing(
    register: dict[str, Assessment], client: Visitor
) -> None:
    for report in made(for_publishing=True).values():
        for row in report.table.every_row:
            for cell in row.cells:
                assert not isinstance(cell, int) or cell >= 5, (report.key, row)
        assert not any(f" {number} " in report.title for number in range(1, 5))
    bea = make.a_person("Bea Stone", "auditor")
    client.sign_in(bea.email)
    page = client.get("/council/reports?for=publishing")
    assert "For publishing: counts under 5 are hidden" in page.main
    assert {cell for row in page.tables[0][1:] for cell in row[1:]} == {HIDDEN}
    for key in [*made(), "everything"]:
        file = client.get(f"/council/reports/{key}.csv?for=publishing").body.decode("utf-8-sig")
        numbers = [cell for line in csv.reader(io.StringIO(file)) for cell in line[1:]]
        assert not [cell for cell in numbers if cell.isdigit() and int(cell) < 5], key

    # Each of those files is an entry. So is this one, which holds the numbers of its page.
    exported = db.session.query(Entry).filter_by(action="exported_report").order_by(Entry.number)
    assert exported.count() == len(made()) + 1
    page = client.get("/council/reports?period=2026")
    answer = client.get(
        page.links["CSV of: Half of the cases took 10 working days or fewer to decide"]
    )
    lines = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert lines[0] == [
        "Month",
        "Cases decided",
        "Days, the middle",
        "Days, the longest",
        "In time",
    ]
    assert lines[9] == ["September 2026", "1", "10", "10", "100%"]
    entry = exported.all()[-1]
    assert (entry.actor_id, entry.subject_type, entry.subject_id) == (
        bea.id,
        "report",
        "time-to-decide",
    )
    assert entry.details == {"period": "2026", "for_publishing": False}
    assert client.get("/council/reports/no-such.csv").status == 404
    assert exported.count() == len(made()) + 2
    everything = client.get("/council/reports/everything.csv").body.decode("utf-8-sig")
    assert "time-to-decide,September 2026,Cases decided,1" in everything
    assert "@" not in everything


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(words: str) -> None:
    assert plain(words) == f"'{words}"
    table = Table((words,), (Row(words, (words,)),))
    for text in (one_table(words, table), every_table([("key", words, table)])):
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
        assert all(not cell.startswith(tuple("=+-@\t\r\n")) for row in rows for cell in row)
