"""Who a club is, as flags that decide which questions it is asked (domain A.6.0 and A.7).

A flag of the organisation is set when any activity that has not ended has it: pausing an
activity never makes a question go away, so starting it again brings nothing that was not read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.criteria.conditions import whole_number
from registry.criteria.dbs_checks import likely_check, role_in_a_table

__all__ = [
    "FLAGS",
    "ActivityProfile",
    "Profile",
    "activity_problems",
    "case_flags",
    "profile_problems",
]

SCHOOL_CHILDREN = 5
SCHOOL_HOURS = 18
BUILDINGS = ("own_building", "hired_hall", "school", "worship", "home")
# The names that a condition in an edition may use.
FLAGS = (
    "people",
    "size",
    "has_paid",
    "employees",
    "has_vols",
    "young_helpers",
    "lone_paid",
    "places",
    "online_only",
    "home_venue",
    "in_building",
    "nat_body",
    "restricted",
    "school_hours",
    "ofsted_urn",
    "under8_2h",
    "online",
    "trips",
    "transport",
    "overnight",
    "one_to_one",
    "personal_care",
    "high_risk",
)


@dataclass(frozen=True)
class ActivityProfile:
    """What one activity is like. Ages are whole years, None where not told."""

    id: int
    name: str
    status: str
    min_age: int | None
    max_age: int | None
    under8_2h: bool
    online: bool
    trips: bool
    transport: bool
    overnight: bool
    one_to_one: bool
    personal_care: bool
    high_risk: tuple[str, ...]

    @property
    def is_active(self) -> bool:
        """Whether it runs, or is about to: neither paused by its club nor ended."""
        return self.status not in {"paused", "ended"}

    @property
    def has_under_16s(self) -> bool:
        """Whether children under 16 come. Not told counts as yes."""
        return self.min_age is None or self.min_age < 16

    @classmethod
    def from_answers(cls, activity: Mapping[str, Any]) -> "ActivityProfile":
        """Read one activity: its id, name, status, its profile answers and, where the activity's
        own record has them, its ages in months (which then count instead of `p_ages`)."""
        answers = _Answers(activity.get("profile"))
        youngest = _years(activity.get("min_months"))
        oldest = _years(activity.get("max_months"))
        if youngest is None:
            youngest = answers.number("p_ages", "youngest")
        if oldest is None:
            oldest = answers.number("p_ages", "oldest")
        name, status = activity.get("name"), activity.get("status")
        return cls(
            id=whole_number(activity.get("id")) or 0,
            name=name if isinstance(name, str) else "",
            status=status if isinstance(status, str) else "active",
            min_age=youngest,
            max_age=oldest,
            under8_2h=(youngest is None or youngest < 8) and answers.yes("p_ages", "long_stay"),
            online=answers.yes("p_online"),
            trips=answers.yes("p_trips"),
            transport=answers.yes("p_transport"),
            overnight=answers.yes("p_overnight"),
            one_to_one=answers.yes("p_oneone"),
            personal_care=answers.yes("p_care"),
            high_risk=tuple(one for one in answers.ticks("p_risk") if one != "none"),
        )


@dataclass(frozen=True)
class Profile:
    """The flags of an organisation and its activities.

    `size` is lone (1 person), small (2 to 4) or large (5 or more); until people are counted it
    is small, so that nothing a group must answer is left out.
    """

    people: int | None
    size: str
    has_paid: bool
    employees: int
    has_vols: bool
    young_helpers: bool
    lone_paid: bool
    places: tuple[str, ...]
    nat_body: bool
    national_body: str
    restricted: bool
    school_hours: bool
    school_children: int
    school_weekly_hours: int
    ofsted_urn: str
    charity_number: str
    company_number: str
    activities: tuple[ActivityProfile, ...]

    @classmethod
    def from_answers(cls, profile: Any, activities: Any) -> "Profile":
        """Read the organisation's profile answers and those of its activities, in any shape.

        Answers to questions that are not asked of this club (how many it employs, where nobody
        is paid) are kept by their owner and not looked at here.
        """
        answers = _Answers(profile)
        people = answers.number("p_people")
        people = people if people is not None and people > 0 else None
        alone = people == 1
        paid = not alone and answers.yes("p_paid")
        school = answers.yes("p_school_hours")
        listed = activities if isinstance(activities, (list, tuple)) else []
        return cls(
            people=people,
            size=_size(people),
            has_paid=paid,
            employees=(answers.number("p_employees") or 0) if paid else 0,
            has_vols=not alone and answers.yes("p_vols"),
            young_helpers=not alone and answers.yes("p_young_help"),
            lone_paid=alone and answers.yes("p_solo_type"),
            places=answers.ticks("p_place"),
            nat_body=answers.text("p_national", "choice") == "uses",
            national_body=answers.text("p_national", "name") if _belongs(answers) else "",
            restricted=answers.yes("p_limits"),
            school_hours=school,
            school_children=(answers.number("p_school_hours", "children") or 0) if school else 0,
            school_weekly_hours=(answers.number("p_school_hours", "hours") or 0) if school else 0,
            ofsted_urn=answers.text("p_ofsted", "number") if answers.yes("p_ofsted") else "",
            charity_number=_registered(answers, "charity"),
            company_number=_registered(answers, "company"),
            activities=tuple(
                ActivityProfile.from_answers(one) for one in listed if isinstance(one, Mapping)
            ),
        )

    @property
    def current(self) -> tuple[ActivityProfile, ...]:
        """The activities that have not ended."""
        return tuple(one for one in self.activities if one.status != "ended")

    @property
    def active(self) -> tuple[ActivityProfile, ...]:
        """The activities that are neither paused nor ended."""
        return tuple(one for one in self.activities if one.is_active)

    @property
    def min_age(self) -> int | None:
        """The youngest age that any activity takes."""
        return min((one.min_age for one in self.current if one.min_age is not None), default=None)

    @property
    def max_age(self) -> int | None:
        """The oldest age that any activity takes."""
        return max((one.max_age for one in self.current if one.max_age is not None), default=None)

    @property
    def under8_2h(self) -> bool:
        """Children under 8 stay more than 2 hours a day."""
        return any(one.under8_2h for one in self.current)

    @property
    def online(self) -> bool:
        """Some teaching, chat or streaming is online."""
        return any(one.online for one in self.current)

    @property
    def trips(self) -> bool:
        """Some activity goes on trips."""
        return any(one.trips for one in self.current)

    @property
    def transport(self) -> bool:
        """Children are driven."""
        return any(one.transport for one in self.current)

    @property
    def overnight(self) -> bool:
        """Children stay the night."""
        return any(one.overnight for one in self.current)

    @property
    def one_to_one(self) -> bool:
        """An adult is sometimes alone with one child."""
        return any(one.one_to_one for one in self.current)

    @property
    def personal_care(self) -> bool:
        """Adults help with toilet, washing or dressing."""
        return any(one.personal_care for one in self.current)

    @property
    def high_risk(self) -> tuple[str, ...]:
        """Every kind of riskier activity, once, in the order met."""
        return tuple(dict.fromkeys(risk for one in self.current for risk in one.high_risk))

    @property
    def online_only(self) -> bool:
        """The club meets nowhere but online."""
        return bool(self.places) and set(self.places) == {"online"}

    @property
    def home_venue(self) -> bool:
        """Children come to someone's home, or the club goes to theirs: the address is hidden."""
        return "home" in self.places

    @property
    def in_building(self) -> bool:
        """The club meets, at least at times, inside a building."""
        return any(place in BUILDINGS for place in self.places)


