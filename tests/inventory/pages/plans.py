"""Clubs with something of everything, for the pages that show it."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from registry import clock
from registry.demonstration.drawings import drawing
from registry.demonstration.walking import ActivityPlan, ClubPlan, VenuePlan
from tests import factories as make

_VARIOUS = {"place_kind": "various", "place_area": "parks in the north", "venues": []}
_MORNING = {"starts": time(10), "ends": time(12), "season": "all_year"}
_MORE_SESSIONS: Any = (
    {"pattern": "drop_in", "days": [2], **_MORNING},
    {"pattern": "monthly", "days": [6], "nth": 1, **_MORNING},
)
BUSY = replace(
    make.DANCE,
    venues=(*make.DANCE.venues, VenuePlan("Over the border hall", "WV16 4AA")),
    description="Dance for children since 2011.\n\nShows in June.",
    phone="01632 960111",
    email="hello@kingfisher.example",
    website="https://kingfisher.example",
    activities=(
        ActivityPlan(
            "Street Dance Juniors",
            ("dance_arts.dance", "send.club"),
            (7, 11),
            ((1, "16:30", "17:30"), (5, "10:00", "11:30")),
            summary="Street dance for beginners.",
            description="We warm up, learn a routine and show it.\n\nFriends are welcome.",
            marks={
                "step_free": ("yes", "Ramp at the side door"),
                "bsl": ("ask", ""),
                "hoist": ("no", ""),
                "siblings_less": ("yes", "£1 less"),
                "help_to_pay": ("ask", ""),
                "kit_needed": ("no", ""),
            },
            more={"trial": "paid", "trial_pence": 100, "waiting_list": "yes"},
            picture=("A hall with a yellow door", drawing("hall")),
            venues=(0, 1),
            bring="Trainers and a drink.",
            patterns=_MORE_SESSIONS,
            away=(clock.today() + timedelta(days=7), "The hall is being painted"),
            languages=("English", "Panjabi"),
            price_note="The first one is free.",
        ),
        *(
            ActivityPlan(
                f"Ballet, grade {number}",
                ("dance_arts.dance",),
                (5, 11),
                ((number % 7, "09:00", "10:00"),),
                price_kind=("free", "donation", "term", "haf")[number % 4],
                summary="Ballet in a small group.",
                more=_VARIOUS if number == 2 else {},
            )
            for number in range(1, 22)
        ),
    ),
)
SOME = replace(BUSY, activities=BUSY.activities[:4])


def another(plan: ClubPlan) -> ClubPlan:
    """One like it that nobody takes for the same club: reached in its own ways."""
    return replace(plan, phone="", email="", website="")


ONLINE = replace(make.CHESS, venues=(VenuePlan("Our video room", "", privacy="online"),))
