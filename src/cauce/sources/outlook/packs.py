"""Folders of outlook packs: one folder an outlook, with one text."""

from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.folder import read_text, texts

TOP, REGION = "outlook.toml", "region.toml"


def read_outlook_folder(folder: Path) -> dict[str, str]:
    """The text of every outlook below a folder, by the folder it stands in.

    Raises:
        BadInput: there is no such folder, or a text in it cannot be read.
    """
    found = [path for path in texts(folder, {".toml"}, "outlook") if path.name == TOP]
    if not found:
        raise BadInput(f"{folder} has no {TOP} below it, so there is no outlook in it.")
    return {path.parent.name: read_text(path, f"{path.parent.name}/{TOP}") for path in found}


def read_regions_folder(folder: Path) -> dict[str, str]:
    """The text of every region of outlooks below a folder, by the folder it stands in; may be none.

    Raises:
        BadInput: there is no such folder, or a text in it cannot be read.
    """
    found = [path for path in texts(folder, {".toml"}, "outlook") if path.name == REGION]
    return {path.parent.name: read_text(path, f"{path.parent.name}/{REGION}") for path in found}
