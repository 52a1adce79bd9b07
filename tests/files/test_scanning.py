"""The conversation with ClamAV, against a stand-in that speaks its protocol."""

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from registry.config import Settings
from registry.errors import BadInput
from registry.files.scanning import ScannerSilent, ask_clamd, may_be_shown
from registry.files.services import keep
from tests.files import specimens

# In two pieces, so that no scanner takes this file itself for the test virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

Scanner = Callable[[bytes], str]


def _converse(server: socket.socket, answer: bytes | None) -> None:
    """One INSTREAM: read the chunks, then answer as told, or by looking for EICAR."""
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">L", stream.read(4))[0]:
            content += stream.read(length)
        if answer is None:
            found = EICAR in content
            answer = b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"
        connection.sendall(answer)


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a stand-in for one conversation; answers its address."""
    threads, servers = [], []

    def start(answer: bytes | None = None) -> str:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        address = str(tmp_path / f"clamd{len(servers)}.ctl")
        server.bind(address)
        server.listen(1)
        thread = threading.Thread(target=_converse, args=(server, answer), daemon=True)
        thread.start()
        servers.append(server)
        threads.append(thread)
        return address

    yield start
    for thread in threads:
        thread.join(timeout=5)
    for server in servers:
        server.close()


def with_scanner(desk: Flask, address: str) -> None:
    desk.extensions["settings"] = Settings(
        environment="test",
        data_dir=desk.extensions["settings"].data_dir,
        scanner_address=address,
    )


def test_eicar(clamd: Callable[..., str]) -> None:
    assert ask_clamd(clamd(), EICAR) is True


def test_a_clean_file_of_many_chunks(clamd: Callable[..., str]) -> None:
    assert ask_clamd(clamd(), b"plan " * 50_000) is False


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK maybe\0", b"\xff\xfe\0"]
)
def test_no_verdict_is_never_clean(clamd: Callable[..., str], answer: bytes) -> None:
    with pytest.raises(ScannerSilent):
        ask_clamd(clamd(answer), b"plan")


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "not an address", "127.0.0.1:notaport"])
def test_an_address_where_nobody_is(address: str) -> None:
    with pytest.raises(ScannerSilent):
        ask_clamd(address, b"plan")


def test_an_infected_file_is_refused_and_told(desk: Flask, clamd: Callable[..., str]) -> None:
    with_scanner(desk, clamd())
    infected = specimens.a_pdf() + b"% " + EICAR + b"\n%%EOF"
    with pytest.raises(BadInput, match="found something harmful"):
        keep(io.BytesIO(infected), "plan.pdf", 1, 7)
    assert not list(desk.extensions["settings"].blobs_dir.glob("**/*"))


def test_a_clean_file_is_shown(desk: Flask, clamd: Callable[..., str]) -> None:
    with_scanner(desk, clamd())
    stored = keep(io.BytesIO(specimens.a_pdf()), "plan.pdf", 1, 7)
    assert stored.scan == "clean"
    assert may_be_shown(stored)


def test_scanner_down(desk: Flask) -> None:
    """The file comes in, is marked unscanned, and nobody may open it yet."""
    with_scanner(desk, "/nowhere/clamd.ctl")
    stored = keep(io.BytesIO(specimens.a_pdf()), "plan.pdf", 1, 7)
    assert stored.scan == "unscanned"
    assert not may_be_shown(stored)


def test_no_scanner_set(desk: Flask) -> None:
    """The file is shown, marked unscanned."""
    stored = keep(io.BytesIO(specimens.a_pdf()), "plan.pdf", 1, 7)
    assert stored.scan == "unscanned"
    assert may_be_shown(stored)
