"""What an office filled in becomes observations of that office, its letters translated."""

import math
from dataclasses import replace

import pytest

from cauce.harmonise.replies_admitted import Office, replies_admitted
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.imported import Origin
from cauce.model.release import InputFile, Provenance
from cauce.model.reply import Figure, Reply, Sheet
from cauce.model.text import Text
from cauce.protect import admit

from .test_replies import SHAPE

OFFICE = Office("Statistics office", "CC BY 4.0", "Statistics office (2026)")
AREAS = Codelist("CL_COUNTRY", Text("C", "P"), (Code("OTH", Text("Others", "Otros")),))
FIGURES = (
    Figure(("CRI", "M"), 120.0, ""),
    Figure(("CRI", "F"), 80.0, "U"),
    Figure(("OTH", "M"), None, "C"),
    Figure(("OTH", "F"), None, "S"),
    Figure(("_U", "M"), None, ""),
)


def reply(period: str = "2025", figures: tuple[Figure, ...] = FIGURES, table: str = "MST_N"):
    return Reply("XAA", period, (Sheet(table, figures),))


def test_letters_are_translated_and_an_empty_cell_is_nothing() -> None:
    [found] = replies_admitted([reply()], SHAPE, OFFICE, AREAS)
    assert [status.value for status in found.obs_status] == ["A", "U", "Q", "Q"]
    assert [conf.value for conf in found.conf_status] == ["F", "F", "C", "F"]
    assert [math.isnan(value) for value in found.value] == [False, False, True, True]
    flow = found.dataflow
    assert (flow.id, flow.source.citation) == ("XAA_MST_N", "Statistics office (2026)")
    assert [code.name.en for code in flow.dimensions[3].codes] == ["x", "Others"]
    file = InputFile("t.xlsx", "0" * 64, 1, "2025", 4)
    done = admit([found], Origin("ILMS_XAA", "2025"), Provenance("p", "", (file,), "", "", "", ()))
    assert len(done.flows[0].value) == 4


def test_workbooks_of_several_periods_make_one_table() -> None:
    both = [reply("2025"), reply("2024", (Figure(("CRI", "M"), 110.0, "B"),))]
    [found] = replies_admitted(both, SHAPE, OFFICE, AREAS)
    assert [code.id for code in found.dataflow.dimensions[-1].codes] == ["2024", "2025"]
    assert found.key[-1][-1] == 0


def test_money_is_a_mean_and_a_percentage_a_rate() -> None:
    figure = (Figure(("CRI", "M"), 12.5, ""),)
    kinds = {
        table: replies_admitted([reply(figures=figure, table=table)], SHAPE, OFFICE, AREAS)[0]
        for table in ("MST_P", "MST_E", "MST_N")
    }
    told = [one.dataflow.indicators[0].estimator for one in kinds.values()]
    assert told == ["rate", "mean", "total"]


def test_the_note_of_a_table_stands_beside_its_figures() -> None:
    table = replace(SHAPE.tables["MST_N"], note=Text("Residents.", "Residentes."))
    shape = replace(SHAPE, tables={"MST_N": table})
    [found] = replies_admitted([reply()], shape, OFFICE, AREAS)
    assert found.notes == ("Residents. || Residentes.",)


@pytest.mark.parametrize(
    ("replies", "message"),
    [
        ([reply(), replace(reply("2024"), area="XBB")], "of XAA, XBB. Take in one area"),
        ([reply(), reply()], "Two workbooks are of 2025"),
        ([reply(), reply("2024-Q1")], "must all be years, quarters or months"),
        ([reply(figures=())], "have no figure"),
    ],
)
def test_what_does_not_go_together_is_refused(replies, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        replies_admitted(replies, SHAPE, OFFICE, AREAS)
