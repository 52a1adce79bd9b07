"""Reads a CSV of taxonomies whole, and says everything that is wrong with it. Pure reading.

One line for each term; a line without an id tells of the taxonomy itself: docs/for-operators.md.
"""

import csv
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from registry.errors import BadInput
from registry.taxonomies.terms import Taxonomy, Term, in_order, key_of

NEEDED = ("taxonomy", "id", "name")
COLUMNS = (*NEEDED, "description", "parent", "uri", "ours")
LARGEST_FILE = 20_000_000
MOST_LINES = 50_000
MOST_TOLD = 20
_LONGEST = {"taxonomy": 100, "id": 100, "name": 200, "description": 2_000, "uri": 500}
# How the lists of the Local Government Association are written shortly, and what that stands for.
_PREFIXES = {
    "esdServiceType": "http://id.esd.org.uk/service/",
    "esdNeed": "http://id.esd.org.uk/need/",
    "esdCircumstance": "http://id.esd.org.uk/circumstance/",
}


class BadTaxonomyFile(BadInput):
    """The file cannot be used. Each of `problems` says which line, what, and what to do."""

    def __init__(self, name: str, problems: list[str]) -> None:
        self.problems = problems
        told = problems[:MOST_TOLD]
        if more := len(problems) - len(told):
            told.append(f"And {more} more.")
        super().__init__("\n".join([f"{name} was not loaded. Nothing was changed.", *told]))


@dataclass
class _Reading:
    """What is known while a file is read."""

    codes: Set[str]
    kept_keys: Set[str]
    problems: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    heads: dict[str, dict[str, str]] = field(default_factory=dict)
    terms: dict[str, dict[str, Term]] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    addresses: dict[tuple[str, str], int] = field(default_factory=dict)


def read_taxonomies(path: Path, codes: Set[str], kept_keys: Set[str]) -> list[Taxonomy]:
    """The taxonomies of a file, in its order.

    `codes` are those of ours that a term may name, `kept_keys` the taxonomies that no file
    changes. Raises BadTaxonomyFile with all that is wrong.
    """
    reading = _Reading(codes, kept_keys)
    try:
        _read(path, reading)
    except UnicodeDecodeError:
        reading.problems.append("It is not a text file in UTF-8. Save it as “CSV UTF-8”.")
    except csv.Error as error:
        reading.problems.append(f"It is not a CSV file: {error}.")
    except OSError as error:
        reading.problems.append(f"It cannot be read: {error.strerror}.")
    if not reading.problems:
        reading.problems += _wrong_parents(reading)
    if reading.problems:
        raise BadTaxonomyFile(path.name, reading.problems)
    return [_taxonomy(key, reading) for key in reading.names]


def _read(path: Path, reading: _Reading) -> None:
    if path.stat().st_size > LARGEST_FILE:
        reading.problems.append("It is larger than 20 MB. Load one taxonomy at a time.")
        return
    with path.open(encoding="utf-8-sig", newline="") as text:
        lines = csv.reader(text, strict=True)
        header = [name.strip().casefold() for name in next(lines, [])]
        if wrong := list(_wrong_header(header)):
            reading.problems += wrong
            return
        places = {name: header.index(name) for name in COLUMNS if name in header}
        for count, cells in enumerate(lines, 1):
            if count > MOST_LINES:
                reading.problems.append(f"It has more than {MOST_LINES:,} lines.")
                return
            _read_line(lines.line_num, cells, len(header), places, reading)
    if not reading.names and not reading.problems:
        reading.problems.append("It has no terms in it.")


def _wrong_header(header: list[str]) -> Iterator[str]:
    for name in NEEDED:
        if name not in header:
            yield f"It has no column called {name}. The columns are: {', '.join(COLUMNS)}."
    for name in COLUMNS:
        if header.count(name) > 1:
            yield f"It has two columns called {name}."


def _read_line(
    number: int, cells: list[str], width: int, places: dict[str, int], reading: _Reading
) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != width:
        reading.problems.append(f"Line {number} has {len(cells)} columns, not {width}.")
        return
    line = {
        name: " ".join(cells[places[name]].split()) if name in places else "" for name in COLUMNS
    }
    problems = list(_problems(number, line, reading))
    reading.problems += [f"Line {number}: {one}" for one in problems]
    if not problems:
        _keep(number, line, reading)


