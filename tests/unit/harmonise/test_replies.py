"""A workbook of tables as typed by somebody: what is read, and what is told at which cell."""

from datetime import date

import pytest

from cauce.harmonise.replies import read_reply
from cauce.harmonise.reply_words import cell_name
from cauce.model.reply import (
    Axis,
    AxisCode,
    CellFault,
    Figure,
    Instead,
    RawSheet,
    RowNote,
    Shape,
    TableShape,
    Trace,
    Unreadable,
)
from cauce.model.text import Text

NAME = Text("x", "x")


def axis(name: str, *codes: str, open_: bool = False, additive: bool = True) -> Axis:
    shown = tuple(AxisCode(code, f"{name}_{code}".replace("__", "_"), NAME) for code in codes)
    return Axis(name, NAME, (name,), shown, "", open_, additive)


def table(
    code: str, unit: str, columns: tuple[str, ...] = ("SEX",), rows: tuple[str, ...] = ("COU",)
) -> TableShape:
    return TableShape(
        code, NAME, "POP", unit, 1 if unit == "PT" else 0, rows, columns, None, "survey", "", None
    )


SHAPE = Shape(
    NAME,
    NAME,
    {
        "SEX": axis("SEX", "_T", "M", "F"),
        "COU": axis("COU", "_T", "CRI", "_U", open_=True, additive=False),
        "MIG": axis("MIG", "_T", "1", additive=False),
    },
    {
        "MST_N": table("MST_N", "PERSONS"),
        "MST_P": table("MST_P", "PT"),
        "MST_E": table("MST_E", "LCU"),
        "MST_V": table("MST_V", "PERSONS", ()),
        "MST_I": TableShape(
            "MST_I", NAME, "POP", "PERSONS", 0, ("SEX", "MIG"), (), Instead("SEX", "CBR", "FRG"),
            "survey", "", None,
        ),
    },
    {},
)  # fmt: skip
HEAD = ["CODES", None, None, "SEX_T", "FLAG", "SEX_M", "FLAG", "SEX_F", "FLAG", "NOTE"]


def sheet(name: str, *lines: list[object], unit: str = "PERSONS") -> RawSheet:
    """A sheet as we write it: code, area, period, unit, then these lines."""
    top: list[list[object]] = [
        [name], [], ["AREA", None, "CRI"], ["PERIOD", None, 2025], ["UNIT", None, unit], []
    ]  # fmt: skip
    return raw(name, *top, *lines)


def raw(name: str, *lines: list[object]) -> RawSheet:
    rows = {
        at: {column: cell for column, cell in enumerate(line) if cell is not None}
        for at, line in enumerate(lines, start=1)
        if line
    }
    return RawSheet(name, rows)


def told(faults: tuple[CellFault, ...]) -> list[str]:
    return [f"{cell_name(f.row, f.column)} {f.message.en}" for f in faults]


def row(code: str, *cells: object) -> list[object]:
    return [code, None, None, *cells]


def faults_of(*lines: list[object], name: str = "MST_N", unit: str = "PERSONS") -> list[str]:
    return told(read_reply([sheet(name, HEAD, *lines, unit=unit)], SHAPE)[1])


def test_values_flags_and_notes_are_read_by_their_codes() -> None:
    line = row("COU_CRI", 10, None, 6, "U", None, "C", "A remark")
    reply, faults = read_reply([sheet("MST_N", HEAD, line)], SHAPE)
    assert not faults
    assert (reply.area, reply.period) == ("CRI", "2025")
    assert reply.sheets[0].figures == (
        Figure(("CRI", "_T"), 10.0, ""),
        Figure(("CRI", "M"), 6.0, "U"),
        Figure(("CRI", "F"), None, "C"),
    )
    assert reply.sheets[0].notes == (RowNote(("CRI",), "A remark"),)


def test_columns_may_stand_in_another_order_and_flags_may_lack() -> None:
    head = ["CODES", None, None, "SEX_F", "SEX_T"]
    reply, faults = read_reply([sheet("MST_N", head, row("COU_CRI", 4, 10))], SHAPE)
    assert not faults
    assert [one.value for one in reply.sheets[0].figures] == [4.0, 10.0]


def test_a_country_of_the_offices_own_is_taken_on_an_open_axis() -> None:
    reply, faults = read_reply([sheet("MST_N", HEAD, row("XNA", 10))], SHAPE)
    assert not faults
    assert reply.sheets[0].figures[0].codes == ("XNA", "_T")


