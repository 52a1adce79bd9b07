"""Pictures of numbers, drawn here as SVG: bars, columns, a line and a map. Pure.

Readable without a script and by a screen reader: each picture is one image with a name and a
description that says every number, and its page has the same numbers in a table beside it. Colours
come from the style sheet by class, so nothing here needs a style of its own. What is hidden in the
numbers has no bar, and says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from registry.geography.drawing import Projection, box_around, middle_of, path_of
from registry.geography.outlines import Outline

__all__ = ["Bar", "Look", "bars", "columns", "key_of_map", "lines", "steps_for", "ward_map"]


@dataclass(frozen=True)
class Bar:
    """One thing and its number; `said` is how the number is written. None is hidden."""

    label: str
    value: float | None
    said: str


@dataclass(frozen=True)
class Look:
    """How wide a picture is, and how much of that its labels take. A phone has its own."""

    name: str
    width: int
    height: int
    label: int


WIDE, NARROW = Look("wide", 560, 210, 240), Look("narrow", 343, 190, 0)
ROOM_FOR_NUMBER = 60
STEPS, FIRST_DARK = 5, 4


def bars(key: str, title: str, told: Sequence[Bar]) -> Markup:
    """Lying bars with their labels before them, or above them on a phone. The first that is the
    biggest is dark."""
    top = max((bar.value for bar in told if bar.value is not None), default=0) or 1
    described = _described(told)
    return _both(lambda look: _bars(f"{key}-{look.name}", title, described, told, top, look))


def columns(
    key: str, title: str, told: Sequence[Bar], goal: float | None = None, goal_said: str = ""
) -> Markup:
    """Standing columns, one for each month, with a line for what was promised."""
    found = [bar.value for bar in told if bar.value is not None]
    top = _round_top(max([*found, goal or 0, 1]))
    described = _described(told) + (f" {goal_said}." if goal_said else "")
    return _both(
        lambda look: _columns(
            f"{key}-{look.name}", title, described, told, top, (goal, goal_said), look
        )
    )


def lines(key: str, title: str, told: Sequence[Bar]) -> Markup:
    """One line from 0 to 100 per cent. Where there is no number, it breaks off."""
    described = _described(told)
    return _both(lambda look: _line(f"{key}-{look.name}", title, described, told, look))


def ward_map(
    key: str, title: str, outlines: Sequence[Outline], told: Sequence[Bar], steps: Sequence[int]
) -> Markup:
    """The wards, darker for more, with the number in each. `steps` are the last of each shade."""
    by_name = {bar.label: bar for bar in told}
    place = Projection.of(box_around([ward.box for ward in outlines]), 520)
    shapes, numbers = [], []
    for ward in outlines:
        bar = by_name[ward.name]
        shade = 0 if bar.value is None else _shade(bar.value, steps)
        shapes.append(_element("path", class_=f"wm w{shade}", d=path_of(ward, place)))
        x, y = place.spot(middle_of(ward.edge))
        words = "·" if bar.value is None else bar.said
        mark = "wn wn-l" if shade >= FIRST_DARK else "wn"
        numbers.append(_words(x, y + 5, words, mark))
    picture = (place.width, place.height)
    return _picture(key, title, _described(told), picture, [*shapes, *numbers], "chart chart--map")


def key_of_map(steps: Sequence[int]) -> Markup:
    """What the shades of a map mean. The table says it too, so it is hidden from screen readers."""
    # Each part is markup that escaped its own words, so what joins them is markup too.
    parts, first, wide = [], 0, 520 // STEPS
    for shade, last in enumerate((*steps, None), start=1):
        words = f"{first} on" if last is None else f"{first} to {last}"
        x = (shade - 1) * wide
        parts.append(_element("rect", class_=f"w{shade} wl", x=x, y=0, width=wide - 2, height=16))
        parts.append(_words(x, 36, str(first) if last == first else words, "q"))
        first = (last or 0) + 1
    return _element(
        "svg",
        Markup("").join(parts),
        class_="chart chart--key",
        viewBox="0 0 520 44",
        aria_hidden="true",
        focusable="false",
    )


def steps_for(values: Iterable[float]) -> tuple[int, ...]:
    """Where the shades of a map end, for numbers up to this: four ends, each after the other."""
    top = max([*values, STEPS])
    return tuple(round(top * part / STEPS) for part in range(1, STEPS))


# Each kind of picture, at one width.


def _bars(
    key: str, title: str, described: str, told: Sequence[Bar], top: float, look: Look
) -> Markup:
    step, thick, first = (34, 24, 4) if look.label else (52, 18, 23)
    left = look.label + 10 if look.label else 0
    room = look.width - left - ROOM_FOR_NUMBER
    darkest = next((bar for bar in told if bar.value == top), None)
    parts = []
    for number, bar in enumerate(told):
        y = first + number * step
        bold = " b" if bar is darkest else ""
        if look.label:
            parts.append(_words(look.label, y + 17, _short(bar.label, 34), f"end{bold}"))
        else:
            parts.append(_words(0, y - 7, _short(bar.label, 46), f"start{bold}"))
        wide = room * (bar.value or 0) / top
        if bar.value is not None:
            kind = "bar-hi" if bar is darkest else "bar"
            parts.append(_block(left, y, max(wide, 1), thick, kind))
        quiet = "q" if bar.value is None else "b"
        parts.append(_words(left + wide + 7, y + thick * 0.72, bar.said, quiet))
    height = step * max(len(told), 1) + (6 if look.label else 0)
    if look.label:
        parts.append(_element("path", class_="axis", d=f"M{left} 0V{height}"))
    return _picture(key, title, described, (look.width, height), parts)


def _columns(
    key: str,
    title: str,
    described: str,
    told: Sequence[Bar],
    top: float,
    goal: tuple[float | None, str],
    look: Look,
) -> Markup:
    height, foot, left, right = look.height, look.height - 30, 34, look.width - 8
    room = foot - 20
    parts = []
    for third in range(4):
        y = foot - room * third / 3
        kind = "grid" if third else "axis"
        parts.append(_element("path", class_=kind, d=f"M{left} {y:.1f}H{right}"))
        parts.append(_words(left - 7, y + 5, f"{top * third / 3:.0f}", "q end"))
    every = (right - left) / max(len(told), 1)
    wide = every * 0.62
    for number, bar in enumerate(told):
        is_last = number == len(told) - 1
        middle = left + every * (number + 0.5)
        if bar.value is not None:
            tall = room * bar.value / top
            kind = "bar-hi" if is_last else "bar"
            parts.append(_block(middle - wide / 2, foot - tall, wide, tall, kind))
            parts.append(_words(middle, foot - tall - 6, bar.said, "mid b"))
        if look.label or number % 2 == (len(told) - 1) % 2:
            parts.append(_words(middle, foot + 20, bar.label[:3], "mid q"))
    if goal[0] is not None:
        y = foot - room * goal[0] / top
        parts.append(_element("path", class_="goal", d=f"M{left} {y:.1f}H{right}"))
        parts.append(_words(right, y - 7, goal[1], "goal-t end"))
    return _picture(key, title, described, (look.width, height), parts)


def _line(key: str, title: str, described: str, told: Sequence[Bar], look: Look) -> Markup:
    height, foot, room, right = 150, 120, 100, look.width - ROOM_FOR_NUMBER
    step = (right - 8) / max(len(told) - 1, 1)
    parts = [
        _element("path", class_="grid", d=f"M8 {foot - room * part:.0f}H{right}")
        for part in (0, 0.5, 1)
    ]
    path, pen, spots = [], "M", []
    for number, bar in enumerate(told):
        if bar.value is None:
            pen = "M"
            continue
        spots.append((8 + step * number, foot - room * bar.value / 100, bar.said))
        path.append(f"{pen}{spots[-1][0]:.1f} {spots[-1][1]:.1f}")
        pen = "L"
    if spots:
        parts.append(_element("path", class_="line", d="".join(path)))
        for x, y, _ in spots:
            parts.append(_element("circle", class_="dot", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4))
        x, y, said = spots[-1]
        parts.append(_words(x + 9, y + 5, said, "b"))
    if told:
        parts.append(_words(8, foot + 22, told[0].label, "q"))
        parts.append(_words(right, foot + 22, told[-1].label, "q end"))
    return _picture(key, title, described, (look.width, height), parts)


# What they share.


def _picture(
    key: str,
    title: str,
    described: str,
    size: tuple[float, float],
    parts: Sequence[Markup],
    classes: str = "chart",
) -> Markup:
    named = [_element("title", title, id=f"{key}-t"), _element("desc", described, id=f"{key}-d")]
    return _element(
        "svg",
        Markup("").join([*named, *parts]),
        class_=classes,
        viewBox=f"0 0 {size[0]:.0f} {size[1]:.0f}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
        focusable="false",
    )


def _words(x: float, y: float, words: str, kind: str) -> Markup:
    return _element("text", words, class_=kind, x=f"{x:.1f}", y=f"{y:.1f}")


def _block(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    size = {"width": f"{width:.1f}", "height": f"{height:.1f}"}
    return _element("rect", class_=kind, x=f"{x:.1f}", y=f"{y:.1f}", rx=3, **size)


def _element(name: str, inside: str | Markup = "", **attributes: object) -> Markup:
    """One element; whatever is no markup of ours is escaped."""
    said = Markup("").join(
        Markup(' {}="{}"').format(attribute.rstrip("_").replace("_", "-"), value)
        for attribute, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, said, inside)


def _both(draw: Callable[[Look], Markup]) -> Markup:
    """A wide drawing and a narrow one, so that letters stay big enough; one of them is shown."""
    return Markup('<div class="only-wide">{}</div><div class="only-narrow">{}</div>').format(
        draw(WIDE), draw(NARROW)
    )


def _described(told: Sequence[Bar]) -> str:
    return ", ".join(f"{bar.label} {bar.said}" for bar in told) + "." if told else "No numbers."


def _shade(value: float, steps: Sequence[int]) -> int:
    return next((n for n, last in enumerate(steps, start=1) if value <= last), STEPS)


def _round_top(top: float) -> int:
    """The least number of the form 3, 6, 9, 15, 30, 60, 90, 150… that holds the highest column."""
    scale = 1
    while True:
        for step in (3, 6, 9, 15):
            if step * scale >= top:
                return step * scale
        scale *= 10


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
