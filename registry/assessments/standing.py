"""Where an organisation stands: what is open, what stands, and whether it is listed today."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Select, or_, select

from registry import clock
from registry.assessments.lifecycle import OPEN, STANDING, Status
from registry.assessments.models import Assessment, Hold
from registry.assessments.owed import overdue_kinds
from registry.database import db
from registry.organisations.models import Organisation


def open_assessment(organisation_id: int) -> Assessment | None:
    """The attempt under way, if there is one."""
    return db.session.scalar(_of(organisation_id).where(Assessment.status.in_(OPEN)))


def standing_assessment(organisation_id: int) -> Assessment | None:
    """The approved or suspended one, if there is one."""
    return db.session.scalar(_of(organisation_id).where(Assessment.status.in_(STANDING)))


def latest_assessment(organisation_id: int) -> Assessment | None:
    """The one begun last, whatever became of it."""
    return db.session.scalar(_of(organisation_id).order_by(Assessment.id.desc()).limit(1))


def all_assessments(organisation_id: int) -> list[Assessment]:
    """Every attempt, newest first."""
    return list(db.session.scalars(_of(organisation_id).order_by(Assessment.id.desc())))


def earlier_references(assessment: Assessment) -> list[str]:
    """The references under which its club was on the list before, which a renewal or time ended.

    What a club once printed or put on its website leads to what holds today. One that the council
    ended, or that never was on the list, leads nowhere.
    """
    before = (Status.SUPERSEDED, Status.LAPSED)
    return list(
        db.session.scalars(
            select(Assessment.reference)
            .where(
                Assessment.organisation_id == assessment.organisation_id,
                Assessment.id != assessment.id,
                Assessment.status.in_(before),
            )
            .order_by(Assessment.id)
        )
    )


def merged_assessments(organisation_id: int) -> list[Assessment]:
    """Every attempt of an organisation and of the records that were put together with it."""
    merged = select(Organisation.id).where(Organisation.merged_into_id == organisation_id)
    return list(
        db.session.scalars(
            select(Assessment)
            .where(
                or_(
                    Assessment.organisation_id == organisation_id,
                    Assessment.organisation_id.in_(merged),
                )
            )
            .order_by(Assessment.id.desc())
        )
    )


def holds(organisation_id: int) -> list[Hold]:
    """The holds in force now: those written down, and those whose day has passed meanwhile.

    The night writes the latter down and tells the club; nothing waits for it (assessments.owed).
    """
    written = written_holds(organisation_id)
    due = overdue_kinds(organisation_id, clock.today()) - {hold.kind for hold in written}
    return written + [
        Hold(organisation_id=organisation_id, kind=kind, takes_listing_off=True, since=clock.now())
        for kind in sorted(due)
    ]


def written_holds(organisation_id: int) -> list[Hold]:
    """The holds that are written down and in force now."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Hold).where(
                Hold.organisation_id == organisation_id,
                Hold.since <= now,
                or_(Hold.until.is_(None), Hold.until > now),
            )
        )
    )


def has_quiet_hold(organisation_id: int) -> bool:
    """Whether a quiet hold stops decisions (domain B.5)."""
    return any(hold.kind == "quiet" for hold in written_holds(organisation_id))


def listed_assessment(organisation_id: int, today: date) -> Assessment | None:
    """The assessment by which the organisation is LISTED today, or None.

    Approved, no hold that takes the listing off, and the last day not over. Nothing else takes
    a club off.
    """
    return _listed(organisation_id, today, holds)


def told_as_listed(organisation_id: int, today: date) -> Assessment | None:
    """The assessment by which its club and its reviewers read that it is listed today, or None.

    The same, but that it knows of no quiet hold: whatever a club or a reviewer sees, counts or
    gets by email asks this one, so that all of it is the same as without the hold (domain B.5).
    What the public sees asks `listed_assessment`, and nothing else does.
    """
    return _listed(organisation_id, today, told_holds)


def listed_and_told(
    organisation_id: int, today: date
) -> tuple[Assessment | None, Assessment | None]:
    """`listed_assessment` and `told_as_listed` at once."""
    told = told_as_listed(organisation_id, today)
    quiet = told is not None and any(
        hold.kind == "quiet" and hold.takes_listing_off for hold in written_holds(organisation_id)
    )
    return (None if quiet else told), told


def told_holds(organisation_id: int) -> list[Hold]:
    """The holds in force now that a club and its reviewers may know of: never a quiet one."""
    return _told(holds(organisation_id))


def told_written_holds(organisation_id: int) -> list[Hold]:
    """Those of them that are written down."""
    return _told(written_holds(organisation_id))


def _told(found: Sequence[Hold]) -> list[Hold]:
    return [hold for hold in found if hold.kind != "quiet"]


def _listed(
    organisation_id: int, today: date, holds_of: Callable[[int], Sequence[Hold]]
) -> Assessment | None:
    assessment = standing_assessment(organisation_id)
    if assessment is None or assessment.status != Status.APPROVED:
        return None
    if assessment.listed_until is None or assessment.listed_until < today:
        return None
    held = any(hold.takes_listing_off for hold in holds_of(organisation_id))
    return None if held else assessment


def _of(organisation_id: int) -> Select[Assessment]:
    return select(Assessment).where(Assessment.organisation_id == organisation_id)