def _problems(number: int, line: dict[str, str], reading: _Reading) -> Iterator[str]:
    """What is wrong with one line by itself, and beside those before it."""
    if not line["taxonomy"]:
        yield "it says no taxonomy."
    if not line["name"]:
        yield "it has no name."
    for name, longest in _LONGEST.items():
        if len(line[name]) > longest:
            yield f"the {name} is longer than {longest:,} characters."
        if not line[name].isprintable():
            yield f"the {name} has a sign in it that nobody can read."
    yield from _wrong_taxonomy(line["taxonomy"], reading)
    key = key_of(line["taxonomy"])
    if first := reading.lines.get((key, line["id"])):
        what = f"the id “{line['id']}”" if line["id"] else "what the taxonomy is"
        yield f"{what} is on line {first} already."
    yield from _wrong_uri(key, line["uri"], reading)
    for code in _ours(line["ours"]):
        if code not in reading.codes:
            yield f"nothing of ours has the code “{code[:40]}”."
    if not line["id"] and (line["parent"] or line["ours"]):
        yield "a line without an id tells of the taxonomy itself: it has no parent and no “ours”."


def _wrong_taxonomy(name: str, reading: _Reading) -> Iterator[str]:
    key = key_of(name)
    if name and not key:
        yield f"“{name[:40]}” has no letter or number to know the taxonomy by."
    if key in reading.kept_keys:
        yield f"“{name[:40]}” is one of our own. Give it another name."
    if (known := reading.names.get(key)) and known != name:
        yield f"“{name[:40]}” and “{known[:40]}” are too much alike. Write it in one way."


def _wrong_uri(key: str, written: str, reading: _Reading) -> Iterator[str]:
    if not written:
        return
    uri = _whole_address(written)
    if not _is_address(uri):
        yield f"“{written[:60]}” is not a web address. Begin it with https:// or http://."
    elif first := reading.addresses.get((key, uri)):
        yield f"the address {uri[:60]} is on line {first} already."


def _is_address(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return False
    plain = uri.isascii() and not any(sign in uri for sign in ' <>"{}|\\^`')
    return plain and parts.scheme in ("http", "https") and bool(host) and not parts.username


def _whole_address(written: str) -> str:
    """`esdServiceType:242` is http://id.esd.org.uk/service/242."""
    prefix, _, number = written.partition(":")
    return _PREFIXES[prefix] + number if prefix in _PREFIXES and number.isdigit() else written


def _ours(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(written.replace(";", " ").replace(",", " ").split()))


def _keep(number: int, line: dict[str, str], reading: _Reading) -> None:
    key, code, uri = key_of(line["taxonomy"]), line["id"], _whole_address(line["uri"])
    reading.names.setdefault(key, line["taxonomy"])
    reading.lines[key, code] = number
    if uri:
        reading.addresses[key, uri] = number
    if not code:
        reading.heads[key] = {**line, "uri": uri}
        return
    reading.terms.setdefault(key, {})[code] = Term(
        key, code, line["name"], line["description"], line["parent"], uri, _ours(line["ours"])
    )


def _wrong_parents(reading: _Reading) -> Iterator[str]:
    """Terms whose parent is not there, and those that hold themselves. Each taxonomy has terms."""
    for key, name in reading.names.items():
        terms = reading.terms.get(key, {})
        if not terms:
            yield f"“{name}” has no terms."
        for code, term in terms.items():
            number = reading.lines[key, code]
            if term.parent and term.parent not in terms:
                yield f"Line {number}: there is no “{term.parent[:40]}” in “{name}” for its parent."
        held = {one.code for one in in_order(list(terms.values()))}
        for code, term in terms.items():
            if code not in held and _holds_itself(term, terms):
                yield f"Line {reading.lines[key, code]}: “{code[:40]}” is above itself."


def _holds_itself(term: Term, terms: dict[str, Term]) -> bool:
    seen: set[str] = set()
    above = term.parent
    while above in terms and above not in seen:
        if above == term.code:
            return True
        seen.add(above)
        above = terms[above].parent
    return False


def _taxonomy(key: str, reading: _Reading) -> Taxonomy:
    head = reading.heads.get(key, {})
    return Taxonomy(
        key,
        head.get("name") or reading.names[key],
        head.get("description", ""),
        in_order(list(reading.terms[key].values())),
        head.get("uri", ""),
    )
