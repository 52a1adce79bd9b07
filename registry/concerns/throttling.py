"""How often one place may tell us something in one day: a count in memory, and no address.

What is counted lies under a keyed digest, and its key is thrown away every night. So nothing here
says who told us, not even to whoever can read the memory of the server the next day. Each process
of the server counts for itself.
"""

import hashlib
import hmac
import secrets
from collections import Counter
from datetime import date, datetime, time, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

from registry import clock
from registry.errors import TooManyTries

__all__ = ["DailyCount", "count"]

MOST_A_DAY = 10
MOST_PLACES = 100_000  # so that nobody fills the memory


class DailyCount:
    """How often each place did something today."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day = date.min
        self._salt = b""
        self._counts: Counter[bytes] = Counter()

    def add(self, address: str, now: datetime) -> int:
        """Count one more for this address. Returns how many it has now."""
        today = clock.local(now).date()
        with self._lock:
            if today != self._day or len(self._counts) >= MOST_PLACES:
                self._day, self._salt = today, secrets.token_bytes(32)
                self._counts.clear()
            key = hmac.digest(self._salt, _network(address).encode(), hashlib.sha256)
            self._counts[key] += 1
            return self._counts[key]


_told = DailyCount()


def count(address: str) -> None:
    """Count one that is sent. Raises TooManyTries after the tenth from one place in one day."""
    now = clock.now()
    if _told.add(address, now) > MOST_A_DAY:
        tomorrow = clock.local(now).date() + timedelta(days=1)
        wait = datetime.combine(tomorrow, time(), clock.local(now).tzinfo) - clock.local(now)
        raise TooManyTries(
            int(wait.total_seconds()) + 1,
            "We have had a lot from where you are today. Try again tomorrow, or call us",
        )


def _network(address: str) -> str:
    """One household has a whole /64 of IPv6 addresses."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and not ip.ipv4_mapped:
        return ip.exploded[:19]
    return str(ip)
