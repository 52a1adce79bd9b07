"""Writing tables as TOML, in the shape in which an edition is written by hand. Pure.

Tables at the top and the parts of a question get headings; whatever is smaller stands on one line.
What is read from the text again is exactly what was given.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

_DEEPEST_HEADING = 2


def written_as_toml(document: Mapping[str, Any]) -> str:
    """The text of a document."""
    return "\n".join(_table(document, ())).strip() + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Plain values first, because whatever follows a heading belongs to it."""
    with_heading = {k: v for k, v in table.items() if _has_heading(v, path)}
    for key, value in table.items():
        if key not in with_heading:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in with_heading.items():
        below = (*path, key)
        name = ".".join(map(_key, below))
        for one in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _table(one, below)


def _has_heading(value: Any, path: tuple[str, ...]) -> bool:
    if isinstance(value, Mapping):
        return not path
    tables = isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)
    if len(path) + 1 == _DEEPEST_HEADING:
        return tables and all("name" in one and "type" in one for one in value)
    return tables and not path


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return _list(value)
    return str(value)


def _list(values: list[Any]) -> str:
    lines = [_value(one) for one in values]
    whole = f"[{', '.join(lines)}]"
    if len(whole) <= 100:
        return whole
    return "[\n" + "".join(f"    {line},\n" for line in lines) + "]"


def _key(key: str) -> str:
    plain = key and all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in key)
    return key if plain else json.dumps(key, ensure_ascii=False)
