"""The one form of these pages: how somebody likes to read."""

from wtforms import HiddenField

from registry.information.reading import PREFERENCES
from registry.web.fields import RadiosField
from registry.web.forms import Form


class ReadingForm(Form):
    """Bigger text, more room, other colours, clearer letters; and where somebody came from."""

    back = HiddenField()
    text, room, colours, letters = (
        RadiosField(one.asks, choices=list(one.ways)) for one in PREFERENCES
    )
