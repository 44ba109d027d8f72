"""Data messages of SDMX as rows: as other programs write and read them, and as nobody should."""

import io
import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sdmx
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Component, Components, Concept, DataType, Role, Schema

from cauce.model.errors import BadInput
from cauce.sources.imports.sdmx.rows import Asked, Row
from cauce.sources.imports.sdmx.worker import rows_of

DIMENSIONS = ("FREQ", "REF_AREA", "SEX", "TIME_PERIOD")
ATTRIBUTES = ("OBS_STATUS", "UNIT_MEASURE")
TABLE = pd.DataFrame(
    [
        ("A", "BZ", "F", "2020", "120", "A", "PS"),
        ("A", "BZ", "F", "2021", "130.5", "P", "PS"),
        ("A", "BZ", "M", "2020", "7", "E", "PS"),
        ("A", "GT", "M", "2021", "0", "B", "PS"),
    ],
    columns=[*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES],
)
FLOW = "OFF:STOCK(1.0)"
WRITTEN = {
    "generic": (Format.DATA_SDMX_ML_2_1_GEN, "TIME_PERIOD"),
    "generic, flat": (Format.DATA_SDMX_ML_2_1_GEN, "AllDimensions"),
    "specific": (Format.DATA_SDMX_ML_2_1_STR, "TIME_PERIOD"),
    "specific, flat": (Format.DATA_SDMX_ML_2_1_STR, "AllDimensions"),
    "specific 3.0": (Format.DATA_SDMX_ML_3_0, "TIME_PERIOD"),
    "CSV 1.0": (Format.DATA_SDMX_CSV_1_0_0, ""),
    "CSV 2.0": (Format.DATA_SDMX_CSV_2_0_0, ""),
}
SHARED = Path(__file__).parents[4].parent / "shared" / "data" / "sdmx_fixture" / "DF_LM.csv"


@cache
def written(kind: str) -> str:
    """The table as pysdmx writes it."""
    form, across = WRITTEN[kind]
    roles = {**dict.fromkeys(DIMENSIONS, Role.DIMENSION), "OBS_VALUE": Role.MEASURE}
    parts = [
        Component(one, role is not Role.ATTRIBUTE, role, Concept(one), DataType.STRING, **more)
        for one, role, more in (
            *((one, role, {}) for one, role in roles.items()),
            *((one, Role.ATTRIBUTE, {"attachment_level": "O"}) for one in ATTRIBUTES),
        )
    ]
    schema = Schema("dataflow", "OFF", "STOCK", Components(parts), "1.0", [])
    more = {"dimension_at_observation": {f"Dataflow={FLOW}": across}} if across else {}
    return write_sdmx([PandasDataset(structure=schema, data=TABLE)], sdmx_format=form, **more)


@pytest.fixture
def read(tmp_path: Path):
    def found(text: str | bytes, flow: str = "", ignored: tuple[str, ...] = ()) -> list[Row]:
        path = tmp_path / "message"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(rows_of(path, Asked((*DIMENSIONS, *ATTRIBUTES), frozenset(ignored), flow)))

    return found


def refused(read, text: str | bytes, **more: Any) -> str:
    with pytest.raises(BadInput) as caught:
        read(text, **more)
    return str(caught.value)


def keyed(rows: list[Row]) -> dict[tuple[str, ...], float]:
    return {tuple(row.words[one] for one in DIMENSIONS): float(row.value) for row in rows}


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_way_of_writing_says_the_same(read, kind: str) -> None:
    rows = read(written(kind), flow="OFF:STOCK")
    assert keyed(rows) == {tuple(r[:4]): float(r[4]) for r in TABLE.itertuples(index=False)}
    assert sorted(row.words["OBS_STATUS"] for row in rows) == ["A", "B", "E", "P"]
    assert {row.words["UNIT_MEASURE"] for row in rows} == {"PS"}
    assert [row.number for row in rows] == [1, 2, 3, 4]
    lines = written(kind).splitlines()
    assert all(row.value in lines[row.line - 1] or "Obs" in lines[row.line - 1] for row in rows)


@pytest.mark.parametrize("kind", ["generic", "generic, flat"])
def test_another_program_reads_the_same_numbers_from_the_same_file(read, kind: str) -> None:
    text = written(kind)
    series = sdmx.to_pandas(sdmx.read_sdmx(io.BytesIO(text.encode())))
    order = [list(series.index.names).index(name) for name in DIMENSIONS]
    theirs = {tuple(key[at] for at in order): value for key, value in series.items()}
    assert keyed(read(text)) == theirs


