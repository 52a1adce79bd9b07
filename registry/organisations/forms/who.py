"""Who can come to an activity."""

from typing import Any

from registry.organisations import categories as taxonomy
from registry.organisations.ages import ends_of
from registry.organisations.forms.ages import ages_told, check_ages, oldest_field, youngest_field
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.web.fields import CheckboxesField, RadiosField, StringField
from registry.web.forms import Needed


class WhoForm(VersionedForm):
    """Who can come."""

    youngest = youngest_field()
    oldest = oldest_field()
    parent_stays = RadiosField(
        "Does a parent or carer stay?",
        [Needed("Say if a parent or carer stays")],
        choices=[
            ("no", "No", "You look after the children."),
            ("optional", "They may", "Some stay and some do not."),
            ("yes", "Yes, always", "Each child comes with a grown-up."),
        ],
    )
    languages = CheckboxesField(
        "Which languages do you speak with families?",
        hint="Tick all that fit. You can leave this out.",
        choices=lambda: [(language, language) for language in taxonomy.languages()],
        small=True,
        classes="cols",
    )
    more_languages = StringField(
        "Other languages",
        hint="With commas between them. For example: Tigrinya, Welsh.",
        subject="The languages",
    )
    codes: tuple[str, ...] = ()

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhoForm":
        """Knows what kind of activity it is."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        form.codes = tuple(wanted_facts(record, ("categories",))["categories"])
        return form

    def validate_oldest(self, field: Any) -> None:
        """In order, and not above what this kind of activity goes up to."""
        check_ages(self.youngest.data, field.data, self.codes)

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Who can come, as the club says it."""
        names = ("min_months", "max_months", "ages_said", "parent_stays", "languages")
        kept = wanted_facts(record, names)
        youngest, oldest = ends_of(kept["min_months"], kept["max_months"], kept["ages_said"])
        known = taxonomy.languages()
        return {
            "youngest": youngest,
            "oldest": oldest,
            "parent_stays": kept["parent_stays"],
            "languages": [one for one in kept["languages"] if one in known],
            "more_languages": ", ".join(one for one in kept["languages"] if one not in known),
        }

    def told(self) -> dict[str, Any]:
        """What was typed, ages in months and each language once."""
        more = [word.strip() for word in self.more_languages.data.split(",")]
        named = {one.casefold(): one for one in taxonomy.languages()}
        spoken = [*self.languages.data, *(named.get(w.casefold(), w) for w in more if w)]
        return {
            **ages_told(self.youngest.data, self.oldest.data),
            "parent_stays": self.parent_stays.data,
            "languages": list(dict.fromkeys(spoken)),
        }
