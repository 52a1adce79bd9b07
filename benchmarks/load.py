"""A few readers who ask for pages as fast as they get them, over connections that stay open.

Run by itself on a processor of its own: `python -m benchmarks.load PORT CLIENTS SECONDS <paths`.
Each line of the input is a path, and after a tab perhaps the ETag that the reader holds. Writes how
many answers came in all and every time in milliseconds, as JSON.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from itertools import cycle

_HEADERS = "Host: localhost\r\nAccept-Encoding: br, gzip\r\nAccept: text/html\r\n"


def request_of(line: str) -> bytes:
    """What goes over the wire for one line."""
    path, _, etag = line.partition("\t")
    held = f"If-None-Match: {etag}\r\n" if etag else ""
    return f"GET {path} HTTP/1.1\r\n{_HEADERS}{held}\r\n".encode()


async def load(port: int, clients: int, seconds: float, requests: list[bytes]) -> dict[str, object]:
    """Ask for so long, and tell what came back."""
    statuses: Counter[str] = Counter()
    times: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(
        *(
            _client(port, end, requests[number::clients] or requests, statuses, times)
            for number in range(clients)
        )
    )
    return {"statuses": statuses, "seconds": seconds, "times": times}


async def _client(
    port: int, end: float, requests: list[bytes], statuses: Counter[str], times: list[float]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in cycle(requests):
        began = time.perf_counter()
        if began >= end:
            break
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _length(head)
        if length:
            await reader.readexactly(length)
        times.append((time.perf_counter() - began) * 1_000)
        statuses[head[9:12].decode()] += 1
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def main(arguments: list[str]) -> None:
    """Ask, and write what was seen."""
    port, clients, seconds = int(arguments[0]), int(arguments[1]), float(arguments[2])
    lines = [line.rstrip("\n") for line in sys.stdin]
    told = asyncio.run(load(port, clients, seconds, [request_of(line) for line in lines]))
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
