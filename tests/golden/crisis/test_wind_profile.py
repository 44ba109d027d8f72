"""Our wind profile beside that of a program in R, which finds its roots another way."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.outlook.crisis import profile
from cauce.outlook.crisis.wind import rmax_of_gales

ROWS = list(csv.DictReader((Path(__file__).parent / "wind.csv").read_text().splitlines()))


def column(name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in ROWS])


def test_the_profile_is_that_of_the_other_program():
    found = profile(column("r"), column("vmax"), column("rmax"), column("b"))

    assert found == pytest.approx(column("wind"), rel=1e-12)


def test_the_radius_from_gales_is_the_root_the_other_program_finds():
    found = rmax_of_gales(column("gale_km"), column("vmax"), column("b"))

    assert found == pytest.approx(column("rmax_of_gales"), rel=1e-9)
    assert found == pytest.approx(column("rmax"), rel=1e-9)
