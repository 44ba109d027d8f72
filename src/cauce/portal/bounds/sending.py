"""A file on its way: whole with its length where it is short, in parts where it is long."""

import gzip
import zlib
from collections.abc import Iterator
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

WHOLE = 1 << 20
LEVEL = 4
GZIP = 16 + zlib.MAX_WBITS


def sent(
    chunks: Iterator[bytes], request: Request, headers: dict[str, str], small: bool = False
) -> Response:
    """The chunks as an answer, compressed here in the thread that makes them if that is wanted.

    `small` wants it whatever the client's header says.

    What fails before the first megabyte is an error and not half a file.
    """
    small = small or "gzip" in request.headers.get("accept-encoding", "").lower()
    if small:
        headers = {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    begun, size = [], 0
    for chunk in chunks:
        begun.append(chunk)
        size += len(chunk)
        if size > WHOLE:
            rest = chain(begun, chunks)
            return StreamingResponse(_compressed(rest) if small else rest, headers=headers)
    body = b"".join(begun)
    return Response(gzip.compress(body, LEVEL, mtime=0) if small else body, headers=headers)


def _compressed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()
