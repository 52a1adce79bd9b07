"""Complete answers of four invented clubs, each of which meets all four criteria.

`large` is a dance school in a hired hall, `lone_paid` a football coach, `small_volunteers` a chess
club and `madrasah` evening classes in a mosque. The demonstration register and the tests both
start from them. Dates are counted back from the day given, so they never go stale.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from registry.criteria.dates import add_months

__all__ = ["KINDS", "good_activity_profile", "good_answers", "good_profile"]

Answers = dict[str, dict[str, Any]]
KINDS = ("large", "lone_paid", "small_volunteers", "madrasah")

_YES, _NO = {"said": "yes"}, {"said": "no"}
_CHECKS = ("form", "meeting", "id", "references", "declaration", "gaps")
_DEPUTY = {"name": "Dawn Whitehouse", "role": "Deputy lead", "email": "deputy@example.org"}


def good_profile(kind: str) -> Answers:
    """The organisation's profile answers of one kind of club."""
    shared: Answers = {
        "p_national": {"choice": "no"},
        "p_limits": dict(_NO),
        "p_school_hours": dict(_NO),
        "p_ofsted": dict(_NO),
        "p_charity": {"choice": "neither"},
    }
    if kind == "lone_paid":
        return shared | {
            "p_people": {"number": 1},
            "p_solo_type": dict(_YES),
            "p_place": {"ticked": ["outdoors", "school"]},
        }
    helpers: Answers = {
        "p_paid": dict(_NO),
        "p_vols": dict(_YES),
        "p_young_help": dict(_NO),
    }
    match kind:
        case "large":
            return (
                shared
                | helpers
                | {
                    "p_people": {"number": 7},
                    "p_paid": dict(_YES),
                    "p_employees": {"number": 3},
                    "p_young_help": dict(_YES),
                    "p_place": {"ticked": ["hired_hall"]},
                    "p_charity": {"choice": "company", "company_number": "09999901"},
                }
            )
        case "small_volunteers":
            return (
                shared
                | helpers
                | {"p_people": {"number": 3}, "p_place": {"ticked": ["hired_hall"]}}
            )
        case "madrasah":
            return (
                shared
                | helpers
                | {
                    "p_people": {"number": 6},
                    "p_place": {"ticked": ["own_building", "worship"]},
                    "p_limits": dict(_YES),
                    "p_charity": {"choice": "charity", "charity_number": "9999902"},
                }
            )
    raise ValueError(f"no such kind of club: {kind}")


def good_activity_profile(kind: str) -> Answers:
    """The profile answers of each activity of one kind of club."""
    ages: dict[str, dict[str, Any]] = {
        "large": {"youngest": 5, "oldest": 14, "long_stay": "no"},
        "lone_paid": {"youngest": 6, "oldest": 11, "long_stay": "no"},
        "small_volunteers": {"youngest": 8, "oldest": 16},
        "madrasah": {"youngest": 5, "oldest": 14, "long_stay": "yes"},
    }
    if kind not in ages:
        raise ValueError(f"no such kind of club: {kind}")
    return {
        "p_ages": ages[kind],
        "p_online": dict(_NO),
        "p_trips": dict(_NO),
        "p_transport": dict(_NO),
        "p_overnight": dict(_NO),
        "p_oneone": dict(_NO),
        "p_care": dict(_NO),
        "p_risk": {"ticked": ["shows"] if kind == "large" else ["none"]},
    }


def good_answers(
    kind: str,
    *,
    file_id: int,
    today: date,
    activity_ids: Sequence[int],
    reviewed_on: date | None = None,
    lead_name: str = "Sandeep Rai",
    lead_email: str = "lead@example.org",
) -> Answers:
    """Answers of one kind of club to every question it is asked, all of which are met today.

    Every paper is the one file; every activity named is mapped to it.
    """
    papers = [file_id]
    said_on = (reviewed_on or add_months(today, -2)).isoformat()
    answers = _everyone(papers, today, said_on) | _risk_checks(file_id, today, activity_ids)
    if kind == "lone_paid":
        return answers | _adults(activity_ids, 6, 1) | _coach(today)
    answers |= _adults(activity_ids, 10, 2)
    way = "email" if "@" in lead_email else "phone"  # for a lead without email
    lead = {"name": lead_name, "role": "Safeguarding lead", way: lead_email}
    answers |= _group(papers, today, lead)
    match kind:
        case "large":
            return answers | _dance_school(papers, today, lead)
        case "small_volunteers":
            return answers
        case "madrasah":
            return answers | _mosque(papers, lead)
    raise ValueError(f"no such kind of club: {kind}")


