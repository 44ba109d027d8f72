"""Small tables for the tests of protection."""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Estimator, Indicator
from cauce.model.observation import Observations
from cauce.model.pack import MinRespondents, Rules
from cauce.model.release import Release
from cauce.model.terms import Terms
from cauce.model.text import Text

T = Text("x", "x")
Counts = NDArray[np.int64]


def indicator(name: str, estimator: Estimator = "total", numerator: str = "1") -> Indicator:
    scale = 100.0 if estimator == "rate" else 1.0
    return Indicator(name, T, T, estimator, "TRUE", numerator, "", "PT", scale, 1, "")


def dimension(name: str, codes: tuple[str, ...], additive: bool = False) -> Dimension:
    return Dimension(name, T, tuple(Code(code, T) for code in codes), "", additive)


def dataflow(indicators: tuple[Indicator, ...], shape: tuple[int, ...], profile: str) -> Dataflow:
    own = tuple(
        dimension(f"D{place}", ("_T", *(f"C{code}" for code in range(size))), True)
        for place, size in enumerate(shape)
    )
    return Dataflow(
        "XAA_S_T",
        "1.0",
        T,
        (
            dimension("FREQ", ("A",)),
            dimension("REF_AREA", ("XAA",)),
            dimension("INDICATOR", tuple(one.id for one in indicators)),
            *own,
            dimension("TIME_PERIOD", ("2020", "2021")),
        ),
        indicators,
        Source("S", "XAA", T, T, "", "", True),
        Method("TAYLOR", "refuse", "survey", "none", profile, ""),
    )


def with_margins(inner: Counts) -> Counts:
    cube = np.zeros([size + 1 for size in inner.shape], dtype=np.int64)
    cube[(slice(1, None),) * inner.ndim] = inner
    for axis in range(inner.ndim):
        rolled = np.moveaxis(cube, axis, 0)
        rolled[0] = rolled[1:].sum(axis=0)
    return cube.ravel()


def make_cells(
    indicators: tuple[Indicator, ...],
    n: list[Any],
    cases: list[Any] | None = None,
    missing: list[Any] | None = None,
    profile: str = "ilo",
    period: int = 0,
    **columns: Any,
) -> Cells:
    """Every margin of innermost counts, one array per indicator; weights are 100."""
    shape = np.shape(n[0])
    counts = {
        name: np.concatenate([with_margins(np.array(one)) for one in arrays])
        for name, arrays in {
            "n": n,
            "cases": cases or n,
            "missing": missing or [np.zeros(shape, dtype=int)] * len(n),
        }.items()
    }
    key = [
        (0, 0, position, *codes, period)
        for position in range(len(indicators))
        for codes in product(*(range(size + 1) for size in shape))
    ]
    c = len(key)
    real = {
        "value": counts["cases"] * 100.0,
        "se": np.full(c, 5.0),
        "cv": np.full(c, 0.05),
        "ci_low": np.full(c, 1.0),
        "ci_high": np.full(c, 2.0),
        "deff": np.full(c, 1.2),
        "ess": counts["n"] / 1.2,
        "df": np.full(c, 50),
        "psus": np.full(c, 60),
        "strata": np.full(c, 10),
        "weighted": counts["n"] * 100.0,
        "largest": np.full((c, 2), np.nan),
    }
    return Cells(
        dataflow(indicators, shape, profile),
        np.array(key, dtype=np.int32),
        **{**counts, **real, **columns},
    )


def make_pack(rules: Rules | None = None, confidential: bool = False) -> Terms:
    """What protection is told of a pack."""
    rules = rules or Rules(
        "ilo", (MinRespondents(date(2000, 1, 1), 10, "Order 1"),), 2, 85.0, "Art"
    )
    return Terms("XAA_S", "2020", rules, confidential)


def judged(release: Release) -> tuple[Observations, list[str]]:
    """The only flow of a release, and what the office knows of each row.

    F free, A too few, T dominated, D to protect another: no letter of these but F is public.
    """
    [flow] = release.flows
    assert release.audit is not None
    why = {one.key: one.why for one in release.audit.withheld}
    letters = {(): "F", ("dominated",): "T", ("secondary",): "D"}
    codes = [[code.id for code in dimension.codes] for dimension in flow.dataflow.dimensions]
    keys = [tuple(of[at] for of, at in zip(codes, key, strict=True)) for key in flow.key.tolist()]
    return flow, [letters.get(why.get(key, ()), "A") for key in keys]


@pytest.fixture
def cells_of() -> Callable[..., Cells]:
    return make_cells


@pytest.fixture
def one() -> Callable[..., Indicator]:
    return indicator


@pytest.fixture
def pack_of() -> Callable[..., Terms]:
    return make_pack


@pytest.fixture
def position() -> Callable[..., int]:
    """The place of a domain of an indicator in a table, by codes; 0 is the total."""

    def find(cells: Any, codes: tuple[int, ...], indicator: int = 0, period: int = 0) -> int:
        wanted = [0, 0, indicator, *codes, period]
        return int(np.nonzero((cells.key == wanted).all(axis=1))[0][0])

    return find
