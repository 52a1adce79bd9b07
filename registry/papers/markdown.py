"""Reads the little Markdown that our model papers are written in, as blocks that any writer sets.

Headings, paragraphs, lists, tables and one box (a quotation). A table whose head is empty is a
list of facts: its first column are the names of the rows.
"""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Run:
    """Some words set alike. A line break is the text of a single newline."""

    text: str
    bold: bool = False
    italic: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3; level 1 is the paper's title."""

    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    """Plain text."""

    line: Line


@dataclass(frozen=True)
class Points:
    """A list, with numbers or with dots."""

    numbered: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Box:
    """What must not be missed: a paragraph in a frame."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells; `head` is empty for a table of facts."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]

    @property
    def is_form(self) -> bool:
        """Whether somebody is to write into it: then its empty cells need room for a pen."""
        cells = [cell for row in self.rows for cell in row[1:]]
        return sum(1 for cell in cells if not cell) * 2 >= len(cells)

    def shares(self) -> list[float]:
        """How wide each column should be, of 1: facts have a wide second, others as they say."""
        columns = len(self.head or self.rows[0])
        if not self.head and columns == 2:
            return [0.4, 0.6] if self.is_form else [0.34, 0.66]
        cells = [[row[at] for row in (*self.rows, self.head) if row] for at in range(columns)]
        weights = [_weight(column) for column in cells]
        return [weight / sum(weights) for weight in weights]


def _weight(cells: list[Line]) -> float:
    """As wide as its cells are long on average, and never narrower than its longest word."""
    texts = ["".join(run.text for run in cell) for cell in cells]
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    usual = sum(len(text) for text in texts) / len(texts)
    return max(min(60.0, usual), 4 + 2.2 * longest)


Block = Heading | Paragraph | Points | Box | Table


def blocks_of(markdown: str) -> list[Block]:
    """The blocks of a paper, in order."""
    reader = _Reader(MarkdownIt("commonmark").enable("table").parse(markdown))
    return reader.blocks()


class _Reader:
    """Walks the tokens once. Raises ValueError for Markdown that our papers do not use."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = iter(tokens)

    def blocks(self) -> list[Block]:
        return [self._block(token) for token in self._tokens]

    def _block(self, token: Token) -> Block:
        match token.type:
            case "heading_open":
                return Heading(int(token.tag[1]), self._lines("heading_close")[0])
            case "paragraph_open":
                return Paragraph(self._lines("paragraph_close")[0])
            case "bullet_list_open":
                return Points(False, self._lines("bullet_list_close"))
            case "ordered_list_open":
                return Points(True, self._lines("ordered_list_close"))
            case "blockquote_open":
                return Box(self._lines("blockquote_close"))
            case "table_open":
                return self._table()
        raise ValueError(f"our papers do not use {token.type}")

    def _lines(self, end: str) -> tuple[Line, ...]:
        """Every line of text until this token."""
        lines = []
        for token in self._tokens:
            if token.type == end:
                break
            if token.type == "inline":
                lines.append(_line(token))
        return tuple(lines)

    def _table(self) -> Table:
        rows: list[list[Line]] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            if token.type == "inline":
                rows[-1].append(_line(token))
        head, *body = (tuple(row) for row in rows)
        return Table(head if any(head) else (), tuple(body))


def _line(inline: Token) -> Line:
    runs, bold, italic = [], False, False
    for token in inline.children or []:
        match token.type:
            case "strong_open" | "strong_close":
                bold = token.type == "strong_open"
            case "em_open" | "em_close":
                italic = token.type == "em_open"
            case "softbreak" | "hardbreak":
                runs.append(Run("\n"))
            case "text" if token.content:
                runs.append(Run(token.content, bold, italic))
    return tuple(runs)
