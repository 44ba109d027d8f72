"""The process that opens a JSON file of another producer, within limits, and ends.

Started as `cauce.sources.worker` is. The request's `columns` are the member with the names, the one
with the matrices by period, and those that are known and ignored.
"""

import json
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.sources.limits import MIB, Limits
from cauce.sources.worker import main, say

MOST_BYTES = 64 * MIB


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """The names and the matrices, checked for their shape."""
    del folder, limits
    path = Path(request["path"])
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(f"larger than {MOST_BYTES >> 20} MiB.")
    say("reading")
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput("not JSON in UTF-8.") from error
    names, matrix, *ignored = request["columns"]
    return matrices(found, names, matrix, ignored)


def matrices(found: Any, names: str, matrix: str, ignored: list[str]) -> dict[str, Any]:
    """The two members that are asked, and nothing that nobody knows beside them.

    Raises:
        BadInput: a member is missing or new; a matrix is not as wide and high as there are names.
    """
    if not isinstance(found, dict):
        raise BadInput("the JSON is no object.")
    known = {names, matrix, *ignored}
    if strange := sorted({*known} ^ {*found}):
        raise BadInput(f"the JSON has other members than declared: {', '.join(strange)[:200]}.")
    words, by_period = found[names], found[matrix]
    if not _texts(words) or not isinstance(by_period, dict) or not by_period:
        raise BadInput(f"{names} must be texts, and {matrix} an object with a matrix per period.")
    for period, rows in by_period.items():
        _check(period[:20], rows, len(words))
    return {"names": words, "matrices": by_period}


def _texts(words: Any) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _check(period: str, rows: Any, size: int) -> None:
    if not isinstance(rows, list) or len(rows) != size:
        raise BadInput(f"the matrix of {period} has not {size} rows, one for each name.")
    for at, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != size:
            raise BadInput(f"row {at} of {period} has not {size} numbers, one for each name.")
        for column, value in enumerate(row, start=1):
            if isinstance(value, bool) or not isinstance(value, str | int | float | None):
                raise BadInput(f"row {at}, column {column} of {period} is no number and no text.")


if __name__ == "__main__":
    main(work)
