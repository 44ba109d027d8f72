"""One wave and one stratum of the invented country, asked for once."""

import numpy as np
import pytest

from cauce.sources.invented import stratum_population, wave_columns
from cauce.sources.invented.country import SEED

RURAL = 20


@pytest.fixture(scope="session")
def wave():
    return wave_columns(SEED, 2025)


@pytest.fixture(scope="session")
def village():
    """Everyone of a rural stratum in 2025."""
    return stratum_population(2025, RURAL)


@pytest.fixture(scope="session")
def units():
    """Keys of a hundred thousand units."""
    return np.arange(1, 100_001).astype(np.uint64)
