"""Code-Point Open zips as small as a test wants them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

ENGLAND, SCOTLAND, WALES = "E92000001", "S92000003", "W92000004"
CITY, HEATH_TOWN, ST_PETERS = "E08000031", "E05014848", "E05014853"


def line(
    postcode: str,
    east: object = 391_575,
    north: object = 298_715,
    *,
    quality: object = 10,
    country: str = ENGLAND,
    authority: str = CITY,
    ward: str = HEATH_TOWN,
) -> str:
    """One line, as Ordnance Survey writes it."""
    return f'"{postcode}",{quality},{east},{north},"{country}","","","","{authority}","{ward}"\r\n'


def write_zip(
    path: Path, areas: Mapping[str, str | bytes], names: Mapping[str, str] | None = None
) -> Path:
    """A zip with these files in Data/CSV, and with the list of names where one is given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Doc/licence.txt", "Open Government Licence")
        if names is not None:
            archive.writestr("Doc/Codelist.xlsx", code_list(names))
        for name, text in areas.items():
            archive.writestr(name if "/" in name else f"Data/CSV/{name}.csv", text)
    return path


def code_list(names: Mapping[str, str]) -> bytes:
    """The list of names: a sheet, with the name before the code."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for code, name in names.items():
        sheet.append([name, code])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
