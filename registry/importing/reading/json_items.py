"""The items of a JSON file one after another, without ever holding the whole of it."""

import codecs
import json
from collections.abc import Iterator
from contextlib import closing
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from registry.importing.reading import BrokenFile

# Under which name the pages of directories hold their services.
LISTS = ("content", "contents", "services", "items", "results", "data")
LARGEST_ITEM = 2_000_000
DEEPEST = 40
_PIECE = 65_536
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder(parse_constant=lambda name: name)


def items(path: Path) -> Iterator[Any]:
    """Each item of the list that the file is, or of the one that it has under a name of LISTS.

    Raises BrokenFile where it is no JSON, holds no such list, is too deep, or ends half-way.
    """
    with closing(TextIOWrapper(path.open("rb"), encoding=_encoding(path))) as file:
        try:
            yield from _Reading(file).items()
        except (UnicodeError, RecursionError) as broken:
            raise BrokenFile("This JSON file cannot be read. Send it again as UTF-8.") from broken


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


class _Reading:
    """The file from where we are; what was read is let go of."""

    def __init__(self, file: TextIOWrapper) -> None:
        self.file, self.buffer, self.count = file, "", 0

    def items(self) -> Iterator[Any]:
        """Find the list, then take it apart."""
        first = self._peek()
        if first == "[":
            yield from self._list()
            return
        if first != "{":
            raise BrokenFile("This is not a JSON file, whatever its name says.")
        yield from self._of_object()

    def _of_object(self) -> Iterator[Any]:
        self._take("{")
        names: list[str] = []
        while self._peek() != "}":
            name = self._value()
            self._take(":")
            if name in LISTS and self._peek() == "[":
                yield from self._list()
                return
            names.append(str(name)[:40])
            self._value()
            if self._peek() == ",":
                self._take(",")
        found = ", ".join(f"“{name}”" for name in names[:8]) or "nothing"
        raise BrokenFile(
            f"This JSON file has no list of services in it: it has {found}. Send a file of "
            "services from Outpost or from an Open Referral UK feed."
        )

    def _list(self) -> Iterator[Any]:
        self._take("[")
        while self._peek() != "]":
            yield self._value()
            self.count += 1
            if self._peek() == ",":
                self._take(",")
                if self._peek() == "]":
                    raise self._broken()
            elif self._peek() != "]":
                raise self._broken()

    def _peek(self) -> str:
        """The next mark that is no space."""
        while True:
            self.buffer = self.buffer.lstrip(_SPACE)
            if self.buffer:
                return self.buffer[0]
            self._more()

    def _take(self, mark: str) -> None:
        if self._peek() != mark:
            raise self._broken()
        self.buffer = self.buffer[1:]

    def _value(self) -> Any:
        """The next value as a whole."""
        if self._peek() not in "{[":
            return self._plain_value()
        end = self._end_of_value()
        try:
            value, _ = _DECODER.raw_decode(self.buffer[:end])
        except ValueError as broken:
            raise self._broken() from broken
        self.buffer = self.buffer[end:]
        return value

    def _plain_value(self) -> Any:
        """Words, a number, true, false or null: read on until it is certain where it ends."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.buffer)
                if end < len(self.buffer):
                    self.buffer = self.buffer[end:]
                    return value
            except ValueError as broken:
                if len(self.buffer) > LARGEST_ITEM:
                    raise self._broken() from broken
            self._more()

    def _end_of_value(self) -> int:
        """Where an object or a list ends, found without building it, so that its depth and its
        size are known first."""
        depth, at, in_words = 0, 0, False
        while True:
            while at >= len(self.buffer):
                self._more()
            mark = self.buffer[at]
            if in_words:
                if mark == "\\":
                    at += 1
                elif mark == '"':
                    in_words = False
            elif mark == '"':
                in_words = True
            elif mark in "{[":
                depth += 1
            elif mark in "}]":
                depth -= 1
            if depth > DEEPEST:
                raise BrokenFile(
                    f"Item {self.count + 1} of this JSON file is nested more than {DEEPEST} deep. "
                    "No service is."
                )
            at += 1
            if at > LARGEST_ITEM:
                raise BrokenFile(f"Item {self.count + 1} of this JSON file is too big to read.")
            if not depth:
                return at

    def _more(self) -> None:
        piece = self.file.read(_PIECE)
        if not piece:
            raise self._broken()
        self.buffer += piece

    def _broken(self) -> BrokenFile:
        return BrokenFile(
            f"This JSON file is broken or ends half-way, after {self.count} whole items. Fetch it "
            "again, and send the whole of it."
        )