@pytest.mark.skipif(not SHARED.is_file(), reason="needs the shared SDMX fixture")
def test_the_shared_fixture_is_read_as_pandas_reads_it(tmp_path: Path) -> None:
    asked = Asked((*DIMENSIONS, "AGE", *ATTRIBUTES), frozenset(), "RLM:DF_LM(1.0)")
    ours = [float(row.value) for row in rows_of(SHARED, asked)]
    assert ours == pd.read_csv(SHARED)["OBS_VALUE"].tolist()
    assert len(ours) == 336


SPECIFIC = """<StructureSpecificData xmlns:ss="urn:s" xmlns:xsi="urn:x"><Header>
<Structure structureID="S"><Structure><URN>urn:sdmx:x.DataStructure=OFF:STOCK(1.0)</URN></Structure>
</Structure></Header><DataSet ss:structureRef="S" ss:action="Replace" UNIT_MEASURE="PS">
<Group xsi:type="Sibling" REF_AREA="BZ" SEX="F" DECIMALS="1" OBS_STATUS="E"/>
<Series FREQ="A" REF_AREA="BZ" SEX="F"><Obs TIME_PERIOD="2020" OBS_VALUE="1"/></Series>
<Series FREQ="A" REF_AREA="BZ" SEX="M"><Obs TIME_PERIOD="2020" OBS_VALUE="NaN"/></Series>
</DataSet></StructureSpecificData>"""


def test_what_is_said_of_groups_and_of_the_data_set_holds_for_their_numbers(read) -> None:
    first, second = read(SPECIFIC, flow="STOCK", ignored=("DECIMALS",))
    assert (first.words["OBS_STATUS"], first.words["UNIT_MEASURE"]) == ("E", "PS")
    assert "OBS_STATUS" not in second.words
    assert (second.value, second.line) == ("", 6)


def listed(*codes: str) -> list[dict[str, str]]:
    return [{"id": code} for code in codes]


def part(name: str, *codes: str) -> dict[str, Any]:
    return {"id": name, "values": listed(*codes)}


SERIES = [part("FREQ", "A"), part("REF_AREA", "BZ", "GT"), part("SEX", "F", "M")]
TIMES = [part("TIME_PERIOD", "2020", "2021")]
JSON_1 = {
    "meta": {},
    "data": {
        "structure": {
            "links": [{"rel": "dataflow", "urn": f"urn:sdmx:org.sdmx.Dataflow={FLOW}"}],
            "dimensions": {"series": SERIES, "observation": TIMES},
            "attributes": {
                "series": [part("UNIT_MEASURE", "PS")],
                "observation": [part("OBS_STATUS", "A", "P")],
            },
        },
        "dataSets": [
            {
                "series": {
                    "0:0:0": {"attributes": [0], "observations": {"0": [120, 0], "1": [130.5, 1]}},
                    "0:1:1": {"attributes": [None], "observations": {"1": [None]}},
                }
            }
        ],
    },
}
JSON_2 = {
    "data": {
        "structures": [
            {
                "links": [{"rel": "dataflow", "urn": f"urn:sdmx:org.sdmx.Dataflow={FLOW}"}],
                "dimensions": {"observation": [*SERIES, *TIMES]},
                "measures": {"observation": [{"id": "OBS_VALUE"}]},
                "attributes": {
                    "dimensionGroup": [{"id": "UNIT_MEASURE"}],
                    "observation": [part("OBS_STATUS", "A", "P")],
                },
            }
        ],
        "dataSets": [
            {
                "structure": 0,
                "dimensionGroupAttributes": {"0:0::": ["PS"]},
                "observations": {"0:0:0:0": ["120", 0], "0:0:0:1": [130.5, 1], "0:1:1:1": ["NaN"]},
            }
        ],
    }
}


@pytest.mark.parametrize("message", [JSON_1, JSON_2], ids=["1.0", "2.0"])
def test_json_says_the_same_in_both_editions(read, message) -> None:
    rows = read(json.dumps(message), flow=FLOW)
    assert [row.value for row in rows] == ["120", "130.5", ""]
    assert [row.words.get("OBS_STATUS") for row in rows] == ["A", "P", None]
    assert [row.words.get("UNIT_MEASURE") for row in rows] == ["PS", "PS", None]
    assert tuple(rows[2].words[one] for one in DIMENSIONS) == ("A", "GT", "M", "2021")


