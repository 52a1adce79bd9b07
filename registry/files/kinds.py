"""What kind of file is this, and may it come in? Decided by what is in it, never by its name.

Five kinds are taken: PDF, Word (DOCX), OpenDocument text (ODT), and JPG and PNG pictures. Every
refusal is a sentence for the person who chose the file, and says what to do instead.
"""

import importlib
import io
import struct
import threading
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from xml.etree import ElementTree

import filetype
import pypdfium2
from PIL import Image, ImageFile

from registry.errors import BadInput

LARGEST_FILE = 10 * 1024 * 1024

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_NAMES = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "jpg": "a JPG picture",
    "png": "a PNG picture",
}
_ENDINGS = {"pdf": "pdf", "docx": "docx", "odt": "odt", "jpg": "jpg", "jpeg": "jpg", "png": "png"}
_TAKEN = "You can send a PDF, Word (DOCX), ODT, JPG or PNG file."

# libmagic knows DOCX and ODT only when their parts lie in the usual order.
_ALSO_CALLED = {"docx": {"application/zip", "application/octet-stream"}, "odt": {"application/zip"}}

_LONGEST_NAME = 200
_LARGEST_PICTURE = 50_000_000  # pixels: twice the biggest phone camera that fits in 10 MB
_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 100 * 1024 * 1024
_LARGEST_TEXT_PART = 16 * 1024 * 1024
_BOMB_RATIO, _BOMB_SIZE = 100, 20 * 1024 * 1024
_END_OF_PDF_WITHIN = 2_048
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")

# PDFium may be in one thread at a time, in the whole process.
PDFIUM = threading.Lock()


class Examined(NamedTuple):
    """A file that may come in: its kind, and how many pages a PDF has."""

    kind: str
    pages: int | None


def examine(content: bytes, filename: str) -> Examined:
    """Look into a file before it is kept.

    Raises BadInput with the reason when it is none of the five kinds, too big, broken, locked,
    dangerous to open, or not what its name says.
    """
    if not content:
        raise BadInput("This file is empty. Choose another file.")
    if len(content) > LARGEST_FILE:
        raise BadInput("This file is too big. It must be 10 MB or smaller.")
    name = clean_name(filename).lower()
    kind = _kind_of(content, name)
    ending = PurePosixPath(name).suffix.lstrip(".")
    if _ENDINGS.get(ending) != kind:
        raise BadInput(
            f"The name of this file ends in “.{ending[:10]}”, but it is {_NAMES[kind]}. "
            f"Rename it so that it ends in “.{kind}”, then choose it again."
            if ending
            else f"The name of this file has no ending. Rename it so that it ends in “.{kind}”."
        )
    if not _magic_agrees(content, kind):
        raise BadInput(f"This file is not really {_NAMES[kind]}. {_TAKEN}")
    pages = _EXAMINERS[kind](content)
    return Examined(kind, pages)


