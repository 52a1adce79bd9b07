"""What somebody looks for among the cases, as it stands in the address of the page. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.assessments.lifecycle import OPEN, STORED, Status
from registry.assessments.promises import Target
from registry.reviews.queue import WITH_US, Case, in_turn

__all__ = ["AGES", "ORDERS", "WHERE", "Wanted"]

S = Status
_SENT = tuple(one for one in STORED if one is not S.DRAFT)
WHERE: dict[str, tuple[str, tuple[Status, ...]]] = {
    "with-us": ("With us", WITH_US),
    "new": ("Ready to read", (S.SUBMITTED,)),
    "reading": ("Being read", (S.IN_REVIEW,)),
    "signing": ("A senior signs", (S.RECOMMENDED,)),
    "club": ("With the club", (S.RETURNED,)),
    "listed": ("Approved", (S.APPROVED,)),
    "suspended": ("Suspended", (S.SUSPENDED,)),
    "over": ("Over", tuple(one for one in _SENT if one not in OPEN | {S.APPROVED, S.SUSPENDED})),
    "all": ("All", _SENT),
}
AGES = {
    "": "Any",
    "over": "Over our target",
    "soon": "5 days or fewer left",
    "more": "More than 5 days left",
    "not-started": "Nobody began in 5 days",
}
ORDERS = {"turn": "In turn", "left": "Least time left", "ends": "Ends soonest", "name": "Club name"}
MINE, NOBODY = "mine", "nobody"


@dataclass(frozen=True)
class Wanted:
    """The choices of the page; what an address says that is no choice counts as none."""

    find: str = ""
    where: str = "with-us"
    age: str = ""
    who: str = ""
    order: str = "turn"

    @classmethod
    def from_address(cls, given: Mapping[str, str]) -> "Wanted":
        """The choices that an address holds. Who looks for a club looks among all cases."""
        find = given.get("find", "").strip()[:100]
        where = given.get("where", "")
        who, age, order = given.get("who", ""), given.get("age", ""), given.get("order", "")
        return cls(
            find=find,
            where=where if where in WHERE else "all" if find else "with-us",
            age=age if age in AGES else "",
            who=who if who in (MINE, NOBODY) or (who.isascii() and who.isdigit()) else "",
            order=order if order in ORDERS else "turn",
        )

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses to look among."""
        return WHERE[self.where][1]

    def among(self, found: Sequence[Case], reader_id: int, today: date) -> list[Case]:
        """Those that fit, in the order that is wanted."""
        fits = [case for case in found if self._fits(case, reader_id)]
        if self.order == "name":
            return sorted(fits, key=lambda case: (_name(case), case.assessment.id))
        if self.order == "ends":
            return sorted(fits, key=_last_day)
        turn = in_turn(fits, today)
        return sorted(turn, key=lambda case: _left(case.target)) if self.order == "left" else turn

    def _fits(self, case: Case, reader_id: int) -> bool:
        return self._is_named(case) and self._is_held(case, reader_id) and self._has_age(case)

    def _is_named(self, case: Case) -> bool:
        said = self.find.casefold()
        return said in _name(case) or said in case.assessment.reference.casefold()

    def _is_held(self, case: Case, reader_id: int) -> bool:
        holder = case.assessment.holder_id
        match self.who:
            case "":
                return True
            case "mine":
                return holder == reader_id
            case "nobody":
                return holder is None
        return str(holder) == self.who

    def _has_age(self, case: Case) -> bool:
        target = case.target
        match self.age:
            case "over":
                return target.is_over
            case "soon":
                return target.colour == "amber"
            case "more":
                return target.colour == "green"
            case "not-started":
                return case.start is not None and case.start.is_over
        return True


def _name(case: Case) -> str:
    return case.assessment.organisation.name.casefold()


def _left(target: Target) -> tuple[bool, int]:
    return target.stopped, target.left


def _last_day(case: Case) -> date:
    return case.assessment.listed_until or date.max
