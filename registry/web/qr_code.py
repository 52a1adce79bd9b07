"""An address as a square that a telephone's camera can read."""

from functools import lru_cache

import segno
from markupsafe import Markup

# A square of 117 modules can still be read off a small screen; it holds this many bytes.
_MOST_BYTES = 1273


@lru_cache(maxsize=256)
def qr_code(address: str) -> Markup | None:
    """The square as an SVG drawing, in black on white whatever the page looks like.

    It says nothing to a screen reader: words beside it have to. None for an address that is too
    long for a square that a telephone can read.
    """
    if len(address.encode()) > _MOST_BYTES:
        return None
    square = segno.make(address, error="l", micro=False, boost_error=False)
    drawing = square.svg_inline(svgclass="qr", lineclass=None, omitsize=True, light="#fff")
    # Our own drawing of an address: nothing of the address stands in it as text.
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704