class _Answers:
    """Profile answers of any shape, read without surprises."""

    def __init__(self, written: Any) -> None:
        self.written = written if isinstance(written, Mapping) else {}

    def part(self, key: str, name: str) -> Any:
        answer = self.written.get(key)
        return answer.get(name) if isinstance(answer, Mapping) else None

    def yes(self, key: str, name: str = "said") -> bool:
        return bool(self.part(key, name) == "yes")

    def said(self, key: str, name: str = "said") -> bool:
        return self.part(key, name) in ("yes", "no")

    def number(self, key: str, name: str = "number") -> int | None:
        number = whole_number(self.part(key, name))
        return number if number is not None and 0 <= number <= 100_000 else None

    def text(self, key: str, name: str) -> str:
        value = self.part(key, name)
        return value.strip() if isinstance(value, str) else ""

    def ticks(self, key: str, name: str = "ticked") -> tuple[str, ...]:
        value = self.part(key, name)
        words = value if isinstance(value, list) else []
        return tuple(dict.fromkeys(one for one in words if isinstance(one, str) and one))


def _size(people: int | None) -> str:
    if people == 1:
        return "lone"
    return "large" if people is not None and people >= 5 else "small"


def _belongs(answers: _Answers) -> bool:
    return answers.text("p_national", "choice") in {"uses", "own"}


