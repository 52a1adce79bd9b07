"""What invented people have told the council: a few of each colour, and what became of some."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from registry import clock
from registry.accounts.models import Account
from registry.concerns import services
from registry.concerns.models import Concern
from registry.database import db
from registry.organisations.models import Organisation


class Told(NamedTuple):
    """One of them: how long ago, by which way in, about the how manieth club that has no link to
    the council's people, and what was written."""

    hours_ago: int
    kind: str
    club: int | None
    words: str
    name: str = ""
    contact: str = ""


TOLD = (
    Told(3, "listing", 2, "The class on Tuesday starts at 5pm now. The page says 4pm."),
    Told(30, "listing", 5, "The bus that the page names does not run any more."),
    Told(52, "listing", None, "I looked for a football group in Bilston. The page was not there."),
    Told(27, "papers", 3, "I asked to see the plan. They said that there is none on paper."),
    Told(
        49,
        "staff",
        4,
        "Two new helpers came in May. Nobody asked them for any check.",
        "Jan Fletcher",
        "01632 960177",
    ),
    Told(5, "listing", 1, "One of the leaders shouts at the children, and some are scared of him."),
)
HANDED_OVER = Told(200, "papers", 6, "A leader gives lifts home and sends private messages.")
CLOSED = Told(300, "listing", 2, "The price on the page was last year’s.")


def tell_us(reviewer: Account) -> None:
    """Tell the council all of it, and do with two of them what this reviewer did."""
    clubs = list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.closed_at.is_(None))
            .order_by(Organisation.id)
            .offset(6)
            .limit(10)
        )
    )
    for told in TOLD:
        _tell(told, clubs)
    concern = _tell(HANDED_OVER, clubs)
    with clock.at(clock.now() - timedelta(hours=HANDED_OVER.hours_ago - 2)):
        services.hand_over(
            concern, reviewer, version=1, to="lado", on=clock.today(), reference="LADO-2051"
        )
    concern = _tell(CLOSED, clubs)
    with clock.at(clock.now() - timedelta(hours=CLOSED.hours_ago - 20)):
        services.close(
            concern,
            reviewer,
            version=1,
            outcome="mended",
            words="The club changed it the same day.",
        )


def _tell(told: Told, clubs: list[Organisation]) -> Concern:
    with clock.at(clock.now() - timedelta(hours=told.hours_ago)):
        concern = services.tell(
            kind=told.kind, words=told.words, name=told.name, contact=told.contact
        )
        if told.club is not None and clubs:
            concern.organisation = clubs[told.club % len(clubs)]
        db.session.flush()
    return concern
