"""The process that reads a file of moments first: whatever its bytes do, they do it here.

Started by `sources.process` in a private folder, with limits of its own. What it could read whole
is then read again where it is needed.
"""

from pathlib import Path
from typing import Any

from cauce.sources.limits import Limits
from cauce.sources.worker import main
from cauce.store.moments_read import from_bytes


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """How many tables a file of moments holds; `member` is what messages call it."""
    del folder, limits
    found = from_bytes(Path(request["path"]).read_bytes(), request["member"])
    return {"tables": len(found.flows)}


if __name__ == "__main__":
    main(work)
