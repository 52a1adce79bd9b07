"""Makes a PDF in a process of its own: `python -m registry.papers.apart`, a page in, a PDF out.

So a web worker never loads WeasyPrint, which would stay in its memory for good.
"""

import os
import subprocess
import sys
from pathlib import Path

from registry.papers.pdf import NoPdfHere, page_as_pdf

__all__ = ["page_as_pdf_apart"]

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 30
_NOT_HERE = 3


def page_as_pdf_apart(page: str) -> bytes:
    """A whole page of our own as a PDF. Raises NoPdfHere where this machine cannot make one."""
    # Nothing of our settings goes along.
    surroundings = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        made = subprocess.run(  # noqa: S603  our own module
            [sys.executable, "-m", __name__],
            input=page.encode(),
            capture_output=True,
            cwd=ROOT,
            env={**surroundings, "HOME": "/nonexistent"},
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise NoPdfHere("Making the PDF took too long.") from slow
    if made.returncode != 0:
        raise NoPdfHere(made.stderr.decode(errors="replace")[-500:])
    return made.stdout


def main() -> int:
    """Read the page, write the PDF; say what is missing where that cannot be."""
    try:
        made = page_as_pdf(sys.stdin.buffer.read().decode())
    except NoPdfHere as missing:
        sys.stderr.write(str(missing))
        return _NOT_HERE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
