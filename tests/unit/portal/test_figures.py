"""An observation as a reader sees it."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.portal.figures import aloud, figure
from cauce.portal.words import words

EN, ES = words("en"), words("es")


def test_a_number_comes_with_its_error_interval_and_sample(observations: Observations) -> None:
    told = figure(observations, 0, EN)
    assert (told.value, told.unit, told.error) == ("1,234.6", "percent", "2.34")
    assert (told.interval, told.n, told.why) == ("1,229.6 – 1,239.6", "4,321", "")


def test_spanish_readers_see_a_comma(observations: Observations) -> None:
    assert figure(observations, 0, ES).value == "1\xa0234,6"


def test_counts_have_no_decimals(observations: Observations) -> None:
    told = figure(observations, 6, EN)
    assert (told.value, told.error) == ("1,241", "2")


def test_a_withheld_number_shows_its_reason_and_nothing_else(observations: Observations) -> None:
    told = figure(observations, 3, EN)
    assert told.why == "withheld: confidential"
    assert (told.value, told.error, told.interval, told.n) == ("", "", "", "")
    assert (told.raw, told.low, told.high) == (None, None, None)


@pytest.mark.parametrize(
    ("conf", "verdict", "reason"),
    [
        (ConfStatus.CONFIDENTIAL, Reliability.NONE, "retenido: confidencial"),
        (ConfStatus.FREE, Reliability.UNRELIABLE, "retenido: demasiado impreciso"),
        (ConfStatus.FREE, Reliability.NONE, "sin estimación posible"),
    ],
)
def test_every_absence_has_its_reason(
    observations: Observations, conf: ConfStatus, verdict: Reliability, reason: str
) -> None:
    value = observations.value.copy()
    value[0] = np.nan
    absent = replace(
        observations,
        value=value,
        conf_status=(conf, *observations.conf_status[1:]),
        reliability=(verdict, *observations.reliability[1:]),
    )
    assert figure(absent, 0, ES).why == reason
    assert aloud(figure(absent, 0, ES)) == reason


def test_a_weak_number_says_so(observations: Observations) -> None:
    told = figure(observations, 5, EN)
    assert told.weak
    assert (told.value, told.why) == ("1,239.6", "weak")


def test_a_break_is_told_beside_the_number(observations: Observations) -> None:
    status = (ObsStatus.BREAK, *observations.obs_status[1:])
    told = figure(replace(observations, obs_status=status), 0, EN)
    assert told.flags == ("break",)
    assert not told.weak


def test_an_unknown_error_is_left_out(observations: Observations) -> None:
    nothing = np.full(len(observations.value), np.nan)
    told = figure(replace(observations, se=nothing, ci_low=nothing), 0, EN)
    assert (told.error, told.interval, told.low) == ("", "", None)
    assert aloud(told) == "1,234.6 percent"
