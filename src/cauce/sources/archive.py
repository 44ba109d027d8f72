"""One member of a zip archive, unpacked under a name of ours and within limits."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from cauce.model.errors import BadInput
from cauce.sources.limits import MIB, Limits
from cauce.sources.magic import EXTENSIONS

ENCRYPTED = 0x1 | 0x40
RATIO_COUNTS_FROM = 16 * MIB


def unpack(archive: Path, member: str, wanted: str, target: Path, limits: Limits) -> str:
    """Write the wanted member to `target` and return its name.

    Args:
        archive: the zip file.
        member: its name inside, or "" for the only file (or the only one of the format).
        wanted: the format looked for; "" for any.
        target: where it goes: no name of the archive ever reaches the disk.
        limits: members, unpacked bytes and ratio, as declared and again while unpacking.

    Raises:
        BadInput: the archive is broken, encrypted, a bomb, leads out of itself, or has no such
            member; then the members are listed.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            files = harmless(opened.infolist(), limits)
            refuse_workbook(files)
            chosen = pick(files, member, wanted)
            check_size(chosen, limits)
            copy(opened, chosen, target, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadInput(f"the zip archive is damaged or of an unknown kind ({error}).") from error
    return chosen.filename


def harmless(members: list[zipfile.ZipInfo], limits: Limits) -> list[zipfile.ZipInfo]:
    """The files of the archive, none of which is a link or leads out of it."""
    if len(members) > limits.members:
        raise BadInput(f"the zip holds {len(members):,} members; at most {limits.members:,}.")
    for info in members:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if leads_out(path):
            raise BadInput(f"the zip has a member that leads out of it: {info.filename!r}.")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BadInput(
                f"the zip has a link as a member: {info.filename!r}. Put the file there."
            )
    return [i for i in members if not i.is_dir() and not i.filename.startswith("__MACOSX/")]


def refuse_workbook(files: list[zipfile.ZipInfo]) -> None:
    """Raises BadInput for an Excel or LibreOffice workbook, which is a zip archive too."""
    names = {info.filename for info in files}
    if "[Content_Types].xml" in names or {"content.xml", "META-INF/manifest.xml"} <= names:
        raise BadInput(
            "a workbook or a document of an office program, which is not read as a survey file. "
            "Save the sheet as CSV, and look whether codes such as 01 kept their zeros."
        )


def leads_out(path: PurePosixPath) -> bool:
    return path.is_absolute() or ".." in path.parts or path.as_posix()[1:2] == ":"


def pick(files: list[zipfile.ZipInfo], member: str, wanted: str) -> zipfile.ZipInfo:
    """The named member, or the only one that can be meant."""
    if member:
        named = [info for info in files if info.filename == member]
        if len(named) == 1:
            return named[0]
        problem = "has two members" if named else "has no member"
        raise BadInput(f"the zip {problem} {member!r}. {listing(files)}")
    if len(files) == 1:
        return files[0]
    endings = {end for end, name in EXTENSIONS.items() if name == wanted or not wanted}
    fitting = [info for info in files if PurePosixPath(info.filename).suffix.lower() in endings]
    if len(fitting) == 1:
        return fitting[0]
    raise BadInput(f'which member of the zip? Say it: member = "…" in [[wave]]. {listing(files)}')


def listing(files: list[zipfile.ZipInfo]) -> str:
    names = ", ".join(repr(info.filename) for info in files[:20])
    more = f" and {len(files) - 20:,} more" if len(files) > 20 else ""
    return f"In it: {names}{more}." if files else "It holds no file."


def check_size(info: zipfile.ZipInfo, limits: Limits) -> None:
    """Raises BadInput if the member is encrypted or declares more than the limits allow."""
    if info.flag_bits & ENCRYPTED:
        raise BadInput(f"{info.filename} in the zip is encrypted. Unpack it with its password.")
    if info.file_size > limits.unpacked_bytes:
        raise BadInput(too_large(info, info.file_size, limits))
    check_ratio(info, info.file_size, limits)


def check_ratio(info: zipfile.ZipInfo, size: int, limits: Limits) -> None:
    if size > RATIO_COUNTS_FROM and size > limits.ratio * max(1, info.compress_size):
        raise BadInput(
            f"{info.filename} in the zip unpacks to more than {limits.ratio:g} times its packed "
            "size: no survey file does. Unpack it yourself if you know it to be harmless."
        )


def too_large(info: zipfile.ZipInfo, size: int, limits: Limits) -> str:
    return (
        f"{info.filename} in the zip unpacks to at least {size:,} bytes; "
        f"at most {limits.unpacked_bytes:,} are read."
    )


def copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limits: Limits) -> None:
    """Unpack a member, counting: what the archive says of its size is not believed."""
    written = 0
    with archive.open(info) as source, target.open("xb") as out:
        while block := source.read(MIB):
            written += len(block)
            if written > limits.unpacked_bytes:
                raise BadInput(too_large(info, written, limits))
            check_ratio(info, written, limits)
            out.write(block)
    if written != info.file_size:
        raise BadInput(f"{info.filename} in the zip is not of the size the archive says.")
