"""The process that opens a structure message of SDMX-ML, within limits, and ends.

Started as `cauce.sources.worker` is; its artefacts stand one a line in a file of its folder.
"""

import json
from pathlib import Path
from typing import Any

from cauce.model.structure.plain import plain
from cauce.sources.limits import Limits
from cauce.sources.worker import main, say

LISTED = "artefacts.jsonl"


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """How many artefacts there are, and what was left out; the artefacts stand in the file."""
    del limits
    from cauce.sources.structures.message import artefacts

    say(f"Reading {Path(request['path']).name}")
    found, left = artefacts(Path(request["path"]))
    with (folder / LISTED).open("w", encoding="utf-8") as file:
        for each in found:
            file.write(json.dumps(plain(each), ensure_ascii=False) + "\n")
    return {"artefacts": len(found), "left": dict(left)}


if __name__ == "__main__":
    main(work)
