"""Structure messages of others: those of the shared fixture, those we write, and bad ones."""

import re
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.model.structure import Artefact, DataStructure
from cauce.publish import Message
from cauce.publish.structure.ml import structures_ml
from cauce.sources.structures.data import read_data
from cauce.sources.structures.message import artefacts
from cauce.sources.structures.reading import read_structures

HELD = Path(__file__).parents[3] / "sdmx_fixture"
FIXTURE, DATA = HELD / "structures_21.xml", HELD / "DF_LM.csv"
SPACE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
STR = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"


@pytest.fixture
def message(tmp_path: Path):
    def made(inner: str, version: str = "2_1") -> Path:
        path = tmp_path / "structures.xml"
        space, str_ = SPACE.replace("2_1", version), STR.replace("2_1", version)
        opened = f'<Structure xmlns="{space}" xmlns:s="{str_}"><Structures>'
        path.write_text(f"{opened}{inner}</Structures></Structure>")
        return path

    return made


def kept(found: list[Artefact] | tuple[Artefact, ...], kinds: set[str]) -> list[Artefact]:
    return sorted((each for each in found if each.ref.kind in kinds), key=lambda one: one.ref)


def test_the_fixture_has_one_of_every_kind() -> None:
    found = read_structures(FIXTURE)

    assert (len(found.artefacts), dict(found.left)) == (30, {})
    assert len({each.ref.kind for each in found.artefacts}) == 19
    assert all(each.body is not None for each in found.artefacts)


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_what_we_write_is_read_as_what_it_was(version: str, tmp_path: Path) -> None:
    """Every version says the same of what it can hold; 3.0 and 3.1 have no word for the rest."""
    whole, _ = artefacts(FIXTURE)
    path = tmp_path / "again.xml"
    head = Message("AGAIN", "2026-11-27T12:00:00+00:00", False)
    path.write_bytes(structures_ml(whole, head, version=version))
    again, left = artefacts(path)
    kinds = {each.ref.kind for each in again}

    if version == "2.1":
        assert (again, dict(left)) == (whole, {})
        return
    # What there is of a dataflow is no artefact of 3.1.
    assert dict(left) == ({"AvailabilityConstraint": 1} if version == "3.1" else {})
    assert {"codelist", "conceptscheme", "datastructure", "dataflow", "categorisation"} <= kinds
    bodies = ("conceptscheme", "categoryscheme", "dataflow", "provisionagreement")
    assert [(one.ref, one.names, one.body) for one in kept(again, {*bodies})] == [
        (one.ref, one.names, one.body) for one in kept(whole, {*bodies})
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_what_another_program_writes_in_3_0_is_read_as_what_it_was(tmp_path: Path) -> None:
    """pysdmx reads a part of the fixture and writes it anew; what stands above a code it loses."""
    from pysdmx.io import read_sdmx, write_sdmx
    from pysdmx.io.format import Format

    text = FIXTURE.read_text("utf-8")
    kept_out = "Metadataflows|MetadataStructures|HierarchicalCodelists|StructureSets|"
    kept_out += "ReportingTaxonomies|Processes|Constraints"
    part, path = tmp_path / "part.xml", tmp_path / "pysdmx.xml"
    part.write_text(re.sub(rf"<str:({kept_out})>.*?</str:\1>", "", text), "utf-8")
    held = read_sdmx(part, validate=False).structures
    path.write_text(write_sdmx(held, sdmx_format=Format.STRUCTURE_SDMX_ML_3_0), "utf-8")
    ours, theirs = ({each.ref: each for each in artefacts(one)[0]} for one in (FIXTURE, path))

    unlike = {ref.id for ref, each in theirs.items() if each.body != ours[ref].body}
    assert (len(theirs), unlike) == (18, {"CL_AGE", "DSD_LM"})
    first, second = (one[ref].body for one in (ours, theirs) for ref in one if ref.id == "DSD_LM")
    assert isinstance(first, DataStructure)
    assert isinstance(second, DataStructure)
    # In 3.0 an attribute of observations says of which measure it is.
    assert (first.dimensions, first.groups) == (second.dimensions, second.groups)
    assert first.attributes[1:] == second.attributes[1:]


CODELIST = '<s:Codelists><s:Codelist id="CL" agencyID="RLM"{}>{}</s:Codelist></s:Codelists>'


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("", "has no artefact that Cauce holds"),
        (CODELIST.format("", '<s:Code id=""/>'), "line 1: <Code> has no id"),
        ('<s:Codelists><s:Codelist id="CL"/></s:Codelists>', "<Codelist> has no agencyID"),
        (CODELIST.format("", "") * 2, "RLM:CL.1.0. of kind codelist stands twice"),
        (CODELIST.format(' version="a(b)"', ""), "is no identity"),
        ("<s:Dataflows><s:Dataflow id='D' agencyID='A'><s:Structure><Ref id='X'/></s:Structure>"
         "</s:Dataflow></s:Dataflows>", "line 1: <Ref> has no agencyID"),
        ("<s:Dataflows><s:Dataflow id='D' agencyID='A'><s:Structure>urn:x</s:Structure>"
         "</s:Dataflow></s:Dataflows>", "line 1: urn:x is no URN"),
        ("<s:DataStructures><s:DataStructure id='D' agencyID='A'/></s:DataStructures>",
         "lacks <DataStructureComponents>"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_message_that_is_wrong_is_refused_with_its_line(message, inner: str, why: str) -> None:
    with pytest.raises(BadInput, match=f"structures.xml: .*{why}"):
        read_structures(message(inner))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<a/>", "<a> is no structure message"),
        ("DATAFLOW,SEX", "is no XML.*Name the structures first, then the data"),
        ("", "is no XML"),
        (f'<Structure xmlns="{SPACE.replace("2_1", "2_0")}"/>', "are in SDMX-ML 2.0"),
        (f'<Structure xmlns="{SPACE}"/>', "has no <Structures>"),
        (f'<!DOCTYPE Structure><Structure xmlns="{SPACE}"/>', "brings a DTD"),
        (f'<Structure xmlns="{SPACE}"><Structures>' + "<a>" * 500, "more than 128 deep"),
    ],
)
def test_what_is_no_structure_message_or_could_harm_is_refused(tmp_path, text, why) -> None:
    path = tmp_path / "structures.xml"
    path.write_text(text)
    with pytest.raises(BadInput, match=why):
        artefacts(path)


