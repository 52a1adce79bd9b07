"""Points that a club answers yes, ask us or no, each with a few words if it likes.

A point that is not answered is kept nowhere, so that it is never taken for a no.
"""

from collections.abc import Iterable
from typing import Any

from registry.organisations import categories as taxonomy
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.web.fields import RadiosField, StringField

ANSWERS = [("yes", "Yes"), ("ask", "Ask us"), ("no", "No"), ("", "Not said")]


class PointField(RadiosField):
    """One point. Nothing chosen, and “Not said”, are the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Four short answers in a row."""
        given = {"classes": "govuk-radios--small", **kwargs}
        super().__init__(*args, **{"choices": ANSWERS, "inline": True, **given})

    @property
    def chosen(self) -> list[str]:
        """What is not answered is shown as not said."""
        return [value for value in super().chosen if value][:1] or [""]


class MarksForm(VersionedForm):
    """A form with points in some groups; those of other groups stay as they are."""

    groups_asked: tuple[str, ...] = ()
    kept_marks: dict[str, list[str]]

    @classmethod
    def over(cls, record: Any, sent: Any) -> Any:
        """Knows what was answered on other pages."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        form.kept_marks = wanted_facts(record, ("marks",))["marks"]
        return form

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What was answered; the rest is not said."""
        marks = wanted_facts(record, ("marks",))["marks"]
        answers = {f"mark_{code}": answer for code, (answer, _) in marks.items()}
        return answers | {f"note_{code}": note for code, (_, note) in marks.items()}

    def told_marks(self) -> dict[str, tuple[str, str]]:
        """All that was answered, here and on other pages. A note about nothing is not kept."""
        here = {one.code for one in self._points()}
        told = {code: (a, note) for code, (a, note) in self.kept_marks.items() if code not in here}
        for one in self._points():
            if answer := self[f"mark_{one.code}"].data:
                told[one.code] = (answer, self[f"note_{one.code}"].data)
        return told

    def groups(self) -> dict[str, list[tuple[Any, Any]]]:
        """The points under their headings, each with its note."""
        found: dict[str, list[tuple[Any, Any]]] = {group: [] for group in self.groups_asked}
        for one in self._points():
            found[one.group].append((self[f"mark_{one.code}"], self[f"note_{one.code}"]))
        return found

    def _points(self) -> list[taxonomy.Mark]:
        return [one for group in self.groups_asked for one in taxonomy.marks_in(group)]


def point_fields(groups: Iterable[str]) -> dict[str, Any]:
    """The fields of every point of these groups."""
    fields: dict[str, Any] = {}
    for group in groups:
        for one in taxonomy.marks_in(group):
            fields[f"mark_{one.code}"] = PointField(one.label, hint=one.hint)
            fields[f"note_{one.code}"] = StringField(
                f"A few words about: {one.label}", subject="This", max_length=150
            )
    return fields
