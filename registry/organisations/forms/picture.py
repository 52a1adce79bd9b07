"""The picture of an activity."""

from typing import Any

from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.organisations.services.pictures import MOST_ALT
from registry.web.fields import ConfirmField, FileField, StringField
from registry.web.forms import Needed


class PictureForm(VersionedForm):
    """A picture, and what it shows in words."""

    picture = FileField(
        "Choose a picture",
        hint="JPG or PNG, 10 MB at most.",
        accept=".jpg,.jpeg,.png",
    )
    alt = StringField(
        "What is in the picture?",
        [Needed("Say what is in the picture")],
        hint="In a few words, for people who cannot see it. For example: A hall with a stage.",
        subject="This",
        max_length=MOST_ALT,
    )
    nobody = ConfirmField(
        "Nobody can tell who a child is from this picture",
        [Needed("Tick the box, or choose another picture")],
    )

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The words of the picture that the club wants."""
        picture = wanted_facts(record, ("picture",))["picture"]
        return {"alt": picture["alt"] if picture else ""}

    def told(self) -> dict[str, Any]:
        """The words."""
        return {"alt": self.alt.data}
