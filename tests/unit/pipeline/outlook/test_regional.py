"""A region of outlooks is read whole; what its countries do not share is told before any run."""

from dataclasses import replace

import pytest

from cauce.model.errors import BadInput
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.regional import in_regions, parse_region

from .conftest import DECLARED, WORDS

OTHER = DECLARED.replace('"XAA"', '"XBB"').replace(
    "[[origin]]\n" + 'id = "XBB"', '[[origin]]\nid = "XCC"'
)
OTHER = OTHER.replace('origin = "XBB"', 'origin = "XCC"').replace('id = "WAY"', 'id = "OTHER_WAY"')
REGION = f"""
id = "XR"
name = {WORDS}
about = {WORDS}
licence = "MIT"
invented = true
members = ["xaa", "xbb"]
[[channel]]
id = "BOTH"
name = {WORDS}
origin = "XBB"
destination = "XAA"
quota = 10
source = {WORDS}
[[protected]]
occupation = "2"
source = {WORDS}
"""


@pytest.fixture(scope="module")
def packs():
    return {"xaa": parse_outlook("xaa", DECLARED), "xbb": parse_outlook("xbb", OTHER)}


def test_countries_of_a_region_know_each_other_and_their_texts_mark_each_others_runs(packs) -> None:
    region = parse_region("xr", REGION, packs)
    own, other = in_regions(packs, [region])

    assert [one.area for one in own.peers] == ["XBB"]
    assert [one.area for one in other.peers] == ["XAA"]
    assert own.region == region
    assert region.channels[0].destination == "XAA"
    assert region.protected[0].origin == ""
    assert own.sha256 != packs["xaa"].sha256
    changed = {**packs, "xbb": replace(packs["xbb"], sha256="0" * 64)}
    assert in_regions(changed, [region])[0].sha256 != own.sha256
    assert in_regions(packs, []) == tuple(packs.values())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"xaa", "xbb"', '"xaa", "xbc"', "Did you mean xbb?"),
        ('"xaa", "xbb"', '"xaa"', "two outlooks at least"),
        ('"xaa", "xbb"', '"xaa", "xaa", "xbb"', "names xaa twice"),
        ('destination = "XAA"', 'destination = "XCC"', "from one of its countries to another"),
        ('destination = "XAA"', 'destination = "XBB"', "from one of its countries to another"),
        ("quota = 10", "quota = -10", "fewer than nobody"),
        ("[[protected]]\n", "[[protected]]\nwhy = 1\n", "why"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(packs, before: str, after: str, said: str) -> None:
    with pytest.raises(BadInput) as raised:
        parse_region("xr", REGION.replace(before, after, 1), packs)
    assert said in str(raised.value)
    assert "xr/region.toml, line " in str(raised.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"horizon": 4}, "different horizons"),
        ({"draws": 300}, "different horizons or draws"),
    ],
)
def test_countries_that_ask_different_things_are_no_region(packs, change, said: str) -> None:
    region = parse_region("xr", REGION, packs)
    changed = {**packs, "xbb": replace(packs["xbb"], **change)}
    with pytest.raises(BadInput, match=said):
        in_regions(changed, [region])


def test_channels_of_one_name_and_two_words_about_one_origin_are_refused(packs) -> None:
    region = parse_region("xr", REGION, packs)
    own = packs["xaa"]
    twice = replace(packs["xbb"], channels=own.channels)
    with pytest.raises(BadInput, match="two texts have a channel WAY"):
        in_regions({**packs, "xbb": twice}, [region])
    spare = replace(own.origins[0], spare={"7": 1.0})
    with pytest.raises(BadInput, match="different numbers of XBB"):
        in_regions({**packs, "xbb": replace(packs["xbb"], origins=(spare,))}, [region])
    with pytest.raises(BadInput, match="is in another region"):
        in_regions(packs, [region, replace(region, folder="other")])
