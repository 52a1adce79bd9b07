"""The lines of the front page: what waits, where to go, and how pressing it is. Pure."""

from dataclasses import dataclass

from registry.web.formats import plural

__all__ = ["Group", "Item", "counted", "group"]


@dataclass(frozen=True)
class Item:
    """One line: what waits, where to go, and how pressing it is (red, amber, green or nothing)."""

    words: str
    href: str = ""
    colour: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The lines of one kind. One that `waits` for nobody is told and calls for nothing."""

    title: str
    items: tuple[Item, ...] = ()
    waits: bool = True

    @property
    def is_red(self) -> bool:
        """Whether anything in it is late."""
        return any(item.colour == "red" for item in self.items)


def counted(
    count: int, one: str, many: str, href: str, colour: str = "", note: str = ""
) -> Item | None:
    """So many of something, on one line; no line for none."""
    return Item(plural(count, one, many), href, colour, note) if count else None


def group(title: str, *items: Item | None) -> Group:
    """The lines that there are."""
    return Group(title, tuple(item for item in items if item))