def test_a_table_of_rows_alone_has_one_column_of_values() -> None:
    head = ["CODES", None, None, "VALUE", "FLAG"]
    reply, faults = read_reply([sheet("MST_V", head, row("COU_CRI", 10))], SHAPE)
    assert not faults
    assert reply.sheets[0].figures == (Figure(("CRI",), 10.0, ""),)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (row("COU_CRY", 10), "A8 COU has no code 'COU_CRY'. Did you mean COU_CRI?"),
        (row("COU_CRI.SEX_M", 10), "A8 COU_CRI.SEX_M is no code of COU"),
        (row("COU_CRI", "ten"), "D8 A number must stand here"),
        (row("COU_CRI", True), "D8 A number must stand here"),
        (row("COU_CRI", Unreadable("#REF!")), "D8 The cell shows #REF!"),
        (row("COU_CRI", Unreadable("")), "D8 The cell shows a formula without a value"),
        (row("COU_CRI", -1), "D8 -1 is below 0"),
        (row("COU_CRI", 10.5), "D8 10.5 is no whole number of people"),
        (row("COU_CRI", 10, "Q"), "E8 'Q' is no flag"),
        (row("COU_CRI", 10, "C"), "E8 C says that there is no value"),
        (row("COU_CRI", 10, None, 6, None, 1), "D8 The total is 10 and its 2 parts come to 7"),
        (row("COU_CRI", 10, None, 6, None, 7), "D8 The total is 10 and its 2 parts come to 13"),
        (row("COU_CRI", 10, None, 12, None, None, "C"), "D8 The total is 10 and its 1 parts"),
        (
            row("COU_CRI", 10, None, None, None, None, None, None, 3),
            "K8 No code stands over or beside",
        ),
        ([None, None, None, 10], "D8 No code stands over or beside"),
    ],
)
def test_a_fault_is_told_at_its_cell(line: list[object], word: str) -> None:
    assert any(one.startswith(word) for one in faults_of(line)), faults_of(line)


def test_parts_may_come_to_less_where_one_is_withheld() -> None:
    assert not faults_of(row("COU_CRI", 10, None, 6, None, None, "C"))


def test_rounded_parts_may_be_off_by_half_a_unit_each() -> None:
    assert not faults_of(row("COU_CRI", 11, None, 6, None, 6))


def test_words_below_a_table_are_no_data() -> None:
    assert not faults_of(row("COU_CRI", 10), [None, "Source: the office", None, "a word"])


def test_percentages_lie_between_0_and_100() -> None:
    found = faults_of(row("COU_CRI", 100.1, None, 3.5), name="MST_P", unit="PT")
    assert found == ["D8 100.1 is no percentage: it must lie between 0 and 100."]


def test_money_is_not_added_up() -> None:
    assert not faults_of(row("COU_CRI", 500.5, None, 600, None, 400), name="MST_E", unit="LCU")


def test_a_code_twice_and_a_column_twice_are_told() -> None:
    head = ["CODES", None, None, "SEX_T", "FLAG", "SEX_T", "FLAG", "FLAG", "SEX_Z"]
    lines = (head, row("COU_CRI", 1), row("COU_CRI", 2))
    found = told(read_reply([sheet("MST_N", *lines)], SHAPE)[1])
    assert "F7 SEX_T stands twice." in found
    assert "A9 COU_CRI stands twice." in found
    assert "H7 SEX has no code 'FLAG'." in found
    assert any(one.startswith("I7 SEX has no code 'SEX_Z'") for one in found)


def test_a_value_column_in_a_table_of_columns_is_told() -> None:
    head = ["CODES", None, None, "VALUE", "VALUE"]
    found = told(read_reply([sheet("MST_V", head)], SHAPE)[1])
    assert found == ["E7 VALUE is no code of VALUE."]


def test_a_total_of_migrants_counts_no_one_of_unknown_origin() -> None:
    """Three of one country and nine of unknown origin, of whom nobody knows that they migrated."""
    head = ["CODES", None, None, "VALUE"]
    lines = (row("SEX_T.MIG_1", 5), row("SEX_M.MIG_1", 3))
    assert not read_reply([sheet("MST_I", head, *lines)], SHAPE)[1]
    lines = (row("SEX_T.MIG_1", 5), row("SEX_M.MIG_1", 8))
    assert told(read_reply([sheet("MST_I", head, *lines)], SHAPE)[1]) == [
        "D8 The total is 5 and its 1 parts come to 8."
    ]


def test_sheets_that_are_no_tables_are_told() -> None:
    sheets = [
        raw("a", ["MST_M"]), raw("b", [None, "x"]), raw("c", ["MST_N"]),
        sheet("MST_N", HEAD), sheet("MST_P", HEAD, unit="PERSONS"),
    ]  # fmt: skip
    found = told(read_reply(sheets, SHAPE)[1])
    assert found[0].startswith("A1 MST_M is not the code of a table. Did you mean")
    assert found[1].startswith("A1 An empty cell is not the code of a table.")
    assert "A1 AREA is missing or not written as CRI or 2025 is: ''." in found
    assert "A1 MST_N is in PERSONS, and nothing stands here." in found
    assert "A1 No row begins with CODES, so no column can be told." in found
    assert "A1 MST_N stands on two sheets." in found
    assert "C5 MST_P is in PT, and PERSONS stands here." in found


