"""What an administrator writes: words for others to begin with."""

from collections.abc import Sequence
from typing import Any

from registry.web.fields import IntegerField, SelectField, StringField, TextAreaField
from registry.web.forms import Needed, VersionForm

LONGEST = 4000


class WordsForm(VersionForm):
    """One text."""

    title = StringField("Title", [Needed("Enter a title")], max_length=120)
    text = TextAreaField(
        "Words",
        [Needed("Write the words")],
        hint="Put in square brackets what has to be filled in, such as [date].",
        max_length=LONGEST,
        rows=6,
    )
    sort = IntegerField("Place in the list", hint="The smallest number comes first.", width="4")


def words_form(uses: Sequence[tuple[str, str]], data: Any, kept: Any = None) -> WordsForm:
    """The form with the uses that there are."""

    class OfTheseUses(WordsForm):
        use = SelectField("Used for", [Needed("Choose what it is used for")], choices=list(uses))

    return OfTheseUses(data, data=dict(kept or {}))
