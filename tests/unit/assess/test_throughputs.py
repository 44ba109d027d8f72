"""What is divided by what, and who said so."""

from dataclasses import replace
from datetime import date

import pytest

from cauce.assess.regularization.throughputs import rates
from cauce.model.errors import BadInput
from cauce.model.throughput import Target, Throughput

COUNTS = Throughput(date(2023, 6, 1), "ministry", 200, 90, 10, 60)


def shares(found):
    return [(rate.low, rate.high) for rate in found]


def test_two_targets_by_two_sources_give_two_rates_and_none_is_chosen():
    """200 of 60,000; of at least 40,000: between none and 0.5 %."""
    found = rates(COUNTS, [Target(60_000, 60_000, "press"), Target(40_000, None, "channel")])
    assert shares(found) == [(0.9, 0.9), (0.5, 0.5), (200 / 60_000, 200 / 60_000), (0.0, 0.005)]
    assert [rate.denominator.en for rate in found[2:]] == [
        "people it was for: 60,000 (press)",
        "people it was for: 40,000+ (channel)",
    ]
    most = rates(COUNTS, [Target(0, 400, "at most")])[2]
    assert (most.low, most.high) == (0.5, None)
    span = rates(COUNTS, [Target(1000, 2000, "both")])[2]
    assert (span.low, span.high) == (0.1, 0.2)
    assert span.denominator.es == "personas a las que se dirigía: 1,000–2,000 (both)"


def test_an_unknown_count_gives_no_rate_and_is_not_0():
    found = rates(replace(COUNTS, denied=None, registered=None), [Target(10, 10, "x")])
    assert shares(found) == [(None, None)] * 3
    assert {rate.because.es for rate in found} == {"se desconoce un conteo"}


def test_of_nobody_there_is_no_rate():
    found = rates(Throughput(COUNTS.on, "x", 0, 0, 0, 0), [Target(0, 0, "x")])
    assert {rate.because.en for rate in found} == {"nobody in the denominator"}


def test_more_decided_than_registered_is_questioned():
    with pytest.raises(BadInput, match="160 applications are decided or pending, and 150 were"):
        rates(replace(COUNTS, registered=150), [])
