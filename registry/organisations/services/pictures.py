"""The picture of an activity: a place, kit or a logo, with words for those who cannot see it."""

from typing import Any, BinaryIO

from registry.audit.services import record
from registry.errors import BadInput
from registry.files.pictures import forget_picture, keep_picture
from registry.organisations.keeping import Kept, wanted_facts
from registry.organisations.models import Activity
from registry.organisations.services.activities import may_change
from registry.organisations.services.changing import claim, different, keep

MOST_ALT = 150


def set_picture(
    activity: Activity,
    actor: Any,
    *,
    alt: str,
    version: int | None = None,
    stream: BinaryIO | None = None,
    filename: str = "",
) -> Kept:
    """Give an activity a picture, or its picture other words. Of a club on the list it waits.

    Raises BadInput with the reason where the file is no picture that we can show, StaleVersion
    where somebody changed the activity since `version`.
    """
    may_change(activity, actor)
    words = alt.strip()
    if not words:
        raise BadInput("Say what is in the picture.")
    if len(words) > MOST_ALT:
        raise BadInput(f"Say it in {MOST_ALT} letters or fewer.")
    wanted = wanted_facts(activity, ("picture",))["picture"]
    if stream is None and wanted is None:
        raise BadInput("Choose a picture.")
    if stream is not None:
        wanted = keep_picture(stream, filename, activity.organisation_id, actor.id)._asdict()
    changed = different(activity, {"picture": {**wanted, "alt": words}})
    if not changed:
        return Kept()
    claim(activity, version)
    kept = keep(activity, changed, actor)
    record("change_picture", activity, actor)
    return kept


def remove_picture(activity: Activity, actor: Any) -> bool:
    """Take the picture away at once, and one that waits too. Answers whether there was one.

    What is taken away is let go of: nobody can bring it back.
    """
    may_change(activity, actor)
    there = [activity.picture, wanted_facts(activity, ("picture",))["picture"]]
    digests = {one[size] for one in there if one for size in ("large", "small")}
    if not digests:
        return False
    claim(activity, None)
    keep(activity, {"picture": None}, actor)
    forget_picture(activity.organisation_id, digests)
    record("remove_picture", activity, actor)
    return True
