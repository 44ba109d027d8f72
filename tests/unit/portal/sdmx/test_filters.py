"""Keys and conditions of data queries, one by one."""

from collections.abc import Callable

import pytest

Rows = list[dict[str, str]]
Asked = Callable[..., Rows]


def keys(rows: Rows) -> list[str]:
    return [f"{row['INDICATOR']}.{row['SEX']}.{row['TIME_PERIOD']}" for row in rows]


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("", 18),
        ("/*", 18),
        ("/ALL", 18),
        ("/A", 18),
        ("/A.XAA.POP", 9),
        ("/A.*.POP.F", 3),
        ("/A..POP.F+M", 6),
        ("/A.*.POP.F,A.*.UNE_DEAP.M", 6),
        ("/A.*.POP.F,A.*.POP.F,A.*.POP", 9),
        ("/A.XAA.POP.NOBODY", 0),
        ("/A.XAA.POP.F+NOBODY", 3),
        ("/*.*.*.*", 18),
    ],
)
def test_keys_may_be_several_wild_and_short(rows: Asked, key: str, count: int) -> None:
    assert len(rows(key)) == count


@pytest.mark.parametrize(
    ("name", "condition", "count"),
    [
        ("SEX", "F", 6),
        ("SEX", "F,M", 12),
        ("SEX", "ne:F", 12),
        ("SEX", "ne:F+ne:M", 6),
        ("SEX", "ne:F,ne:M", 18),
        ("SEX", "sw:_", 6),
        ("SEX", "ew:T", 6),
        ("INDICATOR", "co:DEA", 9),
        ("INDICATOR", "nc:DEA", 9),
        ("INDICATOR", "lt:Q", 9),
        ("INDICATOR", "ge:POP+le:POP", 9),
        ("TIME_PERIOD", "2024", 6),
        ("TIME_PERIOD", "ge:2024", 12),
        ("TIME_PERIOD", "ge:2024+le:2024", 6),
        ("TIME_PERIOD", "2023,ge:2025", 12),
        ("TIME_PERIOD", "sw:202", 18),
        ("TIME_PERIOD", "ne:2024", 12),
        ("TIME_PERIOD", "gt:2024", 6),
        ("TIME_PERIOD", "lt:2024-Q1", 6),
        ("SEX", "*", 18),
        ("UNIT_MEASURE", "PT", 9),
        ("DECIMALS", "1", 9),
        ("INVENTED_DATA", "true", 18),
        ("INVENTED_DATA", "false", 0),
        ("CONF_STATUS", "F", 17),
        ("OBS_STATUS", "Q", 1),
        ("RULE", "co:criteria", 17),
    ],
)
def test_conditions_have_all_operators_alternatives_and_joins(
    rows: Asked, name: str, condition: str, count: int
) -> None:
    assert len(rows(**{f"c[{name}]": condition})) == count


def test_conditions_on_numbers_compare_numbers(rows: Asked) -> None:
    found = rows(**{"c[OBS_VALUE]": "ge:1240+lt:1244", "c[SEX]": "_T"})
    assert [float(row["OBS_VALUE"]) for row in found] == [
        float(row["OBS_VALUE"])
        for row in rows(**{"c[SEX]": "_T"})
        if 1240 <= float(row["OBS_VALUE"]) < 1244
    ]
    assert found


@pytest.mark.parametrize("name", ["OBS_VALUE", "SE", "N_UNW", "CV", "DF"])
@pytest.mark.parametrize("condition", ["ge:0", "lt:0,ge:0", "ne:1", "ne:-1"])
def test_no_condition_on_a_number_finds_what_is_withheld(
    rows: Asked, name: str, condition: str
) -> None:
    """It would say of a withheld number on which side of another it lies."""
    found = rows(**{f"c[{name}]": condition})
    assert found
    assert "C" not in [row["CONF_STATUS"] for row in found]


def test_bounds_of_periods_and_ends_of_series(rows: Asked) -> None:
    assert keys(rows("/A.*.POP.F", startPeriod="2024", endPeriod="2024-12")) == ["POP.F.2024"]
    assert keys(rows("/A.*.POP.F", lastNObservations="1")) == ["POP.F.2025"]
    assert keys(rows("/A.*.POP.F", firstNObservations="2")) == ["POP.F.2023", "POP.F.2024"]
    both = rows("/A.*.POP.F", firstNObservations="1", lastNObservations="1")
    assert keys(both) == ["POP.F.2023", "POP.F.2025"]


def test_sort_offset_and_limit(rows: Asked) -> None:
    flat = {"dimensionAtObservation": "AllDimensions"}
    found = rows(sort="TIME_PERIOD:desc+SEX", limit="3", **flat)
    assert [row["TIME_PERIOD"] for row in found] == ["2025"] * 3
    assert [row["SEX"] for row in found] == ["F", "F", "M"]
    assert keys(rows(sort="*", **flat)) == sorted(keys(rows()))
    assert keys(rows(offset="2", limit="2")) == keys(rows())[2:4]
    assert rows(offset="18") == []
    assert keys(rows(offset="17")) == keys(rows())[17:]
    down = rows("/A.*.POP.F", sort="series_key+TIME_PERIOD:desc")
    assert [row["TIME_PERIOD"] for row in down] == ["2025", "2024", "2023"]
    assert rows(sort="UNIT_MEASURE:desc", **flat)[0]["UNIT_MEASURE"] == "PT"
    assert rows(sort="OBS_STATUS:desc", **flat)[0]["OBS_STATUS"] == "Q"
    assert len(rows(sort="INVENTED_DATA", **flat)) == 18
    assert len(rows(sort="N_UNW:desc", **flat)) == 18


def test_what_is_withheld_comes_last_whichever_way_numbers_are_sorted(rows: Asked) -> None:
    for way in ("asc", "desc"):
        found = rows(sort=f"OBS_VALUE:{way}", dimensionAtObservation="AllDimensions")
        assert found[-1]["OBS_VALUE"] == "NaN"
        told = [float(row["OBS_VALUE"]) for row in found[:-1]]
        assert told == sorted(told, reverse=way == "desc")


def test_what_is_sorted_keeps_the_observations_of_a_series_together(rows: Asked) -> None:
    found = [key.rsplit(".", 1)[0] for key in keys(rows(sort="TIME_PERIOD:desc+SEX:desc"))]
    assert len({*found}) == sum(a != b for a, b in zip(found, [None, *found], strict=False))


def test_sections_are_by_the_dimension_at_the_observation(rows: Asked) -> None:
    found = rows("/A.XAA.POP", dimensionAtObservation="SEX", startPeriod="2024")
    assert [row["TIME_PERIOD"] for row in found] == ["2024"] * 3 + ["2025"] * 3


def test_attributes_and_measures_are_chosen_by_name_and_by_level(rows: Asked) -> None:
    dimensions = 3 + 5
    assert len(rows(attributes="none")[0]) == dimensions + 1
    assert len(rows(attributes="none", measures="OBS_VALUE", limit="1")[0]) == dimensions + 1
    assert set(rows(attributes="series", limit="1")[0]) >= {"UNIT_MEASURE", "DECIMALS"}
    assert "SE" not in rows(attributes="series,dataset", limit="1")[0]
    assert "SE" in rows(attributes="obs", limit="1")[0]
    assert {*rows(attributes="OBS_STATUS,UNIT_MEASURE", limit="1")[0]} >= {
        "OBS_STATUS",
        "OBS_VALUE",
    }
    assert "OBS_VALUE" not in rows(measures="none", attributes="all", limit="1")[0]
