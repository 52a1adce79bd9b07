"""What waits for somebody of the council, said in a few lines by each room that holds it.

A gatherer asks its rooms and returns a group of lines, which is empty where nothing waits: an empty
day is a calm one. Every question leaves out what the person may not read, so no line and no count
knows of a club that they have a link to.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from registry.council import of_cases, of_people, of_running
from registry.council.items import Group

__all__ = ["GATHERERS", "gathered"]

Gatherer = Callable[[Any, date], Group]

GATHERERS: tuple[Gatherer, ...] = (
    of_people.concerns,
    of_cases.signatures,
    of_cases.other_teams,
    of_cases.appeals_waiting,
    of_cases.changes,
    of_cases.clubs_on_the_list,
    of_cases.second_readings,
    of_people.on_paper,
    of_people.data_requests,
    of_running.running,
    of_running.links_to_clubs,
)


def gathered(actor: Any, today: date) -> list[Group]:
    """Everything that waits for this person, what is late first."""
    groups = [found for gather in GATHERERS if (found := gather(actor, today)).items]
    return sorted(groups, key=lambda one: not one.is_red)