def _registered(answers: _Answers, kind: str) -> str:
    if answers.text("p_charity", "choice") not in {kind, "both"}:
        return ""
    return answers.text("p_charity", f"{kind}_number")


def _years(months: Any) -> int | None:
    number = whole_number(months)
    return number // 12 if number is not None and number >= 0 else None


def profile_problems(profile: Any) -> dict[str, str]:
    """What is missing from the organisation's profile answers, or cannot be right: key → sentence.

    Nothing is left when every profile question of the organisation that is asked is answered.
    """
    answers = _Answers(profile)
    problems: dict[str, str] = {}
    people = answers.number("p_people")
    if not people:
        problems["p_people"] = "Tell us how many people help, and count yourself"
    if people == 1:
        if not answers.said("p_solo_type"):
            problems["p_solo_type"] = "Tell us if families pay you"
    else:
        problems |= _helpers_problems(answers, people)
    if not answers.ticks("p_place"):
        problems["p_place"] = "Tick each kind of place where you meet"
    belongs = answers.text("p_national", "choice")
    if belongs not in {"no", "own", "uses"}:
        problems["p_national"] = "Tell us if you belong to a national group"
    elif belongs != "no" and not answers.text("p_national", "name"):
        problems["p_national"] = "Give the name of the national group"
    if not answers.said("p_limits"):
        problems["p_limits"] = "Tell us if the club is only for some people"
    if not answers.said("p_school_hours"):
        problems["p_school_hours"] = "Tell us if children come during school hours"
    elif answers.yes("p_school_hours") and (
        answers.number("p_school_hours", "children") is None
        or answers.number("p_school_hours", "hours") is None
    ):
        problems["p_school_hours"] = "Tell us how many children come, and for how many hours a week"
    if not answers.said("p_ofsted"):
        problems["p_ofsted"] = "Tell us if you are registered with Ofsted"
    elif answers.yes("p_ofsted") and not answers.text("p_ofsted", "number"):
        problems["p_ofsted"] = "Give your Ofsted number"
    kind = answers.text("p_charity", "choice")
    if kind not in {"neither", "charity", "company", "both"}:
        problems["p_charity"] = "Tell us if you are a charity or company"
    elif (kind in {"charity", "both"} and not _registered(answers, "charity")) or (
        kind in {"company", "both"} and not _registered(answers, "company")
    ):
        problems["p_charity"] = "Give your charity or company number"
    return problems


