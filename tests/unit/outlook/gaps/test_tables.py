"""Gaps as dataflows: every number with its interval, every absence with its reason."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import Base, NotProducible, Outlook
from cauce.model.release import InputFile, Provenance
from cauce.model.shortage import PresentShortage, Sign
from cauce.model.text import Text
from cauce.outlook.gaps import (
    Area,
    Axis,
    Capability,
    Channel,
    Row,
    Table,
    World,
    agreements_table,
    allocate,
    caps,
    channels_table,
    gap_table,
    now_and_ahead,
    now_and_ahead_table,
    occupation_axis,
    pay_flags,
    post,
    projected,
    waterfall,
    waterfall_table,
    where_more_helps,
)
from cauce.protect import derive

T = Text("invented", "inventado")
# Five draws of one year: engineers are missing in all of them, drivers are too many.
DRAWS = [[[100, -200]], [[110, -200]], [[120, -200]], [[130, -200]], [[140, -200]]]


def told(flow):
    """The rows of a dataflow by their codes after the scenario, with value, low and high."""
    dimensions = flow.dataflow.dimensions
    found = {}
    for at, key in enumerate(flow.key):
        codes = [d.codes[k].id for d, k in zip(dimensions, key, strict=True)]
        found[codes[2], codes[1], *codes[4:]] = (
            (flow.value[at], flow.low[at], flow.high[at]),
            flow.status[at],
            flow.reliability[at],
            flow.rule[at],
        )
    return found


def test_the_class_stands_beside_the_gap_and_the_totals_set_nothing_off(frame, gaps):
    rows = told(gap_table([gaps(DRAWS)], frame))

    number, status, verdict, _ = rows["PRJ_GAP_NB", "MEX", "21", "L4", "SHORTAGE", "2026"]
    assert number == pytest.approx((120, 104, 136))
    assert (status, verdict) == (ObsStatus.FORECAST, Reliability.RELIABLE)
    assert rows["PRJ_GAP_RT", "MEX", "83", "L2", "SURPLUS", "2026"][0] == (-20, -20, -20)
    assert rows["PRJ_GAP_PR", "MEX", "21", "L4", "SHORTAGE", "2026"][0] == (100, 100, 100)
    number, _, _, words = rows["PRJ_MIS_NB", "MEX", "_T", "_T", "_T", "2026"]
    assert number[0] == 120
    assert "not set off" in words
    assert rows["PRJ_SUR_NB", "MEX", "_T", "_T", "_T", "2026"][0][0] == 200
    assert rows["PRJ_SUR_NB", "MEX", "_T", "L4", "_T", "2026"][0][0] == 0


def test_a_coarse_base_bears_the_class_and_an_unfit_one_nothing(frame, gaps):
    rows = told(gap_table([gaps(DRAWS, cv=(0.25, 0.4))], frame))

    gap, status, _, words = rows["PRJ_GAP_NB", "MEX", "21", "L4", "SHORTAGE", "2026"]
    assert np.isnan(gap[0])
    assert status is ObsStatus.SUPPRESSED
    assert "Only its class" in words
    sure, _, verdict, words = rows["PRJ_GAP_PR", "MEX", "21", "L4", "SHORTAGE", "2026"]
    assert (sure[0], verdict) == (100, Reliability.WEAK)
    assert "Only its class" in words
    none, status, *_ = rows["PRJ_GAP_PR", "MEX", "83", "L2", "NOT_KNOWN", "2026"]
    assert np.isnan(none[0])
    assert status is ObsStatus.SUPPRESSED


def test_a_gap_that_is_not_known_is_said_and_makes_totals_lower_bounds(frame, gaps):
    draws = [[[100, np.nan]]] * 5

    rows = told(gap_table([gaps(draws)], frame))

    value, status, _, words = rows["PRJ_GAP_NB", "MEX", "83", "L2", "NOT_KNOWN", "2026"]
    assert np.isnan(value[0])
    assert (status, "input is missing" in words) == (ObsStatus.MISSING, True)
    value, _, _, words = rows["PRJ_MIS_NB", "MEX", "_T", "_T", "_T", "2026"]
    assert value[0] == 100
    assert "At least so many: the gap of 1 occupations" in words
    assert "no se sabe la brecha de 1 ocupaciones" in words
    assert np.isnan(rows["PRJ_MIS_NB", "MEX", "_T", "L2", "_T", "2026"][0][0])


def test_today_and_ahead_are_two_codes_of_one_row(frame, gaps):
    found = gaps(DRAWS, cv=(0.1, 0.5))
    signs = tuple(Sign(str(n), 1.0, 2.0, 0.1, True) for n in range(4))
    today = [PresentShortage("21", signs, "NO_SHORTAGE", T)]

    views = now_and_ahead(found.posts, today, found.classes, 1)
    rows = told(now_and_ahead_table(views, found, 1, frame))

    assert rows["PRJ_GAP_PR", "MEX", "21", "L4", "NO_SHORTAGE", "SHORTAGE", "2026"][0][0] == 100
    assert np.isnan(rows["PRJ_GAP_PR", "MEX", "83", "L2", "NO_VERDICT", "NOT_KNOWN", "2026"][0][0])


def test_the_waterfall_adds_up_in_the_table_and_says_what_is_not_known(frame, gaps):
    found = gaps(DRAWS)
    could = np.array([10.0, 20, 30, 40, 500]).reshape(5, 1, 1) * np.ones((5, 1, 2))
    falls = waterfall(found.gap.people, [
        Capability("TRAINING", could, np.array([1.0, np.nan]), T),
        Capability("CHANNELS", 0 * could + 5, np.zeros(2), T),
    ])  # fmt: skip

    rows = told(waterfall_table([(found, falls, pay_flags(np.array([0.8, np.nan])))], frame))

    def people(step, occupation="21", level="L4"):
        return rows["PRJ_CPB_NB", "MEX", occupation, level, step, "2026"]

    assert people("MISSING")[0][0] == pytest.approx(120)
    parts = [people(step)[0][0] for step in ("TRAINING", "CHANNELS", "REMAINDER")]
    assert parts == pytest.approx([48, 4, 68])
    assert sum(parts) == pytest.approx(people("MISSING")[0][0])
    unknown, status, _, words = people("CONDITIONS")
    assert np.isnan(unknown[0])
    assert status is ObsStatus.MISSING
    assert "which is not 0" in words
    assert "may be one of pay" in words
    assert "a step before is not known" in people("TRAINING")[3]
    assert "what has to be" in people("TRAINING")[3]
    assert rows["PRJ_CPB_YR", "MEX", "21", "L4", "TRAINING", "2026"][0] == (1, 1, 1)
    assert ("PRJ_CPB_YR", "MEX", "83", "L2", "TRAINING", "2026") not in rows


def test_a_step_of_a_gap_that_is_not_known_says_so_and_no_more(frame, gaps):
    found = gaps([[[np.nan, 10]]] * 5)

    falls = waterfall(found.gap.people, [])
    rows = told(waterfall_table([(found, falls, pay_flags(np.ones(2)))], frame))

    assert "input is missing" in rows["PRJ_CPB_NB", "MEX", "21", "L4", "TRAINING", "2026"][3]


def test_a_rare_large_value_widens_the_interval_to_its_mean(frame, gaps):
    """One draw of twenty has 2,000: the mean is 100, and 90 % of the draws are at 0."""
    found = gaps([[[2000, 0]]] + [[[0, 0]]] * 19)

    rows = told(waterfall_table([(found, waterfall(found.gap.people, []), pay_flags(np.ones(2)))],
                                frame))  # fmt: skip

    assert rows["PRJ_CPB_NB", "MEX", "21", "L4", "MISSING", "2026"][0] == (100, 0, 100)


def allocation():
    posts = (post("21"), post("83"))
    areas = (Area("HND", np.array([50.0, 0]), np.zeros(2), np.zeros(2)),
             Area("MEX", np.zeros(2), np.array([90.0, np.nan]), np.ones(2)))  # fmt: skip
    channel = Channel("SEASONAL", T, "HND", "MEX", (), 20.0, None, T)
    return allocate(World(posts, areas, caps([channel], 1)))


def test_both_sides_of_a_passage_are_shown_and_its_number_is_an_upper_bound(frame):
    rows = told(channels_table(allocation(), 2030, frame))

    codes = ("MEX", "HND", "SEASONAL", "21", "L4", "OPEN", "2030")
    assert rows["PRJ_PAS_NB", *codes][0] == (20, 20, 20)
    assert "upper bound" in rows["PRJ_PAS_NB", *codes][3]
    assert rows["PRJ_SPR_NB", *codes][0][0] == 50
    assert rows["PRJ_REM_NB", *codes][0][0] == 90
    unknown = rows["PRJ_PAS_NB", "MEX", "HND", "SEASONAL", "83", "L2", "NEED_UNKNOWN", "2030"]
    assert unknown[1] is ObsStatus.MISSING
    total = rows["PRJ_PAS_NB", "_T", "_T", "_T", "_T", "_T", "_T", "2030"]
    assert total[0][0] == 20
    assert "1 passages are not in it" in total[3]


def test_a_country_of_a_region_tells_what_comes_to_it_and_no_total_of_all(frame):
    rows = told(channels_table(allocation(), 2030, frame, "MEX"))

    assert {key[1] for key in rows} == {"MEX"}
    none = channels_table(allocation(), 2030, frame, "HND")
    assert isinstance(none, NotProducible)
    assert "No falta nadie" in none.because.es


def test_where_an_agreement_would_help_is_a_table_of_its_own(frame):
    found = allocation()

    rows = told(agreements_table(where_more_helps(found), 2030, frame))

    codes = ("MEX", "HND", "SEASONAL", "QUOTA", "2030")
    assert rows["PRJ_AGR_NB", *codes][0][0] == pytest.approx(30, abs=1e-3)
    assert rows["PRJ_AGR_RT", *codes][0][0] == pytest.approx(1, abs=1e-3)


def test_where_no_cap_keeps_anybody_back_there_is_no_table_and_that_is_said(frame):
    none = agreements_table((), 2030, frame)

    assert isinstance(none, NotProducible)
    assert "Ningún tope" in none.because.es


def test_everything_known_leaves_nothing_to_say_of_the_unknown(frame):
    found = replace(allocation(), unknown=0)

    rows = told(channels_table(found, 2030, frame))

    assert "not in it" not in rows["PRJ_PAS_NB", "_T", "_T", "_T", "_T", "_T", "_T", "2030"][3]


def test_what_the_tables_say_passes_the_second_door(frame, gaps):
    provenance = Provenance("outlook", "1" * 64, (InputFile("X", "a" * 64, 1, "2025", 1),), "0.1",
                            "2" * 64, "here", ("outlook-1",))  # fmt: skip
    outlook = Outlook("XAA_OUTLOOK", "2026-01", "base",
                      (gap_table([gaps(DRAWS)], frame), channels_table(allocation(), 2030, frame)),
                      (), (Base("X", "2025", "a" * 64, 1),), (T,))  # fmt: skip

    [first, _] = derive(outlook, provenance, 5).flows

    assert first.dataflow.id == "XAA_OUTLOOK_BASE_GAPS"
    assert [d.id for d in first.dataflow.dimensions] == [
        "FREQ", "REF_AREA", "INDICATOR", "SCENARIO", "OC2", "SKILL_LEVEL", "GAP_CLASS",
        "TIME_PERIOD",
    ]  # fmt: skip


def test_occupations_of_two_levels_do_not_stand_in_one_column():
    assert occupation_axis([post("2")]).id == "OCU"
    with pytest.raises(BadInput, match="digits"):
        occupation_axis([post("2"), post("21")])


def test_a_code_without_words_and_an_indicator_nobody_declared_are_refused(frame):
    table = Table("X", T, (Axis("GAP_CLASS", T, "CL_GAP_CLASS"),))
    row = Row("MEX", "PRJ_GAP_NB", ("SHORTAGE",), 2030, 1.0, 1.0, 1.0)

    with pytest.raises(BadInput, match="CL_GAP_CLASS has no PLENTY"):
        projected(table, [replace(row, codes=("PLENTY",))], frame)
    with pytest.raises(BadInput, match="indicator PRJ_NONE"):
        projected(table, [replace(row, indicator="PRJ_NONE")], frame)
    with pytest.raises(BadInput, match="area PAN"):
        projected(table, [replace(row, area="PAN")], frame)
