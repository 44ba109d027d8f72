"""Tables for the ILO filled from observations that were cleared."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.reply import Figure, Reply, Shape
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.pipeline.questionnaire import read_shape
from cauce.publish.questionnaire.filling import Published, fill, flag_of
from cauce.publish.questionnaire.plain import reply_csv

REGION = Path(__file__).parents[4] / "packs" / "region"
WORD = Text("x", "x")
POP = Indicator(
    "POP_XWAP", WORD, WORD, "total", "", "1", "", "PERSONS", 1.0, 0, "13th ICLS (1982)",
    icls="13", age="Y_GE15",
)  # fmt: skip
RATE = replace(POP, id="MST_WFOR", estimator="rate", unit="PT", decimals=1, criterion="birth")
FREE, SHUT = ConfStatus.FREE, ConfStatus.CONFIDENTIAL


@pytest.fixture(scope="module")
def shape() -> Shape:
    return read_shape(REGION)


def dimension(name: str, *codes: str) -> Dimension:
    return Dimension(name, WORD, tuple(Code(code, WORD) for code in codes), f"CL_{name}")


def published(
    flow: str,
    dimensions: dict[str, str],
    lines: dict[str, float | tuple[float, ObsStatus, ConfStatus]],
    indicator: Indicator = POP,
    vintage: str = "v1",
) -> Published:
    """A dataflow whose observations are given by their own codes, joined by dots."""
    dims = (
        dimension("FREQ", "A"), dimension("REF_AREA", "XAA"), dimension("INDICATOR", indicator.id),
        *(dimension(name, *codes.split()) for name, codes in dimensions.items()),
        dimension("TIME_PERIOD", "2024", "2025"),
    )  # fmt: skip
    source = Source("LFS", "XAA", WORD, Text("Residents", "Residentes"), "", "Office", True)
    method = Method(
        "Taylor", "refuse", "survey", "", "ilo", "1", "13", "08", "4", {"weight": "factor"}
    )
    dataflow = Dataflow(flow, "1.0", WORD, dims, (indicator,), source, method)
    told = [
        (code, *(line if isinstance(line, tuple) else (line, ObsStatus.NORMAL, FREE)))
        for code, line in lines.items()
    ]
    orders = [codes.split() for codes in dimensions.values()]
    places = (
        [order.index(code) for order, code in zip(orders, codes.split("."), strict=True)]
        for codes, *_ in told
    )
    key = np.array([[0, 0, 0, *place, 1] for place in places], dtype=np.int32)
    size = len(told)
    value = np.array([v for _, v, _, _ in told])
    same, whole = np.full(size, 0.05), np.full(size, 40, dtype=np.int32)
    observations = Observations(
        dataflow, key, value, same, same, same, same, same, same, whole, whole, whole, whole,
        whole, whole, tuple(s for *_, s, _ in told), tuple(c for *_, c in told),
        (Reliability.RELIABLE,) * size, ("",) * size,
    )  # fmt: skip
    manifest = Manifest(
        dataflow, "XAA_LFS", vintage, "2026-01-02T00:00:00+00:00", (), (), (), True, "v0",
        "New weights.", (),
    )  # fmt: skip
    return Published(manifest, observations)


SEX, CBR = "_T M F", "_T NAT FRG _U"
BY_BIRTH = {
    "_T._T": 100.4, "M._T": 60.0, "F._T": 40.0, "_T.NAT": 90.0, "M.NAT": 55.0, "F.NAT": 35.0,
    "_T.FRG": (10.0, ObsStatus.LOW_RELIABILITY, FREE), "M.FRG": 5.0,
    "F.FRG": (np.nan, ObsStatus.SUPPRESSED, SHUT),
}  # fmt: skip
COUNTRIES = {
    "_T._T": 100.0, "_T.XAA": 90.0, "_T.PAN": 7.0, "_T.CRI": 3.0, "M.PAN": 4.0,
    "F.PAN": (np.nan, ObsStatus.SUPPRESSED, FREE),
}  # fmt: skip


def filled(shape: Shape, *flows: Published) -> Reply:
    return fill(shape, flows, "XAA", "2025", {})


def figures(reply: Reply, table: str) -> dict[tuple[str, ...], Figure]:
    sheet = next(sheet for sheet in reply.sheets if sheet.table == table)
    return {one.codes: one for one in sheet.figures}


def test_total_and_migrants_are_two_columns_of_the_table_by_birth(shape: Shape) -> None:
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    found = figures(filled(shape, flow), "MST_XWAP_SEX_MIG_NB")
    assert list(found) == [
        ("_T", "_T"), ("_T", "FRG"), ("M", "_T"), ("M", "FRG"), ("F", "_T"), ("F", "FRG"),
    ]  # fmt: skip
    assert found["_T", "FRG"].value == 10
    assert found["_T", "FRG"].flag == "U"


def test_a_confidential_value_leaves_an_empty_cell_and_its_flag(shape: Shape) -> None:
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    one = figures(filled(shape, flow), "MST_XWAP_SEX_MIG_NB")["F", "FRG"]
    assert (one.value, one.flag) == (None, "C")


def test_values_have_the_precision_of_publication_and_no_more(shape: Shape) -> None:
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    assert figures(filled(shape, flow), "MST_XWAP_SEX_MIG_NB")["_T", "_T"].value == 100
    rate = published("XAA_LFS_R", {"SEX": SEX, "AGE_BAND": "_T Y15T24"}, {"_T._T": 9.96}, RATE)
    reply = filled(shape, rate)
    assert figures(reply, "MST_WFOR_SEX_AGE_RT")["_T", "_T"].value == 10.0
    facts = {fact.id: fact.text.en for fact in reply.sheets[0].facts}
    assert facts["CRITERION"] == "country of birth"
    assert facts["RESPONDENTS"] == "40"


def test_by_country_the_total_is_that_of_migrants_and_home_is_left_out(shape: Shape) -> None:
    flow = published("XAA_LFS_C", {"SEX": SEX, "CBR_XAA": "_T XAA PAN CRI"}, COUNTRIES)
    birth = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    found = figures(filled(shape, flow, birth), "MST_FORP_SEX_CBR_NB")
    assert found["_T", "_T"].value == 10
    assert found["PAN", "_T"].value == 7
    assert found["PAN", "F"].flag == "S"
    assert ("XAA", "_T") not in found
    assert found["_T", "_T"].trace.flow == "XAA_LFS_M"  # type: ignore[union-attr]


def test_a_total_of_another_vintage_is_not_put_beside_the_countries(shape: Shape) -> None:
    flow = published("XAA_LFS_C", {"SEX": SEX, "CBR_XAA": "_T XAA PAN CRI"}, COUNTRIES)
    birth = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH, vintage="v2")
    assert ("_T", "_T") not in figures(filled(shape, flow, birth), "MST_FORP_SEX_CBR_NB")


def test_the_dataflow_with_the_fewest_other_dimensions_fills_a_table(shape: Shape) -> None:
    large = published(
        "XAA_LFS_A", {"SEX": SEX, "CBR": CBR, "GEO": "_T URB"}, {"_T._T._T": 9.0, "_T._T.URB": 5.0}
    )
    small = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    found = figures(filled(shape, large, small), "MST_XWAP_SEX_MIG_NB")
    assert found["_T", "_T"].trace.flow == "XAA_LFS_M"  # type: ignore[union-attr]
    found = figures(filled(shape, large), "MST_XWAP_SEX_MIG_NB")
    assert found["_T", "_T"].value == 9
    assert found["_T", "_T"].trace.key == "A.XAA.POP_XWAP._T._T._T.2025"  # type: ignore[union-attr]


def test_a_dataflow_without_a_total_over_what_the_table_lacks_fills_nothing(shape: Shape) -> None:
    flow = published("XAA_LFS_A", {"SEX": SEX, "CBR": CBR, "CUR": "USD EUR"}, {"_T._T.USD": 9.0})
    assert not filled(shape, flow).sheets


def test_a_code_that_applies_to_nobody_is_left_out(shape: Shape) -> None:
    lines = {"_T._T": 9.0, "_T.Y15T24": 9.0, "_T._Z": 0.0, "M._Z": 0.0}
    flow = published("XAA_LFS_R", {"SEX": SEX, "AGE_BAND": "_T Y15T24 _Z"}, lines, RATE)
    found = figures(filled(shape, flow), "MST_WFOR_SEX_AGE_RT")
    assert list(found) == [("_T", "_T"), ("Y15T24", "_T")]
    lines["_T._Z"] = 2.0
    flow = published("XAA_LFS_R", {"SEX": SEX, "AGE_BAND": "_T Y15T24 _Z"}, lines, RATE)
    assert ("_Z", "_T") in figures(filled(shape, flow), "MST_WFOR_SEX_AGE_RT")


def test_another_unit_fills_nothing(shape: Shape) -> None:
    thousands = replace(POP, unit="THOUSANDS")
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH, thousands)
    assert not filled(shape, flow).sheets


def test_a_counted_register_fills_a_table_of_inflows(shape: Shape) -> None:
    counted = replace(POP, id="MFL_TPOP_SEX_NB", icls="", age="")
    flow = published("XAA_ENTRIES", {"SEX": SEX}, {"_T": 12.0, "M": 7.0, "F": 5.0}, counted)
    found = figures(filled(shape, flow), "MFL_TPOP_SEX_NB")
    assert [one.value for one in found.values()] == [12, 7, 5]


def test_a_table_may_name_the_dataflow_and_the_indicator_of_a_register(shape: Shape) -> None:
    table = replace(
        shape.tables["MFL_TPOP_SEX_NB"], indicator="RECORDS", flow="{AREA}_PERMITS_BY_SEX"
    )
    own = replace(shape, tables={table.id: table})
    counted = replace(POP, id="RECORDS")
    flows = [
        published(name, {"SEX": SEX}, {"_T": 12.0}, counted)
        for name in ("XAA_PERMITS_BY_SEX", "XAA_A")
    ]
    found = figures(filled(own, *flows), table.id)["_T",]
    assert found.trace.flow == "XAA_PERMITS_BY_SEX"  # type: ignore[union-attr]


def test_what_is_not_filled_says_why(shape: Shape) -> None:
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    lacking = {"MST_NCTP_SEX_CCT_NB": Text("The survey does not ask.", "No se pregunta.")}
    reply = fill(shape, [flow], "XAA", "2025", lacking)
    why = {one.table: one.why.en for one in reply.absent}
    assert why["MFL_TPOP_SEX_NB"].startswith("Needs a register or an import")
    assert why["MST_NCTP_SEX_CCT_NB"] == "The survey does not ask."
    assert why["MST_XWAP_SEX_AGE_CBR_NB"].startswith("POP_XWAP is not released by SEX × AGE_BAND")
    assert len(reply.sheets) + len(reply.absent) == len(shape.tables) == 80


def test_a_period_nobody_was_asked_in_fills_nothing(shape: Shape) -> None:
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    reply = fill(shape, [flow], "XAA", "2024", {})
    why = {one.table: one.why.en for one in reply.absent}
    assert why["MST_XWAP_SEX_MIG_NB"] == "No observation of XAA in 2024 is in this table."


def test_letters_are_those_of_ilostat_and_not_of_sdmx() -> None:
    assert flag_of(ObsStatus.SUPPRESSED, SHUT, False) == "C"
    assert flag_of(ObsStatus.SUPPRESSED, FREE, False) == "S"
    assert flag_of(ObsStatus.SUPPRESSED, FREE, True) == "U"
    assert flag_of(ObsStatus.BREAK, FREE, True) == "B"
    assert flag_of(ObsStatus.NOT_POSSIBLE, FREE, False) == "X"
    assert flag_of(ObsStatus.NORMAL, FREE, True) == ""


def test_notes_say_what_the_numbers_rest_on(shape: Shape) -> None:
    flow = published("XAA_LFS_M", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    facts = {fact.id: fact.text for fact in filled(shape, flow).sheets[0].facts}
    assert facts["STANDARD"] == Text("13th ICLS (1982)", "13.ª CIET (1982)")
    assert facts["AGE"] == Text("15 years and over", "15 años y más")
    assert facts["WEIGHTS"].en == "Survey weights, column factor"
    assert facts["REVISION"].en == "Replaces v0. New weights."
    assert facts["INVENTED"].en.startswith("Yes")


def test_rows_for_other_programs_hold_no_formula(shape: Shape) -> None:
    flow = published("=XAA_LFS", {"SEX": SEX, "CBR": CBR}, BY_BIRTH)
    rows = reply_csv(filled(shape, flow), shape).decode().splitlines()
    assert rows[1].startswith("MST_XWAP_SEX_MIG_NB,XAA,2025,SEX.MIG,_T._T,100,PERSONS,,,'=XAA_LFS")
