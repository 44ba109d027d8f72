"""Whatever the tables for the ILO say, the workbook says it, and is read back without loss."""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.harmonise.replies import read_reply
from cauce.model.codelist import TOTAL
from cauce.model.reply import (
    FLAGS,
    PERCENT,
    PERSONS,
    WITHHELD,
    Absent,
    Fact,
    Figure,
    RawSheet,
    Reply,
    RowNote,
    Shape,
    Sheet,
    TableShape,
    Trace,
)
from cauce.model.text import Text
from cauce.pipeline.questionnaire import read_shape
from cauce.publish.questionnaire.plain import reply_json
from cauce.publish.questionnaire.writing import workbook_of
from cauce.sources.books.cells import read_cells
from cauce.sources.books.reading import grid_of
from cauce.sources.limits import Limits

REGION = Path(__file__).parents[2] / "packs" / "region"
TABLES = (
    "MST_XWAP_SEX_AGE_CBR_NB", "MST_TUNE_SEX_AGE_CCT_RT", "MST_FORP_SEX_CBR_NB",
    "MST_TPOP_COU_NB", "MST_EARA_SEX_MIG_NB", "MFL_TPOP_SEX_NB",
)  # fmt: skip
words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="￾￿"),
    min_size=1,
    max_size=40,
)
SHAPE = cache(lambda: read_shape(REGION))


@st.composite
def figures(draw: st.DrawFn, shape: Shape, table: TableShape) -> tuple[Figure, ...]:
    """Parts alone, or totals alone: sums have laws of their own."""
    axes = [shape.axes[name] for name in (*table.rows, *table.columns)]
    whole = draw(st.booleans())
    keys = st.tuples(
        *(
            st.just(TOTAL)
            if whole and axis.additive
            else st.sampled_from([c.id for c in axis.codes if c.id != TOTAL or not axis.additive])
            for axis in axes
        )
    )
    found = []
    for codes in draw(st.lists(keys, unique=True, min_size=1, max_size=8)):
        flag = draw(st.sampled_from(["", *FLAGS]))
        most = {PERSONS: 10**9, PERCENT: 100}.get(table.unit, 10**7)
        number = round(draw(st.floats(0, most)), table.decimals)
        trace = Trace("XAA_LFS_X", f"A.XAA.I.{'.'.join(codes)}.2025", "2025", 12, 0.0123)
        found.append(
            Figure(
                codes,
                None if flag in WITHHELD else number,
                flag,
                draw(st.sampled_from([None, trace])),
            )
        )
    return tuple(found)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    shape = SHAPE()
    sheets = []
    names = draw(st.lists(st.sampled_from(TABLES), unique=True, min_size=1))
    for name in (one for one in shape.tables if one in names):
        table = shape.tables[name]
        found = draw(figures(shape, table))
        rows = list(dict.fromkeys(one.codes[: len(table.rows)] for one in found))
        notes = tuple(RowNote(row, draw(words)) for row in rows if draw(st.booleans()))
        facts = tuple(
            Fact(fact, Text(draw(words), draw(words))) for fact in ("SOURCE", "NOTE", "AGE")
        )
        sheets.append(Sheet(name, found, notes, facts))
    absent = tuple(
        Absent(name, Text(draw(words), draw(words)))
        for name in shape.tables
        if name in TABLES and name not in names
    )
    contact = (Fact("CONTACT_OFFICE", Text("", "")), Fact("CONTACT_EMAIL", Text(draw(words), "")))
    return Reply("XAA", "2025", tuple(sheets), absent, contact)


@given(replies())
@settings(max_examples=40)
def test_what_is_written_is_read_back_byte_for_byte(reply: Reply) -> None:
    shape = SHAPE()
    names = {name: {c.id: c.name for c in axis.codes} for name, axis in shape.axes.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.xlsx"
        path.write_bytes(workbook_of(reply, shape, names))
        grids = [grid_of(sheet) for sheet in read_cells(path, Limits())["sheets"]]
    read, faults = read_reply([RawSheet(grid.name, grid.rows) for grid in grids], shape)
    assert not faults
    assert reply_json(read) == reply_json(reply)
