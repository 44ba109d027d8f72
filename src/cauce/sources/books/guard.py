"""What an upload must be before anything in it is read. Runs in the worker.

Cheap to ask and asked first: a kibibyte of XML can say that a sheet has 17 thousand million cells.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.sources.archive import ENCRYPTED, RATIO_COUNTS_FROM, harmless
from cauce.sources.books.book import Refused
from cauce.sources.limits import MIB, Limits
from cauce.sources.magic import WORDS, kind_of_file

MAX_UNPACKED = 192 * MIB
MAX_RATIO = 200.0
MAX_MEMBERS = 1_000
SAVE_AS_XLSX = Text(
    "Save it as an Excel workbook (.xlsx) and send that.",
    "Guárdelo como libro de Excel (.xlsx) y envíe ese archivo.",
)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The members of a workbook, all of them harmless.

    Raises:
        Refused: the file is no .xlsx, is encrypted, has macros, or would cost too much.
    """
    _refuse_others(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_dear(archive, limits)
            _refuse_kinds(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused(
            Text(
                f"The file is damaged: {error}. Save it again and send that.",
                "El archivo está dañado. Guárdelo otra vez y envíe ese.",
            )
        ) from error


def _refuse_others(path: Path) -> None:
    """Raises Refused for a file that is something else, whatever its name says."""
    try:
        kind = kind_of_file(path)
    except BadInput as error:
        raise Refused(Text("The file is empty.", "El archivo está vacío.")) from error
    if kind == "ole":
        with path.open("rb") as file:
            head = file.read(16 * MIB)
        if "EncryptedPackage".encode("utf-16-le") in head:
            raise Refused(
                Text(
                    "The workbook is encrypted with a password, so it cannot be read. "
                    "Remove the password in Excel and send it again.",
                    "El libro está cifrado con contraseña y no puede leerse. "
                    "Quite la contraseña en Excel y envíelo otra vez.",
                )
            )
        raise _not_a_book("an old Excel or Word document", "un documento antiguo de Excel o Word")
    if kind != "zip":
        words = WORDS.get(kind, "something else")
        raise _not_a_book(words, "de otro tipo" if kind == "" else f"de otro tipo ({kind})")


def _not_a_book(en: str, es: str) -> Refused:
    return Refused(
        Text(
            f"The file is {en}, not an Excel workbook. {SAVE_AS_XLSX.en}",
            f"El archivo es {es}, no un libro de Excel. {SAVE_AS_XLSX.es}",
        )
    )


def _refuse_dear(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raises Refused by what the directory of the zip says; nothing is unpacked yet."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise _too_much(f"{len(members):,} parts", f"{len(members):,} partes")
    try:
        harmless(members, limits)
    except BadInput as error:
        raise Refused(Text(str(error), f"El archivo zip es peligroso: {error}")) from error
    if any(info.flag_bits & ENCRYPTED for info in members):
        raise Refused(
            Text("The zip is encrypted, cannot read.", "El zip está cifrado, no puede leerse.")
        )
    if len({info.filename for info in members}) < len(members):
        raise Refused(
            Text(
                "The file has two parts of one name. Save it again in Excel.",
                "El archivo tiene dos partes con el mismo nombre. Guárdelo otra vez en Excel.",
            )
        )
    total = sum(info.file_size for info in members)
    if total > MAX_UNPACKED:
        raise _too_much(f"{total:,} bytes unpacked", f"{total:,} bytes sin comprimir")
    for info in members:
        if info.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * info.compress_size):
            raise _too_much(
                f"a part that unpacks to over {MAX_RATIO:g} times its size",
                f"una parte que crece a más de {MAX_RATIO:g} veces su tamaño",
            )


def _too_much(en: str, es: str) -> Refused:
    return Refused(
        Text(
            f"The workbook has {en}, more than is read. Take out what is not needed, "
            "or send it in parts.",
            f"El libro tiene {es}, más de lo que se lee. Quite lo que no haga falta "
            "o envíelo en partes.",
        )
    )


def _refuse_kinds(archive: zipfile.ZipFile) -> None:
    """Raises Refused for zip archives that are other documents, and for macros."""
    names = {info.filename.casefold() for info in archive.infolist()}
    if "mimetype" in names or "content.xml" in names:
        raise _not_a_book("an OpenDocument file", "un archivo OpenDocument")
    if any(name.endswith("vbaproject.bin") for name in names) or any(
        name.startswith("xl/macrosheets/") for name in names
    ):
        raise Refused(
            Text(
                "The workbook has macros. Save it as .xlsx, without them, and send that.",
                "El libro tiene macros. Guárdelo como .xlsx, sin macros, y envíe ese archivo.",
            )
        )
    if "xl/workbook.bin" in names:
        raise _not_a_book("a binary workbook (.xlsb)", "un libro binario (.xlsb)")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise _not_a_book("a zip archive", "un archivo zip")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part, read with an eye on how many: what the zip says is not believed.

    Raises:
        Refused: it is longer than it said, not UTF-8, or declares entities.
    """
    try:
        with archive.open(name) as source:
            data = source.read(MAX_UNPACKED + 1)
    except KeyError as error:
        raise Refused(
            Text(f"The workbook lacks its part {name}.", f"Al libro le falta la parte {name}.")
        ) from error
    if len(data) > MAX_UNPACKED:
        raise _too_much(f"{len(data):,} bytes in {name}", f"{len(data):,} bytes en {name}")
    refuse_doctype(data, name)
    return data


def refuse_doctype(data: bytes, name: str) -> None:
    """Raises Refused for XML with a DOCTYPE, or in an encoding in which one could hide."""
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    declared = head.split(b"?>")[0].lower() if head.startswith(b"<?xml") else b""
    other = b"encoding=" in declared and not any(e in declared for e in (b"utf-8", b"us-ascii"))
    if other or b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(
            Text(f"{name} of the workbook is not UTF-8.", f"{name} del libro no es UTF-8.")
        )
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused(
            Text(
                f"{name} of the workbook declares entities (DOCTYPE), which no workbook does.",
                f"{name} del libro declara entidades (DOCTYPE), lo que ningún libro hace.",
            )
        )
