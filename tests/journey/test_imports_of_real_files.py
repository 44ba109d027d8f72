"""Taking in the files of the UN, the World Bank, the ILO and the US as they were published."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from cauce.model.observation import ObsStatus
from cauce.pipeline.imports import Admitted, Wanted, import_file

ROOT = Path(__file__).parents[2]
FILES = ROOT.parent / "shared" / "data"
PLACES = {
    "un_mig_stock": "indicators/UNDESA_IMS2020_bilateral_stock_1990_2020.json",
    "un_mig_stock_sex": "indicators/UNDESA_IMS2020_by_sex_and_destination.xlsx",
    "wb_remittances": "indicators/WB_KNOMAD_bilateral_remittances_2017.xlsx",
    "wb_mig_stock": "indicators/WB_bilateral_migrant_stocks_2017.xlsx",
    "ilo_une_rate": "indicators/ILOSTAT_UNE_2EAP_SEX_AGE_RT_A_2025-03-10.xlsx",
    "us_visas": "admin/US_NIV_monthly_by_nationality_class_2017-03_2025-05.parquet",
}


@cache
def taken(pack: str) -> Admitted:
    file = FILES / PLACES[pack]
    if not file.is_file():
        pytest.skip(f"{file.name} is not beside the project: taking it in was not tried.")
    folder = ROOT / "packs"
    wanted = Wanted(pack, file)
    return import_file(wanted, folder / "imports", folder / "region", Path("/nowhere"))


def numbers(pack: str) -> dict[tuple[str, ...], float]:
    """Every number by its codes, frequency and indicator left out."""
    [flow] = taken(pack).release.flows
    codes = [[code.id for code in d.codes] for d in flow.dataflow.dimensions]
    places = [j for j in range(len(codes)) if j not in (0, 2)]
    keys = (tuple(codes[j][row[j]] for j in places) for row in flow.key.tolist())
    return dict(zip(keys, flow.value.tolist(), strict=True))


def test_the_corridor_of_nicaragua_and_costa_rica_is_the_uns():
    found = numbers("un_mig_stock")

    assert found["CRI", "NIC", "2020"] == 350_854
    assert found["NIC", "CRI", "2020"] == 11_281
    assert (len(found), 0.0 in found.values()) == (98_924, False)


def test_countries_of_the_matrix_add_up_to_its_regions_and_are_kept_apart():
    found = numbers("un_mig_stock")
    countries, regions = (
        sum(v for (to, of, year), v in found.items() if year == "2020" and inside(to, of))
        for inside in (
            lambda to, of: not to.startswith("R_") and not of.startswith("R_"),
            lambda to, of: to.startswith("R_") and of.startswith("R_"),
        )
    )
    assert countries == regions == 267_940_954


def test_the_two_files_of_the_un_agree_on_every_destination():
    """One names countries in words, the other in numbers: 1,624 totals match code by code."""
    file = taken("un_mig_stock") and FILES / PLACES["un_mig_stock"]
    by_code, by_sex = taken("un_mig_stock").pack.dimensions[0].codes, numbers("un_mig_stock_sex")
    totals = json.loads(file.read_text("utf-8"))["total_inflow"]
    compared = 0
    for year, found in totals.items():
        for name, total in found.items():
            if not (code := by_code[name]).startswith("R_"):
                other = by_sex[code, "_T", year]
                assert total == (0 if np.isnan(other) else other), name
                compared += 1
    assert compared == 1_624


def test_origins_do_not_add_up_to_the_total_of_a_destination():
    found, total = numbers("un_mig_stock"), numbers("un_mig_stock_sex")["CRI", "_T", "2020"]
    origins = sum(
        v
        for (to, of, year), v in found.items()
        if (to, year) == ("CRI", "2020") and not of.startswith("R_")
    )
    assert origins < total


def test_the_uns_workbook_by_sex_adds_up_and_says_what_it_lacks():
    found = numbers("un_mig_stock_sex")

    assert found["CRI", "M", "1990"] + found["CRI", "F", "1990"] == found["CRI", "_T", "1990"]
    assert found["WORLD", "_T", "2020"] == 280_598_105
    [flow] = taken("un_mig_stock_sex").release.flows
    missing = np.isnan(flow.value)
    assert missing.sum() == 122
    assert {flow.obs_status[at] for at in np.flatnonzero(missing)} == {ObsStatus.MISSING}
    assert ObsStatus.IMPUTED in flow.obs_status
    assert np.isnan(found["SSD", "_T", "1990"])


def test_remittances_go_from_where_migrants_live_to_where_they_come_from():
    found = numbers("wb_remittances")

    assert round(found["USA", "MEX", "2017"]) == 30_019
    assert found["WORLD", "MEX", "2017"] == pytest.approx(
        sum(v for (to, of, _), v in found.items() if to != "WORLD" and of == "MEX")
    )


def test_a_dash_is_no_number_and_no_zero():
    """The totals of Israel and Lebanon hold more than their parts: what it stands for is not 0."""
    found = numbers("wb_remittances")
    gone = {key[:2] for key, value in found.items() if np.isnan(value)}
    assert gone == {("IND", "PAK"), ("PAK", "IND"), ("ISR", "LBN"), ("LBN", "ISR")}


def test_the_world_banks_stock_has_its_total_beside_its_parts():
    found = numbers("wb_mig_stock")

    total = sum(v for (to, of, _), v in found.items() if to != "WORLD" and of != "WORLD")
    assert total == found["WORLD", "WORLD", "2017"]
    assert taken("wb_mig_stock").imported.untaken["the cell is empty. || la celda está vacía."] == 2


@pytest.mark.prove
def test_the_ilos_rates_have_no_letter_but_normal():
    [flow] = taken("ilo_une_rate").release.flows
    assert len(flow.value) == 27_198
    assert set(flow.obs_status) == {ObsStatus.NORMAL}
    assert sum(bool(note) for note in flow.rule) == 8_632


@pytest.mark.prove
def test_the_visas_of_farm_and_other_workers_are_those_of_the_other_file():
    """The carrier's own extract of two classes is the witness."""
    found = numbers("us_visas")
    words = next(d for d in taken("us_visas").pack.dimensions if d.id == "ORIGIN").codes
    with (FILES / "admin/US_NIV_H2A_H2B_monthly_by_nationality.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["issuances"]]
    for row in rows:
        key = ("USA", words[row["nationality"]], row["visa_class"], row["month"])
        assert found[key] == float(row["issuances"])
    assert len(rows) > 6_000


@pytest.mark.prove
def test_the_month_the_file_lacks_is_missing_and_not_zero():
    found = numbers("us_visas")
    may = [value for key, value in found.items() if key[-1] == "2019-05"]

    assert len(may) > 4_000
    assert np.isnan(may).all()
    assert found["USA", "GTM", "H2A", "2019-04"] > 0
    assert found["USA", "PRT", "A2", "2024-04"] == 8
