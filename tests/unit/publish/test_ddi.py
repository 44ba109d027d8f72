"""A codebook as DDI-Codebook 2.5: what stands where, and read back."""

from pathlib import Path

import pytest
from lxml import etree

from cauce.model.codebook import Category, Codebook, FileColumn, SurveyFile
from cauce.publish.ddi import ddi_codebook
from cauce.sources.ddi import read_codebook

NS = {"d": "ddi:codebook:2_5"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Source: DDI Alliance, DDI-Codebook 2.5 (17 January 2012), codebook.xsd: the sequences of children
# of the elements that are written, in their order.
SEQUENCES = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation guide docStatus docSrc controlledVocabUsed notes",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs "
    "othrStdyMat notes",
    "citation": "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl subTitl altTitl parTitl IDNo",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe "
    "dataKind",
    "method": "dataColl notes anlyInfo stdyClas dataProcessing codingInstructions",
    "dataColl": "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame "
    "targetSampleSize deviat collMode resInstru instrumentDevelopment sources collSitu actMin "
    "ConOps weight cleanOps",
    "useStmt": "confDec specPerm restrctn contact citReq deposReq conditions disclaimer",
    "fileDscr": "fileTxt locMap notes",
    "fileTxt": "fileName fileCitation fileCont fileStrc dimensns fileType format filePlac dataChck "
    "ProcStat dataMsng software verStmt",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "var": "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng "
    "undocCod universe TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept "
    "derivation varFormat geoMap catLevel notes",
    "catgry": "catValu labl txt catStat mrow",
}
ONCE = ("titl", "confDec", "citReq", "conditions", "catValu", "varFormat", "fileName", "dimensns")

SEX = FileColumn(
    "sexo",
    {"": "Sexo de la persona"},
    "integer",
    (
        Category("1", {"": "Hombre"}, means={"SEX": "M", "SEX_HEAD": "M"}),
        Category("2", {"": "Mujer"}, means={"SEX": "F", "SEX_HEAD": "F"}),
        Category("9", {"en": "Not stated", "es": "No declarado"}, True, "not_stated"),
        Category("", {}, missing=True),
    ),
    question={"en": "Is it a man or a woman?", "es": "¿Es hombre o mujer?"},
    makes=("SEX", "SEX_HEAD"),
)
BOOK = Codebook(
    id="XAA_LFS_2025",
    title={"en": "Survey", "es": "Encuesta"},
    files=(
        SurveyFile(
            "a.zip",
            (
                FileColumn("estrato", {}, "integer", roles=("stratum", "person")),
                FileColumn("factor", {"": "Factor"}, "float", roles=("weight",)),
                SEX,
                FileColumn("dia", {"en": "Day", "es": "Día"}, "date"),
            ),
            "dta",
            "in/a.dta",
            "2025-Q1",
        ),
        SurveyFile("b.csv", (FileColumn("edad", {}),), "csv", period="2025-Q2"),
    ),
    area="XAA",
    area_name={"en": "Somewhere", "es": "Algún lugar"},
    version="2025",
    population={"en": "Everyone", "es": "Todos"},
    licence={"en": "Open", "es": "Abierta"},
    producer="The office",
    frequency="Q",
    sampling={"en": "Strata: column estrato.", "es": "Estratos: columna estrato."},
    weighting={"en": "Weight: column factor.", "es": "Peso: columna factor."},
    derived=(("YOUNG", "AGE < 25"),),
    invented=True,
    confidential=True,
    partial=True,
)


def tree(document: bytes) -> etree._Element:
    return etree.fromstring(document)


def told(element: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in element.findall(path, NS)]


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "book.xml"
    path.write_bytes(ddi_codebook(BOOK))

    assert read_codebook(path) == BOOK


def test_children_stand_in_the_order_of_the_schema() -> None:
    for element in tree(ddi_codebook(BOOK)).iter():
        name = etree.QName(element).localname
        names = [etree.QName(child).localname for child in element]
        for one in ONCE:
            assert names.count(one) <= 1, (name, one)
        if name in SEQUENCES:
            order = SEQUENCES[name].split()
            places = [order.index(child) for child in names]
            assert places == sorted(places), (name, names)


def test_ids_are_names_and_references_lead_to_them() -> None:
    root = tree(ddi_codebook(BOOK))
    ids = [one.get("ID") for one in root.iter() if one.get("ID")]

    assert ids == ["F1", "F2", "F1_V1", "F1_V2", "F1_V3", "F1_V4", "F2_V1"]
    assert {one.get("files") for one in root.findall(".//d:var", NS)} == {"F1", "F2"}
    assert root.find(".//d:var[@name='sexo']", NS).get("wgt-var") == "F1_V2"
    assert root.find(".//d:var[@name='edad']", NS).get("wgt-var") is None


def test_a_codebook_holds_no_count_of_people() -> None:
    document = ddi_codebook(BOOK)

    for name in (b"caseQnty", b"catStat", b"sumStat", b"TotlResp", b"valrng"):
        assert name not in document


def test_in_one_language_every_word_stands_once_as_nada_reads_it() -> None:
    """ihsn/nada, DdiVariable.php: of several labels it makes a list where it wants a word."""
    root = tree(ddi_codebook(BOOK, ("es",)))

    assert told(root, ".//d:stdyDscr/d:citation/d:titlStmt/d:titl") == ["Encuesta"]
    assert told(root, ".//d:stdyDscr/d:citation/d:titlStmt/d:IDNo") == ["XAA_LFS_2025"]
    assert told(root, ".//d:nation") == ["Algún lugar"]
    for variable in root.findall(".//d:var", NS):
        assert len(variable.findall("d:labl", NS)) == 1
        assert all(len(one.findall("d:labl", NS)) <= 1 for one in variable.findall("d:catgry", NS))
        assert len(variable.get("files").split()) == 1
    asked = root.findall(".//d:qstnLit", NS)
    assert [(one.get(LANG), one.text) for one in asked] == [("es", "¿Es hombre o mujer?")]


def test_what_is_said_in_no_language_asked_for_is_said_as_it_is() -> None:
    root = tree(ddi_codebook(BOOK, ("en",)))

    assert told(root, ".//d:var[@name='sexo']/d:labl") == ["Sexo de la persona"]


def test_codes_and_what_names_people_are_no_amounts() -> None:
    root = tree(ddi_codebook(BOOK))

    found = {one.get("name"): one.get("intrvl") for one in root.findall(".//d:var", NS)}
    assert found == {
        "estrato": "discrete",
        "factor": "contin",
        "sexo": "discrete",
        "dia": "discrete",
        "edad": "discrete",
    }


def test_the_same_codebook_is_the_same_bytes() -> None:
    assert ddi_codebook(BOOK) == ddi_codebook(BOOK)


@pytest.mark.parametrize("told_in_file", ["a\x00b", "a\x0bb", "a\ud800b", "a\ufffeb"])
def test_a_label_with_what_xml_cannot_hold_is_written_all_the_same(told_in_file: str) -> None:
    column = FileColumn("p1", {"": told_in_file})
    book = Codebook("X", {"en": "A"}, (SurveyFile("a.csv", (column,)),))

    assert told(tree(ddi_codebook(book)), ".//d:labl") == ["a b"]


def test_what_is_not_known_is_left_out_and_not_made_up() -> None:
    book = Codebook("X", {"en": "A"}, (SurveyFile("a.csv", (FileColumn("p1", {}),)),))
    root = tree(ddi_codebook(book))

    for name in ("nation", "universe", "sampProc", "dataAccs", "AuthEnty", "varFormat", "timePrd"):
        assert root.find(f".//d:{name}", NS) is None
