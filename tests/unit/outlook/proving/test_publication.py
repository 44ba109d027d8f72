"""How much of a projection the base year bears."""

import numpy as np
import pytest

from cauce.model.observation import ObsStatus, Reliability
from cauce.outlook.proving import base_cv, borne, growth_class

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "se", "status", "reliability", "words"),
    [
        (100, 0, ObsStatus.FORECAST, Reliability.RELIABLE, ""),
        (100, 20, ObsStatus.FORECAST, Reliability.RELIABLE, ""),
        (100, 20.01, ObsStatus.SUPPRESSED, Reliability.WEAK, "Only its class"),
        (100, 33, ObsStatus.SUPPRESSED, Reliability.WEAK, "Solo se da su clase"),
        (100, 33.01, ObsStatus.SUPPRESSED, Reliability.UNRELIABLE, "above 33 %"),
        (0, 1, ObsStatus.SUPPRESSED, Reliability.UNRELIABLE, "mayor que 33 %"),
        (NAN, 1, ObsStatus.NOT_POSSIBLE, Reliability.NOT_JUDGED, "withheld or missing"),
        (100, NAN, ObsStatus.NOT_POSSIBLE, Reliability.NOT_JUDGED, "está reservado o falta"),
    ],
)
def test_the_base_year_decides(value, se, status, reliability, words):
    found = borne(float(base_cv(np.array([float(value)]), np.array([float(se)]))[0]))

    assert (found.status, found.reliability) == (status, reliability)
    told = found.because
    assert (told is None) == (words == "")
    assert told is None or words in f"{told.en} {told.es}"


def test_a_class_is_told_where_the_interval_lies_on_one_side():
    assert growth_class(100, 101, 120).en == "grows"
    assert growth_class(100, 80, 99).es == "disminuye"
    assert growth_class(100, 90, 110).en == "may grow or fall"
