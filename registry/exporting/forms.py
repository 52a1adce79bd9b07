"""What is asked of somebody who wants a copy of the register."""

from registry.web.fields import ConfirmField, TextAreaField
from registry.web.forms import Form, Needed


class ExportForm(Form):
    """Why they need it."""

    reason = TextAreaField(
        "Why do you need it?",
        [Needed("Write why you need it")],
        hint="Colleagues who keep watch over the register can read this. Name nobody in it.",
        max_length=1000,
    )


class ExportWithContactsForm(ExportForm):
    """The same for those who may have personal contacts as well."""

    with_contacts = ConfirmField("Put in personal contacts and private addresses as well")
