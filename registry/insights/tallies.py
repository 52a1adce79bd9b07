"""From facts to the tables of the reports. Pure.

Two tables never share what a small count could be worked out from: who publishes one publishes all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from registry.assessments.lifecycle import Action, Status
from registry.geography.outlines import outline_at, ward_outlines
from registry.insights.periods import Month, Period
from registry.insights.queries import ActivityFact, Days, Ending, FirstTry, PlaceFact
from registry.insights.tables import Cell, Row, Share, Table

MOST_MISSED = 10
MOST_MISSED_WORDS = 30
ELSEWHERE, NOWHERE, ONLINE = "Outside these wards", "Place not shown", "Online"
AGE_BANDS = (
    ("0 to 2", 0, 3),
    ("3 to 4", 3, 5),
    ("5 to 7", 5, 8),
    ("8 to 10", 8, 11),
    ("11 to 13", 11, 14),
    ("14 to 15", 14, 16),
    ("16 to 17", 16, 18),
    ("18 to 25", 18, 26),
)
ON_THE_WAY = (
    (Status.DRAFT, "Being filled in"),
    (Status.SUBMITTED, "Ready to read"),
    (Status.IN_REVIEW, "Being read"),
    (Status.RECOMMENDED, "Waiting for a senior"),
    (Status.RETURNED, "With the club"),
)
OTHER_STEPS = (
    (Action.RETURN_FOR_CHANGES, "Sent back to mend"),
    (Action.EXTEND, "Listing made longer"),
    (Action.SUSPEND, "Suspended"),
    (Action.LIFT, "Suspension lifted"),
    (Action.REVOKE, "Revoked"),
    (Action.UPHOLD, "Appeal upheld"),
)
COSTS = (
    "Free",
    "Free with a HAF code",
    "Donation",
    "Up to £3 a session",
    "Up to £5 a session",
    "Up to £10 a session",
    "More than £10 a session",
    "By term, course or membership",
    "Not said",
)


def pipeline(found: Mapping[str, int], listed: int) -> Table:
    """How many cases are where. What is approved and not on the list is held by a rule, or its
    day has passed."""
    approved = found.get(Status.APPROVED, 0)
    rows = [Row(words, (found.get(status, 0),)) for status, words in ON_THE_WAY]
    rows.append(Row("On the list", (listed,)))
    rows.append(Row("Approved, off the list for now", (approved - listed,)))
    rows.append(Row("Suspended", (found.get(Status.SUSPENDED, 0),)))
    return Table(("Cases",), tuple(rows))


def missed_words(found: Sequence[tuple[str, int, date]]) -> Table:
    """What families look for and do not find; the commonest first."""
    rows = tuple(Row(word, (days,)) for word, days, _ in found[:MOST_MISSED_WORDS])
    return Table(("Days",), rows)


def decisions(found: Mapping[str, int]) -> Table:
    """How the cases ended that were decided."""
    approved, refused = found.get(Action.APPROVE, 0), found.get(Action.REFUSE, 0)
    rows = (Row("Approved", (approved,)), Row("Refused", (refused,)))
    return Table(("Cases",), rows, Row("Decided", (approved + refused,)), adds_up=(0,))


def other_steps(found: Mapping[str, int]) -> Table:
    """What else was done to cases. One case can be in several."""
    rows = tuple(Row(words, (found.get(action, 0),)) for action, words in OTHER_STEPS)
    return Table(("Times",), rows)


def by_month(found: Sequence[Days], period: Period, within: int) -> Table:
    """How many, the middle, the longest and the share in time, month by month."""
    rows = tuple(
        Row(month.label, _days_of([one.days for one in found if Month.of(one.on) == month], within))
        for month in period.months
    )
    total = Row("All of it", _days_of([one.days for one in found], within))
    columns = ("Cases decided", "Days, the middle", "Days, the longest", "In time")
    return Table(columns, rows, total, adds_up=(0,), derived=(1, 2, 3))


def promises(kept: Sequence[tuple[str, Sequence[Days], int]]) -> Table:
    """Each promise in words, what was done under it, and the working days that it allows."""
    rows = tuple(
        Row(words, _days_of([one.days for one in found], within)) for words, found, within in kept
    )
    columns = ("How many", "Days, the middle", "Days, the longest", "In time")
    return Table(columns, rows, derived=(1, 2, 3))


def first_time(tries: Sequence[FirstTry], period: Period) -> Table:
    """How many first tries there were, and the share that passed."""

    def row(label: str, some: Sequence[FirstTry]) -> Row:
        return Row(label, (len(some), Share(sum(one.passed for one in some), len(some))))

    rows = tuple(
        row(month.label, [one for one in tries if Month.of(one.on) == month])
        for month in period.months
    )
    columns = ("First tries", "Passed at once")
    return Table(columns, rows, row("All of it", tries), adds_up=(0,), derived=(1,))


def most_missed(found: Mapping[str, int], tries: int, labels: Mapping[str, str]) -> Table:
    """The questions that were sent back most, and the share of first tries that each was."""
    top = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST_MISSED]
    rows = tuple(Row(labels.get(key, key), (Share(count, tries),)) for key, count in top)
    return Table(("Sent back",), rows, derived=(0,))


def lapses(days: Sequence[date], period: Period) -> Table:
    """How many listings lapsed, month by month."""
    by = Counter(Month.of(day) for day in days)
    rows = tuple(Row(month.label, (by[month],)) for month in period.months)
    return Table(("Lapsed",), rows, Row("All of it", (len(days),)), adds_up=(0,))


def ending(found: Sequence[Ending], today: date) -> Table:
    """What ends within 30, 60 and 90 days, and how much of it is being renewed."""

    def row(label: str, first: int, last: int) -> Row:
        some = [one for one in found if first <= (one.on - today).days <= last]
        return Row(label, (len(some), Share(sum(one.renews for one in some), len(some))))

    rows = (row("Next 30 days", 0, 30), row("31 to 60 days", 31, 60), row("61 to 90 days", 61, 90))
    return Table(("Listings", "Renewal begun"), rows, derived=(1,))


def wards(found: Sequence[ActivityFact], clubs: int) -> Table:
    """Clubs, places and activities in each ward, by point. A club that meets in two wards is in
    both; a place and an activity are in one."""
    where = {place.venue_id: _ward(place) for activity in found for place in activity.places}
    in_ward: dict[str, set[int]] = {}
    mainly: Counter[str] = Counter()
    for activity in found:
        spots = [where[place.venue_id] for place in activity.places] or [_no_place(activity)]
        mainly[spots[0]] += 1
        for spot in spots:
            in_ward.setdefault(spot, set()).add(activity.organisation_id)
    places = Counter(where.values())
    names = [ward.name for ward in ward_outlines()]
    names += [one for one in (ELSEWHERE, NOWHERE, ONLINE) if one in mainly or one in places]
    rows = tuple(
        Row(name, (len(in_ward.get(name, ())), places[name], mainly[name])) for name in names
    )
    total = Row("All", (clubs, len(where), len(found)))
    return Table(("Clubs", "Places", "Activities"), rows, total, adds_up=(0, 1, 2))


def types(found: Sequence[ActivityFact], labels: Mapping[str, str]) -> Table:
    """Activities by the first level of their main kind."""
    by = Counter(activity.kind.partition(".")[0] for activity in found)
    rows = [Row(label, (by[code],)) for code, label in labels.items()]
    other = len(found) - sum(by[code] for code in labels)
    rows += [Row("Other", (other,))] if other else []
    return _adding_up(rows, len(found))


def sizes(found: Sequence[int], clubs: int) -> Table:
    """Clubs by how many people help: alone, 2 to 4, or more."""
    rows = [
        Row("One person", (sum(one == 1 for one in found),)),
        Row("2 to 4 people", (sum(2 <= one <= 4 for one in found),)),
        Row("5 people or more", (sum(one >= 5 for one in found),)),
    ]
    unknown = clubs - len(found)
    rows += [Row("Not said", (unknown,))] if unknown else []
    return _adding_up(rows, clubs, "Clubs")


def ages(found: Sequence[ActivityFact]) -> Table:
    """Activities that somebody of each age can go to."""
    return Table(
        ("Activities",),
        tuple(
            Row(
                label,
                (
                    sum(
                        one.min_months < above * 12 and one.max_months >= first * 12
                        for one in found
                    ),
                ),
            )
            for label, first, above in AGE_BANDS
        ),
    )


def cost(found: Sequence[ActivityFact]) -> Table:
    """Activities by what a family pays."""
    by = Counter(_cost_of(one) for one in found)
    return _adding_up([Row(words, (by[words],)) for words in COSTS], len(found))


def support(found: Sequence[ActivityFact], labels: Mapping[str, str]) -> Table:
    """Activities whose club says yes to each kind of support and access, the fewest first."""
    by = Counter(code for one in found for code in one.supports)
    rows = sorted((by[code], label) for code, label in labels.items())
    return Table(("Activities",), tuple(Row(label, (count,)) for count, label in rows))


def _cost_of(activity: ActivityFact) -> str:
    match activity.price_kind:
        case "free":
            return "Free"
        case "haf":
            return "Free with a HAF code"
        case "donation":
            return "Donation"
        case "session":
            for pounds in (3, 5, 10):
                if activity.price_pence <= pounds * 100:
                    return f"Up to £{pounds} a session"
            return "More than £10 a session"
        case None:
            return "Not said"
    return "By term, course or membership"


def _ward(place: PlaceFact) -> str:
    if place.point is None:
        return NOWHERE
    found = outline_at(place.point, ward_outlines())
    return found.name if found else ELSEWHERE


def _no_place(activity: ActivityFact) -> str:
    return ONLINE if activity.place_kind == "online" else NOWHERE


def _adding_up(rows: Iterable[Row], total: int, column: str = "Activities") -> Table:
    return Table((column,), tuple(rows), Row("All", (total,)), adds_up=(0,))


def _days_of(days: Sequence[int], within: int) -> tuple[Cell, ...]:
    if not days:
        return (0, "–", "–", Share(0, 0))
    in_time = Share(sum(one <= within for one in days), len(days))
    return (len(days), _middle_of(days), str(max(days)), in_time)


def _middle_of(days: Sequence[int]) -> str:
    return f"{median(days):g}"
