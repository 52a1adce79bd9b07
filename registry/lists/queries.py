"""What stands in a list: from the database where an administrator changed it, else our content."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from registry.database import ask_shortly, db, while_unchanged
from registry.lists.items import Item, KeptItems
from registry.lists.models import KeptListVersion

Shipped = Callable[[], Iterable[Item]]
_SHIPPED = "shipped"
_ASKED = "kept lists"
_HEADS = "SELECT key, number, stamp FROM kept_list"


def kept_items(key: str, shipped: Shipped) -> KeptItems:
    """The list of that key as it stands; `shipped` gives what the registry brought along."""
    number, stamp = _heads().get(key, (0, _SHIPPED))
    return _of_version(key, number, stamp) if number else as_shipped(key, shipped)


@lru_cache(maxsize=32)
def as_shipped(key: str, shipped: Shipped) -> KeptItems:
    """The list as the registry brought it along."""
    return KeptItems(key, 0, _SHIPPED, tuple(shipped()))


def version_of(key: str, number: int, shipped: Shipped) -> KeptItems | None:
    """An earlier version of a list; None where there was none of that number."""
    if number == 0:
        return as_shipped(key, shipped)
    kept = db.session.get(KeptListVersion, (key, number))
    return kept and KeptItems(key, number, "", tuple(map(Item.from_record, kept.items)))


def keys_beginning(prefix: str) -> set[str]:
    """The keys of the lists that somebody changed, of those whose keys begin so."""
    return {key for key in _heads() if key.startswith(prefix)}


def ask_again() -> None:
    """Forget which versions count: this transaction has changed one."""
    db.session.info.pop(_ASKED, None)


def _heads() -> dict[str, tuple[int, str]]:
    """Which version of each list counts: asked once in a transaction, with one short query."""
    session = db.session()
    asked = session.info.get(_ASKED)
    if asked and asked[0] is session.get_transaction():
        known: dict[str, tuple[int, str]] = asked[1]
        return known
    heads = while_unchanged(_ASKED, _asked_now)
    session.info[_ASKED] = (session.get_transaction(), heads)
    return heads


def _asked_now() -> dict[str, tuple[int, str]]:
    return {key: (number, stamp) for key, number, stamp in ask_shortly(_HEADS)}


@lru_cache(maxsize=32)
def _of_version(key: str, number: int, stamp: str) -> KeptItems:
    with db.session.no_autoflush:
        kept = db.session.get_one(KeptListVersion, (key, number))
    return KeptItems(key, number, stamp, tuple(map(Item.from_record, kept.items)))
