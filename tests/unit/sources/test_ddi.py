"""Codebooks of other houses, and the packs started from them."""

import tomllib
from pathlib import Path

import pytest

from cauce.model.codebook import Category, Codebook, FileColumn, SurveyFile
from cauce.model.errors import BadInput
from cauce.sources import ddi
from cauce.sources.codebook_skeleton import chosen_files, codebook_skeleton
from cauce.sources.ddi import read_codebook

# As Nesstar Publisher writes it: no namespace, everything in CDATA, frequencies, invalid codes.
NESSTAR = """<?xml version="1.0" encoding="ISO-8859-1"?>
<codeBook version="1.2.2" ID="XAA-LFS-2019">
 <docDscr><citation><titlStmt><titl>Not this</titl></titlStmt></citation></docDscr>
 <stdyDscr><citation><titlStmt><titl><![CDATA[Encuesta de hogares]]></titl>
   <IDNo>XAA-2019</IDNo></titlStmt><rspStmt><AuthEnty>La oficina</AuthEnty></rspStmt></citation>
  <stdyInfo><sumDscr><nation abbr="XAA">Lugar</nation>
   <universe>Residentes</universe></sumDscr></stdyInfo>
  <method><dataColl><weight>factor</weight></dataColl></method></stdyDscr>
 <fileDscr ID="F1" URI="personas.NSDstat"><fileTxt><fileName>personas.NSDstat</fileName>
   <dimensns><caseQnty>30</caseQnty></dimensns><fileType>Nesstar 200801</fileType></fileTxt>
 </fileDscr>
 <dataDscr>
  <var ID="V1" name="sexo" files="F1" dcml="0" intrvl="discrete"><labl>Sexo</labl>
   <qstn><qstnLit>&#191;Es hombre
      o mujer?</qstnLit></qstn>
   <invalrng><item VALUE="9"/><item VALUE="99"/></invalrng>
   <catgry><catValu>1</catValu><labl>Hombre</labl><catStat type="freq">12</catStat></catgry>
   <catgry><catValu>2</catValu><labl>Mujer</labl><catStat type="freq">17</catStat></catgry>
   <catgry missing="Y"><catValu>9</catValu><labl>No declara</labl></catgry>
   <varFormat type="numeric" schema="other"/></var>
  <var ID="V2" name="factor" files="F1" wgt="wgt"><labl xml:lang="es-CR">Factor</labl>
   <labl xml:lang="en">Weight</labl><varFormat type="numeric"/></var>
  <var ID="V3" name="fecha" files="F1"><varFormat type="character" category="date"/></var>
  <var ID="V4" name="nombre" files="F1"><varFormat type="character"/></var>
 </dataDscr></codeBook>"""
SMALL = '<codeBook xmlns="ddi:codebook:2_5"><dataDscr><var name="p1"/></dataDscr></codeBook>'


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "book.xml"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_codebook_of_another_house_is_read(written) -> None:
    book = read_codebook(written(NESSTAR, "latin-1"))

    assert (book.id, book.title, book.area) == ("XAA-2019", {"": "Encuesta de hogares"}, "XAA")
    assert (book.area_name, book.producer) == ({"": "Lugar"}, "La oficina")
    assert book.population == {"": "Residentes"}
    (file,) = book.files
    assert (file.name, file.format) == ("personas.NSDstat", "Nesstar 200801")
    sex, weight, day, name = file.columns
    assert sex.question == {"": "¿Es hombre o mujer?"}
    assert sex.categories == (
        Category("1", {"": "Hombre"}),
        Category("2", {"": "Mujer"}),
        Category("9", {"": "No declara"}, missing=True),
        Category("99", {}, missing=True),
    )
    assert (weight.label, weight.roles) == ({"es": "Factor", "en": "Weight"}, ("weight",))
    assert (day.kind, name.kind, sex.kind) == ("date", "text", "float")


def test_a_document_as_small_as_can_be_is_read(written) -> None:
    book = read_codebook(written(SMALL))

    assert book == Codebook("", {}, (SurveyFile("", (FileColumn("p1", {}),)),))


