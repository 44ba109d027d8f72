"""A gap is published where both of its sides could be."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.text import Text
from cauce.protect import gate, protect
from cauce.protect.refusal import Refused

T = Text("x", "x")
ASKED = [[[300, 200], [290, 210], [310, 250], [320, 260]]]
HAVING = [[[60, 4], [70, 30], [80, 40], [90, 50]]]
"""By region and sex; 4 women of the first region have it, and men are more everywhere."""


def called(cells, flow, **codes):
    """The cells as those of another dataflow, its dimensions and their codes by name."""
    own = cells.dataflow.dimensions
    named = tuple(
        replace(one, id=name, codes=tuple(Code(code, T) for code in ("_T", *of)))
        for one, (name, of) in zip(own[3:-1], codes.items(), strict=True)
    )
    flow = replace(cells.dataflow, id=flow, dimensions=(*own[:3], *named, own[-1]))
    return replace(cells, dataflow=flow)


REGIONS = ("R1", "R2", "R3", "R4")


@pytest.fixture
def rates(cells_of, one):
    cells = cells_of((one("UNE", "rate"),), ASKED, HAVING)
    return called(cells, "RATES", REGION=REGIONS, SEX=("M", "F"))


def gaps(cells_of, one, first="SEX = 'M'", second="SEX = 'F'", region="REGION", regions=REGIONS):
    """What the smaller side, of women, counts in every region."""
    gap = replace(one("GAP", "difference"), first=first, second=second)
    smaller = [[row[1] for row in ASKED[0]]], [[row[1] for row in HAVING[0]]]
    return called(cells_of((gap,), *smaller), "GAPS", **{region: regions})


def shut(flow):
    """The domains that are withheld, by their codes."""
    own = flow.dataflow.dimensions
    return {
        tuple(one.codes[at].id for one, at in zip(own[3:-1], key[3:-1], strict=True))
        for key, conf in zip(flow.key.tolist(), flow.conf_status, strict=True)
        if conf != "F"
    }


def test_a_gap_shows_no_count_of_a_side_that_is_withheld(cells_of, one, pack_of, rates):
    """The 30 women of the second region hide the 4 of the first; their gap to men shows them."""
    sides, beside = protect([rates, gaps(cells_of, one)], pack_of()).flows

    assert {("R1", "F"), ("R2", "F")} < shut(sides)
    assert shut(beside) == {(region,) for region, sex in shut(sides) if region != "_T"}


def test_a_gap_gives_way_before_its_sides_do(cells_of, one, pack_of, rates):
    sides, _ = protect([rates, gaps(cells_of, one)], pack_of()).flows
    [alone] = protect([rates], pack_of()).flows
    assert shut(sides) == shut(alone)


@pytest.mark.parametrize("other", [
    {"first": "SEX = 'X'", "second": "SEX = 'Y'"},
    {"first": "SEX = 'M' AND AGE > 3", "second": "CBR = 'F'"},
    {"region": "PLACE"},
    {"regions": ("S1", "S2", "S3", "S4")},
])  # fmt: skip
def test_a_gap_of_what_no_table_breaks_down_costs_nothing(cells_of, one, pack_of, rates, other):
    """The gap of the first region is withheld for its own sake, and one with it."""
    sides, beside = protect([rates, gaps(cells_of, one, **other)], pack_of()).flows
    [alone] = protect([rates], pack_of()).flows
    assert shut(sides) == shut(alone)
    assert len(shut(beside)) == 2


def test_ages_below_and_from_a_bound_are_sums_of_bands(cells_of, one, pack_of):
    """4 of those below 25; the gap of the second region shows the 30 that hide them."""
    ages = called(cells_of((one("UNE", "rate"),), ASKED, HAVING), "RATES",
                  REGION=REGIONS, AGE_YTH=("Y_GE25", "Y15T24"))  # fmt: skip
    youth = gaps(cells_of, one, "AGE < 25", "AGE >= 25")
    across = gaps(cells_of, one, "AGE < 20", "AGE >= 20")

    sides, beside = protect([ages, youth], pack_of()).flows
    _, other = protect([ages, across], pack_of()).flows

    assert ("R2", "Y15T24") in shut(sides)
    assert ("R2",) in shut(beside)
    assert len(shut(other)) == 2


@pytest.mark.parametrize("estimator", ["total", "quantile"])
def test_a_gap_of_pay_tells_the_sums_of_both_sides(cells_of, one, pack_of, estimator):
    """One woman of the first region earns nearly all: the gap of the second would tell hers."""
    largest = np.full((15, 2), 0.1)
    largest[3 * 1 + 2] = [0.95, 0.02]
    pay = cells_of((one("PAY", estimator, "WAGE"),), ASKED, largest=largest)
    pay = called(pay, "PAY", REGION=REGIONS, SEX=("M", "F"))
    gap = replace(one("GAP", "relative_gap", "WAGE"), first="SEX = 'M'", second="SEX = 'F'")
    women = [[row[1] for row in ASKED[0]]]
    shares = np.array([[0.1, 0.1], [0.95, 0.02], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]])
    gap = called(cells_of((gap,), women, largest=shares), "GAPS", REGION=REGIONS)

    sides, beside = protect([pay, gap], pack_of()).flows

    assert ("R1", "F") in shut(sides)
    assert shut(beside) >= {(region,) for region, sex in shut(sides) if region != "_T"}


def test_a_leak_by_a_gap_is_refused_by_its_name(cells_of, one, pack_of, rates, monkeypatch):
    """With nothing withheld for others' sake but the women of the second region and their rows."""
    hidden = {("R2", "F"), ("R1", "M"), ("R2", "M")}
    monkeypatch.setattr(gate, "ROUNDS", 1)
    monkeypatch.setattr(
        gate, "guarded", lambda found, every, *_: [one for one in every if one.codes[3:5] in hidden]
    )

    with pytest.raises(Refused) as refused:
        protect([rates, gaps(cells_of, one)], pack_of())

    assert "RATES A.XAA.UNE.R1.F.2020 (cases) is known exactly" in str(refused.value)
    assert "GAPS A.XAA.GAP.R2.2020 (value)" in str(refused.value)
