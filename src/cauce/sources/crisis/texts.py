"""The text of a small file, with what is wrong with it said for people."""

import json
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput

MOST_BYTES = 64 << 20


def text_of(path: Path) -> str:
    """Raises BadInput if there is no such file, or it is too large or no UTF-8."""
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(f"{path.name} is larger than {MOST_BYTES >> 20} MiB.")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is no text in UTF-8. Save it as UTF-8.") from error


def json_of(path: Path) -> dict[str, Any]:
    """An object of JSON. Raises BadInput as `text_of` does, or if it is none."""
    try:
        found = json.loads(text_of(path))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path.name} is no JSON.") from error
    if not isinstance(found, dict):
        raise BadInput(f"{path.name} holds no object of JSON.")
    return found
