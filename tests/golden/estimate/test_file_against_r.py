"""The flags of `cauce estimate` are the calls of R's survey package that its page names."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cauce.pipeline.file_estimate import Question, estimate_file

HERE = Path(__file__).parent
ROWS = json.loads((HERE / "expected.json").read_text())["rows"]
ASKED = Question("stratum", "psu", "weight", nest=True)
STATISTICS = {
    "total": replace(ASKED, total="x"),
    "mean": replace(ASKED, mean="y"),
    "ratio": replace(ASKED, ratio="y", over="x"),
    "rate": replace(ASKED, mean="u = 1", where="l = 1"),
}
FPC = {"plain": "", "fpc": "total_psus", "rate": "rate"}
CASES = [
    ("plain", "refuse", "total"),
    ("plain", "refuse", "rate"),
    ("fpc", "refuse", "mean"),
    ("rate", "certainty", "ratio"),
    ("plain", "adjust", "total"),
    ("fpc", "adjust", "rate"),
    ("rate", "average", "mean"),
    ("plain", "average", "ratio"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without the two strata that have a single PSU."""
    path = tmp_path_factory.mktemp("golden") / "sample.csv"
    lines = (HERE / "sample.csv").read_text().splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(('"S01"', '"S02"'))))
    return path


@pytest.mark.parametrize(("design", "policy", "statistic"), CASES)
def test_by_every_group_the_flags_equal_r(
    file: Path, design: str, policy: str, statistic: str
) -> None:
    asked = replace(STATISTICS[statistic], fpc=FPC[design], single_psu=policy, by=("group",))
    answer = estimate_file(file if policy == "refuse" else HERE / "sample.csv", asked)
    expected = {
        r["group"]: r
        for r in ROWS
        if (r["design"], r["policy"], r["statistic"]) == (design, policy, statistic)
    }
    assert [labels[0] for labels in answer.labels] == ["a", "b", "c", "d"]
    for (group,), row in zip(answer.labels, answer.rows, strict=True):
        r, ours = expected[group], answer.estimates
        assert ours.value[row, 0] == pytest.approx(r["value"], rel=1e-11)
        assert ours.se[row, 0] == pytest.approx(r["se"], rel=1e-9)
        assert ours.df[row, 0] == r["df"]
        assert ours.n[row, 0] == r["n"]
        if r["df"] > 0 and r["low"] not in (None, "NaN"):
            assert ours.ci_low[row, 0] == pytest.approx(r["low"], rel=1e-9)
            assert ours.ci_high[row, 0] == pytest.approx(r["high"], rel=1e-9)
