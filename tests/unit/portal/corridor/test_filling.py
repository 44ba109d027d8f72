"""What fills a corridor is found by what it holds: later registers, projections, other criteria."""

from dataclasses import replace
from pathlib import Path

from cauce.model.pair import Pair
from cauce.model.text import Text
from cauce.publish.brief.told import Brief
from cauce.store import Store

from ..conftest import dimension, release_of
from ..registers.conftest import record, shelf
from .conftest import (
    AT,
    BIRTH,
    FIELDS,
    PARTICIPATION,
    Corridors,
    Filled,
    flow,
    indicator,
    labour,
    mechanisms,
    observed,
)


def told_of(root: Path, *flows: object, registers: tuple[Filled, ...] = ()) -> Brief:
    store = Store(root)
    for each in flows:
        made = release_of(each)  # type: ignore[arg-type] # observations
        store.publish(replace(made, survey=each.dataflow.id, lineages=()), AT)  # type: ignore[attr-defined]
    store.publish_registers((mechanisms(), *registers), AT)
    return Corridors(root).told()


def sections(told: Brief) -> dict:
    return {each.id: each for each in told.sections}


def test_a_register_of_recruiters_fills_its_piece(tmp_path: Path) -> None:
    own = replace(shelf("recruiters", FIELDS), title=Text("title_en", "title_es"))
    said = {"title_en": "Fair Agency", "title_es": "Agencia Justa", "kind": "BLA"}
    found = record("r", said, places=("XAA", "XBB"), corridors=("XAA-XBB",))
    told = told_of(tmp_path, registers=(Filled(own, (found,)),))
    assert [item.title for item in sections(told)["recruiters"].items] == ["Fair Agency"]
    assert "recruiters" not in {each.id for each in told.missing}


def test_a_projection_for_the_destination_fills_its_piece(tmp_path: Path) -> None:
    shortage = indicator("PRJ_SHT_IX", "RATIO")
    made = observed(
        flow("PROJECTION", "XBB", (shortage,), (), ["2030"]), {("XBB", "PRJ_SHT_IX", "2030"): 1.5}
    )
    (item,) = sections(told_of(tmp_path, made))["outlook"].items
    assert item.told.startswith("1.5")
    assert item.told.endswith("2030")


def test_movers_by_citizenship_are_said_to_be_so(tmp_path: Path) -> None:
    pair = Pair("CITIZENS", Text("Citizens", "Nacionales"), "CIT_XBB", "XBB", "XAA")
    own = [dimension("CIT_XBB", "Citizenship", "Nacionalidad", BIRTH)]
    of = flow("XBB_LFS_CITIZENS", "XBB", (PARTICIPATION,), own, ["2024"], pairs=(pair,))
    values = {("XBB", "EAP_DWAP", code, "2024"): x for code, x in (("XBB", 50.0), ("XAA", 60.0))}
    told = told_of(tmp_path, observed(of, values))
    (contrasts,) = sections(told)["work"].contrasts
    assert "by citizenship" in contrasts.caption
    assert contrasts.lines[0].verdict == "untested"


def test_two_criteria_are_two_tables_and_two_waves_are_not(tmp_path: Path) -> None:
    born, _ = labour()
    own = [dimension("CIT_XBB", "Citizenship", "Nacionalidad", BIRTH)]
    of = flow("XBB_LFS_CITIZENS", "XBB", (PARTICIPATION,), own, ["2020", "2024"])
    citizens = observed(
        of,
        {
            ("XBB", "EAP_DWAP", code, year): x
            for code, x in (("XBB", 50.0), ("XAA", 60.0))
            for year in ("2020", "2024")
        },
    )
    found = sections(told_of(tmp_path, born, citizens))["work"].contrasts
    assert [("birth" in each.caption, "2024" in each.caption) for each in found] == [
        (True, True),
        (False, True),
    ]


def test_a_survey_under_two_standards_is_told_under_one(tmp_path: Path) -> None:
    born, _ = labour()
    other = replace(born.dataflow, id="XBB_LFS_19", method=replace(born.dataflow.method, icls="19"))
    told = told_of(tmp_path, born, replace(born, dataflow=other))
    (contrasts,) = sections(told)["work"].contrasts
    assert "19th ICLS" in contrasts.caption
    assert len({line.name for line in contrasts.lines}) == len(contrasts.lines)
