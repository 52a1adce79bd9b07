"""Keeping the council's lists: adding, renaming, retiring. Nothing in a list is ever deleted,
because records hold its codes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from registry.administration.kept_lists import ListKind
from registry.assessments.labels import with_words_of_now
from registry.audit import services as history
from registry.cards.services import raise_version, say_anew
from registry.errors import BadInput, NotFound, NotYours, StaleVersion
from registry.lists.items import Item, KeptItems
from registry.lists.queries import version_of
from registry.lists.services import keep_version
from registry.permissions import P, can

Altered = Callable[[Item], Item]


def add_item(kind: ListKind, actor: Any, seen: int, item: Item) -> None:
    """Add one to the end of its group. Raises BadInput where there is one like it."""
    _ask(actor)
    kept = kind.kept()
    if kept.find(item.code) is not None:
        raise BadInput("There is one like this already. Bring it back if it was retired.")
    _check_words(kind, kept, item)
    _keep(kind, actor, kept, _with_at_end(kept, item), "add_to_list", item.code)


def change_item(kind: ListKind, actor: Any, seen: int, item: Item) -> None:
    """Give one other words. Raises StaleVersion where somebody else changed it since."""
    _ask(actor)
    kept = _still_as_seen(kind, seen, item.code)
    _check_words(kind, kept, item)
    items = [item if one.code == item.code else one for one in kept]
    _keep(kind, actor, kept, items, "change_in_list", item.code)


def retire_item(kind: ListKind, actor: Any, seen: int, code: str) -> None:
    """Offer one to nobody any more. It stays wherever it stands."""
    _set_retired(kind, actor, seen, code, True)


def bring_back_item(kind: ListKind, actor: Any, seen: int, code: str) -> None:
    """Offer one again that was retired."""
    _set_retired(kind, actor, seen, code, False)


def move_item(kind: ListKind, actor: Any, seen: int, code: str, places: int) -> None:
    """Show one further up (less than 0) or further down among those of its group."""
    _ask(actor)
    kept = _still_as_seen(kind, seen, code)
    items = list(kept)
    here = next(n for n, one in enumerate(items) if one.code == code)
    alike = [n for n, one in enumerate(items) if one.parent == items[here].parent]
    there = alike.index(here) + places
    if not 0 <= there < len(alike):
        return
    other = alike[there]
    items[here], items[other] = items[other], items[here]
    _keep(kind, actor, kept, items, "move_in_list", code)


def _set_retired(kind: ListKind, actor: Any, seen: int, code: str, retired: bool) -> None:
    _ask(actor)
    kept = _still_as_seen(kind, seen, code)
    item = kept.find(code)
    assert item is not None
    if item.retired == retired:
        return
    if retired and len(kept.offered) == 1 and kind.needs_one:
        raise BadInput("This is the last one. Add another first.")
    items = [replace(one, retired=retired) if one.code == code else one for one in kept]
    kind.check(kept, tuple(items))
    action = "retire_in_list" if retired else "bring_back_in_list"
    _keep(kind, actor, kept, items, action, code)


def _still_as_seen(kind: ListKind, seen: int, code: str) -> KeptItems:
    """The list as it stands, if this one line is as it was when the person looked."""
    kept = kind.kept()
    now = kept.find(code)
    if now is None:
        raise NotFound()
    before = version_of(kind.key, seen, kind.shipped)
    if before is None or before.find(code) != now:
        raise StaleVersion()
    return kept


def _with_at_end(kept: KeptItems, item: Item) -> list[Item]:
    """The list with one more, after the last of its group."""
    items = list(kept)
    last = max((n for n, one in enumerate(items) if one.parent == item.parent), default=-1)
    place = last + 1 if last >= 0 else len(items)
    return [*items[:place], item, *items[place:]]


def _check_words(kind: ListKind, kept: KeptItems, item: Item) -> None:
    same = item.label.casefold()
    alike = (one for one in kept if one.parent == item.parent and one.code != item.code)
    if kind.each_once and any(one.label.casefold() == same for one in alike):
        raise BadInput(f"Another one is called “{item.label}” already.")
    items = [one for one in kept if one.code != item.code]
    kind.check(kept, (*items, item))


def _keep(
    kind: ListKind, actor: Any, kept: KeptItems, items: list[Item], action: str, code: str
) -> None:
    number = keep_version(kind.key, kept.number, items, actor)
    if kind.on_cards:
        say_anew(with_words_of_now)
    raise_version()
    details = {"code": code, "version": number}
    history.record(action, ("kept_list", kind.key), actor, details=details)


def _ask(actor: Any) -> None:
    if not can(actor, P.MANAGE_LISTS):
        raise NotYours()