def _helpers_problems(answers: _Answers, people: int | None) -> dict[str, str]:
    """What is missing about the people who help, where there is more than one."""
    problems: dict[str, str] = {}
    if not answers.said("p_paid"):
        problems["p_paid"] = "Tell us if you pay anyone to help"
    if not answers.said("p_vols"):
        problems["p_vols"] = "Tell us if you have volunteers"
    if not answers.said("p_young_help"):
        problems["p_young_help"] = "Tell us if any helpers are under 18"
    if answers.yes("p_paid"):
        employees = answers.number("p_employees")
        if employees is None:
            problems["p_employees"] = "Tell us how many people you employ. It may be none"
        elif people is not None and employees > people:
            problems["p_employees"] = (
                f"You said {people} people help. You cannot employ more people than that"
            )
    if people and answers.part("p_paid", "said") == answers.part("p_vols", "said") == "no":
        problems["p_vols"] = (
            "Who helps you, then? Say yes to paid people, to volunteers, or to both"
        )
    return problems


def activity_problems(profile: Any, min_months: int | None = None) -> dict[str, str]:
    """What is missing from one activity's profile answers, or cannot be right: key → sentence.

    `min_months` is the youngest age where the activity's own record holds its ages already.
    """
    answers = _Answers(profile)
    problems: dict[str, str] = {}
    youngest = _years(min_months)
    if youngest is None:
        youngest, oldest = answers.number("p_ages", "youngest"), answers.number("p_ages", "oldest")
        if youngest is None or oldest is None:
            problems["p_ages"] = "Give the youngest and the oldest age"
        elif youngest > oldest:
            problems["p_ages"] = "The oldest age must not be below the youngest"
    if not problems and (youngest or 0) < 8 and not answers.said("p_ages", "long_stay"):
        problems["p_ages"] = "Tell us if children under 8 stay more than 2 hours a day"
    for key, sentence in _ACTIVITY_ASKS.items():
        if not answers.said(key):
            problems[key] = sentence
    if not answers.ticks("p_risk"):
        problems["p_risk"] = "Tick what you do, or “None of these”"
    return problems


_ACTIVITY_ASKS = {
    "p_online": "Tell us if you teach, chat or stream online",
    "p_trips": "Tell us if you go on trips",
    "p_transport": "Tell us if you drive children",
    "p_overnight": "Tell us if you stay the night",
    "p_oneone": "Tell us if an adult is ever alone with one child",
    "p_care": "Tell us if you help with toilet, washing or dressing",
}


def case_flags(
    profile: Profile,
    answers: Any,
    school_children: int = SCHOOL_CHILDREN,
    school_hours: int = SCHOOL_HOURS,
    *,
    supervision_counts: bool = True,
) -> tuple[str, ...]:
    """What a reviewer must see about this case at a glance (domain A.7). No flag ever refuses.

    `ofsted_check` and `school_check` must be cleared before approval, by a number or a senior.
    `supervision_counts` says whether being watched still keeps a role out of regulated activity.
    """
    found = {
        "ofsted_check": profile.under8_2h and not profile.ofsted_urn,
        "school_check": profile.school_hours
        and profile.school_children >= school_children
        and profile.school_weekly_hours >= school_hours,
        "overnight": profile.overnight,
        "personal_care": profile.personal_care,
        "one_to_one": profile.one_to_one,
        "home_venue": profile.home_venue,
        "dbs_gap": _dbs_gap(profile, answers, supervision_counts),
    }
    return tuple(flag for flag, is_set in found.items() if is_set)


def _dbs_gap(profile: Profile, answers: Any, supervision_counts: bool) -> bool:
    """Whether fewer people are said to need a check than the table of roles speaks of."""
    said = _Answers(answers)
    need = said.number("sr_dbs_done", "need")
    rows = said.part("sr_roles", "rows")
    if profile.size == "lone" or need is None or not isinstance(rows, list):
        return False
    return need < sum(_people_to_check(rows, supervision_counts))


def _people_to_check(rows: list[Any], supervision_counts: bool) -> Iterable[int]:
    """How many people each row of the table speaks of who are likely to need a check."""
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        likely = likely_check(role_in_a_table(row), supervision_counts=supervision_counts)
        barred = likely.level.key == "enhanced_barred"
        if barred or row.get("level") in ("enhanced", "enhanced_barred"):
            people = whole_number(row.get("people"))
            yield people if people is not None and 0 < people <= 100_000 else 1
