"""One address after another: http and https alone, never an address of our own network.

The name of the host is looked up once, every address that it has is checked, and the connection is
made to the very address that was checked: a name that means something else a moment later leads
nowhere. Redirects are followed by hand, and each is checked in the same way.
"""

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from registry.importing.feeds import BrokenFeed, FeedRests, NotJson
from registry.importing.reading.json_items import DEEPEST

LARGEST_ANSWER = 20 * 1024 * 1024
TIMEOUT = 20.0
LONGEST_ANSWER = 120.0
MOST_REDIRECTS = 3
TRIES = 3
LONGEST_WAIT = 120.0
_MOVED = (301, 302, 303, 307, 308)
_LATER = (429, 500, 502, 503, 504)
_PIECE = 65_536


@dataclass
class Fetcher:
    """Fetches for one installation. `sleep` is what waiting is, so that tests need not wait."""

    user_agent: str
    allow_private: bool = False
    pause: float = 0.5
    sleep: Callable[[float], None] = time.sleep
    tries: int = TRIES
    _last: float = field(default=0.0, init=False)

    def json(self, address: str) -> Any:
        """The JSON document there. Raises BrokenFeed and FeedRests."""
        content, _ = self.content(address, "application/json")
        if _depth(content) > DEEPEST:
            raise NotJson(f"{address} answers with JSON that is nested too deep.")
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as wrong:
            raise NotJson(f"{address} does not answer with JSON.") from wrong

    def content(self, address: str, accept: str = "*/*") -> tuple[bytes, str]:
        """The bytes there and their media type; tried again where the server asks for patience."""
        for attempt in range(self.tries):
            self._be_polite()
            try:
                status, headers, content = self._follow(address, accept)
            except (OSError, http.client.HTTPException) as silent:
                why, wait = f"{_host(address)} does not answer ({type(silent).__name__})", 0.0
            else:
                if status == 200:
                    return content, headers.get("content-type", "")
                if status not in _LATER:
                    raise BrokenFeed(f"{address} answers {status}. Look whether it is right.")
                why, wait = f"{address} answers {status}", _retry_after(headers)
            if wait > LONGEST_WAIT:
                raise FeedRests(f"{why}, and asks to be left alone for {wait / 60:.0f} minutes.")
            if attempt < self.tries - 1:
                self.sleep(max(wait, self.pause * 2**attempt))
        raise FeedRests(f"{why}. It was tried {self.tries} times.")

    def _be_polite(self) -> None:
        """One at a time, with a pause after the one before."""
        since = time.monotonic() - self._last
        if self._last and since < self.pause:
            self.sleep(self.pause - since)
        self._last = time.monotonic()

    def _follow(self, address: str, accept: str) -> tuple[int, dict[str, str], bytes]:
        for _ in range(MOST_REDIRECTS + 1):
            status, headers, content = self._once(address, accept)
            if status not in _MOVED or "location" not in headers:
                return status, headers, content
            address = urljoin(address, headers["location"])
        raise BrokenFeed(f"{address} sends us on again and again.")

    def _once(self, address: str, accept: str) -> tuple[int, dict[str, str], bytes]:
        parts = checked_address(address)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = _reachable(host, port, self.allow_private)
        connection = _Connection(parts.scheme == "https", host, port, found)
        try:
            connection.request(
                "GET",
                (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
                headers={
                    "Host": parts.netloc,
                    "User-Agent": self.user_agent,
                    "Accept": accept,
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                },
            )
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            if headers.get("content-encoding", "identity") not in ("identity", ""):
                raise BrokenFeed(f"{address} answers packed, though nobody asked for that.")
            return answer.status, headers, _whole(answer, address)
        finally:
            connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to one address that was checked; over https its certificate is the host's."""

    def __init__(self, is_https: bool, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._is_https, self._address = is_https, address

    def connect(self) -> None:
        """To the checked address, and to no other that the name may have by now."""
        self.sock = socket.create_connection((self._address, self.port), timeout=TIMEOUT)
        if self._is_https:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def checked_address(address: str) -> Any:
    """The parts of an address that may be fetched. Raises BrokenFeed."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as wrong:
        raise BrokenFeed("This is not a web address.") from wrong
    plain = address.isascii() and address.isprintable() and " " not in address
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise BrokenFeed(
            "The address must begin with http:// or https:// and name a server. "
            f"This one is “{address[:60]}”."
        )
    if parts.username or parts.password:
        raise BrokenFeed("The address must not have a name or a password in it.")
    return parts


def _reachable(host: str, port: int, allow_private: bool) -> str:
    """An address of the host, all of whose addresses are on the public internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise BrokenFeed(f"There is no server called {host[:100]}.") from unknown
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not allow_private:
        for one in addresses:
            if not _is_public(one):
                raise BrokenFeed(
                    f"{host[:100]} is inside a private network. Only addresses on the public "
                    "internet are fetched."
                )
    return addresses[0]


def _is_public(address: str) -> bool:
    """Not this machine, not its network, not a group; nor one of those inside an IPv6 address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if inside is not None and not inside.is_global:
        return False
    return found.is_global and not found.is_multicast


def _whole(answer: http.client.HTTPResponse, address: str) -> bytes:
    """All of the answer, if it is neither too big nor too slow."""
    pieces, size, ends = [], 0, time.monotonic() + LONGEST_ANSWER
    while piece := answer.read(_PIECE):
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise BrokenFeed(
                f"{address} answers with more than {LARGEST_ANSWER // 1024 // 1024} MB at once."
            )
        if time.monotonic() > ends:
            raise FeedRests(f"{address} answers too slowly.")
        pieces.append(piece)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def _retry_after(headers: dict[str, str]) -> float:
    """How long the server asks us to wait, where it says so in seconds."""
    said = headers.get("retry-after", "").strip()
    return float(said) if said.isdecimal() and len(said) < 8 else 0.0


def _depth(content: bytes) -> int:
    """How deep a JSON document is nested, found before it is read."""
    depth = deepest = 0
    in_words = escaped = False
    for mark in content:
        if in_words:
            if escaped:
                escaped = False
            elif mark == 0x5C:
                escaped = True
            elif mark == 0x22:
                in_words = False
        elif mark == 0x22:
            in_words = True
        elif mark in (0x7B, 0x5B):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                return deepest
        elif mark in (0x7D, 0x5D):
            depth -= 1
    return deepest


def _host(address: str) -> str:
    return urlsplit(address).hostname or address[:60]
