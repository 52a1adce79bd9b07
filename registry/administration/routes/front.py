"""The front page of administration: what there is, and what needs doing."""

from datetime import date

from flask import render_template

from registry import clock
from registry.administration.notices import notices_on, read_only
from registry.administration.queries import drafts
from registry.administration.routes.blueprint import blueprint
from registry.criteria.loading import current_edition
from registry.information.help_topics import help_topics
from registry.information.queries import stale_contacts
from registry.permissions import P
from registry.timetable.council_terms import school_calendar, school_years
from registry.timetable.terms import SchoolYear
from registry.web.guard import requires

# So many days before the last day that is known of the school terms, somebody adds a year.
TERMS_AHEAD = 270


@blueprint.get("/admin")
@requires(P.READ_ADMINISTRATION)
def front() -> str:
    """What an administrator looks after, and what needs doing."""
    today = clock.today()
    return render_template(
        "administration/front.html",
        stale=stale_contacts(today),
        old_help=help_topics().stale(today),
        unconfirmed=[one for one in school_years() if not one.confirmed and _is_near(one, today)],
        last_term_day=school_calendar().last,
        terms_run_out=(school_calendar().last - today).days < TERMS_AHEAD,
        drafts=drafts(),
        edition=current_edition(),
        notices={*notices_on(today, "public"), *notices_on(today, "desks")},
        switched=read_only(),
    )


def _is_near(year: SchoolYear, today: date) -> bool:
    """Whether a school year runs now or begins within a year."""
    return year.blocks[-1].last >= today and (year.blocks[0].first - today).days < 365