def test_of_labels_beside_ids_only_the_ids_are_taken(read) -> None:
    head = "DATAFLOW,FREQ: Frequency,REF_AREA: Area,SEX: Sex,TIME_PERIOD: Time,OBS_VALUE: Value\n"
    [row] = read(head + f'"{FLOW}: People, all",A: Annual,BZ: Belize,F: Women: all,2020,5\n')
    assert tuple(row.words[one] for one in DIMENSIONS) == ("A", "BZ", "F", "2020")
    assert row.value == "5"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
PLAIN = SPECIFIC.replace(' DECIMALS="1"', "")
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><GenericData x="&a11;">&a11;</GenericData>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><GenericData>&e;</GenericData>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "DTD|not well-formed XML"),
        (OUTSIDE, "brings a DTD"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><GenericData/>', "brings a DTD"),
        (PLAIN[:-60], r"line \d+: not well-formed XML"),
        (PLAIN.encode().replace(b'"PS"', b'"\xd1"'), r"line \d+: not well-formed XML"),
        (PLAIN.replace("PS", "P" * 5_000), r"line 5, observation 1: UNIT_MEASURE has 5,000"),
        (PLAIN.replace("PS", "P" * 11_000_000), "takes more than 1,048,576 bytes"),
        (PLAIN.replace("NaN", "1" * 5_000), "line 6, observation 2: the value has 5,000 signs"),
        (SPECIFIC, "DECIMALS is no component the pack declares"),
        (SPECIFIC.replace('"Replace"', '"Delete"'), "line 3: the message deletes numbers"),
        ("<Structure/>", "line 1: <Structure> is no data message of SDMX-ML 2.1"),
        ("<Error/>", "is the message of an error"),
        ("<GenericData/>", "^$"),
        ("{", "line 1: not JSON"),
        ("[" * 100_000, "CSV|DATAFLOW"),
        ('{"a":' + "[" * 100_000, "nested too deep|not JSON"),
        ('{"data": 1, "data": 2}', "'data' stands twice"),
        ('{"errors": []}', "has no data set"),
        (b'{"a": "\xd1"}', "not UTF-8"),
        (json.dumps(JSON_1).replace('"0:1:1"', '"0:7:1"'), "observation 3: no data message"),
        (json.dumps(JSON_1).replace('"0:1:1"', '"0:-1:1"'), "observation 3: no data message"),
        (json.dumps(JSON_1).replace('"0:1:1"', '"0:1"'), "observation 3: no data message"),
        ("a,b\n1,2\n", "line 1: the header of SDMX-CSV has DATAFLOW"),
        ("DATAFLOW,SEX,SEX\n", "line 1 names a column twice: SEX"),
        ("DATAFLOW,SEX,OBS_VALUE\nX:Y(1.0),F\n", "line 2 has 2 cells, and the header 3"),
        (b"DATAFLOW,SEX,OBS_VALUE\nX:Y(1.0),\xd1,1\n", "line 2 is not UTF-8"),
        ('DATAFLOW,SEX,OBS_VALUE\nX:Y(1.0),"F,1\n', "not CSV"),
        ("DATAFLOW,SEX,ACTION,OBS_VALUE\nX:Y(1.0),F,D,1\n", "line 2: the message deletes"),
        ("DATAFLOW,SEX,OBS_VALUE\nX:Y(1.0),F,1\nX:Z(1.0),F,1\n", r"line 3: two dataflows.*X:Y"),
        ("DATAFLOW,SEXO,OBS_VALUE\nX:Y(1.0),F,1\n", "SEXO is no component .* Did you mean SEX"),
        (b"PK\x03\x04", "is a zip"),
    ],
    ids=range(31),
)
def test_a_hostile_or_broken_message_is_refused_in_words(read, text, message: str) -> None:
    if message == "^$":
        assert read(text) == []
        return
    with pytest.raises(BadInput, match=message):
        read(text)


def test_two_dataflows_in_one_message_are_refused(read) -> None:
    two = PLAIN.replace(
        "</Structure></Header>",
        '</Structure><Structure structureID="T"><StructureUsage><Ref id="OTHER" agencyID="OFF"/>'
        "</StructureUsage></Structure></Header>",
    ).replace(
        "</DataSet>",
        '</DataSet><DataSet ss:structureRef="T"><Obs TIME_PERIOD="2020"/></DataSet>',
    )
    assert "line 7: two dataflows stand in one message, OFF:STOCK(1.0) and OFF:OTHER" in refused(
        read, two
    )


def test_no_number_is_made_of_a_missing_one(read) -> None:
    assert not any(math.isnan(float(row.value)) for row in read(written("specific")))
