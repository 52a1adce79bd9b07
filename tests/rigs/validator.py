"""The Nu HTML Checker, started once and asked about every page."""

import http.client
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.rigs.left_out import leave_out
from tests.rigs.processes import answers, free_port, start, stop, wait_until

JAR = Path(__file__).resolve().parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"


class HtmlValidator:
    """A running checker."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, html: str) -> list[str]:
        """What is wrong with a page: an empty list for a valid one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                "POST",
                "/?out=json&level=error",
                html.encode(),
                {"Content-Type": "text/html; charset=utf-8", "User-Agent": "the tests"},
            )
            said = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return [
            f"line {message.get('lastLine')}: {message['message']}\n    {message.get('extract')}"
            for message in said["messages"]
            if message["type"] in ("error", "non-document-error")
        ]


@contextmanager
def html_validator() -> Iterator[HtmlValidator]:
    """Start the checker and end it."""
    java = shutil.which("java")
    if java is None:
        leave_out("Java", "On Debian or Ubuntu: sudo apt-get install default-jre-headless")
    if not JAR.exists():
        leave_out("The HTML checker", "Run scripts/setup: it comes with the front-end packages.")
    port = free_port()
    process = start(
        java, "-Xmx384m", "-Xss1m", "-XX:+UseSerialGC", "-cp", str(JAR),
        "-Dnu.validator.servlet.bind-address=127.0.0.1",
        "nu.validator.servlet.Main", str(port),
    )  # fmt: skip
    try:
        wait_until(lambda: answers(port), 240, "the HTML checker's start")
        yield HtmlValidator(port)
    finally:
        stop(process)
