"""A data message of SDMX through its pack: taken whole, or refused with its line."""

from pathlib import Path

import pytest

from cauce.model.errors import BadInput

from .test_imports import said

HEAD = "DATAFLOW,FREQ,REF_AREA,ORIGIN,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE\n"
GENERIC = """<GenericData xmlns="urn:m"><Header>
<Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><StructureUsage>
<Ref agencyID="OFF" id="STOCK" version="1.0"/></StructureUsage></Structure></Header>
<DataSet structureRef="S"><Series><SeriesKey><Value id="FREQ" value="A"/>
<Value id="REF_AREA" value="XAA"/><Value id="ORIGIN" value="XAB"/></SeriesKey>
<Attributes><Value id="UNIT_MEASURE" value="PS"/></Attributes>
<Obs><ObsDimension value="2020"/><ObsValue value="120"/></Obs>
<Obs><ObsDimension value="2021"/>
 <Attributes><Value id="OBS_STATUS" value="L"/></Attributes></Obs>
</Series></DataSet></GenericData>"""


@pytest.fixture
def read(take, tmp_path: Path):
    def taken(text: str):
        path = tmp_path / "message"
        path.write_text(text, "utf-8")
        return take("message", path)

    return taken


def csv(*rows: str) -> str:
    return HEAD + "".join(f"OFF:STOCK(1.0),{row}\n" for row in rows)


def test_a_message_becomes_observations_with_their_statuses(read) -> None:
    found = read(GENERIC)
    assert said(found, "XAA", "XAB", "2020") == (120.0, "A")
    assert said(found, "XAA", "XAB", "2021")[1] == "L"
    assert found.release.vintage == f"2021.{found.sha256[:8]}"


def test_a_number_that_is_missing_has_the_status_of_the_message_or_the_mark_of_the_pack(
    read,
) -> None:
    found = read(csv("A,XAA,XAB,2020,NaN,L,PS", "A,XAB,XAA,2020,,,PS", "A,XAB,XAA,2021,,A,PS"))
    assert said(found, "XAA", "XAB", "2020")[1] == "L"
    assert said(found, "XAB", "XAA", "2020")[1] == "O"
    assert said(found, "XAB", "XAA", "2021")[1] == "O"


def test_everything_wrong_is_told_with_its_line_and_nothing_is_taken(read) -> None:
    with pytest.raises(BadInput) as caught:
        read(
            csv(
                "A,XAA,XAB,2020,1,A,PS",
                "A,XAA,XAB,2020,1,A,PS",
                "A,ZZZ,XAB,2020,1,A,PS",
                "A,XAB,XAA,2020,1,A,USD",
                "A,XAB,XAA,2021,1,Y,PS",
                "A,XAB,,2021,1,A,PS",
            )
        )
    told = str(caught.value)
    assert "5 things are wrong. Nothing was taken." in told
    assert "line 3, observation 2: XAA.XAB.2020 stands twice, here and in line 2" in told
    assert "line 4, observation 3: 'ZZZ' has no code in REF_AREA." in told
    assert "line 5, observation 4: UNIT_MEASURE says 'USD' and not 'PS'" in told
    assert "line 6, observation 5: status 'Y' is not known." in told
    assert "line 7, observation 6: '' has no code in ORIGIN." in told


def test_what_the_reader_refuses_names_the_file(read) -> None:
    with pytest.raises(BadInput, match=r"message: line 2: the numbers are of OFF:OTHER\(1.0\)"):
        read(csv("A,XAA,XAB,2020,1,A,PS").replace("STOCK", "OTHER"))