def test_one_workbook_is_of_one_area_and_period() -> None:
    other = sheet("MST_P", HEAD, unit="PT")
    other.rows[3][2] = "PAN"  # type: ignore[index]
    other.rows[4][2] = date(2025, 1, 1)  # type: ignore[index]
    found = told(read_reply([sheet("MST_N", HEAD), other], SHAPE)[1])
    assert "C3 PAN here and CRI on another sheet: a workbook is of one." in found
    assert any(one.startswith("C4 2025-01-01 here") for one in found)


CONTENTS = raw(
    "Contents", ["CONTENTS"], ["AREA", None, "PAN"], ["PERIOD", None, "2024"],
    ["TABLE"], ["MST_P", "x", "x", None, "Not asked.", "No se pregunta."], ["MST_N", "x", "x", 3],
    ["MST_M", None],
)  # fmt: skip
NOTES = raw(
    "Notes", ["NOTES"], ["TABLE"], ["ALL", "CONTACT_EMAIL"],
    ["MST_N", "SOURCE", "Source", "Fuente", "The survey", "La encuesta"], ["MST_M", "SOURCE"],
)  # fmt: skip


def traces(*lines: list[object]) -> RawSheet:
    return raw("Traces", ["TRACES"], ["TABLE"], *lines)


def test_notes_contents_and_traces_go_with_their_tables() -> None:
    trace = ["MST_N", "D8", "CRI_LFS_X", "A.CRI.POP.CRI._T.2025", "2025", 120, 0.05]
    bare = ["MST_N", "F8", "CRI_LFS_X", "A.CRI.POP.CRI.M.2025", "2025"]
    main = sheet("MST_N", HEAD, row("COU_CRI", 10, None, 6, None, 4))
    reply, faults = read_reply([CONTENTS, NOTES, traces(trace, bare), main], SHAPE)
    assert [one.table for one in reply.absent] == ["MST_P"]
    assert [fact.id for fact in reply.facts] == ["CONTACT_EMAIL"]
    assert reply.sheets[0].facts[0].text == Text("The survey", "La encuesta")
    first, second, third = reply.sheets[0].figures
    assert first.trace == Trace("CRI_LFS_X", "A.CRI.POP.CRI._T.2025", "2025", 120, 0.05)
    assert second.trace == Trace("CRI_LFS_X", "A.CRI.POP.CRI.M.2025", "2025", -1, None)
    assert third.trace is None
    assert told(faults) == [f"{cell} MST_M is not the code of a table." for cell in ("A7", "A5")]


def test_a_group_of_countries_is_known_by_the_dataflow_it_is_from() -> None:
    """An office groups small countries; its release has the code, the list of countries has not."""
    trace = ["MST_N", "D8", "CRI_LFS_X", "A.CRI.POP.REST._T.2025", "2025"]
    main = sheet("MST_N", HEAD, row("REST", 10))
    assert not read_reply([main, traces(trace)], SHAPE)[1]
    assert read_reply([main], SHAPE)[1]


def test_an_empty_workbook_is_of_what_its_contents_say() -> None:
    reply, _ = read_reply([CONTENTS, raw("Notes", ["NOTES"])], SHAPE)
    assert (reply.area, reply.period, reply.sheets) == ("PAN", "2024", ())


def test_a_trace_of_another_number_is_told() -> None:
    """Somebody sorted the rows of a table: the traces still name the old cells."""
    lines = (
        ["MST_N", "D8", "CRI_LFS_X", "A.CRI.POP.PAN._T.2025", "2025"],
        ["MST_N", "D99", "CRI_LFS_X", "A.CRI.POP.CRI._T.2025", "2025"],
        ["MST_M", "D8", "CRI_LFS_X", "A", "2025"],
    )
    main = sheet("MST_N", HEAD, row("COU_CRI", 10))
    found = told(read_reply([main, traces(*lines)], SHAPE)[1])
    assert found == [
        "A5 MST_M is not the code of a table.",
        "B3 No number with these codes stands in that cell. Delete the line.",
        "B4 No number with these codes stands in that cell. Delete the line.",
    ]


def test_cells_have_the_names_of_a_spreadsheet() -> None:
    assert [cell_name(9, column) for column in (0, 25, 26, 702)] == ["A9", "Z9", "AA9", "AAA9"]
