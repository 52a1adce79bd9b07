"""Files that nobody should send, made as they are needed."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache

from tests.importing.runs import CHOIR, HEADING, JUDO, a_file, row

_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/'
    'xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="Clubs" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.'
    'openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"'
    "/></Relationships>",
}


def a_workbook(*rows: Iterable[object], **parts: str | bytes) -> bytes:
    """A workbook of one sheet, as a spreadsheet saves it, with other parts in it besides."""
    import openpyxl

    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(list(cells))
    said = io.BytesIO()
    book.save(said)
    with zipfile.ZipFile(said, "a") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return said.getvalue()


def a_made_up_workbook(sheet: str, **parts: str) -> bytes:
    """A workbook whose sheet says whatever somebody wants it to."""
    said = io.BytesIO()
    with zipfile.ZipFile(said, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": sheet, **parts}.items():
            package.writestr(name, content)
    return said.getvalue()


@cache
def a_bomb() -> bytes:
    """A workbook that would unpack into 60 MB."""
    said = io.BytesIO()
    with zipfile.ZipFile(said, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _PARTS.items():
            package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(60):
                part.write(b" " * 1024 * 1024)
    return said.getvalue()


def a_lying_bomb() -> bytes:
    """A workbook whose directory says that a part is small, though it is not."""
    whole = a_bomb()
    size = (60 * 1024 * 1024).to_bytes(4, "little")
    return whole.replace(size, (1000).to_bytes(4, "little"))


def a_wide_sheet() -> bytes:
    """A row with a cell in the last column that there is, and a size that is a lie."""
    return a_made_up_workbook(
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        '2006/main"><dimension ref="A1:B2"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
        'name</t></is></c><c r="XFD1" t="inlineStr"><is><t>club</t></is></c></row></sheetData>'
        "</worksheet>"
    )


def an_entity_sheet() -> bytes:
    """A sheet with entities that grow without end."""
    grows = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "lol">' for n in range(9)
    )
    return a_made_up_workbook(
        f'<?xml version="1.0"?><!DOCTYPE worksheet [{grows}]><worksheet xmlns="http://schemas.'
        'openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr">'
        "<is><t>&a8;</t></is></c></row></sheetData></worksheet>"
    )


def a_deep_json() -> bytes:
    """Lists in lists in lists."""
    return b'{"content": [{"id": 1, "name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"


def an_oruk_file(*services: object) -> bytes:
    """A page of an Open Referral UK feed, saved."""
    return json.dumps({"total_items": len(services), "contents": services}).encode()


SERVICE = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Judo",
    "status": "active",
    "description": "Judo for children.",
    "minimum_age": 5,
    "maximum_age": 8,
    "organization": {"id": "cc1234", "name": "Foundry Lane Judo", "description": "A club."},
    "service_at_locations": [
        {
            "location": {
                "location_type": "physical",
                "name": "Foundry Lane Hall",
                "addresses": [{"address_1": "Foundry Lane", "postal_code": "WV10 0BB"}],
            }
        }
    ],
    "schedules": [{"freq": "WEEKLY", "byday": "MO,TH", "opens_at": "16:30", "closes_at": "17:30"}],
    "cost_options": [{"amount": 4.5, "amount_description": "session"}],
}

_BROKEN_PACKED = zlib.compress(b"not a workbook at all") * 10
_LONG = b",".join([b"x" * 1000] * 300)

# What it is called, its name, what is in it, and what is said: “refused” at once, “stopped” when it
# is read, a “mistake” of a row, or a “note”.
HOSTILE: tuple[tuple[str, str, bytes, str, str], ...] = (
    ("empty", "a.csv", b"", "refused", "The file is empty"),
    ("blank", "a.csv", b" \r\n\t\r\n", "refused", "The file is empty"),
    ("heading only", "a.csv", a_file(), "refused", "a heading and no rows"),
    ("one column", "a.csv", b"name\nJudo\n", "refused", "one column only"),
    ("utf-16", "a.csv", a_file(JUDO).decode().encode("utf-16"), "note", "in UTF-16"),
    ("utf-16 without a mark", "a.csv", a_file(JUDO).decode().encode("utf-16-le"), "note", "UTF-16"),
    ("windows text", "a.csv", a_file(row(summary="Café £5")).decode().encode("cp1252"), "note",
     "not in UTF-8"),
    ("no encoding", "a.csv", a_file(JUDO) + b"\x81\x8d\x8f,\xff", "refused",
     "letters of this file cannot be read"),
    ("nul", "a.csv", a_file(row(summary="a\0b")), "refused", "NUL"),
    ("a million columns", "a.csv", b"," * 1_000_000 + b"\n1,2\n", "refused",
     "more than 200,000 letters"),
    ("300 columns", "a.csv", b",".join(b"c%d" % n for n in range(300)) + b"\n1\n", "refused",
     "300 columns"),
    ("one endless line", "a.csv", b"name,club\n" + b"x" * 3_000_000, "refused",
     "more than 200,000 letters"),
    ("quotes unclosed", "a.csv", a_file(JUDO) + b'"A-9,never closed\n' * 3, "refused",
     "quotation mark"),
    ("quotes in the middle", "a.csv", a_file(JUDO) + b'"a"b,c\n', "refused", "quotation mark"),
    ("too many cells", "a.csv", a_file((*JUDO, "more", "and more")), "mistake",
     "This row has 18 cells and the heading 16"),
    ("duplicate headings", "a.csv", a_file(JUDO, heading=(*HEADING[:-1], "activity_name")), "note",
     "2 columns have the heading"),
    ("formula", "a.csv", a_file(row(activity_name='=HYPERLINK("http://evil")')), "mistake",
     "holds a formula"),
    ("a date that is none", "a.csv", a_file(row(last_date="31/02/2027")), "mistake",
     "is a date that there is not: “31/02/2027”"),
    ("a date that is over", "a.csv", a_file(row(last_date="31/01/2001")), "mistake",
     "over already"),
    ("huge age", "a.csv", a_file(row(minimum_age="9" * 5000)), "mistake", "not an age in years"),
    ("huge price", "a.csv", a_file(row(price="1e308")), "note", "is not a price"),
    ("email with a line", "a.csv",
     a_file(row(organisation_email="a@example.org\nBcc: all@example.org")), "mistake",
     "is not an email address"),
    ("html in a name", "a.csv", a_file(row(activity_name="<img src=x onerror=alert(1)>Judo")),
     "note", "HTML was taken out"),
    ("turned round", "a.csv", a_file(row(activity_name="Judo\u202egnp.exe")), "note",
     "Marks that nobody can see"),
    ("no names", "a.csv", a_file(row(activity_name="", organisation_name="")), "mistake",
     "Every activity needs a name"),
    ("twice the same", "a.csv", a_file(JUDO, JUDO), "mistake", "the same activity as in row 2"),
    ("ages the wrong way", "a.csv", a_file(row(minimum_age="9", maximum_age="5")), "mistake",
     "below the youngest"),
    ("for grown-ups", "a.csv", a_file(row(minimum_age="60", maximum_age="99")), "mistake",
     "the register is for children"),
    ("a pdf", "a.csv", b"%PDF-1.7 and so on", "refused", "This is a PDF"),
    ("a picture", "a.xlsx", b"\x89PNG\r\n\x1a\n", "refused", "This is a picture"),
    ("a web page", "a.csv", b"<!DOCTYPE html><p>Sign in", "refused", "a web page"),
    ("an old workbook", "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "refused",
     "an old Excel"),
    ("json called csv", "a.csv", b'[{"id": 1}]', "refused", "Look whether it is the right file"),
    ("csv called xlsx", "a.xlsx", a_file(JUDO), "refused", "Look whether it is the right file"),
    ("zip bomb", "a.xlsx", a_bomb(), "refused", "would unpack into 60 MB"),
    ("zip bomb that lies", "a.xlsx", a_lying_bomb(), "refused", "workbook is broken"),
    ("entities", "a.xlsx", an_entity_sheet(), "refused", "holds what no workbook should"),
    ("wide sheet", "a.xlsx", a_wide_sheet(), "refused", "more than 200 columns"),
    ("no workbook", "a.xlsx", b"PK\x03\x04" + _BROKEN_PACKED, "refused", "workbook is broken"),
    ("a document", "a.xlsx",
     a_workbook(HEADING, JUDO).replace(b"xl/workbook.xml", b"xl/worksnot.xml"), "refused",
     "not an Excel workbook"),
    ("macros", "a.xlsx", a_workbook(HEADING, JUDO, **{"xl/vbaProject.bin": b"x"}), "note",
     "macros. They are never run"),
    ("links to other files", "a.xlsx",
     a_workbook(HEADING, JUDO, **{"xl/externalLinks/externalLink1.xml": "<x/>"}), "note",
     "links to other files"),
    ("json too deep", "a.json", a_deep_json(), "refused", "nested more than 40 deep"),
    ("json of another shape", "a.json", b'[{"colour": "red", "size": 4}]', "refused",
     "“colour”, “size”"),
    ("json without a list", "a.json", b'{"error": "no"}', "refused", "has no list of services"),
    ("json of nothing", "a.json", b'{"contents": []}', "refused", "is empty"),
    ("json of numbers", "a.json", b"[1, 2, 3]", "refused", "no services"),
    ("half a json", "a.json", an_oruk_file(SERVICE, SERVICE)[:-40], "stopped", "ends half-way"),
    ("json with something else in it", "a.json", an_oruk_file(SERVICE, 7), "mistake",
     "is no service"),
    ("a json that says nothing", "a.json", b"{", "refused", "broken or ends half-way"),
    ("a service that is over", "a.json", an_oruk_file({**SERVICE, "status": "defunct"}), "mistake",
     "does not run any more"),
    ("wrong kinds of values", "a.json",
     an_oruk_file({**SERVICE, "schedules": 7, "service_at_locations": "x", "minimum_age": [1]}),
     "note", "is empty"),
    ("a postcode that is none", "a.csv", a_file(row(venue_postcode="nowhere")), "note",
     "is no postcode"),
    ("other rows are right", "a.csv", a_file(CHOIR, row(minimum_age="?")), "mistake",
     "Column H (minimum_age) is not an age in years"),
)  # fmt: skip
