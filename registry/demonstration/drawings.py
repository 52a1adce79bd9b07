"""Plain drawings of kit and places for invented clubs: made here, so that they show nobody."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

_SIZE = (1200, 800)
_CANAL, _DEEP, _PALE = "#0f6173", "#08323c", "#e2eff1"
_GOLD, _BRICK, _WHITE = "#f6b728", "#fdeae3", "#ffffff"

__all__ = ["DRAWINGS", "drawing"]


@cache
def drawing(name: str) -> bytes:
    """One of the drawings, as a PNG."""
    picture = Image.new("RGB", _SIZE, _PALE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 640, 1200, 800), fill=_CANAL)
    DRAWINGS[name](draw)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _ball(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((660, 300, 1080, 650), outline=_WHITE, width=16)
    for across in range(710, 1080, 50):
        draw.line((across, 300, across, 650), fill=_WHITE, width=3)
    for down in range(350, 650, 50):
        draw.line((660, down, 1080, down), fill=_WHITE, width=3)
    draw.ellipse((180, 400, 480, 700), fill=_WHITE, outline=_DEEP, width=8)
    draw.regular_polygon((330, 550, 62), 5, fill=_DEEP)


def _bicycle(draw: ImageDraw.ImageDraw) -> None:
    for centre in (360, 840):
        draw.ellipse((centre - 150, 400, centre + 150, 700), outline=_DEEP, width=18)
        draw.ellipse((centre - 14, 536, centre + 14, 564), fill=_GOLD)
    frame = [(360, 550), (560, 550), (760, 350), (500, 350), (360, 550)]
    draw.line(frame, fill=_GOLD, width=20, joint="curve")
    draw.line([(560, 550), (490, 300)], fill=_GOLD, width=20)
    draw.line([(840, 550), (750, 300), (820, 280)], fill=_GOLD, width=20, joint="curve")
    draw.rounded_rectangle((430, 280, 550, 306), 12, fill=_DEEP)


def _drum(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((330, 330, 870, 690), 24, fill=_BRICK, outline=_DEEP, width=10)
    draw.ellipse((330, 260, 870, 410), fill=_WHITE, outline=_DEEP, width=10)
    for across in range(400, 830, 110):
        draw.line([(across, 405), (across + 55, 690), (across + 110, 405)], fill=_GOLD, width=10)
    for stick in ((250, 200, 620, 320), (960, 190, 600, 330)):
        draw.line(stick, fill=_DEEP, width=16)


def _hall(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(240, 360), (600, 180), (960, 360)], fill=_DEEP)
    draw.rectangle((280, 360, 920, 700), fill=_WHITE, outline=_DEEP, width=8)
    draw.pieslice((510, 440, 690, 620), 180, 360, fill=_GOLD)
    draw.rectangle((510, 530, 690, 700), fill=_GOLD)
    for left in (340, 760):
        draw.rectangle((left, 450, left + 100, 570), fill=_PALE, outline=_DEEP, width=6)


DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "ball": _ball,
    "bicycle": _bicycle,
    "drum": _drum,
    "hall": _hall,
}
