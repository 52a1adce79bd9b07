"""Makes a zip package (DOCX, ODT) come out the same every time: its clocks stand still."""

import io
import zipfile
from datetime import date


def settled(package: bytes, dated: date) -> bytes:
    """The same package with every part dated at noon of this day."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as made,
        zipfile.ZipFile(buffer, "w") as still,
    ):
        for part in made.infolist():
            kept = zipfile.ZipInfo(part.filename, (dated.year, dated.month, dated.day, 12, 0, 0))
            kept.compress_type = part.compress_type
            kept.external_attr = 0o600 << 16
            still.writestr(kept, made.read(part))
    return buffer.getvalue()
