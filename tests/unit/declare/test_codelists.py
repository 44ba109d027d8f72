"""Code lists as CSV, and those that come with the registers."""

import csv
import unicodedata
from pathlib import Path

import pytest

from cauce.declare.codelists import read_codelists
from cauce.model.codelist import Codelist
from cauce.model.errors import BadInput
from cauce.model.record import Absent

ROOT = Path(__file__).parents[3] / "packs"
FILES = {p.name: p.read_text() for p in (ROOT / "registers" / "codelists").glob("*.csv")}
LISTS = read_codelists(FILES)
GOOD = '# CL_X|Thing|Cosa|us [I]\ncode,en,es\nA,"One, two","Uno, dos"\n'


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def refused(*texts: str) -> str:
    with pytest.raises(BadInput) as caught:
        read_codelists({f"{number}.csv": text for number, text in enumerate(texts)})
    return str(caught.value)


def test_a_list_is_read_with_its_source() -> None:
    found = read_codelists({"x.csv": GOOD})["CL_X"]
    assert (found.name.es, found.source) == ("Cosa", "us [I]")
    assert found.codes[0].name.es == "Uno, dos"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the first line must be # ID|English|Spanish|source."),
        ("CL_X|Thing|Cosa|us\ncode,en,es\n", "the first line must be"),
        ("# CL_X|Thing|Cosa|us\n", "line 2: the second line must be code,en,es."),
        (GOOD + "B,Two\n", "line 4: a line must have a code and its words, en and es."),
        (GOOD + "A,Two,Dos\n", "line 4: code A stands twice."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str) -> None:
    assert message in refused(text)


def test_a_list_declared_twice_is_told() -> None:
    assert "CL_X is declared twice." in refused(GOOD, GOOD)


@pytest.mark.parametrize("codelist", LISTS.values(), ids=lambda codelist: codelist.id)
def test_a_list_of_the_registers_is_one_people_can_choose_from(codelist: Codelist) -> None:
    """A code or its words, in either language, without accents or capitals, means one code."""
    assert f"{codelist.id}.csv" in FILES
    assert codelist.codes
    assert codelist.source
    meant: dict[str, str] = {}
    for code in codelist.codes:
        for word in {folded(code.id), folded(code.name.en), folded(code.name.es)}:
            assert meant.setdefault(word, code.id) == code.id, word


@pytest.mark.parametrize("codelist", LISTS.values(), ids=lambda codelist: codelist.id)
def test_no_code_looks_like_a_reason_for_an_absence(codelist: Codelist) -> None:
    """UNK, NST and NAP are read as absences before any list is asked."""
    assert not {code.id for code in codelist.codes} & {str(reason) for reason in Absent}


@pytest.mark.parametrize("codelist", LISTS.values(), ids=lambda codelist: codelist.id)
def test_the_source_of_a_list_says_how_sure_it_is(codelist: Codelist) -> None:
    standards = ("SDMX", "Labels of the coding")
    marked = any(mark in codelist.source for mark in ("[V]", "[K]", "[I]"))
    assert marked or codelist.source.startswith(standards)


def test_a_list_that_surveys_have_too_is_the_same() -> None:
    for path in (ROOT / "region" / "codelists").glob("*.csv"):
        if path.name in FILES:
            assert path.read_text() == FILES[path.name]


def test_countries_are_those_of_the_standard() -> None:
    codes = {code.id: code.name for code in LISTS["CL_COUNTRY"].codes}
    assert len(codes) == 249
    assert (codes["BLZ"].en, codes["BLZ"].es) == ("Belize", "Belice")
    assert codes["DOM"].es == "República Dominicana"
    assert {"COD", "FRA", "TLS"} <= set(codes)
    assert "OTHER" not in codes
    news = [code.id for code in LISTS["CL_NEWS_COUNTRY"].codes]
    assert news == [*codes, "OTHER"]


def test_the_fourth_challenge_of_regularization_has_no_code() -> None:
    assert [code.id for code in LISTS["CL_REG_CHALLENGE"].codes] == ["C1", "C2", "C3"]


def test_the_lists_hold_what_their_standards_count() -> None:
    sizes = {"CL_ISIC": 21, "CL_MICIC_GUIDELINE": 15, "CL_MCOF_SECTOR": 15, "CL_BLMA_THEME": 20}
    sizes |= {"CL_MECH_KIND": 11, "CL_ACCESS_PILLAR": 4, "CL_ACCESS_ELEMENT": 4}
    assert {name: len(LISTS[name].codes) for name in sizes} == sizes


def test_files_are_written_as_a_csv_writer_would() -> None:
    for name, text in FILES.items():
        rows = list(csv.reader(text.splitlines()[1:]))
        assert all(len(row) == 3 for row in rows), name
        assert text.endswith("\n")
