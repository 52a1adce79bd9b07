"""Feeds of open data: fetching them politely, from nowhere that is not on the public internet."""

__all__ = ["BrokenFeed", "FeedRests", "NotJson"]


class BrokenFeed(Exception):
    """The feed cannot be read, and trying again soon would not help. Its text says why."""


class NotJson(BrokenFeed):
    """What answers is no feed. It may be a file."""


class FeedRests(Exception):
    """The feed does not answer just now. What was read is kept, and can be gone on with."""
