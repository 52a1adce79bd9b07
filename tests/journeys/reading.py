"""A window of the story that asks the application itself, and inspects every page it gets."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.inspection import elements, kind_of, text_of
from tests.page import Form, Page, Visitor


class ReadingWindow:
    """One person, without a browser."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.filled: Form | None = None

    @property
    def page(self) -> Page:
        """The page in front of this person."""
        assert self.visitor.page is not None, "nothing is open yet"
        return self.visitor.page

    def open(self, address: str) -> None:
        """Type an address."""
        self.filled = None
        self.visitor.get(address)

    def follow(self, words: str) -> None:
        """Press the link with these words."""
        self.filled = None
        self.page.follow(words)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in fields of one form by their names."""
        for name, value in values.items():
            self.filled = self.filled or self.page.form(name)
            self.filled.fill({name: value})

    def press(self, words: str) -> None:
        """Press the button with these words."""
        form, self.filled = self.filled, None
        (form or self.page.form(words)).submit(words)

    @property
    def fields(self) -> list[str]:
        """The names of what can be filled in between header and footer."""
        main = elements(self.page.root, "main")[0]
        return list(
            dict.fromkeys(
                control.get("name", "")
                for control in elements(main, "input", "select", "textarea")
                if kind_of(control) not in ("hidden", "submit", "button")
            )
        )

    @property
    def path(self) -> str:
        """The address of the page, without the site."""
        return urlsplit(self.page.path).path

    @property
    def h1(self) -> str:
        """The heading."""
        return self.page.h1

    @property
    def words(self) -> str:
        """What the page says between header and footer."""
        return self.page.main

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        return self.page.errors

    @property
    def links(self) -> list[str]:
        """The words of each link between header and footer."""
        main = elements(self.page.root, "main")[0]
        return [text_of(link) for link in elements(main, "a")]
