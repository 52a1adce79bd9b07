"""How hard each page and each email is to read, and the few that may be harder, with why.

What counts is what we wrote between header and footer: sentences, hints and labels of four words
or more. Names, dates, links, what people typed and what their papers say are left out.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.inspection import elements, text_of
from tests.rigs.reading_grade import reading_grade

HARDEST = 6.0
FEWEST_WORDS = 30  # a grade of less text than this says nothing
HARDEST_LINE, LONG_LINE = 10.0, 12  # and no single line of so many words may be much harder

# The name of a page's row in every_page.py, or of a letter → why it may be harder.
MAY_BE_HARDER: dict[str, str] = {}
# How a line begins that may be harder → why.
LINES_THAT_MAY: dict[str, str] = {
    "Row 4. Teaches, trains": "a row of the rule for DBS checks, in the rule’s own terms",
    "A health and safety policy and procedures, with": "a criterion in its own words",
    "After-school clubs, community activities and": "the title of the national guidance",
    "volunteering, volunteer, helping out": "words that people look for, one after the other",
}

_BLOCKS = {
    "p", "li", "dt", "label", "legend", "summary", "caption", "figcaption", "div", "span", "th",
    "h1", "h2", "h3", "h4",
}  # fmt: skip
_NOT_OURS = {"dd", "td", "nav", "select", "textarea", "button", "svg", "script", "style", "time"}
_INLINE = {"a", "b", "strong", "em", "i", "span", "small", "br", "abbr", "svg", "code", "bdi"}
_LINK = re.compile(r"https?://\S*[^\s.,]|\S+@\S*[^\s.,]")
_DATE = re.compile(r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|"
                   r"October|November|December)(?: \d{4})?\b")  # fmt: skip
# A name in the middle of a sentence: words with a capital, one after the other.
_WORD = r"[A-Z](?:[\w’'-]|\.(?=\w))*"
_NAME = re.compile(rf"(?<=[a-z,“] ){_WORD}(?: (?:and )?{_WORD})*")


def too_hard(name: str, text: str) -> str:
    """What is wrong with the words of a page or letter; empty where they are easy enough."""
    lines = [line for line in text.split("\n") if _is_hard(line)]
    if lines:
        return f"{name}: too hard to read: {lines[0]}"
    if len(text.split()) < FEWEST_WORDS or name in MAY_BE_HARDER:
        return ""
    grade = reading_grade(text)
    if grade <= HARDEST:
        return ""
    hardest = sorted(text.split("\n"), key=reading_grade, reverse=True)[:6]
    return f"{name} reads at grade {grade:.1f}. The hardest lines:\n    " + "\n    ".join(hardest)


def _is_hard(line: str) -> bool:
    if len(line.split()) < LONG_LINE or line.startswith(tuple(LINES_THAT_MAY)):
        return False
    return reading_grade(line) > HARDEST_LINE


def words_of_page(root: Element) -> str:
    """What we wrote in the main part of a page, a line for each sentence or label."""
    main = elements(root, "main")
    return "\n".join(_plain(line) for line in _lines(main[0] if main else root))


def words_of_letter(body: str) -> str:
    """What we wrote in an email, above its signature, a line for each paragraph."""
    text = body.partition("\nNeed a hand?")[0]
    return "\n".join(_plain(line) for line in text.split("\n") if len(line.split()) > 3)


def _lines(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _NOT_OURS:
            continue
        if "lines" in child.get("class", "").split():
            continue
        if child.tag in _BLOCKS and all(c.tag in _INLINE for c in child.iter() if c is not child):
            said = text_of(child)
            if len(said.split()) > 3:
                yield said
        else:
            yield from _lines(child)


def _plain(line: str) -> str:
    """A line without names, dates and links, ended as a sentence."""
    line = _NAME.sub("it", _DATE.sub("then", _LINK.sub("here", line)))
    return line if line.endswith((".", "?", ":")) else f"{line}."
