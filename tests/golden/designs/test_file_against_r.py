"""The flags of `cauce estimate` for stages are the calls of R's survey its page names (make.R)."""

import json
from typing import Any

import pytest
from tests.golden.designs.drawn import GROUPS, HERE

from cauce.model.design import SinglePsu
from cauce.pipeline.file_design import split
from cauce.pipeline.file_estimate import Question, estimate_file

EXPECTED: list[dict[str, Any]] = json.loads((HERE / "expected.json").read_text())["rows"]
FLAGS: dict[str, tuple[tuple[str, str, str], SinglePsu]] = {
    "enaho": (("stratum", "ssu", "n1,n2"), "refuse"),
    "pnad": (("stratum, half", "ssu", "n1, m2"), "adjust"),
    "enoe": (("stratum", "ssu,person", "r1,r2,r3"), "adjust"),
    "replaced": (("stratum", "ssu", "n1,none"), "refuse"),
    "sure": (("stratum", "ssu", ""), "refuse"),
    "sure_fpc": (("stratum", "ssu,person", "n1,n2,k3"), "certainty"),
}
STATISTICS = {
    "total": {"total": "x"},
    "mean": {"mean": "y"},
    "ratio": {"ratio": "y", "over": "x"},
    "rate": {"mean": "u = 1", "where": "l = 1"},
}


@pytest.mark.parametrize("design", FLAGS)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_by_every_group_the_flags_equal_r(design: str, statistic: str) -> None:
    columns, policy = FLAGS[design]
    drawn = split(*columns)
    asked = Question(
        drawn.stratum,
        "psu",
        "weight",
        drawn.fpc,
        ("group",),
        **STATISTICS[statistic],
        single_psu=policy,
        nest=True,
        further=drawn.further,
        certainty="sure = 1" if design.startswith("sure") else "",
    )
    answer = estimate_file(HERE / "draw.csv", asked)
    expected = {
        r["group"]: r
        for r in EXPECTED
        if (r["design"], r["statistic"]) == (design, statistic)
        and r["policy"] in (policy, "fail" if policy == "refuse" else "")
    }
    assert [labels[0] for labels in answer.labels] == GROUPS
    for (group,), row in zip(answer.labels, answer.rows, strict=True):
        r, ours = expected[group], answer.estimates
        assert ours.value[row, 0] == pytest.approx(r["value"], rel=1e-11)
        assert ours.se[row, 0] == pytest.approx(r["se"], rel=1e-9)
        assert ours.df[row, 0] == r["df"]
