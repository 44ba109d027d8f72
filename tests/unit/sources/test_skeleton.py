"""A pack started from a file."""

import re
import tomllib
from dataclasses import replace

from cauce.model.pack import CsvFormat
from cauce.sources import CodeSeen, ColumnSeen, Inspection, skeleton


def seen(name="p1", label="Sexo", codes=(), labels=None, note=""):
    return ColumnSeen(name, "integer", label, 100, len(codes), tuple(codes), labels or {}, note)


def looked_at(*columns, csv=None, notes=()):
    suggestions = {"stratum": ("estrato",), "psu": (), "weight": ("fexp", "fac")}
    return Inspection(
        "a.csv", "ab" * 32, 10, "", "csv", csv, 100, columns, suggestions, tuple(notes)
    )


def recodes(text):
    """The commented blocks with their # taken off, as a person would."""
    wanted = re.compile(r'^# (\[recode|from|")')
    lines = [line[2:] for line in text.splitlines() if wanted.match(line)]
    return tomllib.loads("\n".join(lines))["recode"]


def test_it_is_toml_that_says_what_is_known():
    pack = tomllib.loads(skeleton(looked_at(seen()), "CRI", "LFS", "2024-Q1"))

    assert pack["survey"]["area"] == "CRI"
    assert pack["survey"]["freq"] == "Q"
    assert pack["wave"] == [{"period": "2024-Q1", "file": "a.csv", "format": "csv"}]
    assert pack["design"]["stratum"] == "estrato"
    assert pack["design"]["psu"] == "?"
    assert pack["design"]["weight"] == "fexp"
    assert pack["survey"]["confidential"] is True


def test_a_guessed_csv_is_written_down():
    text = skeleton(looked_at(seen(), csv=CsvFormat("\t", ",", "latin-1")), "CRI", "LFS", "2024")

    assert tomllib.loads(text)["wave"][0]["csv"] == {
        "delimiter": "\t",
        "decimal": ",",
        "encoding": "latin-1",
    }


def test_every_code_waits_for_its_meaning_beside_its_label():
    codes = [CodeSeen("1", 60, "Casa"), CodeSeen("2", 40, "Cuarto")]
    labels = {"1": "Casa", "2": "Cuarto", "9": "NS"}
    column = seen("p1 a", "Vivienda", codes=codes, labels=labels)

    text = skeleton(looked_at(column), "CRI", "LFS", "2024")

    assert recodes(text) == {
        "P1_A": {"from": "p1 a", "1": "?", "2": "?"},
    }
    assert "# Casa (60)" in text
    assert '"9" does not occur: NS' in text


def test_empty_cells_are_counted_where_there_are_any():
    column = replace(seen("p1", codes=[CodeSeen("1", 93, "")]), filled=93)

    assert '# "" = { missing = "?" }   # empty (7)' in skeleton(
        looked_at(column), "CRI", "LFS", "2024"
    )


def test_nothing_a_file_says_can_break_out_of_its_comment():
    nasty = 'x"\n[survey]\nid = "stolen" \u2028 # \x00\x7f'
    column = seen(nasty, nasty, [CodeSeen(nasty, 1, nasty)], {nasty: nasty, "z\n[y]": "\n[x]"})
    broken = seen(nasty, note=nasty)

    text = skeleton(looked_at(column, broken, seen(nasty), notes=[nasty]), "CRI", "LFS", "2024")

    pack = tomllib.loads(text)
    assert set(pack) == {"survey", "wave", "design", "rules"}
    assert pack["survey"]["id"] == "LFS"
    assert len(recodes(text)) == 1


def test_columns_without_codes_are_one_line():
    assert "# p1: Sexo – integer, 0 values, 100 filled" in skeleton(
        looked_at(seen()), "CRI", "LFS", "2024"
    )
