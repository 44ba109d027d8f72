"""The committed truth is what the generator counts, in every year and to the last byte."""

from pathlib import Path

import pytest

from cauce.sources.invented.__main__ import main

pytestmark = pytest.mark.prove

TRUTH = Path(__file__).parents[2] / "packs" / "demo" / "truth.csv"


def test_the_command_writes_the_truth_that_is_committed(tmp_path: Path) -> None:
    """To the nine digits that are written; the year that is tested each time is the last one."""
    assert main(["truth", str(tmp_path / "truth.csv")]) == 0
    assert (tmp_path / "truth.csv").read_text("utf-8") == TRUTH.read_text("utf-8")
