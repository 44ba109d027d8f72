"""Sheets of three shapes, laid out as lines; what nobody declared stops the reading."""

import pytest

from cauce.model.errors import BadInput
from cauce.model.imported import Shape
from cauce.sources.books.book import Broken, Grid
from cauce.sources.imports.grids import blocks_lines, matrix_lines, table_lines
from cauce.sources.imports.worker import matrices


def grid(*rows):
    """Rows from number 1 on; None is an empty cell."""
    return Grid(
        "Sheet 1",
        {
            number: {at: cell for at, cell in enumerate(row) if cell is not None}
            for number, row in enumerate(rows, start=1)
            if any(cell is not None for cell in row)
        },
    )


TABLE = Shape("table", columns=("to", "year", "n"), value="n", foot=("Source",))
MATRIX = Shape("matrix", header=2, corner="from / to", foot=("Notes:",))
BLOCKS = Shape("blocks", block_row=1, header=2, columns=("Area", "Code"))


def test_a_table_has_a_line_for_each_row_above_its_foot():
    sheet = grid(
        ("to", "year", "n"), (" Alpha ", 2020.0, 5), ("Beta", 2020, None), ("Source: x",), ("more",)
    )
    lines = table_lines(sheet, TABLE)

    assert lines.words == {"to": ("Alpha", "Beta"), "year": ("2020", "2020")}
    assert lines.values == (5.0, None)
    assert lines.below == 2
    assert lines.place(1) == "Sheet 1, row 3, column 3"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (("to", "year", "n", "sex"), "new: sex"),
        (("to", "n"), "missing: year"),
        (("to", "year", "n", "n"), "twice: n"),
    ],
)
def test_other_columns_than_declared_are_refused(head, said):
    with pytest.raises(BadInput, match=said):
        table_lines(grid(head, ("Alpha", 2020, 5)), TABLE)


def test_a_cell_under_no_header_is_refused():
    with pytest.raises(BadInput, match="cell D2 stands under no header"):
        table_lines(grid(("to", "year", "n"), ("Alpha", 2020, 5, "?")), TABLE)


def test_a_formula_nobody_computed_is_refused():
    with pytest.raises(BadInput, match="cell C2 shows an error or was never computed"):
        table_lines(grid(("to", "year", "n"), ("Alpha", 2020, Broken(""))), TABLE)


def test_a_table_without_lines_is_refused():
    with pytest.raises(BadInput, match="has no line below its header"):
        table_lines(grid(("to", "year", "n")), TABLE)


def test_a_matrix_has_a_line_for_each_cell():
    sheet = grid(
        ("Title",),
        ("from / to ", "A", "B"),
        ("A", 0, 5),
        ("B", 7, None),
        (None,),
        ("Notes:",),
        ("x",),
    )
    lines = matrix_lines(sheet, MATRIX)

    assert lines.words == {"rows": ("A", "A", "B", "B"), "columns": ("A", "B", "A", "B")}
    assert lines.values == (0.0, 5.0, 7.0, None)
    assert lines.below == 2


def test_a_matrix_that_was_turned_or_moved_is_refused():
    with pytest.raises(BadInput, match="does not begin with 'from / to' but with 'to / from'"):
        matrix_lines(grid(("Title",), ("to / from", "A"), ("A", 1)), MATRIX)
    with pytest.raises(BadInput, match="the matrix stands elsewhere"):
        matrix_lines(grid(("Title",), ("from / to",), ("A", 1)), MATRIX)


def test_blocks_reach_to_where_the_next_begins():
    sheet = grid(
        (None, None, None, "Men", None, "Women"),
        (None, "Area", "Code", 2010, 2020, 2010, 2020),
        (1, "Alpha", 4, 1, 2, 3, ".."),
        ("Notes", None),
    )
    lines = blocks_lines(sheet, Shape(**{**vars(BLOCKS), "foot": ("Notes",)}))

    assert lines.words["block"] == ("Men", "Men", "Women", "Women")
    assert lines.words["period"] == ("2010", "2020", "2010", "2020")
    assert lines.words["Code"] == ("4",) * 4
    assert lines.values == (1.0, 2.0, 3.0, "..")
    assert lines.below == 1


def test_blocks_with_another_column_beside_them_are_refused():
    with pytest.raises(BadInput, match="new: Type"):
        blocks_lines(
            grid((None, None, None, None, "Men"), (None, "Area", "Code", "Type", 2010)), BLOCKS
        )


def found(**changed):
    whole = {"names": ["A", "B"], "matrix": {"2020": [[0, 5], [7, 0]]}, "colours": []}
    return {**whole, **changed}


def test_matrices_of_json_are_as_wide_and_high_as_there_are_names():
    assert matrices(found(), "names", "matrix", ["colours"])["names"] == ["A", "B"]
    for wrong, said in (
        (found(matrix={"2020": [[0, 5]]}), "has not 2 rows"),
        (found(matrix={"2020": [[0, 5], [7]]}), "row 2 of 2020 has not 2 numbers"),
        (found(matrix={"2020": [[0, 5], [7, True]]}), "row 2, column 2 of 2020 is no number"),
        (found(matrix=[]), "an object with a matrix per period"),
        (found(names=[1, 2]), "must be texts"),
        (found(legend=1), "other members than declared: legend"),
        ([], "no object"),
    ):
        with pytest.raises(BadInput, match=said):
            matrices(wrong, "names", "matrix", ["colours"])
