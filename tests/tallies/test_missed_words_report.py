"""The council sees what families look for and do not find."""

from datetime import date

from registry.database import db
from registry.insights.periods import period_of
from registry.insights.reports import reports
from registry.insights.tables import HIDDEN
from registry.tallies.models import MissedWord

TODAY = date(2026, 11, 22)


def report(app, for_publishing=False):
    made = reports(period_of("", TODAY), TODAY, for_publishing)
    return next(one for one in made if one.key == "missed-words")


def test_the_commonest_first_with_on_how_many_days(app):
    db.session.add_all(
        MissedWord(word=word, days=days, last_on=TODAY)
        for word, days in (("archery", 3), ("trampolining", 9), ("golf", 3))
    )
    db.session.flush()
    shown = report(app)
    assert shown.title == "Words that found nothing"
    rows = [(row.label, row.cells[0]) for row in shown.table.rows]
    assert rows == [("trampolining", 9), ("archery", 3), ("golf", 3)]
    hidden = [(row.label, row.cells[0]) for row in report(app, for_publishing=True).table.rows]
    assert hidden == [("trampolining", 9), ("archery", HIDDEN), ("golf", HIDDEN)]


def test_nothing_missed_is_an_empty_table(app):
    assert report(app).table.rows == ()
