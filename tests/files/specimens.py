"""Files made on the spot: honest ones of each kind, and the ones that must not come in."""

import io
import zipfile
import zlib

import docx
from odf.opendocument import OpenDocumentText
from odf.text import H, P
from PIL import Image


def a_pdf(*lines: str, pages: int = 1) -> bytes:
    """A small PDF with these lines on every page, written by hand."""
    shown = " ".join(f"({line}) Tj 0 -18 Td" for line in lines or ("Our safeguarding plan",))
    stream = f"BT /F1 12 Tf 60 760 Td {shown} ET".encode("latin-1")
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + pages} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        ]
        * pages,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    )


# One page, user password “secret”, 40-bit RC4 as the oldest readers know it.
def a_locked_pdf() -> bytes:
    """A PDF that asks for a password before it opens."""
    import hashlib

    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")

    def rc4(key: bytes, data: bytes) -> bytes:
        box, j = list(range(256)), 0
        for i in range(256):
            j = (j + box[i] + key[i % len(key)]) % 256
            box[i], box[j] = box[j], box[i]
        out, i, j = bytearray(), 0, 0
        for byte in data:
            i = (i + 1) % 256
            j = (j + box[i]) % 256
            box[i], box[j] = box[j], box[i]
            out.append(byte ^ box[(box[i] + box[j]) % 256])
        return bytes(out)

    password = (b"secret" + padding)[:32]
    owner = rc4(hashlib.md5(password, usedforsecurity=False).digest()[:5], password)
    allowed = (-4).to_bytes(4, "little", signed=True)
    identity = b"0123456789abcdef"
    key = hashlib.md5(password + owner + allowed + identity, usedforsecurity=False).digest()[:5]
    user = rc4(key, padding)
    lock = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}> >>".encode()
    return a_pdf().replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<%s> <%s>] /Encrypt %s"
        % (
            identity.hex().encode(),
            identity.hex().encode(),
            lock,
        ),
    )


def a_docx(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs or ("Our safeguarding plan",):
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def an_odt(*paragraphs: str) -> bytes:
    """An OpenDocument text with a heading and these paragraphs."""
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Our plan"))
    for paragraph in paragraphs or ("Our safeguarding plan",):
        document.text.addElement(P(text=paragraph))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (320, 240)) -> bytes:
    """A picture of noise, so that it is as long as a real one."""
    buffer = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def a_flood(width: int = 60_000, height: int = 60_000) -> bytes:
    """A tiny PNG that claims to be enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def with_parts(package: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with these parts added, or in the place of those it has."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part, old.read(part))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def a_zip(parts: dict[str, bytes]) -> bytes:
    """Any zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def marked_locked(package: bytes) -> bytes:
    """The package with the flag “encrypted” set on every part."""
    locked = bytearray(package)
    at = locked.find(b"PK\x01\x02")
    while at != -1:
        locked[at + 8] |= 1
        at = locked.find(b"PK\x01\x02", at + 4)
    return bytes(locked)


def with_broken_part(package: bytes) -> bytes:
    """The package with one byte of its first compressed part turned over."""
    broken = bytearray(package)
    broken[len(broken) // 3] ^= 0xFF
    return bytes(broken)
