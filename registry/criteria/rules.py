"""The rules that suggest a result from what a club said. An edition names one for each question.

A rule sees a `Case`: an answer whose required parts are all there and well shaped. It follows the
question's Met, Partly and Not met lines as far as a machine can; what only a person can judge
(does the paper say what it should?) is left to the reviewer, whose finding is the one that counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.criteria.answers import choices_for, risk_check_dates, risk_check_rows
from registry.criteria.content import Question
from registry.criteria.dates import add_months, is_within_months, written_date
from registry.criteria.profile import Profile

__all__ = ["RULES", "Case", "Result", "risk_files", "worse"]


class Result(StrEnum):
    """How a question or a criterion stands."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NA = "na"  # does not concern this club
    UNANSWERED = "unanswered"  # nothing said yet, or a part is missing


_WORSE_LAST = (Result.NA, Result.MET, Result.PARTLY, Result.NOT_MET, Result.UNANSWERED)


def worse(one: Result, other: Result) -> Result:
    """The worse of two results."""
    return max(one, other, key=_WORSE_LAST.index)


@dataclass(frozen=True)
class Case:
    """One answer in front of its rule: the parts as read, and all that stands around them."""

    question: Question
    parts: Mapping[str, Any]
    asked: frozenset[str]
    answers: Any
    profile: Profile
    today: date

    @property
    def options(self) -> Mapping[str, Any]:
        """What the edition told the rule."""
        return self.question.rule.options

    def option(self, name: str, default: Any = None) -> Any:
        """One of those options."""
        return self.options.get(name, default)

    def day(self, name: str) -> date | None:
        """A date part."""
        return written_date(self.parts.get(name))

    def has_all(self, names: Any) -> bool:
        """Whether each of these parts was given."""
        return all(name in self.parts for name in names)


Rule = Callable[[Case], Result]
SAID = {"yes": Result.MET, "partly": Result.PARTLY, "no": Result.NOT_MET}


def said(case: Case) -> Result:
    """Yes, partly or no. `needs` names parts without which a yes is only partly.

    `partly_needs` names parts without which a partly is a no (a proof of having asked).
    """
    result = SAID[case.parts["said"]]
    if result is Result.MET and not case.has_all(case.option("needs", [])):
        result = Result.PARTLY if case.question.partly else Result.NOT_MET
    if result is Result.PARTLY and not case.has_all(case.option("partly_needs", [])):
        result = Result.NOT_MET
    return result


def paper(case: Case) -> Result:
    """A file, or a link where one is allowed: it is there. What it says is for the reviewer."""
    return (
        Result.MET
        if any(name in case.parts for name in case.option("parts"))
        else (Result.UNANSWERED)
    )


def done_lately(case: Case) -> Result:
    """Something done within `met_months`; up to `partly_months` it is partly."""
    day = case.day("date")
    if day is None:
        return Result.UNANSWERED
    return _by_age(day, case)


def _by_age(day: date, case: Case) -> Result:
    if is_within_months(day, case.option("met_months"), case.today):
        return Result.MET
    if is_within_months(day, case.option("partly_months", 0), case.today):
        return Result.PARTLY
    return Result.NOT_MET


def learnt_lately(case: Case) -> Result:
    """Yes, and on a day within `met_months`."""
    return done_lately(case) if case.parts["said"] == "yes" else Result.NOT_MET


def lead(case: Case) -> Result:
    """A named lead who can be reached, and in a large club a deputy."""
    result = said(case)
    if result is Result.MET and case.profile.size == "large" and "deputy" not in case.parts:
        return Result.PARTLY
    return result


def trained(case: Case) -> Result:
    """Training by age; a lead who was never trained may have a course booked within
    `booked_months`."""
    day = case.day("date")
    if day is not None:
        return _by_age(day, case)
    booked = case.day("booked_on")
    if booked is None:
        return Result.UNANSWERED
    return Result.PARTLY if _is_booked_soon(booked, case) else Result.NOT_MET


def _is_booked_soon(booked: date, case: Case) -> bool:
    return case.today <= booked <= add_months(case.today, case.option("booked_months"))


def each_flag(case: Case) -> Result:
    """Yes, with words for every flag that was asked about (`flag_parts`); for some it is partly."""
    result = SAID[case.parts["said"]]
    if result is not Result.MET:
        return result
    asked = [name for name in case.option("flag_parts") if name in case.asked]
    return Result.MET if case.has_all(asked) else Result.PARTLY


def named(case: Case) -> Result:
    """One choice ticked from the list is enough. Those under `partly` need a reviewer's eye;
    those under `not_met` say that there is none."""
    ticked = set(case.parts["ticked"])
    if ticked - set(case.option("partly", [])) - set(case.option("not_met", [])):
        return Result.MET
    if ticked & set(case.option("partly", [])):
        return Result.PARTLY
    return Result.NOT_MET


def all_ticked(case: Case) -> Result:
    """One tick from every group of `each`; groups that do not concern this club do not count.

    `instead` are ticks that stand for all of them. With at most `partly_missing` groups missing
    it is partly, if at least one is there.
    """
    ticked = set(case.parts["ticked"])
    if ticked & set(case.option("instead", [])):
        return Result.MET
    offered = {one.value for one in choices_for(case.question.part("ticked"), case.profile)}
    groups = [set(group) & offered for group in case.option("each") if set(group) & offered]
    missing = sum(not (group & ticked) for group in groups)
    if not missing:
        return Result.MET
    if missing < len(groups) and missing <= case.option("partly_missing", 0):
        return Result.PARTLY
    return Result.NOT_MET


