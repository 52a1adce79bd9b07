"""Sending a file of any length a piece at a time, so that no register is too large for it."""

import zlib
from collections.abc import Iterable, Iterator

from flask import Response, request, stream_with_context

from registry.opendata.licence import OGL

# Both in bytes of text: so much is put together before it is sent.
_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def streamed(pieces: Iterable[str], content_type: str, name: str = "") -> Response:
    """The answer. `name` is what a browser calls the file that it keeps."""
    larger = _in_larger_pieces(pieces)
    is_packed = request.accept_encodings.quality("gzip") > 0
    answer = Response(
        stream_with_context(_packed(larger) if is_packed else larger), content_type=content_type
    )
    if is_packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    if name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers.add("Link", f'<{OGL.address}>; rel="license"')
    return answer


def _in_larger_pieces(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting, size = [], 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting).encode()


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same in fewer bytes, packed as it goes."""
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
