"""Files as one zip archive, written while they come: no file is held whole."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, cast

from cauce.publish.package.files import Entry

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name: the day of the writing says nothing about the content."""
READABLE = 0o644 << 16
UNIX = 3


class _Passing(io.RawIOBase):
    """Takes what is written and hands it on; nobody can go back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        taken = bytes(cast(bytes, data))
        self._held.append(taken)
        return len(taken)

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive; the same files in the same order give the same bytes."""
    passing = _Passing()
    archive = zipfile.ZipFile(cast(IO[bytes], passing), "w", zipfile.ZIP_DEFLATED)
    with archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.path, BEGINNING)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, UNIX
            info.external_attr = READABLE
            # Some who read archives as they come stumble over what is made for files over 4 GB.
            with archive.open(info, "w", force_zip64=entry.large) as file:
                for chunk in entry.chunks:
                    file.write(chunk)
                    if out := passing.taken():
                        yield out
            if out := passing.taken():
                yield out
    yield passing.taken()
