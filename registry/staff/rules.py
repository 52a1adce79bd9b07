"""What may be done to the council's people, so that somebody can always look after them."""

from collections.abc import Collection, Sequence
from typing import Any

ADMINISTRATOR = "administrator"
SENIORS_NEEDED = 2

ROLES = {
    "reviewer": "Reviewer",
    "senior": "Senior reviewer",
    "appeal_officer": "Appeal officer",
    "administrator": "Administrator",
    "auditor": "Auditor",
}
WHAT_THEY_DO = {
    "reviewer": "Reads cases, sends questions back, approves where one person is enough.",
    "senior": "All of that. Signs what needs two people; suspends; knows of quiet holds.",
    "appeal_officer": "Decides appeals in which they had no part before.",
    "administrator": "People, numbers, lists, editions. Reads no paper and decides nothing.",
    "auditor": "Reads everything and changes nothing.",
}
AUDITOR = "auditor"


def problem_with_roles(
    person: Any, wanted: Collection[str], actor: Any, administrators: Collection[int]
) -> str:
    """Why these roles cannot be given, in a sentence; empty where they can.

    `administrators` are the numbers of those who can sign in as one now.
    """
    loses = ADMINISTRATOR in person.roles and ADMINISTRATOR not in wanted
    if loses and person.id == actor.id:
        return "You cannot take your own role as an administrator. Ask another administrator"
    if loses and set(administrators) <= {person.id}:
        return "This is the only administrator. Make another person one first"
    if AUDITOR in wanted and len(set(wanted)) > 1:
        return "An auditor changes nothing, so has no other role. Choose one or the other"
    return ""


def problem_with_disabling(person: Any, actor: Any, administrators: Collection[int]) -> str:
    """Why somebody cannot be stopped from signing in; empty where they can."""
    if person.id == actor.id:
        return "You cannot disable your own account. Ask another administrator."
    if set(administrators) <= {person.id} and person.id in administrators:
        return "This is the only administrator. Make another person one first."
    return ""


def problem_with_resetting(person: Any, actor: Any) -> str:
    """Why somebody's authenticator app cannot be taken away; empty where it can."""
    if person.id == actor.id:
        return "Another administrator has to do this for you."
    return ""


def too_few(roles_of_everybody: Sequence[Collection[str]]) -> list[str]:
    """What the council cannot do with the people it has."""
    seniors = sum("senior" in roles for roles in roles_of_everybody)
    warnings = []
    if seniors < SENIORS_NEEDED:
        said = "There is one senior reviewer" if seniors else "There is no senior reviewer"
        warnings.append(f"{said}. A refusal, a suspension and a hold need two of them to sign.")
    if not any("appeal_officer" in roles for roles in roles_of_everybody):
        warnings.append("There is no appeal officer. Nobody can decide an appeal.")
    if sum(ADMINISTRATOR in roles for roles in roles_of_everybody) < 2:
        warnings.append("There is one administrator. If their phone is lost, nobody can help them.")
    return warnings
