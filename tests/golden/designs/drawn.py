"""The sample of draw.csv and the designs make.R makes of it, for the tests beside this file."""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from cauce.estimate import design_of
from cauce.model.arrays import Flags, Floats
from cauce.model.design import Design, SinglePsu
from cauce.model.drawn import Drawn, DrawnStage

HERE = Path(__file__).parent
GROUPS = ["a", "b", "c", "d"]
with (HERE / "draw.csv").open(newline="") as _file:
    ROWS = list(csv.DictReader(_file))
PEOPLE = len(ROWS)


def text(name: str) -> np.ndarray:
    return np.array([row[name] for row in ROWS])


def number(name: str) -> Floats:
    return np.array([float(row[name]) for row in ROWS])


def design(name: str, policy: SinglePsu) -> Design:
    """The design of make.R that has this name."""
    ssu, each = text("ssu"), np.arange(PEOPLE)
    psu = {"census": each, "simple": each}.get(name, text("psu"))
    stratum = np.zeros(PEOPLE, dtype=int) if name == "simple" else text("stratum")
    weight = number("one" if name == "census" else "weight")
    first = {"census": "whole", "simple": "all", "enoe": "r1"}.get(name, "n1")
    fpc = None if name in ("pps", "sure") else number(first)
    stages: dict[str, tuple[DrawnStage, ...]] = {
        "enaho": (DrawnStage(ssu, None, number("n2")),),
        "pnad": (DrawnStage(ssu, text("half"), number("m2")),),
        "enoe": (DrawnStage(ssu, None, number("r2")), DrawnStage(each, None, number("r3"))),
        "replaced": (DrawnStage(ssu),),
        "sure": (DrawnStage(ssu),),
        "sure_fpc": (DrawnStage(ssu, None, number("n2")), DrawnStage(each, None, number("k3"))),
    }
    known: dict[str, Any] = {"stages": stages.get(name, ())}
    if name in ("sure", "sure_fpc"):
        known["certainty"] = sure()
    return design_of(Drawn(stratum, psu, weight, fpc, "stratum", policy, **known))


def sure() -> Flags:
    return np.asarray(number("sure") == 1)
