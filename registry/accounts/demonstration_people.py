"""Who can sign in to a demonstration: its sign-in page lists them, and no other has them."""

from dataclasses import dataclass

DEMONSTRATION_PASSWORD = "safe-and-sound-demo"  # noqa: S105
# What the council's people of a demonstration have in their authenticator apps, all of them.
DEMONSTRATION_SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105


@dataclass(frozen=True)
class DemonstrationPerson:
    """One sign-in, and what there is to see with it."""

    email: str
    what: str
    roles: tuple[str, ...] = ()


DEMONSTRATION_PEOPLE = (
    DemonstrationPerson("club@example.org", "Owner of a club that is on the list"),
    DemonstrationPerson("newclub@example.org", "Owner of a new club, half-way through"),
    DemonstrationPerson("helper@example.org", "Helper at a club: cannot send anything"),
    DemonstrationPerson("reviewer@example.org", "Reviewer at the council", ("reviewer",)),
    DemonstrationPerson("reviewer2@example.org", "Another reviewer", ("reviewer",)),
    DemonstrationPerson("senior@example.org", "Senior reviewer", ("senior",)),
    DemonstrationPerson("senior2@example.org", "Another senior reviewer", ("senior",)),
    DemonstrationPerson("appeals@example.org", "Appeal officer", ("appeal_officer",)),
    DemonstrationPerson("admin@example.org", "Administrator", ("administrator",)),
    DemonstrationPerson("auditor@example.org", "Auditor: reads, changes nothing", ("auditor",)),
)
