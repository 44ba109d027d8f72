"""Folders of small texts: packs, and the region they share."""

import os
import tomllib
from pathlib import Path

from cauce.model.errors import BadInput

MAX_FILES = 500
MAX_BYTES = 8 << 20
MAX_TOTAL_BYTES = 64 << 20


def read_pack_folder(folder: Path) -> dict[str, str]:
    """`pack.toml` and the CSV files of a pack: name relative to the folder → text.

    The survey's own files, named in [[wave]], may lie beside the pack and are not read here.

    Raises:
        BadInput: no such folder or no pack.toml in it; a link that leaves the folder; a text that
            is not UTF-8, is too large, or too many of them.
    """
    paths = texts(folder, {".csv"}, "pack")
    top = folder / "pack.toml"
    if not top.is_file():
        raise BadInput(
            f"{folder} has no pack.toml, so it is no pack. "
            "Start one from a survey file with `cauce pack new`."
        )
    rows = survey_files(folder, read_text(top, "pack.toml"))
    return read_texts(folder, [top, *(path for path in paths if path.resolve() not in rows)])


def survey_files(folder: Path, pack: str) -> set[Path]:
    """The files of people a pack names. A pack that is no TOML names none: its parser says why."""
    try:
        waves = tomllib.loads(pack).get("wave", [])
    except tomllib.TOMLDecodeError:
        return set()
    if not isinstance(waves, list):
        return set()
    named = [wave.get("file") for wave in waves if isinstance(wave, dict)]
    return {(folder / name).resolve() for name in named if isinstance(name, str)}


APART = frozenset({"bulletin", "coding", "employers", "ilms"})
"""Folders of a region that no number depends on: a pack's hash would change with every line."""


def read_region_folder(folder: Path) -> dict[str, str]:
    """`variables.toml`, code lists and indicators of a region: relative name → text.

    Neither the news, nor the tables for the ILO, nor the form for employers: see `APART`.

    Raises BadInput as `read_pack_folder` does; the one text that must be there is variables.toml.
    """
    found = texts(folder, {".csv", ".toml"}, "region")
    paths = [path for path in found if path.relative_to(folder).parts[0] not in APART]
    if not (folder / "variables.toml").is_file():
        raise BadInput(f"{folder} has no variables.toml, so it is no region folder.")
    return read_texts(folder, paths)


def read_questionnaire_folder(folder: Path) -> dict[str, str]:
    """The declarations of the tables for the ILO: relative name → text.

    Raises BadInput as `read_pack_folder` does.
    """
    return read_texts(folder, texts(folder, {".toml"}, "questionnaire"))


def read_register_folder(folder: Path) -> dict[str, str]:
    """The declarations, code lists and seeds of registers: relative name → text.

    Raises BadInput as `read_pack_folder` does.
    """
    return read_texts(folder, texts(folder, {".csv", ".toml"}, "register"))


def texts(folder: Path, endings: set[str], what: str) -> list[Path]:
    """The files with these endings below a folder, sorted; hidden ones are left out."""
    if not folder.is_dir():
        raise BadInput(f"There is no {what} folder {folder}.")
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(root, name).is_symlink():
                raise BadInput(
                    f"{Path(root, name)} is a linked folder. Put the folder itself there."
                )
        found += [
            Path(root, name)
            for name in sorted(files)
            if Path(name).suffix in endings and not name.startswith(".")
        ]
        if len(found) > MAX_FILES:
            raise BadInput(f"{folder} holds more than {MAX_FILES} texts. Is it really a {what}?")
    return found


def read_texts(folder: Path, paths: list[Path]) -> dict[str, str]:
    inside = folder.resolve()
    total = 0
    result: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if not path.resolve().is_relative_to(inside):
            raise BadInput(f"{name} is a link that leaves the folder. Put the file itself there.")
        text = read_text(path, name)
        total += len(text)
        if total > MAX_TOTAL_BYTES:
            raise BadInput(f"The texts in {folder} add up to over {MAX_TOTAL_BYTES >> 20} MiB.")
        result[name] = text
    return result


def read_text(path: Path, name: str) -> str:
    """A UTF-8 text with or without a byte order mark."""
    if not path.is_file():
        raise BadInput(f"{name} is not a regular file.")
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name} is larger than {MAX_BYTES >> 20} MiB. Survey files stay outside.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}, line {line}: not UTF-8. Save the file as UTF-8.") from error
