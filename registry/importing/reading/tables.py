"""One row of a table, by the columns that a person chose, as the pieces of an activity."""

from collections.abc import Iterable, Iterator, Mapping

from registry.importing.cells import items
from registry.importing.columns import letters
from registry.importing.pieces import Pieces, Place, Times

# Our column → the piece it is, where they have different names.
_PIECES = {
    "organisation_id": "organisation_key",
    "activity_id": "key",
    "activity_name": "name",
}
_PLACES = {"venue_name": "name", "venue_address": "address", "venue_postcode": "postcode"}
_TIMES = {
    "days": "days", "start_time": "starts", "end_time": "ends", "term_time_only": "in_terms",
}  # fmt: skip
_MARKS = ("support", "access")
_LISTS = ("categories", "languages")


def pieces_of(
    rows: Iterable[tuple[int, list[str]]], columns: Mapping[str, str]
) -> Iterator[Pieces]:
    """Every row below the heading."""
    found = iter(rows)
    _, header = next(found)
    called = _called(header, columns)
    for number, row in found:
        yield _row(number, row, header, columns, called)


def _row(
    number: int,
    row: list[str],
    header: list[str],
    columns: Mapping[str, str],
    called: dict[str, str],
) -> Pieces:
    pieces = Pieces(number, called=called)
    beyond = [cell for cell in row[len(header) :] if cell.strip()]
    if beyond:
        pieces.broke(
            "",
            f"This row has {len(row)} cells and the heading {len(header)}. A comma or a quotation "
            "mark is in the wrong place",
        )
    place, times = Place(), Times()
    for at, name in columns.items():
        cell = row[int(at)].strip() if int(at) < len(row) else ""
        if name in _LISTS:
            setattr(pieces, name, items(cell))
        elif name in _MARKS:
            pieces.marks += items(cell)
        elif name in _PLACES:
            setattr(place, _PLACES[name], cell)
        elif name in _TIMES:
            setattr(times, _TIMES[name], cell)
        else:
            setattr(pieces, _PIECES.get(name, name), cell)
    pieces.places, pieces.times = [place], [times]
    return pieces


def _called(header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """What each piece is called in this file: “Column C (Post code)”."""
    called: dict[str, str] = {}
    for at, name in columns.items():
        place = int(at)
        words = header[place].strip()[:60] if place < len(header) else ""
        said = f"Column {letters(place)}" + (f" ({words})" if words else "")
        piece = {"venue_postcode": "postcode", "venue_address": "address"}.get(name, name)
        piece = "times" if name in _TIMES else "marks" if name in _MARKS else piece
        piece = _PIECES.get(piece, piece)
        called.setdefault(piece, said)
    return called