def chosen(case: Case) -> Result:
    """One choice: those under `met` and `partly`, else not met."""
    choice = case.parts["choice"]
    if choice in case.option("met"):
        return Result.MET
    return Result.PARTLY if choice in case.option("partly", []) else Result.NOT_MET


def roles(case: Case) -> Result:
    """A level and a reason for every role. Enhanced for all with no reason is not met."""
    result = SAID[case.parts["said"]]
    if result is Result.NOT_MET:
        return result
    rows = case.parts["rows"]
    complete = [row for row in rows if row.get("role") and row.get("level") and row.get("reason")]
    enhanced = all(str(row.get("level", "")).startswith("enhanced") for row in rows)
    if not complete:
        return Result.NOT_MET if enhanced else Result.PARTLY
    return result if len(complete) == len(rows) else Result.PARTLY


def dbs_counts(case: Case) -> Result:
    """Everyone who needs a check has one; the rest are always watched by a checked adult."""
    need, have = case.parts["need"], case.parts["have"]
    if have > need:
        return Result.UNANSWERED
    if have == need:
        return Result.MET
    return Result.PARTLY if case.parts["watched"] == "yes" else Result.NOT_MET


def lone_suitable(case: Case) -> Result:
    """What a person who works alone can show parents: the right check done and two references.

    Someone unpaid with no way to get a check is met only if never alone with a child.
    """
    check, ticked = case.parts["choice"], case.parts["ticked"]
    if check in case.option("met"):
        return Result.MET if "references" in ticked else Result.PARTLY
    if check in case.option("no_route"):
        watched = case.parts.get("never_alone") == "yes" and "other_adults" in case.parts
        return Result.MET if watched and not case.profile.one_to_one else Result.PARTLY
    return Result.PARTLY if check in case.option("partly") else Result.NOT_MET


def every_activity_mapped(case: Case) -> Result:
    """Every active activity has a risk check; some is partly."""
    files = risk_check_rows({case.question.key: case.parts})
    active = {one.id for one in case.profile.active}
    mapped = active & set(files)
    if not mapped:
        return Result.NOT_MET
    return Result.MET if mapped == active else Result.PARTLY


def risk_files(profile: Profile, answers: Any) -> tuple[int, ...]:
    """The risk-check files in use: those mapped to an active activity, each once."""
    files = risk_check_rows(answers)
    return tuple(dict.fromkeys(files[one.id] for one in profile.active if one.id in files))


def risk_checks_read(case: Case) -> Result:
    """Each risk check in use was looked at lately; the oldest decides. A missing date is open."""
    days = risk_check_dates({case.question.key: case.parts})
    result = Result.NA
    for file in risk_files(case.profile, case.answers):
        day = days.get(file)
        result = worse(result, _by_age(day, case) if day else Result.UNANSWERED)
    return Result.UNANSWERED if result is Result.NA else result


def first_aid(case: Case) -> Result:
    """A kit and a trained person whose training has not ended; a kit with a course booked soon is
    partly."""
    result = SAID[case.parts["said"]]
    if result is Result.MET:
        ends = case.day("ends_on")
        return Result.MET if ends is not None and ends >= case.today else Result.NOT_MET
    if result is Result.PARTLY:
        booked = case.day("booked_on")
        soon = booked is not None and _is_booked_soon(booked, case)
        return Result.PARTLY if soon else Result.NOT_MET
    return result


def child_records(case: Case) -> Result:
    """Yes, partly or no; open-access youth work may say why it keeps none, and what it does."""
    if case.parts.get("open_access") == "yes" and case.has_all(["reason", "plan"]):
        return Result.NA
    return said(case)


def enough_adults(case: Case) -> Result:
    """At or above the guide for the youngest of each activity; below it with a reason is partly.

    `guide` is a list of [oldest age, children for one adult].
    """
    rows = {row["activity_id"]: row for row in case.parts["rows"]}
    result = Result.MET
    for activity in case.profile.active:
        row = rows.get(activity.id, {})
        children, adults = row.get("children"), row.get("adults")
        if children is None or adults is None:
            return Result.UNANSWERED
        youngest = activity.min_age or 0
        each = next((most for oldest, most in case.option("guide") if youngest <= oldest), None)
        if each is not None and children > adults * each:
            result = worse(result, Result.PARTLY if row.get("reason") else Result.NOT_MET)
    return result


def insured(case: Case) -> Result:
    """Cover that has not ended. A paper without a date is read by the reviewer."""
    if case.parts.get("said", "yes") == "no":
        return Result.NOT_MET
    ends = case.day("ends_on")
    if ends is None:
        return Result.MET if "file" in case.parts else Result.UNANSWERED
    return Result.MET if ends >= case.today else Result.NOT_MET


def reasoned(case: Case) -> Result:
    """A reason, and it stands in the written plan too."""
    return Result.MET if case.parts["written"] == "yes" else Result.PARTLY


RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        said,
        paper,
        done_lately,
        learnt_lately,
        lead,
        trained,
        each_flag,
        named,
        all_ticked,
        chosen,
        roles,
        dbs_counts,
        lone_suitable,
        every_activity_mapped,
        risk_checks_read,
        first_aid,
        child_records,
        enough_adults,
        insured,
        reasoned,
    )
}
