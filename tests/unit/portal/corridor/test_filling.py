"""What fills a corridor is found by what it holds: later registers, projections, other criteria."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from cauce.model.pair import Pair
from cauce.model.text import Text
from cauce.portal.corridor.ends import countries, ends_of
from cauce.portal.corridor.telling import told_corridor
from cauce.portal.words import words
from cauce.publish.brief.told import Brief
from cauce.store import Reader, Store

from ..conftest import dimension, plain, release_of
from ..registers.conftest import field, record, shelf
from .conftest import (
    AT,
    BIRTH,
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


NAMES = (field("name"), field("country", kind="code", codelist="CL_COUNTRY"))
DAYS = (field("state"), field("since", "date"), field("until", "date"))
LICENCE_FIELDS = (field("recruiter"), field("number"), field("states", "rows", columns=DAYS))


def recruiters() -> tuple[Filled, ...]:
    """Two that name the corridor, one of them licensed until the day, and one that does not."""
    own = replace(shelf("recruiters", NAMES), title=Text("name", "name"))
    of = {"places": ("XAA", "XBB"), "corridors": ("XAA-XBB",)}
    found = (
        record("a", {"name": "Agencia Antes"}, **of),
        record("b", {"name": "Zona Justa"}, **of),
        record("c", {"name": "De otra parte"}, places=("XCC",), corridors=("XCC-XBB",)),
    )
    state = {"state": "LIC", "since": date(2025, 1, 1), "until": date(2026, 1, 2)}
    licence = {"recruiter": "b", "number": "L-1", "states": (state,)}
    licences = replace(shelf("recruiter_licences", LICENCE_FIELDS), title=Text("number", "number"))
    return Filled(own, found), Filled(licences, (record("l", licence),))


def test_recruiters_of_the_corridor_stand_with_their_licences_the_licensed_first(
    tmp_path: Path,
) -> None:
    """Told as of the day of publication, which is the last of the licence."""
    told = told_of(tmp_path, registers=recruiters())
    piece = sections(told)["recruiters"]
    assert [item.title for item in piece.items] == ["Zona Justa", "Agencia Antes"]
    assert piece.items[0].told.startswith("Licensed, since 1 January 2025")
    assert piece.lead.startswith("2 in the public register name this corridor; 1 have a licence")
    assert "not proof of compliance" in piece.lead
    assert "recruiters" not in {each.id for each in told.missing}


def test_a_day_later_the_licence_has_expired(tmp_path: Path) -> None:
    told_of(tmp_path, registers=recruiters())
    corridors = Corridors(tmp_path)
    snapshot, of = Reader(tmp_path).snapshot(), words("es")
    ends = ends_of("XAA-XBB", countries(snapshot, of))
    piece = sections(told_corridor(snapshot, ends, of, date(2026, 1, 3)))["recruiters"]
    assert "; 0 tienen licencia al 3 de enero de 2026" in piece.lead
    assert corridors.portal().get("/es/corridors/XAA-XBB").status_code == 200


def counted(name: str, unit: str, own: dict[str, list[str]], values: dict) -> object:
    dimensions = [dimension(n, n.title(), n.title(), plain(*codes)) for n, codes in own.items()]
    made = indicator(name, unit, age="", icls="", estimator="total", decimals=0)
    periods = sorted({key[-1] for key in values})
    of = flow(f"DF_{name}", "REG", (made,), dimensions, periods, areas=plain("REG"))
    return observed(of, {("REG", name, *key): x for key, x in values.items()})


def test_permits_waits_and_quotas_fill_the_panel_of_mobility_and_what_lacks_is_named(
    tmp_path: Path,
) -> None:
    permits = counted(
        "RECORDS", "PERMITS",
        {"COUNTRY": ["XBB"], "NATIONALITY": ["_T", "XAA"], "SEX": ["_T", "F"]},
        {("XBB", "XAA", "_T", "2025-11"): 40.0, ("XBB", "XAA", "_T", "2025-12"): 55.0,
         ("XBB", "_T", "_T", "2025-12"): 99.0, ("XBB", "XAA", "F", "2025-12"): 21.0},
    )  # fmt: skip
    own = {"STEP": ["PERMIT", "WHOLE"], "COUNTRY": ["XBB"], "MECHANISM": ["m"]}
    waits = counted(
        "WAIT_MEDIAN", "DAYS", own,
        {("PERMIT", "XBB", "m", "2024"): 90.0, ("PERMIT", "XBB", "m", "2025"): 20.0},
    )  # fmt: skip
    told = told_of(tmp_path, permits, waits)
    piece = sections(told)["mobility"]
    assert [(item.title, item.told) for item in piece.items] == [
        ("Permits granted in the last month published", "55 permits · 2025-12"),
        ("PERMIT (m)", "20 days · 2025"),
    ]
    assert piece.notes[0] == (
        "Not published yet: Mechanisms in force; Quotas and their use; Permits beside workers "
        "estimated by the survey."
    )


def test_the_share_used_of_a_quota_is_told_of_the_mechanisms_of_the_corridor_alone(
    tmp_path: Path,
) -> None:
    own = {"COUNTRY": ["XBB"], "MECHANISM": ["m", "another"], "UNIT": ["VISA"]}
    share = counted(
        "ISSUED_OF_CEILING", "PT", own,
        {("XBB", "m", "VISA", "2024"): 90.0, ("XBB", "m", "VISA", "2025"): 81.0,
         ("XBB", "another", "VISA", "2025"): 12.0},
    )  # fmt: skip
    piece = sections(told_of(tmp_path, share))["mobility"]
    told = [item for item in piece.items if item.title.startswith("Share of the quota used")]
    assert [item.told for item in told] == ["81 percent · 2025"]
    assert told[0].href.startswith("/en/explain/DF_ISSUED_OF_CEILING/")


def test_without_any_of_it_mobility_and_costs_are_missing_by_name(tmp_path: Path) -> None:
    missing = {each.id: each.needs for each in told_of(tmp_path).missing}
    assert "XAA land" in missing["mobility"]
    assert "10.7.1" in missing["costs"]


def test_costs_are_those_of_the_corridor_and_never_those_of_a_whole_country(tmp_path: Path) -> None:
    def cost(name: str, dimensions: list) -> object:
        made = indicator("SDG1071_MEDIAN", "MONTHS_OF_EARNINGS", decimals=2)
        of = flow(name, "XAA", (made,), dimensions, ["2025"])
        codes = ["XBB"] if dimensions else []
        return observed(of, {("XAA", "SDG1071_MEDIAN", *codes, "2025"): 3.5})

    where = dimension("DESTINATION", "Destination", "Destino", plain("_T", "XBB"))
    assert "costs" not in sections(told_of(tmp_path / "whole", cost("WHOLE", [])))
    (item,) = sections(told_of(tmp_path / "own", cost("OWN", [where])))["costs"].items
    assert item.told == "3.50 months of earnings · 1.50 – 5.50 · 2025"


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
