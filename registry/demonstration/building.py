"""The demonstration register: invented clubs at real postcodes, walked through by the services."""

from collections.abc import Callable

PASSWORD = "safe-and-sound-demo"  # noqa: S105  shown on the sign-in page of a demonstration
SIGN_INS = (
    ("club@example.org", "owner of a listed club"),
    ("newclub@example.org", "owner, with a self-check half done"),
    ("helper@example.org", "helps at a club, and does not own it"),
    ("reviewer@example.org", "reviewer at the council"),
    ("reviewer2@example.org", "another reviewer"),
    ("senior@example.org", "senior reviewer"),
    ("senior2@example.org", "another senior reviewer"),
    ("appeals@example.org", "appeal officer"),
    ("admin@example.org", "administrator"),
    ("auditor@example.org", "auditor"),
)


def load(
    organisations: int = 60,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Fill an empty database. The same seed makes the same register, with dates around today."""
