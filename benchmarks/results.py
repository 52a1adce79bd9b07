"""Writing what a run found to RESULTS.md, to be read by people and compared with the next run."""

import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks.postgresql import SETTINGS
from benchmarks.registers import PRAGMAS
from benchmarks.timing import Findings, machine
from registry import clock
from registry.web.formats import long_date

RESULTS = Path(__file__).parent / "RESULTS.md"
_PACKAGES = ("flask", "gunicorn", "jinja2", "psycopg", "sqlalchemy", "werkzeug")
_MET = {True: "yes", False: "**no**", None: ""}


def write(findings: Findings, sizes: dict[str, int], seconds: float, to: Path = RESULTS) -> None:
    """Write all of it."""
    to.write_text("\n".join(_lines(findings, sizes, seconds)) + "\n", encoding="utf-8")


def _lines(findings: Findings, sizes: dict[str, int], seconds: float) -> list[str]:
    return [
        "# Results of `make benchmark`",
        "",
        f"Made on {long_date(clock.today())} in {seconds / 60:.1f} minutes, at these sizes: "
        + ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        + ". Written by the run itself; do not edit it.",
        "",
        "Times are medians (p50), and the time that one in twenty exceeds (p95). “×” is the median "
        "as a multiple of a fixed piece of work of Python's on the same machine in the same run "
        f"({findings.reference:.1f} ms): compare that between machines, and between runs on one.",
        "",
        "| what | target | seen | met | × |",
        "|---|---|---|---|---|",
        *(
            f"| {one.what} | {one.target or '–'} | {one.seen} | {_MET[one.met]} | "
            f"{'' if one.figure is None else f'{one.figure / findings.reference:.3g}'} |"
            for one in findings.lines
        ),
        "",
        "## What was measured",
        "",
        "- “In the database” is the time of every statement of a search until its rows are there: "
        "the place, the words, what is found, every count of every facet, and the cards of the "
        "page. “With Python” is the whole of it. 300 questions, asked once before, uncounted.",
        "- The generator is that of the design: 500 towns and 60 activities by Zipf, 30 common "
        "words each in a quarter of all texts, 20,000 others. Its facets are many-valued, so more "
        "fits: the median of what was found stands beside each time. Of the first 5,000 "
        "activities one in 25 has no point on the map; of the others none.",
        "- Cards are put in in bulk. What the index keeps of each was worked out from its document "
        "by the register's own program. A rebuild copies what is still right so (a row says which "
        "version of its card it was made of, and how), counts all words and makes all that finds "
        "quickly anew, and works out from documents only what is not.",
        "- One edit is another name for one card. “Extra” is what the index takes, with what FTS5 "
        "would put off until the commit.",
        "- A whole page is compressed and has its ETag. No page is kept: each is found and drawn "
        "anew. What is kept is what an installation keeps all day: the header and the foot, and "
        "what each card says of itself, for as long as its document is the same text.",
        "- Nothing has to outlive a power cut (PostgreSQL: `fsync=off`).",
        "",
        "## The machine",
        "",
        *(f"- {name}: {what}" for name, what in machine()),
        f"- PostgreSQL: {_postgresql()}",
        f"- {', '.join(f'{name} {version(name)}' for name in _PACKAGES)}",
        "- PostgreSQL's settings: " + ", ".join(f"`{n}={v}`" for n, v in SETTINGS.items()),
        "- SQLite's: " + ", ".join(f"`{pragma}`" for pragma in PRAGMAS),
        "",
        "## Query plans",
        *(
            line
            for name, plan in findings.plans
            for line in ("", f"### {name}", "", "```", plan, "```")
        ),
    ]


def _postgresql() -> str:
    try:
        told = subprocess.run(
            ["psql", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        told = ""
    return told.strip() or "not here"