def test_what_nobody_holds_is_counted(message) -> None:
    scheme = '<s:VtlMappingSchemes><s:VtlMappingScheme id="V" agencyID="A"/></s:VtlMappingSchemes>'
    found, left = artefacts(message(scheme + CODELIST.format(' version="1.2.0"', ""), "3_0"))

    assert dict(left) == {"VtlMappingScheme": 1}
    assert [(each.ref.version, each.final) for each in found] == [("1.2.0", True)]


def test_an_artefact_that_is_elsewhere_is_never_fetched(message) -> None:
    told = ' isExternalReference="true" structureURL="http://127.0.0.1:1/x"'
    [found], _ = artefacts(message(CODELIST.format(told, "")))

    assert (found.external, found.body, found.structure_url) == (True, None, "http://127.0.0.1:1/x")


def test_rows_are_told_apart_by_dataflow_and_unknown_components_are_counted() -> None:
    found = read_data(DATA, ("FREQ", "REF_AREA", "SEX", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"))
    [rows] = found.rows.values()

    assert [*found.rows] == [("RLM:DF_LM(1.0)", "")]
    assert (len(rows.lines), int(rows.lines[0])) == (336, 2)
    assert rows.columns["SEX"].words == ("F", "M", "_T")
    assert found.strange == {"AGE": (336, 2, 1), "UNIT_MEASURE": (336, 2, 1)}


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput, match="There is no file"):
        read_structures(Path("nowhere.xml"))
    with pytest.raises(BadInput, match="There is no file"):
        read_data(Path("nowhere.csv"), ())
