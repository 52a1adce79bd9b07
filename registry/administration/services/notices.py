"""Putting up a notice, taking it off, and letting nobody save anything for a while."""

import secrets
from dataclasses import replace
from datetime import date
from typing import Any

from registry import clock
from registry.administration.notices import (
    KINDS,
    NOTICES,
    PLACES,
    READ_ONLY,
    kept_notices,
    kept_read_only,
    read_only,
)
from registry.audit import services as history
from registry.cards.services import raise_version
from registry.errors import BadInput, NotAllowedNow, NotFound, NotYours
from registry.lists.items import Item
from registry.lists.services import keep_version
from registry.permissions import P, can


def put_up(
    actor: Any, *, text: str, kind: str, places: list[str], from_on: date, until_on: date
) -> str:
    """Put up a notice; answers its code. Raises BadInput for days that make no sense."""
    if not can(actor, P.MANAGE_NOTICES):
        raise NotYours()
    if until_on < from_on or until_on < clock.today():
        raise BadInput("The last day must be today or after, and not before the first.")
    if kind not in KINDS or not places or not set(places) <= set(PLACES) or not text:
        raise BadInput("Say what it is, where it stands, and write the message.")
    code = secrets.token_hex(4)
    details = {
        "kind": kind,
        "places": places,
        "from_on": from_on.isoformat(),
        "until_on": until_on.isoformat(),
    }
    kept = kept_notices()
    keep_version(NOTICES, kept.number, [*kept, Item(code, text, details=details)], actor)
    raise_version()
    history.record("put_up_notice", ("notice", code), actor, details=details)
    return code


def take_off(actor: Any, code: str) -> None:
    """Take a notice off before its last day."""
    if not can(actor, P.MANAGE_NOTICES):
        raise NotYours()
    kept = kept_notices()
    notice = kept.find(code)
    if notice is None:
        raise NotFound()
    if notice.retired:
        raise NotAllowedNow("Somebody has taken this notice off already.")
    items = [replace(one, retired=True) if one.code == code else one for one in kept]
    keep_version(NOTICES, kept.number, items, actor)
    raise_version()
    history.record("take_off_notice", ("notice", code), actor)


def stop_saving(actor: Any, words: str) -> None:
    """Let nobody save anything. `words` tell people why, and when it ends."""
    if not can(actor, P.SWITCH_READ_ONLY):
        raise NotYours()
    if read_only() is not None:
        raise NotAllowedNow("Somebody has switched it on already.")
    details = {"since": clock.now().isoformat(), "by_id": actor.id}
    _switch(actor, Item("switch", words, details=details), "stop_saving")


def allow_saving(actor: Any) -> None:
    """Let everybody save again."""
    if not can(actor, P.SWITCH_READ_ONLY):
        raise NotYours()
    if read_only() is None:
        raise NotAllowedNow("Somebody has switched it off already.")
    last = kept_read_only().offered[0]
    _switch(actor, replace(last, retired=True), "allow_saving")


def _switch(actor: Any, item: Item, action: str) -> None:
    keep_version(READ_ONLY, kept_read_only().number, [item], actor)
    raise_version()
    history.record(action, ("kept_list", READ_ONLY), actor)
