"""What invented people have told the council: a few of each colour, and what became of some."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import select

from registry import clock
from registry.concerns import services
from registry.concerns.models import Concern
from registry.concerns.queries import open_proposal
from registry.concerns.services.holding import Advice
from registry.database import db
from registry.demonstration.moments import Part, at_desk
from registry.demonstration.people import People
from registry.organisations.models import Organisation

REVIEWER = "reviewer@example.org"
SENIORS = ("senior@example.org", "senior2@example.org")
LADO_REFERENCE = "LADO-2051"


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


def parts_of_telling(people: People, today: date) -> list[Part]:
    """Each act with its instant, to be done in its order among all that happened."""
    parts: list[Part] = [(_ago(one.hours_ago), partial(_tell, one)) for one in TOLD]
    parts.append((_ago(HANDED_OVER.hours_ago), partial(_tell, HANDED_OVER)))
    parts.append((_ago(HANDED_OVER.hours_ago - 2), partial(_hand_over, people)))
    parts.append((_ago(CLOSED.hours_ago), partial(_tell, CLOSED)))
    parts.append((_ago(CLOSED.hours_ago - 20), partial(_close, people)))
    parts.append((at_desk(today, 6, 11), partial(_propose_hold, people)))
    parts.append((at_desk(today, 5, 17), partial(_sign_hold, people)))
    return parts


def _ago(hours: int) -> datetime:
    return clock.now() - timedelta(hours=hours)


def _tell(told: Told) -> None:
    concern = services.tell(kind=told.kind, words=told.words, name=told.name, contact=told.contact)
    clubs = db.session.scalars(
        select(Organisation)
        .where(Organisation.closed_at.is_(None))
        .order_by(Organisation.id)
        .offset(6)
        .limit(10)
    ).all()
    if told.club is not None and clubs:
        concern.organisation = clubs[told.club % len(clubs)]
    db.session.flush()


def _hand_over(people: People) -> None:
    services.hand_over(
        _told(HANDED_OVER),
        people.of_the_council(REVIEWER),
        version=1,
        to="lado",
        on=clock.today(),
        reference=LADO_REFERENCE,
    )


def _close(people: People) -> None:
    services.close(
        _told(CLOSED),
        people.of_the_council(REVIEWER),
        version=1,
        outcome="mended",
        words="The club changed it the same day.",
    )


def _propose_hold(people: People) -> None:
    """The LADO advises to let nothing be seen of it; the club stays on the list meanwhile."""
    concern = _told(HANDED_OVER)
    if concern.organisation is not None:
        services.propose_hold(
            concern.organisation,
            people.of_the_council(SENIORS[0]),
            Advice("lado", clock.today(), LADO_REFERENCE),
            takes_listing_off=False,
            concern=concern,
        )


def _sign_hold(people: People) -> None:
    concern = _told(HANDED_OVER)
    proposal = concern.organisation and open_proposal(concern.organisation.id)
    if proposal:
        services.sign(proposal, people.of_the_council(SENIORS[1]))


def _told(told: Told) -> Concern:
    return db.session.scalars(select(Concern).where(Concern.words == told.words)).one()
