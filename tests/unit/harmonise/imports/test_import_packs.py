"""Mapping packs: what they say, and every fault told with its line."""

import pytest

from cauce.harmonise.imports import parse_import
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, ObsStatus


def told(pack_of, more="", replaced=None, **files):
    with pytest.raises(BadInput) as caught:
        pack_of(more, replaced, **files)
    return str(caught.value)


def test_a_pack_is_read_with_what_words_mean(pack_of):
    pack = pack_of()
    area, origin = pack.dimensions

    assert area.codes == {"Alpha": "XAA", "Beta": "XAB", "Land A": "XAA"}
    assert next(iter(area.names)) == "XAB"
    assert origin.codes["XAA"] == "XAA"
    assert origin.codes[""] == "_T"
    assert pack.marks[".."].status is ObsStatus.NOT_COLLECTED
    assert pack.marks["-"].absent
    assert pack.statuses["E"].status is ObsStatus.ESTIMATED
    assert pack.statuses[""].status is ObsStatus.NORMAL
    assert pack.indicator.source == "import"
    assert pack.zero is None


def test_the_hash_changes_with_the_words_a_pack_uses(pack_of):
    assert pack_of().sha256 == pack_of().sha256
    more = {"office/words.csv": "theirs,code\nLand A,XAA\nLand B,XAB\n"}
    assert pack_of(**more).sha256 != pack_of().sha256


def test_ilostat_letters_never_pass_through(pack_of):
    """Five letters mean something else in SDMX, four do not exist there."""
    statuses = pack_of(replaced={'system = "sdmx"': 'system = "ilostat"'}).statuses
    found = {letter: statuses[letter].status.value for letter in "ABCEFILMNPRSUXZ"}

    assert found == {
        "A": "E", "B": "B", "C": "Q", "E": "E", "F": "F", "I": "I", "L": "A", "M": "E",
        "N": "L", "P": "P", "R": "A", "S": "N", "U": "U", "X": "M", "Z": "E",
    }  # fmt: skip
    assert statuses["C"].conf is ConfStatus.CONFIDENTIAL
    assert statuses["Model-based extrapolation"].note.startswith("The producer's status: M, model")


def test_a_pack_without_statuses_calls_its_numbers_normal(pack_of):
    pack = pack_of(replaced={'[status]\nfrom = "mark"\nsystem = "sdmx"\n': ""})
    assert pack.statuses == {"": pack.statuses[""]}
    assert pack.statuses[""].status is ObsStatus.NORMAL


def test_a_pack_without_marks_knows_no_marks(pack_of):
    text = pack_of(replaced={"[marks]": "[status.codes]"})
    assert text.marks == {}
    assert text.statuses[".."].status is ObsStatus.NOT_COLLECTED


def test_zero_gaps_constants_skips_and_doubles_are_declared(pack_of):
    words = '{ en = "why", es = "por qué" }'
    pack = pack_of(
        f'[zero]\nen = "0"\nes = "0"\n[constant]\nmark = "x"\n'
        f'[[gap]]\nperiod = "2020"\nbecause = {words}\n'
        f'[[skip]]\ncolumn = "to"\nbegins = ["*"]\nbecause = {words}\n'
        f'[[twice]]\nword = {{ to = "Alpha" }}\ndo = "same"\nbecause = {words}\n'
        f'[[twice]]\nword = {{ to = "Beta" }}\ndo = "add"\nbecause = {words}\n'
    )
    assert pack.zero is not None
    assert pack.constants == {"mark": "x"}
    assert pack.gaps[0].period == "2020"
    assert pack.skips[0].begins == ("*",)
    assert [one.do for one in pack.twice] == ["same", "add"]


