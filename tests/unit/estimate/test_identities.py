"""A release whose figures contradict each other is stopped, and each contradiction told once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.estimate import broken, estimate
from cauce.model.catalogue import Identity, Nesting
from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.design import Design
from cauce.model.indicator import Indicator
from cauce.model.pack import Dictionary
from cauce.model.sample import Sample, Score
from cauce.model.text import Text
from cauce.model.variable import Variable

SAID = Text("It is so.", "Es así.")
NAMES = ("POP", "EMP", "UNE", "EIP", "HOURS")
SPECIAL = ("_U", "_Z")


def code(name: str) -> Code:
    return Code(name, Text(name, name))


def dimension(name: str, *codes: str) -> Dimension:
    return Dimension(name, SAID, tuple(map(code, ("_T", *codes, *SPECIAL))), name, additive=True)


def indicator(name: str) -> Indicator:
    estimator = "mean" if name == "HOURS" else "total"
    return Indicator(name, SAID, SAID, estimator, "TRUE", "1", "", "PERSONS", 1, 0, "")


def flow(name: str, *own: Dimension) -> Dataflow:
    fixed = [
        Dimension("FREQ", SAID, (code("A"),), "F"),
        Dimension("REF_AREA", SAID, (code("XAA"),), "A"),
        Dimension("INDICATOR", SAID, tuple(map(code, NAMES)), "I"),
    ]
    time = Dimension("TIME_PERIOD", SAID, (code("2020"),), "T")
    source = Source("S", "XAA", SAID, SAID, "", "", invented=True)
    method = Method("taylor", "refuse", "survey", "", "ilo", "")
    dimensions = (*fixed, *own, time)
    return Dataflow(name, "1", SAID, dimensions, tuple(map(indicator, NAMES)), source, method)


FLOWS = (
    flow("BROAD", dimension("SEX", "M", "F"), dimension("CBR", "NAT", "FRG")),
    flow("FINE", dimension("LAND", "XAA", "NIC", "PAN"), dimension("SEX", "M", "F")),
)
DICTIONARY = Dictionary(
    variables={
        "CBR_COU": Variable("CBR_COU", SAID, "code"),
        "LAND": Variable("LAND", SAID, "code", stands_for="CBR_COU"),
    },
    codelists={},
    indicators={},
    identities=[
        Identity(SAID, "POP", ("EMP", "UNE", "EIP")),
        Identity(SAID, "NOWHERE", ("EMP",)),
    ],
    nestings=[Nesting(SAID, "CBR", "CBR_COU", {"NAT": ("HOME",), "FRG": ("OTHERS",)})],
)


def sample(status: list[int], sex: list[int], land: list[int]) -> Sample:
    """Status 0 employed, 1 unemployed, 2 outside, -1 not stated; land 0 home, 1 and 2 abroad."""
    n = len(status)
    stated = np.array(status) >= 0
    everyone = np.ones(n, dtype=np.bool_)
    rows = np.arange(n, dtype=np.int32)
    design = Design(np.zeros(n, np.int32), rows, 1.5 + rows % 3)

    def total(name: str, counted: np.ndarray, inside: np.ndarray) -> Score:
        lost = None if inside.all() else ~inside
        missing = int((~inside).sum())
        return Score(
            name, inside, np.where(inside, counted, 0.0), None, missing, False, "total", lost
        )

    states = [total(name, np.array(status) == at, stated) for at, name in enumerate(NAMES[1:4])]
    hours = Score("HOURS", everyone, rows * 1.0, None, 0, True, "mean")
    birth = np.where(np.array(land) < 0, -1, np.minimum(land, 1))
    return Sample(
        "2020",
        design,
        {
            "SEX": np.array(sex, np.int32),
            "CBR": birth.astype(np.int32),
            "LAND": np.array(land, np.int32),
        },
        (total("POP", everyone, everyone), *states, hours),
    )


def people() -> st.SearchStrategy[list[tuple[int, int, int]]]:
    one = st.tuples(st.integers(-1, 2), st.sampled_from([-1, 0, 1]), st.integers(-1, 2))
    return st.lists(one, min_size=2, max_size=30)


@given(people())
def test_what_is_estimated_from_people_breaks_no_identity(rows: list[tuple[int, int, int]]) -> None:
    """Whoever does not state status, sex or country included."""
    cells = estimate(sample(*map(list, zip(*rows, strict=True))), FLOWS)
    assert broken(cells, DICTIONARY, "XAA") == ()


@pytest.fixture
def cells() -> list[Cells]:
    made = sample([0, 0, 1, 2, 2, 0, 1, 2], [0, 1, 0, 1, 0, 1, 0, 1], [0, 1, 2, 0, 1, 2, 0, 0])
    return list(estimate(made, FLOWS))


def bent(cells: Cells, indicator: int, at: dict[int, int], value: float) -> Cells:
    """The cells with one value changed: of an indicator, where dimensions have these positions."""
    wanted = np.zeros(cells.key.shape[1], dtype=np.int32)
    wanted[2] = indicator
    for dimension_at, position in at.items():
        wanted[dimension_at] = position
    values = cells.value.copy()
    values[(cells.key == wanted).all(axis=1)] = value
    return replace(cells, value=values)


def test_a_total_that_is_not_the_sum_of_its_classes_is_told(cells: list[Cells]) -> None:
    said = broken([bent(cells[0], 0, {3: 1}, 99.0), cells[1]], DICTIONARY, "XAA")
    assert said[0] == "BROAD: in 1 cells the total of SEX is not the sum of its classes."
    assert said[1] == "BROAD: in 1 cells the total of CBR is not the sum of its classes."


def test_parts_that_do_not_add_up_are_told(cells: list[Cells]) -> None:
    said = broken([bent(cells[0], 1, {}, 1.0)], DICTIONARY, "XAA")
    assert said[-1] == "BROAD: in 1 cells POP is not EMP + UNE + EIP. It is so."


def test_countries_that_do_not_add_up_to_those_born_abroad_are_told(cells: list[Cells]) -> None:
    said = broken([cells[0], bent(cells[1], 0, {3: 3}, 99.0)], DICTIONARY, "XAA")
    assert said[-1] == "POP of 2020: FRG of CBR is not the sum of its codes of CBR_COU. It is so."


def test_whom_nobody_could_place_is_no_contradiction() -> None:
    made = estimate(sample([0, -1, 1], [0, 1, 0], [0, 1, -1]), FLOWS)
    assert broken(made, DICTIONARY, "XAA") == ()


def test_a_dataflow_without_cells_breaks_nothing(cells: list[Cells]) -> None:
    empty = replace(
        cells[0],
        key=cells[0].key[:0],
        value=cells[0].value[:0],
        n=cells[0].n[:0],
        missing=cells[0].missing[:0],
    )
    assert broken([empty], DICTIONARY, "XAA") == ()
