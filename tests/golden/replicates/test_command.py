"""`cauce estimate` with replicate weights says what R's survey says (make.R)."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cauce.cli.main import app

HERE = Path(__file__).parent
FOUND: dict[str, Any] = json.loads((HERE / "expected.json").read_text())
RSCALES = ",".join(map(repr, FOUND["rscales"]))
FREE = FOUND["free"]
BOOT = ["--replicates", "boot*", "--replicate-kind", "bootstrap"]
GIVEN = {
    "brr": ["--replicates", "brr*", "--replicate-kind", "brr"],
    "fay": ["--replicates", "fay*", "--replicate-kind", "fay", "--rho", "0.3"],
    "jk1": ["--replicates", "jk*", "--replicate-kind", "jk1"],
    "jkn": ["--replicates", "jkn*", "--replicate-kind", "jkn", "--rscales", RSCALES],
    "bootstrap": ["--replicates", "boot*", "--replicate-kind", "bootstrap"],
    "sdr": [
        "--replicates",
        ",".join(f"sdr{at}" for at in range(1, 21)),
        "--replicate-kind",
        "sdr",
    ],
    "made_jkn": ["--make-replicates", "jkn", "--stratum", "stratum", "--psu", "psu", "--nest"],
    "made": [
        *("--make-replicates", "bootstrap", "--count", "30", "--seed", "20261127"),
        *("--stratum", "stratum", "--psu", "psu", "--nest"),
    ],
}


def said(folder: Path, *more: str) -> Any:
    words = ["estimate", str(HERE / "sample.csv"), "--weight", "weight", "--mean", "pay"]
    return CliRunner().invoke(app, [*words, "--out", str(folder / "out.csv"), *more])


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("mse", [False, True])
def test_a_mean_by_group_is_that_of_survey(name: str, mse: bool, tmp_path: Path) -> None:
    found = said(tmp_path, "--by", "group", *GIVEN[name], *(["--mse"] if mse else []))
    assert found.exit_code == 0, found.output
    rows = {
        row["group"]: row
        for row in FOUND["rows"]
        if (row["design"], row["mse"], row["statistic"]) == (name, mse, "mean")
    }
    with (tmp_path / "out.csv").open(newline="") as file:
        ours = {row["group"]: row for row in csv.DictReader(file)}
    for group in "abc":
        for column in ("value", "se", "deff"):
            assert float(ours[group][column]) == pytest.approx(rows[group][column], rel=1e-9)
        assert int(ours[group]["df"]) == rows[group]["df"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], "Say --stratum and --psu"),
        (["--mse"], "which columns hold the replicate weights"),
        (["--rho", "0.3"], "which columns hold the replicate weights"),
        (["--replicates", "boot*"], "Say how the replicates were made"),
        (["--replicates", "boot*", "--make-replicates", "jkn"], "not both"),
        (["--make-replicates", "bootstrap", "--seed", "-1"], "--seed must be"),
        (["--replicates", "no*", "--replicate-kind", "brr"], "0 columns of the file are no*"),
        (["--replicates", "no1,boot1", "--replicate-kind", "brr"], "lacks 1 of 2 columns"),
        (["--replicates", "jk1,jk2,jk1", "--replicate-kind", "jk1"], "a column twice: jk1."),
        ([*BOOT, "--ssu", "u", "--fpc", "u,u"], "--fpc, --ssu would play no part"),
        ([*BOOT, "--certainty", "u = 1"], "--certainty would play no part"),
        ([*BOOT, "--single-psu", "average"], "--single-psu would play no part"),
        (["--replicates", "boot*", "--replicate-kind", "jkn"], "need rscales"),
        (["--replicates", "boot*", "--replicate-kind", "jkn", "--rscales", "x"], "no number"),
        (["--replicates", "sex,boot1", "--replicate-kind", "brr"], "are not a number"),
    ],
)
def test_what_does_not_go_together_is_said(more: list[str], told: str, tmp_path: Path) -> None:
    found = said(tmp_path, *more)
    assert found.exit_code == 1
    assert told in " ".join(found.output.split())
    assert not (tmp_path / "out.csv").exists()
