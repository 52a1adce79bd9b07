"""What an invented club says to every question: careful answers that differ from club to club."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from registry.criteria.dates import add_months
from registry.demonstration.answers import good_answers, good_profile
from registry.demonstration.club_papers import insured_until, risk_checked_on
from registry.demonstration.clubs import Activity, Club

Answers = dict[str, dict[str, Any]]

# Questions of good practice that a club may have to say no to.
_WEAK: Answers = {
    "hs_public": {"said": "no"},
    "eq_learn": {"said": "no"},
    "sr_recheck": {"choice": "none"},
    "sg_code": {"said": "no"},
}
_ONLINE = (
    "Only children who have joined can come in, through a waiting room. Private chat is off. Two "
    "adults are in every call, or a parent is in the next room. Parents get the times and the link. "
    "A child who feels bad can leave and tell the lead, a parent or Childline. We do not record."
)
_AWAY = {
    "trips": "Parents agree in writing and get the plan, the times and a phone number. Two adults at "
    "least, a list of names, medicines and a first aid kit go with us. We count at every stop.",
    "lifts": "Two adults in the car or two children at least. We look at the licence, the insurance "
    "and the MOT, and parents agree in writing first.",
    "overnight": "Parents sign for each night. Children sleep apart from adults, and girls apart "
    "from boys. Two adults are awake until all is quiet, and one of each sex is there.",
    "care": "We write a plan with the parents for each child. Two adults are near, doors stay ajar, "
    "and we write down what was done.",
    "one_to_one": "The door is open or has a window, or a parent is in the next room. Parents know "
    "when, and may walk in. There are no private messages.",
}
# The parts of the two questions where these answers go.
_AWAY_PARTS = {"lifts": "transport", "care": "personal_care"}
_SPECIAL = {
    "water": "Our leaders hold the award of the national body for this water, and a lifeguard or a "
    "rescue boat is there each time.",
    "climbing": "A leader with the climbing wall award is there each time. We go only to walls that "
    "hold what they need.",
    "combat": "Our coaches hold a level 2 award, and the club is joined to the national body.",
    "trampoline_gym": "Coaches hold the national body’s award for each piece of kit. One child at a "
    "time on each, with soft landings.",
    "animals": "The council’s licence for animals is on the wall, and two of us hold a coaching "
    "award. Hats and boots for everyone.",
    "fire_cooking": "Two of us have a food hygiene certificate. Fires are in a ring, knives are "
    "counted out and in, and an adult is at each.",
    "bikes_roads": "We walk the way first, wear bright vests, and have an adult at the front and at "
    "the back.",
    "shows": "We ask the council for an approval for each show, and two licensed chaperones come.",
    "trips": "A plan and a risk check for each trip, agreed by the lead a week before.",
    "overnight": "Two leaders hold the nights away permit of our national body, or went on its "
    "course.",
    "under8": "We are registered with Ofsted, with the number that we gave you.",
}
_ADJUST = (
    "We ask every family when they join. We can start quietly, use pictures, give breaks and let a "
    "helper come free. We have moved a session downstairs for one child.",
    "There is a line for it on our joining form, and families can ring us at any time. We have ear "
    "defenders, a quiet corner and a timetable in pictures.",
    "Families tell us what helps and we write it down with them. We have changed rules, kit and "
    "times so that a child could join in, and we look at the room before each term.",
)
_COMPLAIN = (
    "Tell {lead}, or {owner} if it is about {lead}. We reply in 7 days. If you are still unhappy, the "
    "council’s Safe and Sound team is next. Nobody is treated worse for speaking up.",
    "Speak to any leader or write to {owner}. We answer within 5 working days, and a second person "
    "looks at it if you ask. After that you can go to the council.",
)
_INCIDENT = (
    "In the accident book in the first aid box. The person in charge tells parents the same day. "
    "Broken bones and worse go to the HSE.",
    "On a form that goes to {lead} the same evening. Parents get a copy. We look at the forms each "
    "term, and we know that the HSE must hear of bad accidents.",
)
_SEEN = (
    "In the welcome email, and on the wall by the door",
    "On our notice board and on paper when a child joins",
    "On our website, at the foot of every page",
)
_COURSES = (
    "Safeguarding for leads, Wolverhampton Safeguarding Together",
    "Designated lead training, NSPCC Learning",
    "Safeguarding level 3 for clubs, online",
)
_GUIDE = ((1, 3), (3, 4), (8, 6), (12, 8), (18, 10))


def profile_answers(club: Club) -> Answers:
    """What the club says of itself."""
    if club.is_alone:
        answers = good_profile("lone_paid")
    else:
        answers = good_profile("small_volunteers")
        answers |= {
            "p_people": {"number": club.people},
            "p_paid": {"said": _yes(club.employees)},
            "p_vols": {"said": _yes(club.people > club.employees)},
            "p_young_help": {"said": _yes(club.young_helpers)},
        }
    if club.employees:
        answers["p_employees"] = {"number": club.employees}
    answers["p_place"] = {"ticked": list(club.places)}
    answers["p_limits"] = {"said": _yes(club.only_for)}
    if club.school_hours:
        children, hours = club.school_hours
        answers["p_school_hours"] = {"said": "yes", "children": children, "hours": hours}
    if club.ofsted:
        answers["p_ofsted"] = {"said": "yes", "number": club.ofsted}
    if club.national:
        named = dict(zip(("choice", "name", "link"), club.national, strict=False))
        answers["p_national"] = named
    answers["p_charity"] = _registered(club)
    return answers


def question_answers(
    club: Club,
    activities: Sequence[tuple[int, Activity]],
    papers: Mapping[str, int],
    *,
    sent_on: date,
    reviewed_on: date,
    chance: Random,
) -> Answers:
    """What the club says to the questions. `papers` gives the paper shown first for each."""
    plan = papers.get("sg_policy") or papers["sg_steps"]
    kind = "lone_paid" if club.is_alone else "large" if club.is_large else "small_volunteers"
    answers = good_answers(
        kind,
        file_id=plan,
        today=sent_on,
        activity_ids=[number for number, _ in activities],
        reviewed_on=reviewed_on,
        lead_name=club.safeguarding_lead,
        lead_email=club.owner_email,
    )
    answers |= _in_its_own_words(club, sent_on, chance)
    answers |= _with_numbers(club, activities, papers, sent_on)
    answers |= _people(club, chance)
    answers |= _about_its_risks(club, activities, papers)
    for key, paper in papers.items():
        if "file" in answers.get(key, {}):
            answers[key]["file"] = [paper]
    if "sr_steps" in papers:
        answers["sr_checks"]["file"] = [papers["sr_steps"]]
    if club.uses_national_policies:
        taken_on = {"link": club.national[2], "adopted_on": reviewed_on.isoformat()}
        answers["sg_policy"] = answers["eq_policy"] = taken_on
    if club.open_access:
        answers["hs_info"] = {"said": "no", "open_access": "yes", **club.open_access}
    for key in club.story.get("weak", ()):
        answers[key] = dict(_WEAK[key])
    return answers


def _in_its_own_words(club: Club, sent_on: date, chance: Random) -> Answers:
    names = {"lead": club.safeguarding_lead, "owner": club.owner}
    if club.is_alone:
        names = {"lead": "me", "owner": "me"}
    first_aid = add_months(sent_on, chance.randint(7, 30))
    return {
        "sg_parents": {"said": "yes", "place": chance.choice(_SEEN)},
        "sg_lead_training": {
            "date": add_months(sent_on, -chance.randint(2, 18)).isoformat(),
            "course": chance.choice(_COURSES),
        },
        "sg_online": {"said": "yes", "rules": _ONLINE},
        "hs_incident": {"said": "yes", "how": chance.choice(_INCIDENT).format_map(names)},
        "hs_first_aid": {
            "said": "yes",
            "people": max(1, club.people // 3),
            "ends_on": first_aid.isoformat(),
        },
        "hs_public": {"said": "yes", "ends_on": insured_until(club, sent_on).isoformat()},
        "eq_adjust": {"said": "yes", "how": chance.choice(_ADJUST)},
        "eq_complain": {
            "said": "yes",
            "how": "Tell me, by phone or in writing. I reply in 5 days. After that, the council."
            if club.is_alone
            else chance.choice(_COMPLAIN).format_map(names),
        },
        "eq_limits": {"reason": club.only_for, "others": club.others, "written": "yes"},
        "eq_who": {"ticked": _everyone_in(club)},
    }


def _with_numbers(
    club: Club,
    activities: Sequence[tuple[int, Activity]],
    papers: Mapping[str, int],
    sent_on: date,
) -> Answers:
    risk_check = papers["hs_ra_all"]
    return {
        "hs_ra_all": {"rows": [{"activity_id": n, "file": risk_check} for n, _ in activities]},
        "hs_ra_date": {
            "rows": [{"file": risk_check, "checked_on": risk_checked_on(sent_on).isoformat()}]
        },
        "hs_adults": {
            "rows": [{"activity_id": n, **_adults(club, activity)} for n, activity in activities]
        },
        "hs_employers": {
            "file": [papers[key] for key in ("hs_employers",) if key in papers],
            "ends_on": insured_until(club, sent_on).isoformat(),
        },
    }


def _people(club: Club, chance: Random) -> Answers:
    """The lead, the roles and their checks."""
    if club.is_alone:
        return {}
    helpers = 1 if club.people > 3 else 0
    leading = club.people - helpers
    rows = [
        {
            "role": "Teacher or leader",
            "people": leading,
            "work": "lead",
            "how_often": "often",
            "supervised": "no",
            "level": "enhanced_barred",
            "reason": "Leads children every week, and nobody watches",
        }
    ]
    if helpers:
        rows.append(
            {
                "role": "Tea and door",
                "people": helpers,
                "work": "other",
                "how_often": "rarely",
                "supervised": "yes",
                "level": "none",
                "reason": "Never with children without a leader",
            }
        )
    lead: dict[str, Any] = {
        "said": "yes",
        "lead": {
            "name": club.safeguarding_lead,
            "role": "Safeguarding lead",
            "email": club.owner_email,
            "phone": club.phone,
        },
    }
    if club.is_large:
        lead["deputy"] = {"name": club.deputy, "role": "Deputy lead", "phone": club.phone}
    done: dict[str, Any] = {"need": leading, "have": leading - club.unchecked}
    if club.unchecked:
        done["watched"] = "no"
    checks = ["form", "meeting", "id", "references", "declaration"]
    if club.employees:
        checks.append("right_to_work")
    if chance.random() < 0.6:
        checks.append("gaps")
    guides = ["sport_youth"] if club.national else [chance.choice(("dfe", "nspcc"))]
    return {
        "sg_lead": lead,
        "sr_roles": {"said": "yes", "rows": rows},
        "sr_dbs_done": done,
        "sr_checks": {"ticked": checks, "file": []},
        "sr_guidance": {"ticked": guides},
        "sr_recheck": {"choice": chance.choice(("update_service", "three_years"))},
    }


def _about_its_risks(
    club: Club, activities: Sequence[tuple[int, Activity]], papers: Mapping[str, int]
) -> Answers:
    """Trips, nights away and the like; what each risk needs; the fire in its own building."""
    does = list(dict.fromkeys(word for _, one in activities for word in one.does))
    risks = list(dict.fromkeys(word for _, one in activities for word in one.risks))
    away = {_AWAY_PARTS.get(word, word): _AWAY[word] for word in does if word in _AWAY}
    also = [word for word in ("trips", "overnight") if word in does]
    long_stay = any(one.plan.profile["p_ages"].get("long_stay") == "yes" for _, one in activities)
    special = {word: _SPECIAL[word] for word in [*risks, *also, *(["under8"] * long_stay)]}
    answers: Answers = {
        "sg_away": {"said": "yes", **away},
        "hs_special": {"said": "yes", **special, **club.special},
    }
    if "hs_fire" in papers:
        answers["hs_fire"] = {"said": "yes", "file": [papers["hs_fire"]]}
    return answers


def _adults(club: Club, activity: Activity) -> dict[str, int]:
    """As many children as the guide allows for the adults who are there."""
    adults = 1 if club.is_alone else 2 if club.people < 8 else 3
    youngest = activity.plan.ages[0]
    each = next(most for oldest, most in _GUIDE if youngest <= oldest)
    return {"children": 1 if "one_to_one" in activity.does else adults * each, "adults": adults}


def _everyone_in(club: Club) -> list[str]:
    who = ["children", "parents"]
    if not club.is_alone:
        who += ["guests", "joiners"]
        who += ["staff"] if club.employees else []
        who += ["helpers"] if club.people > club.employees else []
    return who


def _registered(club: Club) -> dict[str, str]:
    numbers = {
        "charity_number": club.charity_number,
        "company_number": club.company_number,
    }
    given = {name: number for name, number in numbers.items() if number}
    kinds = [name.partition("_")[0] for name in given]
    return {"choice": "both" if len(kinds) == 2 else kinds[0] if kinds else "neither", **given}


def _yes(value: object) -> str:
    return "yes" if value else "no"
