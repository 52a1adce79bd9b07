"""What the running of the register needs: numbers, emails; and how many links are known."""

from datetime import date
from typing import Any

from flask import url_for

from registry.council.bounced import bounced
from registry.council.items import Group, counted, group
from registry.information.queries import stale_contacts
from registry.permissions import P, can
from registry.reviews.after_approval import conflicts_count

__all__ = ["links_to_clubs", "running"]


def links_to_clubs(actor: Any, today: date) -> Group:
    """For seniors, how many links are known. They wait for nobody."""
    count = conflicts_count() if can(actor, P.COUNT_CONFLICTS) else 0
    links = counted(count, "link between staff and a club", "links between staff and clubs", "")
    return Group("Links to clubs", (links,) if links else (), waits=False)


def running(actor: Any, today: date) -> Group:
    """Numbers that nobody has confirmed for 90 days, and emails that never arrived."""
    stale = stale_contacts(today) if can(actor, P.READ_ADMINISTRATION) else []
    emails = bounced(actor) if can(actor, P.READ_BOUNCED) else []
    return group(
        "Running the register",
        counted(
            len(stale),
            "number not confirmed for 90 days",
            "numbers not confirmed for 90 days",
            url_for("administration.contacts"),
            colour="amber",
        ),
        counted(
            len(emails),
            "email never arrived",
            "emails never arrived",
            url_for("council.bounced_emails"),
            colour="amber",
        ),
    )
