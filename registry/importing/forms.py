"""What is asked to begin an import, to say what its columns are, and to invite a club."""

from typing import Any

from registry.importing.columns import COLUMNS, letters
from registry.importing.models import ImportRun
from registry.web.fields import Choice, EmailField, FileField, SelectField, StringField
from registry.web.forms import Form, Needed

CHOICES = tuple(Choice(one.name, one.label, group=one.group) for one in COLUMNS)


class BeginForm(Form):
    """Where it comes from: a file, or an address."""

    file = FileField(
        "A file",
        hint="CSV, Excel (XLSX) or JSON, up to 20 MB. Whoever runs the service can take in more.",
        accept=".csv,.xlsx,.json",
    )
    address = StringField(
        "Or a web address",
        hint="Of an Open Referral UK feed, such as https://example.gov.uk/oruk/v3, or of a file",
        max_length=500,
        spellcheck=False,
    )
    source = StringField(
        "Whose list is it?",
        [Needed("Say whose list it is")],
        hint="Use the same words each time. Then we know the same clubs again.",
        subject="Whose list it is",
        max_length=100,
        width="two-thirds",
    )


class InviteForm(Form):
    """To whom the link goes."""

    email = EmailField(
        "Email address",
        [Needed("Enter an email address")],
        hint="Of somebody who runs the club. Whoever reads it can become its owner.",
        width="two-thirds",
    )


class PlainForm(Form):
    """A button."""


class ColumnsForm(Form):
    """One question for each column of a file, made for that file by `columns_form`."""

    @property
    def chosen(self) -> dict[str, str]:
        """The place of each column, with what it is."""
        return {
            field.name.removeprefix("column_"): field.data
            for field in self
            if field.name.startswith("column_") and field.data
        }


def columns_form(run: ImportRun, typed: Any) -> ColumnsForm:
    """The questions of one file, answered as its headings say."""
    questions = {
        f"column_{place}": SelectField(
            f"Column {letters(place)}: {heading or '(no heading)'}",
            choices=CHOICES,
            empty="Leave it out",
            hint=_sample(run, place),
        )
        for place, heading in enumerate(run.header)
    }
    form = type("ColumnsOfOneFile", (ColumnsForm,), questions)
    answers = {f"column_{place}": name for place, name in run.columns.items()}
    made: ColumnsForm = form(typed, data=answers)
    return made


def _sample(run: ImportRun, place: int) -> str:
    """What stands in the first rows, so that nobody has to open the file again."""
    cells = [row[place] for row in run.sample if place < len(row) and row[place].strip()]
    return (
        "For example: " + "; ".join(" ".join(cell.split())[:60] for cell in cells[:2])
        if cells
        else "Empty in the first rows"
    )
