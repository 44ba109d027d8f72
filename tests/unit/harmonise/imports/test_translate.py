"""Lines of another producer's file in our codes: nothing is guessed, every fault has its place."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from cauce.harmonise.imports import lineage, translate
from cauce.model.codelist import TOTAL
from cauce.model.errors import BadInput
from cauce.model.imported import Lines
from cauce.model.observation import ObsStatus

WHY = 'because = { en = "why", es = "por qué" }\n'


def told(pack, lines):
    with pytest.raises(BadInput) as caught:
        translate(pack, lines)
    return str(caught.value)


def keys(found):
    codes = [[code.id for code in d.codes] for d in found.dataflow.dimensions]
    return [tuple(codes[j][p] for j, p in enumerate(row)) for row in found.key]


def test_words_become_codes_and_marks_reasons(pack_of, lines_of):
    found = translate(
        pack_of(),
        lines_of(
            ("Alpha", "XAB", "2020", 5.0, ""),
            ("Land A", "", "2021", "7", "E"),
            ("Beta", "XAA", "2020", "..", ""),
            ("Beta", "XAA", "2021", "-", ""),
        ),
    )

    assert keys(found) == [
        ("A", "XAA", "STOCK", "XAB", "2020"),
        ("A", "XAA", "STOCK", TOTAL, "2021"),
        ("A", "XAB", "STOCK", "XAA", "2020"),
    ]
    np.testing.assert_array_equal(found.value, [5.0, 7.0, np.nan])
    assert [one.value for one in found.obs_status] == ["A", "E", "L"]
    assert found.note[2] == "Not available. || No disponible."
    assert found.untaken == {"a dash. || un guion.": 1}
    assert found.notes == ("A note. || Una nota.",)
    assert [code.id for code in found.dataflow.dimensions[1].codes] == ["XAB", "XAA"]


def test_an_unknown_word_names_place_and_the_nearest(pack_of, lines_of):
    rows = [("Alfa", "XAB", "2020", 5.0, ""), ("Alfa", "XAA", "2020", 5.0, "")]
    said = told(pack_of(), lines_of(*rows))
    assert said == (
        "stock.csv: 1 thing is wrong. Nothing was taken.\n"
        "line 2: 'Alfa' has no code in REF_AREA, 2 lines. Did you mean Alpha?"
    )


def test_only_the_first_twenty_faults_are_told(pack_of, lines_of):
    said = told(pack_of(), lines_of(*(("Alpha", "XAA", "2020", f"x{n}", "") for n in range(25))))
    assert "25 things are wrong" in said
    assert said.endswith("… and 5 more.")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Alpha", "XAA", "2020", "1,5", ""), "'1,5' is not a number"),
        (("Alpha", "XAA", "2020", None, ""), "the cell is empty"),
        (("Alpha", "XAA", "2020", -1.0, ""), "infinite or below 0"),
        (("Alpha", "XAA", "2020", float("inf"), ""), "infinite or below 0"),
        (("Alpha", "XAA", "20", 1.0, ""), "'20' is no period of frequency A"),
        (("Alpha", "XAA", "2020", 1.0, "Y"), "status 'Y' is not known"),
        (("Alpha", "XAA", "2020", 1.0, "M"), "says that there is no number, and there is 1.0"),
        (("Alpha", "XAA", "2020", None, "P"), "the status P asks for one"),
    ],
)
def test_what_is_wrong_in_a_line_is_told(pack_of, lines_of, row, words):
    assert words in told(pack_of(), lines_of(row))


def test_a_status_says_why_there_is_no_number(pack_of, lines_of):
    rows = [("Alpha", "XAA", "2020", None, "L"), ("Alpha", "XAB", "2020", None, "N")]
    found = translate(pack_of(), lines_of(*rows))
    assert list(found.obs_status) == [ObsStatus.NOT_COLLECTED, ObsStatus.SUPPRESSED]
    shown = translate(pack_of(), lines_of(("Alpha", "XAA", "2020", 3.0, "N")))
    assert shown.obs_status == (ObsStatus.NOT_SIGNIFICANT,)


def test_zero_is_taken_unless_it_may_mean_nothing(pack_of, lines_of):
    rows = [("Alpha", "XAA", "2020", 0.0, ""), ("Alpha", "XAB", "2020", 2.0, "")]
    assert list(translate(pack_of(), lines_of(*rows)).value) == [0.0, 2.0]
    found = translate(pack_of('[zero]\nen = "0"\nes = "0"\n'), lines_of(*rows))
    assert list(found.value) == [2.0]
    assert found.untaken == {"0 || 0": 1}


def test_a_file_with_nothing_in_it_is_refused(pack_of, lines_of):
    said = told(pack_of(), lines_of(("Alpha", "XAA", "2020", "-", "")))
    assert said == "stock.csv: no number is left of 1 lines."


def test_a_key_that_stands_twice_is_refused(pack_of, lines_of):
    row = ("Alpha", "XAA", "2020", 5.0, "")
    said = told(pack_of(), lines_of(row, row))
    assert "line 3: XAA.XAA.2020 stands twice, here and in line 2, with the same number." in said
    assert "with another number" in told(pack_of(), lines_of(row, (*row[:3], 6.0, "")))


def test_a_declared_double_is_the_same_or_added(pack_of, lines_of):
    row, other = ("Alpha", "XAA", "2020", 5.0, ""), ("Alpha", "XAA", "2020", 6.0, "")
    same = pack_of(f'[[twice]]\nword = {{ to = "Alpha" }}\ndo = "same"\n{WHY}')
    found = translate(same, lines_of(row, row))
    assert (list(found.value), found.untaken) == ([5.0], {"why || por qué": 1})
    assert "another number" in told(same, lines_of(row, other))
    gone = (*row[:3], "..", "")
    assert isnan(translate(same, lines_of(gone, gone)).value[0])

    add = pack_of(f'[[twice]]\nword = {{ to = "Alpha", from = "XAA" }}\ndo = "add"\n{WHY}')
    found = translate(add, lines_of(row, other))
    assert (list(found.value), found.note) == ([11.0], ("why || por qué",))
    assert "stands twice" in told(add, lines_of(row, (*row[:3], "..", "")))
    assert "stands twice" in told(
        add, lines_of((*row[:1], "XAB", *row[2:]), (*row[:1], "XAB", *row[2:]))
    )


def test_notes_among_the_lines_are_skipped_unless_they_have_a_number(pack_of, lines_of):
    pack = pack_of(f'[[skip]]\ncolumn = "to"\nbegins = ["*"]\n{WHY}')
    note, row = ("*note", "", "", None, ""), ("Alpha", "XAA", "2020", 5.0, "")
    assert translate(pack, lines_of(note, row)).untaken == {"why || por qué": 1}
    said = told(pack, lines_of((*note[:3], 3.0, ""), row))
    assert "'*note' is declared as no data in [[skip]], and has a number" in said


def test_a_column_that_must_say_one_thing_says_another(pack_of, lines_of):
    pack = pack_of('[constant]\nyear = "2020"\n')
    said = told(pack, lines_of(("Alpha", "XAA", "2021", 5.0, "")))
    assert "year says '2021' and not '2020': is it another table?" in said
    assert list(translate(pack, lines_of(("Alpha", "XAA", "2020", 5.0, ""))).value) == [5.0]


def test_a_missing_period_is_said_by_every_series_beside_it(pack_of, lines_of):
    pack = pack_of(f'[[gap]]\nperiod = "2020"\n{WHY}')
    found = translate(
        pack,
        lines_of(
            ("Alpha", "XAA", "2019", 5.0, ""),
            ("Alpha", "XAB", "2021", 5.0, ""),
            ("Beta", "XAB", "2017", 5.0, ""),
        ),
    )
    missing = {key[1:4:2] for key in keys(found) if key[-1] == "2020"}
    assert missing == {("XAA", "XAA"), ("XAA", "XAB")}
    assert found.obs_status[-1] is ObsStatus.MISSING
    assert "Take the [[gap]] out" in told(pack, lines_of(("Alpha", "XAA", "2020", 5.0, "")))


def test_a_fixed_area_and_period_need_no_column(pack_of, lines_of):
    pack = pack_of(
        replaced={
            'from = "to"\nlists': 'fixed = "XAB"\nlists',
            '[period]\nfrom = "year"': '[period]\nfixed = "2021"',
        }
    )
    found = translate(pack, lines_of(("", "XAA", "", 5.0, "")))
    assert keys(found) == [("A", "XAB", "STOCK", "XAA", "2021")]


def test_thousands_are_multiplied(pack_of, lines_of):
    pack = pack_of(replaced={'unit = "PERSONS"': 'unit = "PERSONS"\nmultiplier = 1000'})
    assert list(translate(pack, lines_of(("Alpha", "XAA", "2020", 5.5, ""))).value) == [5500.0]


def test_a_column_the_shape_does_not_give_is_our_own_fault(pack_of, lines_of):
    pack = replace(pack_of(), status_from="status")
    assert "takes codes from status" in told(pack, lines_of(("Alpha", "XAA", "2020", 1.0, "")))


def test_a_place_is_a_line_or_a_cell():
    one = np.array([3], dtype=np.int64)
    assert Lines({}, (1.0,), one, one, "Sheet 1").place(0) == "Sheet 1, row 3, column 3"
    assert Lines({}, (1.0,), one, one - 3).place(0) == "line 3"


def test_a_status_that_asks_for_a_number_gives_way_to_what_an_empty_cell_means(pack_of, lines_of):
    mark = '"" = { to = "O", note = { en = "Not asked.", es = "No se preguntó." } }\n'
    found = translate(pack_of(mark), lines_of(("Alpha", "XAA", "2020", None, "P")))
    assert [one.value for one in found.obs_status] == ["O"]
    assert found.note == ("Not asked. || No se preguntó.",)


def test_each_dimension_says_from_which_column_it_is(pack_of):
    steps = lineage(pack_of(), "office/import.toml").steps
    told = {step.variable: step.columns for step in steps}
    assert (told["REF_AREA"], told["ORIGIN"]) == (("to",), ("from",))
