"""The reports: pictures with their numbers, and the numbers as files."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from registry import clock
from registry.audit.services import record_exported
from registry.errors import NotFound
from registry.insights.csv_file import every_table, one_table
from registry.insights.periods import Period, choices, period_of
from registry.insights.queries import first_year
from registry.insights.reports import Report, figures, reports
from registry.permissions import P
from registry.web.guard import requires

blueprint = Blueprint("insights", __name__)

EVERYTHING = "everything"


@blueprint.get("/council/reports")
@requires(P.READ_REPORTS)
def council_reports() -> str:
    """How the council works, and what there is for children and where."""
    today, period, publishing = clock.today(), _period(), _for_publishing()
    made = reports(period, today, publishing)
    return render_template(
        "insights/council_reports.html",
        reports=made,
        figures=figures(made),
        period=period,
        periods=choices(first_year(), today),
        publishing=publishing,
        csv=lambda key: url_for(".report_file", key=key, **_chosen(period, publishing)),
        everything=EVERYTHING,
        today=today,
    )


@blueprint.get("/council/reports/<key>.csv")
@requires(P.READ_REPORTS)
def report_file(key: str) -> Response:
    """The numbers of one report, or of all, as a file. The entry comes before the file."""
    period, publishing = _period(), _for_publishing()
    made = reports(period, clock.today(), publishing)
    text = _written(key, made)
    details = {"period": period.key, "for_publishing": publishing}
    record_exported(("report", key), current_user, details)
    name = f"{key}-{period.key}{'-for-publishing' if publishing else ''}.csv"
    return Response(
        text,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _written(key: str, made: list[Report]) -> str:
    if key == EVERYTHING:
        return every_table((one.key, one.of_what, one.table) for one in made)
    found = next((one for one in made if one.key == key), None)
    if found is None:
        raise NotFound()
    return one_table(found.of_what, found.table)


def _period() -> Period:
    return period_of(request.args.get("period", ""), clock.today())


def _for_publishing() -> bool:
    return request.args.get("for") == "publishing"


def _chosen(period: Period, publishing: bool) -> dict[str, Any]:
    return {"period": period.key, **({"for": "publishing"} if publishing else {})}
