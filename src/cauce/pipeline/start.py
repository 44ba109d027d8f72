"""Starting a pack from a survey's file."""

from pathlib import Path

from cauce.harmonise import check_names
from cauce.model.errors import BadInput
from cauce.sources import inspect, skeleton


def start_pack(
    file: Path, area: str, survey: str, period: str, into: Path, member: str = ""
) -> int:
    """Write `pack.toml` into a new folder; returns the number of columns of the file.

    Raises:
        BadInput: a name no pack may have, a file that cannot be read, or a pack in the folder.
    """
    check_names(area, survey, period)
    target = into / "pack.toml"
    if target.exists():
        raise BadInput(f"{target} exists. Choose another folder: nothing is overwritten.")
    inspection = inspect(file, member=member)
    text = skeleton(inspection, area=area, survey=survey, period=period)
    into.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return len(inspection.columns)
