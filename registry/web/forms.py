"""The ground of every form: where its answers come from, and what is said when one is missing.

Messages say what to do, never only that something is wrong. A form shows every field that needs
mending at once, each linked to the first input to mend (see templates/components/error_summary).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, HiddenField
from wtforms.validators import StopValidation, ValidationError

from registry.clock import today
from registry.web.formats import long_date
from registry.web.identifiers import sent_number


class Form(FlaskForm):
    """A form that is posted. Its token is checked for every POST before any view runs."""

    form_errors: list[str]

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Read fields and files of a form post, and nothing else that a request may carry.

            Given None, the form starts unanswered; given answers (kept ones, say), it reads those.
            """
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            if request.method not in ("POST", "PUT", "PATCH"):
                return None
            if request.files:
                return CombinedMultiDict([request.files, request.form])
            return request.form

    @property
    def has_file(self) -> bool:
        """Whether the form must be sent as multipart/form-data."""
        return any(getattr(field, "takes_file", False) for field in self)

    def add_error(self, name: str | None, sentence: str) -> None:
        """Say what a rule outside the form found: on one field, or on the whole form (None)."""
        if name is None:
            self.form_errors = [*self.form_errors, sentence]
        else:
            self[name].errors = [*self[name].errors, sentence]

    def error_links(self) -> list[dict[str, str]]:
        """Each thing to put right, with the address of its first input, in the form's order."""
        links = [{"text": str(sentence)} for sentence in self.form_errors]
        for field in self:
            if field.errors and field.name != self.meta.csrf_field_name:
                target = getattr(field, "error_id", field.id)
                links.append({"text": str(field.errors[0]), "href": f"#{target}"})
        return links


class VersionForm(Form):
    """An act on a record names the version of it that was on the page."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version that was on the page. What cannot be read was never a version."""
        return sent_number(self.version.data) or 0


class QueryForm(Form):
    """A form that only asks, such as a search: read from the address, and without a token."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Read the address, unless something else is handed in."""
            return formdata if hasattr(formdata, "getlist") else request.args


class Needed:
    """An answer must be given. The sentence says what to give: “Enter the name of your club”."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Refuse nothing at all; leave an answer that could not be read to its own message."""
        if field.data in (None, "", []):
            raise StopValidation(self.sentence)


class SameAs:
    """The answer must equal another field's: a password typed twice."""

    def __init__(self, other: str, sentence: str) -> None:
        self.other = other
        self.sentence = sentence

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Compare exactly."""
        if field.data != form[self.other].data:
            raise ValidationError(self.sentence)


class NotInFuture:
    """A date of something done must be today or before."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Say the rule and what was typed."""
        _check_day(field, lambda day: day <= today(), "must be today or before")


class NotInPast:
    """A date of something to come must be today or after."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Say the rule and what was typed."""
        _check_day(field, lambda day: day >= today(), "must be today or after")


def _check_day(field: Field, holds: Callable[[date], bool], rule: str) -> None:
    day = field.data
    if day is not None and not holds(day):
        subject = getattr(field, "subject", "The date")
        raise ValidationError(f"{subject} {rule}. You put {long_date(day)}")