def _everyone(papers: list[int], today: date, said_on: str) -> Answers:
    """What every club is asked, whatever its size."""
    return {
        "sg_policy": {"file": papers},
        "sg_review_date": {"date": said_on},
        "sg_steps": {"said": "yes", "file": papers, "page": "3"},
        "sg_adults": dict(_YES),
        "sg_lead_training": {
            "date": add_months(today, -8).isoformat(),
            "course": "Safeguarding for leads, Local Partnership",
        },
        "sg_code": {"said": "yes", "file": papers},
        "sg_parents": {"said": "yes", "place": "In the welcome email, and on the wall"},
        "sr_records": dict(_YES),
        "hs_policy": {"file": papers},
        "hs_first_aid": {
            "said": "yes",
            "people": 1,
            "ends_on": add_months(today, 18).isoformat(),
        },
        "hs_info": {"said": "yes", "file": papers},
        "hs_incident": {
            "said": "yes",
            "how": "In the accident book. The person in charge tells parents the same day. "
            "Broken bones and worse go to the HSE.",
        },
        "hs_fire": dict(_YES),
        "hs_public": {"said": "yes", "ends_on": add_months(today, 9).isoformat()},
        "eq_policy": {"file": papers},
        "eq_who": {"ticked": ["children", "parents"]},
        "eq_groups": {"ticked": ["equality_act"]},
        "eq_adjust": {
            "said": "yes",
            "how": "We can start quietly, use pictures and let a helper come free. "
            "We ask every family when they join.",
        },
        "eq_bully": dict(_YES),
        "eq_complain": {
            "said": "yes",
            "how": "Tell the person in charge. We reply in 7 days. After that, the council.",
        },
        "eq_date": {"date": said_on},
    }


def _risk_checks(file_id: int, today: date, activity_ids: Sequence[int]) -> Answers:
    """The risk check of each activity, and when it was last looked at."""
    checked_on = add_months(today, -3).isoformat()
    return {
        "hs_ra_all": {"rows": [{"activity_id": one, "file": file_id} for one in activity_ids]},
        "hs_ra_date": {"rows": [{"file": file_id, "checked_on": checked_on}]},
    }


def _adults(activity_ids: Sequence[int], children: int, adults: int) -> Answers:
    """How many adults there are for the children of each activity."""
    numbers = {"children": children, "adults": adults}
    return {"hs_adults": {"rows": [{"activity_id": one} | numbers for one in activity_ids]}}


def _coach(today: date) -> Answers:
    """What someone who works alone is asked beside the rest."""
    return {
        "sg_lone_contact": {
            "said": "yes",
            "where": "My welcome email says: worried about me? You can call the MASH team or the "
            "NSPCC without telling me. Both numbers stand below it.",
        },
        "sr_lone": {
            "ticked": ["dbs", "references", "training", "insurance"],
            "choice": "barred_done",
            "checked_on": add_months(today, -5).isoformat(),
        },
        "sr_future": dict(_YES),
    }


def _group(papers: list[int], today: date, lead: dict[str, str]) -> Answers:
    """What a club of two people or more is asked beside the rest."""
    return {
        "sg_lead": {"said": "yes", "lead": lead},
        "sr_steps": {"said": "yes", "file": papers},
        "sr_guidance": {"ticked": ["dfe", "nspcc"]},
        "sr_checks": {"ticked": list(_CHECKS), "file": papers},
        "sr_roles": {
            "said": "yes",
            "rows": [
                {
                    "role": "Teacher or leader",
                    "people": 3,
                    "work": "lead",
                    "how_often": "often",
                    "supervised": "no",
                    "level": "enhanced_barred",
                    "reason": "Leads children every week, and nobody watches",
                },
            ],
        },
        "sr_dbs_done": {"need": 3, "have": 3},
        "sr_recheck": {"choice": "update_service"},
        "sr_induct": dict(_YES),
        "sr_refer": dict(_YES),
        "eq_who": {"ticked": ["children", "parents", "helpers", "guests", "joiners"]},
        "eq_learn": {"said": "yes", "date": add_months(today, -10).isoformat()},
    }


def _dance_school(papers: list[int], today: date, lead: dict[str, str]) -> Answers:
    """What a large club with paid staff and a show is asked differently."""
    return {
        "sg_lead": {"said": "yes", "lead": lead, "deputy": dict(_DEPUTY)},
        "sr_checks": {"ticked": [*_CHECKS, "right_to_work"], "file": papers},
        "hs_employers": {"file": papers, "ends_on": add_months(today, 7).isoformat()},
        "hs_special": {
            "said": "yes",
            "shows": "One summer show. The council gave us an approval for it, and two chaperones "
            "come.",
        },
        "eq_who": {"ticked": ["children", "parents", "staff", "helpers", "guests", "joiners"]},
    }


def _mosque(papers: list[int], lead: dict[str, str]) -> Answers:
    """What a large club in its own building, with young children for long, is asked differently."""
    return {
        "sg_lead": {"said": "yes", "lead": lead, "deputy": dict(_DEPUTY)},
        "hs_fire": {"said": "yes", "file": papers},
        "hs_special": {
            "said": "yes",
            "under8": "None: we teach one subject, our faith, and look after children only as part "
            "of the lesson.",
        },
        "eq_limits": {
            "reason": "We teach our own faith. Families of any background who want this may come.",
            "others": "We tell families about other clubs nearby, and our open days are for all.",
            "written": "yes",
        },
    }
