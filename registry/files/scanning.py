"""Asks a virus scanner, if this installation has one. Never calls a file clean that was not read.

No scanner set: files are “unscanned” and reviewers see them marked so. A scanner set that does
not answer: “unscanned” too, and then they are not shown until it has read them.
"""

import logging
import socket
import struct

from registry.config import settings
from registry.files.models import StoredFile

_CHUNK = 64 * 1024
_SECONDS = 15.0
_LONGEST_ANSWER = 4_096

log = logging.getLogger(__name__)


class ScannerSilent(Exception):
    """The scanner did not answer, or not with a verdict."""


def scan(content: bytes) -> str:
    """“clean”, “infected”, or “unscanned” when nobody could say."""
    address = settings().scanner_address
    if not address:
        return "unscanned"
    try:
        return "infected" if ask_clamd(address, content) else "clean"
    except ScannerSilent as error:
        log.warning("the virus scanner gave no verdict: %s", error)
        return "unscanned"


def may_be_shown(stored: StoredFile) -> bool:
    """Whether anybody may open this file now."""
    if stored.scan == "unscanned":
        return not settings().scanner_address
    return stored.scan == "clean"


def ask_clamd(address: str, content: bytes) -> bool:
    """Whether ClamAV finds something in the content, by its INSTREAM command.

    The address is `host:port`, or the path of a socket. Raises ScannerSilent.
    """
    try:
        with _connected(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                connection.sendall(struct.pack(">L", len(chunk)) + chunk)
            connection.sendall(struct.pack(">L", 0))
            answer = b""
            while len(answer) < _LONGEST_ANSWER and (more := connection.recv(_LONGEST_ANSWER)):
                answer += more
                if answer.endswith(b"\0"):
                    break
    except (OSError, ValueError) as error:
        raise ScannerSilent(str(error)) from error
    verdict = answer.rstrip(b"\0\n").decode("utf-8", "replace")
    if verdict.endswith(" FOUND"):
        return True
    if verdict == "stream: OK":
        return False
    raise ScannerSilent(f"it said {verdict[:80]!r}")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)