def test_blocks_and_matrices_say_where_their_headers_are(pack_of):
    blocks = pack_of(
        replaced={
            'kind = "table"': 'kind = "blocks"\nblock_row = 3\nheader = 4',
            'value = "people"': "",
        }
    )
    assert (blocks.shape.block_row, blocks.shape.header) == (3, 4)
    matrices = pack_of(
        replaced={
            'kind = "table"\ncolumns = ["to", "from", "year", "people", "mark"]\n'
            'value = "people"': 'kind = "matrices"\nnames = "names"\nmatrix = "matrix"'
        }
    )
    assert (matrices.shape.names, matrices.shape.matrix) == ("names", "matrix")


def test_there_is_no_such_pack():
    with pytest.raises(BadInput, match=r"There is no mapping pack nobody\. There are: office\."):
        parse_import("nobody", {"office/import.toml": ""}, {})


def test_a_pack_that_is_no_toml_or_lacks_its_parts_is_refused():
    for text in ("id = ", 'id = "X"'):
        with pytest.raises(BadInput, match="The mapping pack"):
            parse_import("office", {"office/import.toml": text}, {})


def test_a_list_of_words_that_is_not_there_or_wrong_is_told(pack_of):
    assert "There is no file office/words.txt" in told(
        pack_of, replaced={'"words.csv"': '"words.txt"'}
    )
    wrong = {"office/words.csv": "theirs,code\nLand A\nLand B,XAA\nLand B,XAA\nLand C,XZZ\n"}
    said = told(pack_of, **wrong)
    assert "words.csv, line 2: a line must have" in said
    assert "words.csv, line 4: 'Land B' stands twice." in said
    assert "words.csv, line 5: XZZ is in none of the lists" in said
    assert "words.csv, line 1: the first line" in told(pack_of, **{"office/words.csv": "a,b\n"})
    assert "line 1: the first line" in told(pack_of, **{"office/words.csv": ""})


def test_words_may_be_shared_between_packs(pack_of):
    pack = pack_of(
        replaced={'"words.csv"': '"systems/all.csv"'}, **{"systems/all.csv": "theirs,code\nB,XAB\n"}
    )
    assert pack.dimensions[0].codes["B"] == "XAB"


def test_a_dimension_has_a_column_or_one_code(pack_of):
    fixed = {'from = "to"\nlists = ["CL_PLACE"]': 'fixed = "XAA"\nlists = ["CL_PLACE"]'}
    assert pack_of(replaced=fixed).dimensions[0].fixed == "XAA"
    assert "says either from" in told(pack_of, replaced={'from = "to"': ""})
    assert "XZZ is in none" in told(
        pack_of,
        replaced={'from = "to"\nlists = ["CL_PLACE"]': 'fixed = "XZZ"\nlists = ["CL_PLACE"]'},
    )
    assert "There is no code list CL_PLAC. Did you mean CL_PLACE?" in told(
        pack_of, replaced={'from = "to"\nlists = ["CL_PLACE"]': 'from = "to"\nlists = ["CL_PLAC"]'}
    )


def test_what_every_import_must_say_is_asked_for(pack_of):
    assert "[period] says either" in told(pack_of, replaced={'[period]\nfrom = "year"': ""})
    assert "REF_AREA] is missing" in told(
        pack_of,
        replaced={"[dimension.REF_AREA]": '[dimension.AREA]\nname = { en = "A", es = "A" }'},
    )
    assert "must be a name of a vintage" in told(pack_of, replaced={'"2021"\nfre': '"20 21"\nfre'})
    assert "must be 64 digits" in told(
        pack_of, replaced={'format = "csv"': 'format = "csv"\nsha256 = "abc"'}
    )
    assert "colour is not a key we know" in told(
        pack_of, replaced={"[file]\nname": '[file]\ncolour = "red"\nname'}
    )


def test_what_is_no_table_is_told(pack_of):
    assert "marks" in told(pack_of, replaced={'".." = { to = "L"': '"!" = 1\n".." = { to = "L"'})
    words = '{ en = "why", es = "por qué" }'
    assert "word" in told(pack_of, f'[[twice]]\nword = 1\ndo = "add"\nbecause = {words}\n')
