"""Laws of SDMX messages: whatever a table holds, every format says it, and says the same."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.publish.decoding import decoded
from tests.unit.store.conftest import dataflow

from cauce.model.codelist import Code
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.text import Text
from cauce.publish import Message, Rows
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.options import DataSet, Options

FLOATS = {
    "value": "OBS_VALUE", "se": "SE", "cv": "CV", "ci_low": "CI_LOW", "ci_high": "CI_HIGH",
    "deff": "DEFF", "ess": "ESS",
}  # fmt: skip
COUNTS = {
    "df": "DF", "n": "N_UNW", "cases": "N_CASES", "missing": "N_MISSING", "psus": "N_PSU",
    "strata": "N_STRATA",
}  # fmt: skip
NUMBERS = st.floats(allow_nan=True, allow_infinity=False) | st.sampled_from(
    [-0.0, 1e300, 5e-324, 123456789012345680.0, 0.1]
)
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("&<>\",'\n;: ñ\t"),
    max_size=20,
).map(lambda text: text.replace("\r", ""))
MESSAGE = Message("M", "2026-01-01T10:00:00+00:00", True)
PERIODS = ["2019", "2020-Q1", "2020-02", "2021-W05"]
LAID = st.sampled_from(["TIME_PERIOD", "AllDimensions", "SEX", "REF_AREA"])


@st.composite
def tables(draw: st.DrawFn) -> Observations:
    """A few rows of a table with any numbers and words, ordered by their keys."""
    flow = dataflow("XAA_T", PERIODS)
    names = draw(st.lists(TEXTS.filter(bool), min_size=3, max_size=3))
    sexes = tuple(Code(f"S{at}", Text(name, name)) for at, name in enumerate(names))
    own = replace(flow.dimensions[3], codes=sexes)
    flow = replace(flow, dimensions=(*flow.dimensions[:3], own, flow.dimensions[4]))
    keys = sorted(draw(st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=8)))
    count = len(keys)

    def column(values: st.SearchStrategy) -> list:
        return draw(st.lists(values, min_size=count, max_size=count))

    rules = column(TEXTS)
    return Observations(
        dataflow=flow,
        key=np.array([(0, 0, 0, *key) for key in keys], dtype=np.int32).reshape(count, 5),
        **{name: np.array(column(NUMBERS)) for name in FLOATS},
        **{name: np.array(column(st.integers(-1, 2**31 - 1)), np.int32) for name in COUNTS},
        obs_status=tuple(column(st.sampled_from(ObsStatus))),
        conf_status=tuple(column(st.sampled_from(ConfStatus))),
        reliability=tuple(column(st.sampled_from(Reliability))),
        rule=tuple(rules),
    )


def meant(table: Observations, row: int) -> dict[str, object]:
    """What a row says, with the numbers as they are."""
    said: dict[str, object] = {}
    for field, id_ in FLOATS.items():
        value = float(getattr(table, field)[row])
        if id_ == "OBS_VALUE" or value == value:
            said[id_] = value if value == value else None
    for field, id_ in COUNTS.items():
        count = int(getattr(table, field)[row])
        said |= {id_: float(count)} if count >= 0 else {}
    said |= {"OBS_STATUS": str(table.obs_status[row]), "CONF_STATUS": str(table.conf_status[row])}
    said |= {"RELIABILITY": str(table.reliability[row])}
    return said | ({"RULE": table.rule[row]} if table.rule[row] else {})


def read(said: dict[str, str]) -> dict[str, object]:
    numbers = {*FLOATS.values(), *COUNTS.values()}
    kept = {*numbers, "OBS_STATUS", "CONF_STATUS", "RELIABILITY", "RULE"}
    return {
        id_: (None if text == "NaN" else float(text)) if id_ in numbers else text
        for id_, text in said.items()
        if id_ in kept
    }


@settings(max_examples=40, deadline=None)
@given(tables(), LAID)
def test_every_format_says_what_the_table_says(table: Observations, dimension: str) -> None:
    flow = table.dataflow
    rows = Rows(table, np.arange(len(table.value)))
    names = tuple(d.id for d in flow.dimensions)
    expected = {
        tuple(d.codes[code].id for d, code in zip(flow.dimensions, key, strict=True)): meant(
            table, row
        )
        for row, key in enumerate(table.key.tolist())
    }
    for name, form in DATA_FORMATS.items():
        written = b"".join(form.write([DataSet(rows)], MESSAGE, Options(dimension=dimension)))
        found = decoded(form.kind, written, names)
        assert {key: read(said) for key, said in found.items()} == expected, name