def clean_name(filename: str) -> str:
    """The name a file is shown and given back under: no folders, nothing invisible, not long."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    spaced = " ".join(last.split())
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in _INVISIBLE)
    name = visible.strip().lstrip(".")
    if len(name) > _LONGEST_NAME:
        ending = PurePosixPath(name).suffix[:10]
        name = name[: _LONGEST_NAME - len(ending)] + ending
    return name or "file"


_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _kind_of(content: bytes, name: str) -> str:
    """The kind by signature and structure; raises BadInput for whatever is not on the list."""
    guessed = filetype.guess(content[:8192])
    extension = guessed.extension if guessed else ""
    if extension in ("pdf", "jpg", "png"):
        return extension
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    if content.startswith(_OLD_OFFICE):
        raise BadInput(
            "This file is an old Word file, or it has a password. "
            "Save it as a PDF or DOCX without a password, then choose it again."
        )
    if extension == "heic" or name.endswith((".heic", ".heif")):
        raise BadInput(
            "This is a HEIC picture, which we cannot open. Save it as JPG, then choose it again."
        )
    raise BadInput(f"We cannot take this kind of file. {_TAKEN}")


def _loaded_magic() -> Any:
    """libmagic is a system library: a second opinion where there is one, not the judge."""
    try:
        return importlib.import_module("magic")
    except ImportError:
        return None


_MAGIC = _loaded_magic()


def _magic_agrees(content: bytes, kind: str) -> bool:
    if _MAGIC is None:
        return True
    called = _MAGIC.from_buffer(content[:65_536], mime=True)
    return called == MEDIA_TYPES[kind] or called in _ALSO_CALLED.get(kind, ())


# PDF


def _examine_pdf(content: bytes) -> int:
    if b"%%EOF" not in content[-_END_OF_PDF_WITHIN:]:
        raise BadInput("The end of this PDF is missing. Save it again, then choose it again.")
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            # PDFium's last error may be that of an earlier file, so the file itself must agree.
            password = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
            if password and b"/Encrypt" in content:
                raise BadInput(
                    "This PDF has a password. Save it without one, then choose it again."
                ) from error
            raise BadInput(_UNOPENED) from error
        try:
            document[0].close()
            return len(document)
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise BadInput(_UNOPENED) from error
        finally:
            document.close()


_UNOPENED = "We cannot open this PDF. Save it again, then choose it again."


# Word and OpenDocument: both are zip packages


def _kind_of_package(content: bytes) -> str:
    with _package(content) as package:
        names = set(package.namelist())
        if "word/document.xml" in names and "[Content_Types].xml" in names:
            return "docx"
        if "mimetype" in names and "content.xml" in names:
            declared = package.read("mimetype")[:100].decode("ascii", "replace").strip()
            if declared == MEDIA_TYPES["odt"]:
                return "odt"
    raise BadInput(f"We cannot take this kind of file. {_TAKEN}")


class _Package(zipfile.ZipFile):
    """An opened package whose declared sizes have been found harmless."""


def _package(content: bytes) -> _Package:
    """Open a zip without unpacking it.

    Python never reads more of a part than the package declares, so bounding what is declared
    bounds what any later reading can cost.
    """
    try:
        package = _Package(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadInput(
            "This file is damaged or its end is missing. Save it again, then choose it again."
        ) from error
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > _BOMB_SIZE and unpacked > _BOMB_RATIO * len(content)
    texts = (part.file_size for part in parts if part.filename.endswith(".xml"))
    if (
        len(parts) > _MOST_PARTS
        or unpacked > _LARGEST_UNPACKED
        or too_dense
        or max(texts, default=0) > _LARGEST_TEXT_PART
    ):
        raise BadInput("This file unpacks to far too much. Save it as a PDF and send that.")
    if any(part.flag_bits & 1 for part in parts):
        raise BadInput("This file has a password. Save it without one, then choose it again.")
    return package


def _examine_docx(content: bytes) -> None:
    with _checked(content) as package:
        names = [name.lower() for name in package.namelist()]
        kinds = _read(package, "[Content_Types].xml").lower()
        if b"macroenabled" in kinds or any(
            name.endswith("vbaproject.bin") or name.startswith("word/activex") for name in names
        ):
            raise BadInput(_MACROS)
        settings = "word/_rels/settings.xml.rels"
        if settings in names and _fetches_template(_read(package, settings)):
            raise BadInput(
                "This Word file fetches a part of itself from the internet. "
                "Save it as a PDF and send that."
            )
        _parsed(_read(package, "word/document.xml"))


def _examine_odt(content: bytes) -> None:
    with _checked(content) as package:
        if any(_is_odt_macro(name) for name in package.namelist()):
            raise BadInput(_MACROS)
        if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in _read(
            package, "META-INF/manifest.xml"
        ):
            raise BadInput("This file has a password. Save it without one, then choose it again.")
        _parsed(_read(package, "content.xml"))


_MACROS = (
    "This file has a macro, a small program, inside it. Save it as a PDF or without macros, "
    "then choose it again."
)
_DAMAGED = "This file is damaged. Save it again, then choose it again."


def _is_odt_macro(name: str) -> bool:
    """LibreOffice writes empty lists of libraries into honest files; modules are what matter."""
    lists = ("script-lc.xml", "script-lb.xml")
    in_basic = name.startswith("Basic/") and not name.endswith(("/", *lists))
    return in_basic or (name.startswith("Scripts/") and not name.endswith("/"))


def _checked(content: bytes) -> _Package:
    """The package after every part has been read once against its checksum."""
    package = _package(content)
    try:
        broken = package.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        package.close()
        raise BadInput(_DAMAGED) from error
    if broken is not None:
        package.close()
        raise BadInput(_DAMAGED)
    return package


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, whatever the case of its name."""
    wanted = next((found for found in package.namelist() if found.lower() == name.lower()), name)
    try:
        return package.read(wanted)
    except KeyError as error:
        raise BadInput(_DAMAGED) from error


