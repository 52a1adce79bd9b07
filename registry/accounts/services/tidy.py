"""What the nightly job forgets: nothing that still works or still counts."""

from datetime import timedelta

from registry import clock
from registry.accounts.throttling import forget_old_tries
from registry.accounts.tokens import forget_old_tokens
from registry.accounts.web_sessions import forget_old_web_sessions


def tidy() -> None:
    """Forget tries of two days ago, links and web sessions of a month ago."""
    now = clock.now()
    forget_old_tries(now - timedelta(days=2))
    forget_old_tokens(now - timedelta(days=30))
    forget_old_web_sessions(now - timedelta(days=30))
