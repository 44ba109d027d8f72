"""The codebook of a pack's files, and a pack started from it that makes the same variables."""

from dataclasses import replace
from pathlib import Path

import pytest

from cauce.cli.ddi import refuse_faults
from cauce.cli.places import own_packs, own_region
from cauce.model.errors import BadInput
from cauce.model.pack import Pack, Place
from cauce.model.stage_columns import Certainty, StageColumns
from cauce.pipeline.codebook import (
    codebook_of,
    file_of,
    start_from_codebook,
    write_codebook,
)
from cauce.pipeline.packs import read_pack
from cauce.sources.ddi import read_codebook

TABLE = """[[table]]
id = "STAFF"
name = { en = "Staff", es = "Personal" }
indicators = ["EMPR_STAFF_NB"]
dimensions = ["SIZE"]
"""
EMPLOYERS = own_packs() / "demo" / "employers_2025"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(EMPLOYERS, own_region())


@pytest.fixture(scope="module")
def document() -> bytes:
    return write_codebook(EMPLOYERS, own_region())


@pytest.fixture
def book(document: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "book.xml"
    path.write_bytes(document)
    return path


def test_a_pack_alone_has_the_columns_it_names(pack: Pack, book: Path) -> None:
    found = read_codebook(book)
    (file,) = found.files
    columns = {one.name: one for one in file.columns}

    assert found == codebook_of(pack, [file_of(pack, pack.waves[0])])
    assert (found.partial, found.invented, found.confidential) == (True, True, False)
    assert columns["weight"].roles == ("weight",)
    size = columns["size"]
    assert size.makes == ("SIZE",)
    assert size.categories[0].label == {"en": "1", "es": "1"}
    empty = next(one for one in size.categories if one.code == "")
    assert (empty.missing, empty.reason) == (True, "not_applicable")


def test_a_pack_started_from_its_codebook_makes_the_same_of_the_file(
    pack: Pack, book: Path, tmp_path: Path
) -> None:
    """All but what no codebook says: tables, grounds, code lists of the pack's own."""
    into = tmp_path / "again"
    columns = start_from_codebook(book, "XAA", "EMPLOYERS", "2025", into)
    text = (into / "pack.toml").read_text().replace('"?"', '"written"')
    own = (EMPLOYERS / "pack.toml").read_text()
    lists = own[own.index("[codelist.CL_REGION_XCA]") : own.index("[recode.REGION_XCA]")]
    (into / "pack.toml").write_text(f"{text}\n{lists}\n{TABLE}")

    again = read_pack(into, own_region())

    assert columns == len(read_codebook(book).files[0].columns)
    assert {(one.variable, one.column): (one.codes, one.missing) for one in again.recodes} == {
        (one.variable, one.column): (one.codes, one.missing) for one in pack.recodes
    }
    assert {(n.variable, n.column): n.missing for n in again.numbers} == {
        (n.variable, n.column): n.missing for n in pack.numbers
    }
    assert {d.variable for d in again.derivations} == {d.variable for d in pack.derivations}
    assert (again.design.stratum, again.design.psu) == (pack.design.stratum, pack.design.psu)


def test_with_the_file_every_column_is_told_with_its_kind(pack: Pack, tmp_path: Path) -> None:
    names = [one.name for one in file_of(pack, pack.waves[0]).columns]
    lines = [",".join((*names, "other")), ",".join(("1", *("2" for _ in names[1:]), "x"))]
    (tmp_path / "empleadores2025.csv").write_text("\n".join(lines) + "\n")
    path = tmp_path / "book.xml"
    path.write_bytes(write_codebook(EMPLOYERS, own_region(), [tmp_path], ("es",)))

    found = read_codebook(path)
    columns = {one.name: one for one in found.files[0].columns}

    assert not found.partial
    assert columns["other"].kind == "text"
    assert columns["stratum"].kind == "integer"
    assert columns["size"].label == {"es": "Personas en el lugar de trabajo"}


def test_a_file_that_is_not_there_stops_it(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="was not found beside the pack"):
        write_codebook(EMPLOYERS, own_region(), [tmp_path])


def test_nothing_is_overwritten_and_no_name_goes_unchecked(book: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="area '' must be three capitals"):
        start_from_codebook(book, "", "LFS", "2025", tmp_path)
    (tmp_path / "pack.toml").write_text("")
    with pytest.raises(BadInput, match="nothing is overwritten"):
        start_from_codebook(book, "XAA", "LFS", "2025", tmp_path)


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="ddi:codebook:2_5"><xs:element name="{}"/></xs:schema>"""


def test_a_schema_at_hand_is_asked(document: bytes, tmp_path: Path) -> None:
    schema = tmp_path / "codebook.xsd"
    schema.write_text(SCHEMA.format("codeBook"))
    refuse_faults(document, schema)
    schema.write_text(SCHEMA.format("other"))
    with pytest.raises(BadInput, match=r"codebook\.xsd does not allow .* line 2"):
        refuse_faults(document, schema)


def test_a_codebook_says_what_was_drawn_within_psus(pack: Pack) -> None:
    sure = Certainty("AUTOR", ("1",), ("2",), Place("pack.toml", 1))
    stages = (StageColumns("VIV", "PANEL", "N2"),)
    design = replace(pack.design, stages=stages, certainty=sure)

    said = codebook_of(replace(pack, design=design), ()).sampling

    assert "Units of stage 2, column: VIV · stratum PANEL · fpc N2." in said["en"]
    assert "Unidades de la etapa 2, columna: VIV" in said["es"]
    assert "Primary sampling units sure to be drawn: AUTOR = 1." in said["en"]
    assert "Units of stage" not in codebook_of(pack, ()).sampling["en"]
