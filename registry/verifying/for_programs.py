"""The same answer for a program that asks: yes with its dates, or one answer for everything else.

Pure. What is not on the register today is told in the same bytes whatever the reason, and without
the reference that was asked about. The sentences of the mark are fixed (domain C.3).
"""

from typing import Any

from registry.licence import OGL
from registry.verifying.verdict import Verdict
from registry.web.formats import long_date

MIME = "application/json"
NOT_TODAY = {
    "on_the_register": False,
    "says": "Not on the register today",
    "means": "There can be many reasons. Not listed does not mean unsafe: many good clubs have "
    "not joined.",
}


def told(
    verdict: Verdict | None, public_url: str, scheme_name: str, attribution: str
) -> dict[str, Any]:
    """What is true today, for a machine to read."""
    if verdict is None:
        return {**NOT_TODAY, "license": OGL.address, "attribution": attribution}
    read_on = long_date(verdict.read_on)
    return {
        "on_the_register": True,
        "says": f"{scheme_name}: self-check read by the council {read_on}. "
        f"Next due {long_date(verdict.next_due_on)}.",
        "means": "This club told us how it keeps children safe. The council read its answers and "
        f"papers on {read_on}. On that day they met the four {scheme_name} points. We did not "
        "watch the club or check each adult. This is not a promise that the club is safe. Always "
        "ask your own questions.",
        "reference": verdict.reference,
        "verify_url": f"{public_url}{verdict.path}",
        "badge_url": f"{public_url}{verdict.badge_path}",
        "organisation": {
            "name": verdict.name,
            "url": f"{public_url}/organisations/{verdict.slug}",
        },
        "self_check_read_on": verdict.read_on,
        "self_check_next_due_on": verdict.next_due_on,
        "points": list(verdict.points),
        "activities": [
            {"name": name, "url": f"{public_url}/activities/{slug}"}
            for name, slug in verdict.activities
        ],
        "license": OGL.address,
        "attribution": attribution,
    }
