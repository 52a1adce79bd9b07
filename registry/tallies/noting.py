"""The two things that a page says: a listing was looked at, words found nothing.

Neither asks a database or waits for anything. Robots, and whoever is signed in (the club itself,
and the council), are not counted.
"""

from datetime import date, timedelta

from flask import current_app, has_request_context, request

from registry import clock
from registry.tallies.gathering import Gathering
from registry.tallies.wording import plain_words

__all__ = ["gathering", "looked_at", "missed"]

_ROBOTS = ("bot", "crawl", "spider", "slurp", "curl", "wget", "python", "preview", "monitor")

gathering = Gathering()


def looked_at(activity_id: int) -> None:
    """Somebody opened a listing."""
    if _counts():
        gathering.look(activity_id, _monday(clock.today()))


def missed(text: str) -> None:
    """What somebody typed found nothing. Only plain words are noted, never one with a digit."""
    if _counts():
        gathering.miss(plain_words(text), clock.today())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _counts() -> bool:
    """Whether this request is of somebody from the public who reads a page."""
    if not has_request_context():
        return True
    agent = (request.user_agent.string or "").casefold()
    return (
        request.method == "GET"
        and bool(agent)
        and not any(robot in agent for robot in _ROBOTS)
        and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
    )
