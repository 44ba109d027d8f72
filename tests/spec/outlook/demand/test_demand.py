"""Demand in tables that a practitioner can check with a pencil: see README.md beside."""

import csv
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from cauce.model.history import History
from cauce.model.project import Phase, Project, Range
from cauce.model.text import Text
from cauce.outlook.crosswalk import crosswalk, walk
from cauce.outlook.matrix import effects
from cauce.outlook.projects import project_draws
from cauce.outlook.shares import ShareForecast, forecast_shares

HERE = Path(__file__).parent
YEARS = (2027, 2028, 2029, 2030)
Rows = list[dict[str, str]]


def table(name: str) -> Rows:
    return list(csv.DictReader((HERE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def cases(name: str) -> list[tuple[str, Rows]]:
    return [(case, list(rows)) for case, rows in groupby(table(name), lambda row: row["case"])]


def named(found: tuple[str, Rows]) -> str:
    return found[0]


@pytest.mark.parametrize("found", cases("effects"), ids=named)
def test_a_change_is_industry_and_staffing(found: tuple[str, Rows]) -> None:
    case, rows = found
    base = np.array([float(row["base"]) for row in rows]).reshape(2, 2)
    ahead = np.array([float(row["ahead"]) for row in rows]).reshape(2, 2)
    expected = [row for row in table("effects_expected") if row["case"] == case]

    made = effects(base, ahead)

    assert made.industry == pytest.approx([float(row["industry"]) for row in expected])
    assert made.staffing == pytest.approx([float(row["staffing"]) for row in expected])


@pytest.mark.parametrize("found", cases("crosswalk"), ids=named)
def test_people_go_to_the_new_codes_by_their_parts(found: tuple[str, Rows]) -> None:
    _, rows = found
    old, twice = rows[0]["old"], rows[0]["coded_twice"]
    parts = [(old, row["new"], float(row["part"]) if row["part"] else None) for row in rows]
    past = History(
        ("OCU",), ((old,),), np.array([2010.0]), np.array([[float(rows[0]["people"])]]),
        np.zeros((1, 1)), np.full((1, 1), -1, np.int32), ("88",),
    )  # fmt: skip

    made = walk(past, "OCU", crosswalk(parts, {old: float(twice)} if twice else None), "88", "08")

    at = [made.history.cells.index((row["new"],)) for row in rows]
    assert made.history.value[0, at] == pytest.approx([float(row["expected"]) for row in rows])
    expected = [float(row["crosswalk_se"]) for row in rows]
    assert made.by_crosswalk[0, at] == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("row", table("projects"), ids=lambda row: str(row["case"]))
def test_a_project_needs_workers_when_its_work_is_done(row: dict[str, str]) -> None:
    def sure(name: str) -> Range:
        return Range(float(row[name]), float(row[name]), float(row[name]))

    phase = Phase(
        float(row["phase_begins"]), float(row["phase_lasts"]), float(row["work"]), {"71": 1.0}
    )
    project = Project(
        "p", Text("p", "p"), float(row["starts"]), sure("delay"), sure("millions"), "USD",
        sure("labour"), (phase,), Text("invented", "inventado"),
    )  # fmt: skip

    made = project_draws([project], ["71"], YEARS, seed=7, draws=1)[0, 0, :, 0]

    assert made == pytest.approx([float(row[str(year)]) for year in YEARS])


@pytest.mark.parametrize("row", table("shares"), ids=lambda row: str(row["case"]))
def test_a_share_is_believed_as_far_as_its_surveys_bear(row: dict[str, str]) -> None:
    n = float(row["n"])
    told = {int(year): said for year, said in row.items() if year.isdigit() and said != "-"}
    first = np.array([float(said) if said else np.nan for said in told.values()]) / 100
    share = np.column_stack([first, *[(1 - np.nan_to_num(first, nan=np.nanmean(first))) / 2] * 2])
    past = History(
        ("OCU",), (("1",), ("2",), ("3",)), np.array(list(told), dtype=float), share,
        np.sqrt(share * (1 - share) / n), np.full(share.shape, -1, np.int32),
        ("08",) * len(told),
    )  # fmt: skip
    total = History(
        ("OCU",), (("_T",),), past.years, np.ones((len(told), 1)), np.zeros((len(told), 1)),
        np.full((len(told), 1), -1, np.int32), ("08",) * len(told),
    )  # fmt: skip

    found = forecast_shares(past, np.array([5.0]), totals=total)

    assert isinstance(found, ShareForecast)
    level = 100 * np.exp(found.cells.now.level[0])
    five = 100 * np.exp(found.log_share[0, 0])
    assert float(row["level_from"]) - 0.01 <= level <= float(row["level_to"]) + 0.01
    assert float(row["five_from"]) - 0.01 <= five <= float(row["five_to"]) + 0.01