def _parsed(xml: bytes) -> None:
    """Refuse text that is no XML, and XML that declares entities: no honest program writes them."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise BadInput(_DAMAGED)
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(xml)):  # noqa: S314  entities are refused above
            element.clear()
    except ElementTree.ParseError as error:
        raise BadInput(_DAMAGED) from error


def _fetches_template(relationships: bytes) -> bool:
    """Whether Word would fetch its template (and the macros in it) from somewhere else."""
    _parsed(relationships)
    root = ElementTree.fromstring(relationships)  # noqa: S314  entities are refused above
    return any(
        (relation.get("Type") or "").endswith("/attachedTemplate")
        and (relation.get("Target") or "").lower().startswith(("http", "\\\\", "file://", "//"))
        and not (relation.get("Target") or "").lower().startswith("file:///")
        for relation in root
    )


# Pictures


def _examine_jpg(content: bytes) -> None:
    """Read the whole picture at an eighth of its size: enough to see that it is all there."""
    # WeasyPrint turns this on for the whole process; with it, a cut picture would count as whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG",))
            _refuse_flood(*picture.size)
            picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
            picture.load()
    except Image.DecompressionBombError as error:
        raise BadInput(_FLOOD) from error
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise BadInput(
            "This picture is damaged or its end is missing. Save it again, then choose it again."
        ) from error


def _examine_png(content: bytes) -> None:
    """Walk the chunks with their checksums; nothing is unpacked, however big it claims to be."""
    seen = []
    for name, data in _png_chunks(content):
        if name == b"IHDR":
            if len(data) != 13:
                break
            _refuse_flood(*struct.unpack(">II", data[:8]))
        seen.append(name)
    if seen[:1] != [b"IHDR"] or b"IDAT" not in seen or seen[-1:] != [b"IEND"]:
        raise BadInput(
            "This picture is damaged or its end is missing. Save it again, then choose it again."
        )


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each whole chunk until IEND; stops where the file is cut or a checksum is wrong."""
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        body = content[at + 4 : at + 8 + length]
        checksum = content[at + 8 + length : at + 12 + length]
        if len(checksum) < 4 or zlib.crc32(body) != int.from_bytes(checksum, "big"):
            return
        yield body[:4], body[4:]
        if body[:4] == b"IEND":
            return
        at += 12 + length


def _refuse_flood(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise BadInput("This picture has nothing in it. Choose another file.")
    if width * height > _LARGEST_PICTURE:
        raise BadInput(_FLOOD)


_FLOOD = "This picture is too large to open. Make it smaller, then choose it again."


_EXAMINERS = {
    "pdf": _examine_pdf,
    "docx": _examine_docx,
    "odt": _examine_odt,
    "jpg": _examine_jpg,
    "png": _examine_png,
}