BOMB = "".join(f'<!ENTITY l{at} "{10 * f"&l{at - 1};"}">' for at in range(1, 10))
FAULTS = [
    ('<!DOCTYPE codeBook SYSTEM "http://127.0.0.1/x.dtd"><codeBook/>', "brings a DTD"),
    ('<!DOCTYPE codeBook [<!ENTITY e SYSTEM "file:///etc/passwd">]><codeBook>&e;</codeBook>',
     "brings a DTD"),
    (f'<!DOCTYPE codeBook [<!ENTITY l0 "lol">{BOMB}]><codeBook>&l9;</codeBook>', "brings a DTD"),
    (f'<!DOCTYPE c [<!ENTITY l0 "lol">{BOMB}]><codeBook ID="&l9;"/>', "DTD|not well-formed"),
    ("<codeBook>&e;</codeBook>", "not well-formed XML"),
    ("<codeBook>" + "<a>" * 400 + "</a>" * 400 + "</codeBook>", "not well-formed XML"),
    (SMALL[:-12], "Is the file cut off"),
    ("", "not well-formed XML"),
    ("a,b\n1,2\n", "not well-formed XML"),
    ("<html/>", "<html> is no DDI-Codebook"),
    ('<DDIInstance xmlns="ddi:instance:3_2"/>', "DDI-Lifecycle. Export it as DDI-Codebook 2.5"),
    ("<codeBook><stdyDscr/></codeBook>", "describes no variable"),
    ("<codeBook><dataDscr><var/></dataDscr></codeBook>", "line 1: a <var> has no name"),
    (f'<?xml version="1.0" encoding="x-y"?>{SMALL}', "not well-formed XML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), FAULTS)
def test_what_is_no_codebook_is_refused_with_its_place(written, text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as error:
        read_codebook(written(text))
    assert str(error.value).startswith("book.xml: ")


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"cannot be opened \(No such file"):
        read_codebook(tmp_path / "none.xml")
    with pytest.raises(BadInput, match=r"cannot be opened \(Is a directory"):
        read_codebook(tmp_path)


def test_what_is_too_large_is_refused(written, monkeypatch) -> None:
    monkeypatch.setattr(ddi, "MOST_BYTES", 10)
    with pytest.raises(BadInput, match="larger than 10 bytes"):
        read_codebook(written(SMALL))
    monkeypatch.setattr(ddi, "MOST_BYTES", 10_000)
    monkeypatch.setattr(ddi, "MOST_COLUMNS", 0)
    with pytest.raises(BadInput, match="more than 0 variables"):
        read_codebook(written(SMALL))


def started(book: Codebook, only: str = "") -> str:
    return codebook_skeleton(book, chosen_files(book, only), "XAA", "LFS", "2019")


def test_a_pack_started_from_it_says_what_is_known_and_asks_the_rest(written) -> None:
    text = started(read_codebook(written(NESSTAR, "latin-1")))
    pack = tomllib.loads(text)

    assert pack["survey"]["name"] == {"en": "?", "es": "?"}
    assert "# Encuesta de hogares\n" in text
    assert pack["survey"]["source"] == "La oficina"
    assert pack["wave"] == [{"period": "2019", "file": "personas.NSDstat", "format": "?"}]
    assert (pack["design"]["weight"], pack["design"]["psu"]) == ("factor", "?")
    assert '# "1" = "?"   # Hombre\n' in text
    assert '# "9" = { missing = "?" }   # No declara\n' in text
    assert "# asked: ¿Es hombre o mujer?\n" in text
    assert "12" not in text.partition("[survey]")[2], "a frequency of the codebook"


def test_nothing_a_codebook_says_breaks_out_of_the_pack() -> None:
    nasty = '"\n[survey]\nid = "X" #'
    column = FileColumn(nasty, {"": nasty}, "", (Category(nasty, {"": nasty}),), {"": nasty},
                        (nasty,))  # fmt: skip
    book = Codebook(nasty, {"en": nasty, "": nasty}, (SurveyFile(nasty, (column,), nasty),))

    pack = tomllib.loads(started(book))

    assert pack["survey"]["id"] == "LFS"
    assert pack["wave"][0]["file"] == nasty


def test_of_several_files_one_is_named_unless_they_are_rounds() -> None:
    files = SurveyFile("homes.dta", (FileColumn("a", {}),)), SurveyFile("people.dta", ())
    book = Codebook("X", {}, files)

    with pytest.raises(BadInput, match=r"--only which the pack is of: homes\.dta, people\.dta"):
        chosen_files(book)
    with pytest.raises(BadInput, match=r"no file 'x'. It has: homes\.dta"):
        chosen_files(book, "x")
    assert chosen_files(book, "people.dta") == files[1:]
    many = Codebook("X", {}, tuple(SurveyFile(f"{at}", ()) for at in range(25)))
    with pytest.raises(BadInput, match="18, 19 and 5 more"):
        chosen_files(many)


def test_questions_in_both_languages_become_questions_of_the_pack() -> None:
    asked = {"en": "How old?", "es": "¿Qué edad?"}
    book = Codebook("X", {}, (SurveyFile("a.csv", (FileColumn("edad", {}, question=asked),)),))

    assert tomllib.loads(started(book))["questions"] == {"edad": asked}


def test_what_a_codebook_says_twice_is_written_once_and_then_asked() -> None:
    codes = (Category("1", {}, means={"SEX": "M"}), Category("1", {}, means={"SEX": "F"}))
    columns = tuple(FileColumn(name, {}, "", codes, makes=("SEX",)) for name in ("p1", "p2"))
    derived = (("SEX", "p3"), ("AGE", "p4"), ("AGE", "p5"))
    text = started(Codebook("X", {}, (SurveyFile("a.csv", columns),), derived=derived))
    pack = tomllib.loads(text)

    assert pack["recode"] == {"SEX": {"from": "p1", "1": "F"}}
    assert pack["derive"] == {"AGE": {"expr": "p4"}}
    assert '# from = "p2"' in text
    assert '# expr = "p5"' in text
