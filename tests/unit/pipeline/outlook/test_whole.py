"""Employment of a region is the sum of its countries', and an own forecast is told beside it."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import Source
from cauce.outlook.gaps import Frame
from cauce.pipeline.outlook.demand import level
from cauce.pipeline.outlook.histories import read_history
from cauce.pipeline.outlook.pack import RegionPack
from cauce.pipeline.outlook.whole import Part, whole_of
from cauce.pipeline.packs import read_dictionary
from cauce.store import Reader

from .conftest import REGION, text


def region(*members: str) -> RegionPack:
    return RegionPack("xr", "0" * 64, "XR", text("XR"), text("all"), "MIT", True, members, (), ())


@pytest.fixture(scope="module")
def parts(pack, store):
    """The hand-made country and one half as large, whose chance is its own."""
    read = read_history(Reader(store).snapshot(), pack.wanted["groups"])
    return [_country(pack, read, "xaa", 1.0), _country(pack, read, "xbb", 0.5)]


def _country(pack, read, folder: str, times: float) -> Part:
    flow = read.flow
    area = replace(flow.dimensions[1], codes=(Code(folder.upper(), text(folder)),))
    flow = replace(
        flow, dimensions=(flow.dimensions[0], area, *flow.dimensions[2:]),
        source=replace(flow.source, area=folder.upper()),
    )  # fmt: skip
    sized = [replace(one, value=one.value * times, se=one.se * times)
             for one in (read.history, read.total)]  # fmt: skip
    own = replace(
        read, history=sized[0], total=sized[1], manifest=replace(read.manifest, dataflow=flow)
    )
    named = replace(pack, folder=folder)
    return Part(named, own, level(own, named))


def told(parts, *members: str):
    lists, _ = read_dictionary(REGION)
    source = Source("OUTLOOK", "XR", text("XR"), text("all"), "MIT", "", invented=True)
    frame = Frame("XR_OUTLOOK", (), Code("BASELINE", text("base")), source, lists.codelists,
                  lists.indicators)  # fmt: skip
    return whole_of(region(*(members or ("xaa", "xbb"))), parts, frame, lists.themes["OUTLOOK"])


def numbers(flow, area: str, indicator: str = "PRJ_EMP_NB") -> np.ndarray:
    """What is told of an area, (c, h): its occupations, the total last."""
    ids = [[c.id for c in d.codes] for d in flow.dataflow.dimensions]
    at = (flow.key[:, 1] == ids[1].index(area)) & (flow.key[:, 2] == ids[2].index(indicator))
    found = {tuple(key[[4, 5]]): x for key, x in zip(flow.key[at], flow.value[at], strict=True)}
    codes = [ids[4].index(c) for c in ("7", "4", "_T")]
    return np.array([[found[(c, y)] for y in range(3)] for c in codes])


def test_what_is_published_of_a_region_adds_up_over_countries_and_occupations(parts) -> None:
    made = told(parts)
    (flow,) = made.flows
    whole, one, other = (numbers(flow, area) for area in ("XR", "XAA", "XBB"))
    assert whole == pytest.approx(one + other)
    assert whole[:2].sum(axis=0) == pytest.approx(whole[2])
    groups = parts[0].groups
    assert one[:2] == pytest.approx(
        np.median(groups.employed, axis=0)[:, [groups.cells.index(c) for c in ("7", "4")]].T
    )
    assert flow.dataflow.id == "XR_OUTLOOK_BASELINE_EMPLOYMENT"


def test_a_region_is_surer_than_a_country_where_they_err_apart(parts) -> None:
    (flow,) = told(parts).flows
    width = (flow.high - flow.low) / flow.value
    ids = [c.id for c in flow.dataflow.dimensions[1].codes]
    of = {a: width[(flow.key[:, 1] == at) & (flow.key[:, 2] == 0)].mean()
          for at, a in enumerate(ids)}  # fmt: skip
    assert of["XR"] < min(of["XAA"], of["XBB"])


def test_how_far_a_forecast_of_its_own_past_is_off_is_told_in_words(parts) -> None:
    made = told(parts)
    assert made.lacking == ()
    assert "5 common waves, 2021 to 2025" in made.said[0].en
    assert "5 rondas comunes, de 2021 a 2025" in made.said[0].es
    assert "inside its interval of 80 %" in made.said[0].en


def test_a_country_without_common_waves_leaves_the_sum_without_a_forecast_beside_it(parts) -> None:
    short = replace(parts[1].read, history=_last(parts[1].read.history))
    made = told([parts[0], replace(parts[1], read=short)])
    assert len(made.flows) == 1
    assert "1 of the 3 waves" in made.lacking[0].because.en
    short = replace(parts[1].read, total=_last(parts[1].read.total))
    assert "1 of the 3" in told([parts[0], replace(parts[1], read=short)]).lacking[0].because.en


def _last(history):
    return replace(
        history, years=history.years[-1:], value=history.value[-1:], se=history.se[-1:],
        n=history.n[-1:], standards=history.standards[-1:],
    )  # fmt: skip


def test_a_region_without_one_of_its_countries_is_not_told(parts) -> None:
    made = told([parts[0], replace(parts[1], groups=None)])
    assert made.flows == ()
    assert "no major groups of xbb" in made.lacking[0].because.en
    assert "xcc" in told(parts, "xaa", "xbb", "xcc").lacking[0].because.en


def test_countries_that_start_in_different_years_are_not_added(parts) -> None:
    groups = parts[1].groups
    later = replace(groups.read.history, years=groups.read.history.years + 1)
    other = replace(groups, read=replace(groups.read, history=later))
    made = told([parts[0], replace(parts[1], groups=other)])
    assert made.flows == ()
    assert "one year" in made.lacking[0].because.en


def test_what_a_country_withholds_is_not_told_of_the_region_either(parts) -> None:
    groups = parts[1].groups
    base, at = groups.base.copy(), groups.cells.index("4")
    base[at] = np.nan
    (flow,) = told([parts[0], replace(parts[1], groups=replace(groups, base=base))]).flows
    assert np.isnan(numbers(flow, "XR")[1]).all()
    assert np.isnan(numbers(flow, "XBB")[1]).all()
    assert np.isfinite(numbers(flow, "XAA")[1]).all()
