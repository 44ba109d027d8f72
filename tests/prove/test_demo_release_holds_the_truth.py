"""The released demo, from files in five formats to observations, beside the truth."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.model.codelist import TOTAL
from cauce.model.observation import Observations
from cauce.pipeline.demo import make_demo

pytestmark = pytest.mark.prove

PACKS = Path(__file__).parents[2] / "packs"
FURTHEST = 4.5
Facts = dict[tuple[str, str, frozenset[tuple[str, str]]], float]


def test_published_figures_are_as_far_from_the_truth_as_their_errors_say(tmp_path: Path) -> None:
    """No recode, weight or formula is wrong: then figures would be many errors off."""
    release = make_demo(PACKS / "demo", PACKS / "region", tmp_path)
    truth = facts()
    distances = np.concatenate([distance(flow, truth) for flow in release.flows])
    assert len(distances) > 1_500
    assert abs(distances).max() < FURTHEST
    assert 0.85 < distances.std() < 1.1


def facts() -> Facts:
    with (PACKS / "demo" / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {key(row): float(row["OBS_VALUE"]) for row in rows}


def key(row: dict[str, str]) -> tuple[str, str, frozenset[tuple[str, str]]]:
    broken = {name: code for name, code in row.items() if code != TOTAL}
    year, indicator = broken.pop("TIME_PERIOD"), broken.pop("INDICATOR")
    for name in ("OBS_VALUE", "FREQ", "REF_AREA"):
        broken.pop(name, None)
    return year, indicator, frozenset(broken.items())


def distance(flow: Observations, truth: Facts) -> np.ndarray:
    """Standard errors between figure and truth, where both are known and the figure varies."""
    found = []
    for at in np.flatnonzero((flow.se > 0) & (flow.cases >= 30) & (flow.df >= 9)):
        codes = zip(flow.dataflow.dimensions, flow.key[at], strict=True)
        true = truth.get(key({dimension.id: dimension.codes[i].id for dimension, i in codes}))
        if true is not None:
            found.append((flow.value[at] - true) / flow.se[at])
    return np.array(found)
