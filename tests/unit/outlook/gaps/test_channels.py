"""What a channel lets through until a year: its quota, its use and a fifth, or nobody knows."""

import math

import pytest

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.gaps import Channel, caps

T = Text("invented", "inventado")


def channel(quota=None, uptake=None, lead=0, ends=("HND", "MEX"), id="A", occupations=()):
    return Channel(id, T, *ends, occupations, quota, uptake, T, lead)


def test_a_quota_counts_every_year_from_its_lead_time_on():
    [cap] = caps([channel(quota=100.0, uptake=7.0, lead=2)], 5)

    assert (cap.kind, cap.people) == ("QUOTA", 300)


def test_without_a_quota_what_was_used_may_grow_by_a_fifth():
    [cap] = caps([channel(uptake=50.0)], 2)

    assert (cap.kind, cap.people) == ("UPTAKE", 120)


def test_what_is_neither_agreed_nor_observed_is_not_known_and_before_its_time_it_is_0():
    [cap] = caps([channel()], 2)
    [early] = caps([channel(lead=3)], 2)

    assert cap.kind == "UNKNOWN"
    assert math.isnan(cap.people)
    assert (early.kind, early.people) == ("NOT_YET", 0)


def test_a_channel_is_open_to_what_stands_under_its_occupations():
    [some] = caps([channel(occupations=("22", "711"))], 1)
    [everybody] = caps([channel()], 1)

    assert [some.open_to(code) for code in ("2221", "711", "71", "93")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert everybody.open_to("93")


@pytest.mark.parametrize(
    ("channels", "words"),
    [([channel(), channel()], "the name of another"), ([channel(ends=("MEX", "MEX"))], "to itself"),
     ([channel(quota=-1.0)], "below 0"), ([channel(uptake=-1.0)], "below 0"),
     ([channel(lead=-1)], "below 0")],
)  # fmt: skip
def test_what_is_no_channel_is_refused(channels, words):
    with pytest.raises(BadInput, match=words):
        caps(channels, 1)
