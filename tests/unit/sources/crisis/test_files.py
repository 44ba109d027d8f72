"""Files about hazards: read as they come, and refused with a sentence."""

import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from cauce.model.errors import BadInput
from cauce.sources.crisis import (
    areas_of,
    displacement_of,
    grid_over,
    people_on,
    reached_by,
    read_calendar,
    read_displacement,
    read_offices,
    read_outlines,
    read_round,
    read_storms,
    rings_of,
    storm,
)

UNKNOWN = ", ".join(["-999"] * 12)
HURDAT = "\n".join(
    (
        "AL012020,            ETA,     2,",
        "20201103, 1200,  , HU, 13.6N,  83.1W, 125,  936,  100,  100,   60,   80,   60,   50,   30,"
        "   50,   30,   20,   15,   20,   15",
        f"20201103, 1800, L, HU, 13.7N,  83.3W, 120, -999, {UNKNOWN}, -999",
        "",
    )
)


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_hurdat_in_its_own_shape_tells_winds_radii_and_what_is_not_known(tmp_path):
    [eta] = read_storms(written(tmp_path / "hurdat2.txt", HURDAT))

    assert (eta.name, eta.starts) == ("Eta", "2020-11-03T12:00:00")
    assert eta.hours.tolist() == [0, 6]
    assert eta.lon.tolist() == [-83.1, -83.3]
    assert eta.wind_ms[0] == pytest.approx(125 * 0.514444)
    assert eta.gale_km[0] == pytest.approx(85 * 1.852)
    assert eta.rmax_km[0] == pytest.approx(15 * 1.852)
    assert np.isnan([eta.pressure_hpa[1], eta.gale_km[1], eta.rmax_km[1]]).all()


def test_a_storm_over_new_year_is_one_and_the_same_name_years_on_another(tmp_path):
    head = "name,year,month,day,hour,lat,long,wind,pressure\n"
    first = "Ana,2020,12,30,0,10,-70,40,1000\nAna,2021,1,2,0,11,-71,40,1000\n"
    later = "Ana,2027,9,1,0,9,-60,40,NA\n"
    found = read_storms(written(tmp_path / "fixes.csv", head + first + later))

    assert [len(one.hours) for one in found] == [2, 1]
    assert storm(found, "ana", 2027).lat.tolist() == [9]
    with pytest.raises(BadInput, match=r"no storm Ana of 2023\. It has one of 2020, 2027"):
        storm(found, "Ana", 2023)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "no column name, year"),
        ("name,year,month,day,hour,lat,long,wind,pressure\nA,2020,13,1,0,1,1,1,1\n", "line 2"),
        ("name,year,month,day,hour,lat,long,wind,pressure\nA,2020,1,1,0,1,1,NA,1\n", "wind is not"),
        ("AL012020, ETA, 3,\n20201103, 1200,\n", "cannot be read as HURDAT2"),
        (HURDAT.replace("13.6N", "13.6X"), "cannot be read as HURDAT2"),
    ],
)
def test_a_file_that_is_no_track_is_refused_with_its_line(tmp_path, text, words):
    with pytest.raises(BadInput, match=words):
        read_storms(written(tmp_path / "fixes.csv", text))


TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [-70, 10]},
    "arcs": [
        [[0, 0], [2, 0]],
        [[2, 0], [0, 2], [-2, 0], [0, -2]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
        [[2, 0], [0, 2]],
    ],
    "objects": {
        "x": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "A", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {
                    "type": "MultiPolygon",
                    "id": "B",
                    "properties": {"name": "East"},
                    "arcs": [[[2, -4]]],
                },
                {"type": "Point", "coordinates": [0, 0]},
            ],
        }
    },
}


def test_topojson_arcs_are_joined_forwards_and_backwards(tmp_path):
    west, east = read_outlines(written(tmp_path / "a.topo.json", json.dumps(TOPOLOGY)))

    assert (west.code, west.name, east.code) == ("A", "West", "B")
    assert west.surface.bounds == (-70, 10, -69, 11)
    assert east.surface.bounds == (-69, 10, -68, 11)
    assert rings_of(west.surface)[0][:2] == (-70.0, 10.0)


def square_grid(folder: Path, step: float):
    """A grid over one square of a degree."""
    file = collection(folder / "square.json", feature(SQUARE, code="A"))
    return grid_over(read_outlines(file, "code"), step)


def feature(ring, **properties) -> dict:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


SQUARE = [[-70, 10], [-69, 10], [-69, 11], [-70, 11], [-70, 10]]
ISLET = [[-60, 10], [-59.999, 10], [-59.999, 10.001], [-60, 10]]


def collection(path: Path, *features: dict) -> Path:
    return written(path, json.dumps({"type": "FeatureCollection", "features": list(features)}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1]", "no object of JSON"),
        ("{", "is no JSON"),
        ('{"type": "Feature"}', "neither a FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "has no area"),
        ('{"type": "FeatureCollection", "features": [{"properties": {}}]}', "no outline"),
        ('{"type": "Topology", "objects": 3}', "no TopoJSON"),
    ],
)
def test_a_file_without_outlines_is_refused(tmp_path, content, words):
    with pytest.raises(BadInput, match=words):
        read_outlines(written(tmp_path / "a.json", content))


def test_outlines_in_metres_points_and_two_areas_of_one_code_are_refused(tmp_path):
    metres = [[x * 100_000, y * 100_000] for x, y in SQUARE]
    with pytest.raises(BadInput, match="no degrees of longitude"):
        read_outlines(collection(tmp_path / "m.json", feature(metres, code="A")), "code")
    twice = collection(tmp_path / "t.json", feature(SQUARE, code="A"), feature(ISLET, code="A"))
    with pytest.raises(BadInput, match="two areas of the code A"):
        read_outlines(twice, "code")
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [0, 0]}}
    with pytest.raises(BadInput, match="no surface but Point"):
        read_outlines(collection(tmp_path / "p.json", point))


def test_the_grid_covers_the_land_and_an_islet_gets_a_point(tmp_path):
    file = collection(tmp_path / "a.json", feature(SQUARE, code="A"), feature(ISLET, code="B"))
    grid = grid_over(read_outlines(file, "code"), 0.1)

    assert np.bincount(grid.area).tolist() == [100, 1]
    inside = grid.km2[grid.area == 0].sum()
    assert inside == pytest.approx(111.195**2 * np.cos(np.radians(10.5)), rel=1e-3)
    with pytest.raises(BadInput, match="Take a wider one"):
        grid_over(read_outlines(file, "code"), 0.0005)


def test_people_are_counted_at_the_nearest_point_and_nobody_is_lost(tmp_path):
    grid = square_grid(tmp_path, 0.1)
    people = written(tmp_path / "p.csv", "lon,lat,people\n-69.55,10.5,7\n-69.54,10.51,3\n-50,0,9\n")
    counted = people_on(grid, people)

    assert counted.people.sum() == 10
    for text, words in (
        ("lon,lat\n", "no column people"),
        ("lon,lat,people\n-69.5,10.5,-3\n", "line 2: a number of people is negative"),
        ("lon,lat,people\nx,y,z\n", "no three numbers"),
        ("lon,lat,people\n0,0,5\n", "none of its points is near"),
    ):
        with pytest.raises(BadInput, match=words):
            people_on(grid, written(tmp_path / "bad.csv", text))


def test_a_footprint_without_levels_counts_in_all_three_cases(tmp_path):
    grid = square_grid(tmp_path, 0.5)
    parts = [[-70, 10], [-69.5, 10], [-69.5, 11], [-70, 11], [-70, 10]]
    flood = collection(tmp_path / "f.json", feature(parts), feature(SQUARE, level="high"))

    assert reached_by(grid, read_outlines(flood)).sum(axis=1).tolist() == [2, 2, 4]
    with pytest.raises(BadInput, match="The level 'deep'"):
        reached_by(
            grid, read_outlines(collection(tmp_path / "g.json", feature(SQUARE, level="deep")))
        )


def book(path: Path, rows) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    made.close()
    return path


def test_lines_of_one_event_are_added_and_other_events_and_years_left_out(tmp_path):
    heads = ["ISO3", "Year", "Event Name", "Disaster Internal Displacements (Raw)"]
    rows = [
        ["About this file", None, None, None],
        heads,
        ["HND", 2020, "12 COUNTRIES: Hurricane Eta - 31/10/2020", 100],
        ["HND", 2020, "Honduras: Hurricane Eta - floods", 20],
        ["HND", 2020, "Metallica - 2020", 7],
        ["HND", 2021, "Hurricane Eta", 5],
        ["NIC", 2020, "Hurricane Eta", 3],
        ["HND", 2020, "Hurricane Iota ", None],
    ]
    lines = read_displacement(book(tmp_path / "gidd.xlsx", rows))

    assert displacement_of(lines, "HND", 2020, ("Eta", "Iota")) == {"Eta": (120.0, 2)}
    with pytest.raises(BadInput, match="no sheet with the columns"):
        read_displacement(book(tmp_path / "other.xlsx", [["a"]]))


ROUND = """Departamento,Fecha,Sitio,Personas,Hogares,Mujeres
#adm1+name,#date,#loc+name,#affected+ind,#affected+hh,#affected+f
Cortés,2020-12-01,Escuela,120,30,60
Cortés,2020-12-01,Iglesia,"1,080",,500
Yoro,2020-12-02,Estadio,,12,
,,,,,
"""


def test_a_round_is_read_by_its_hashtags_whatever_its_headers_say(tmp_path):
    found = read_round(written(tmp_path / "r.csv", ROUND), "MOB")

    assert areas_of(found.lines) == {"Cortés": "Cortés", "Yoro": "Yoro"}
    assert [line.individuals for line in found.lines] == [120, 1080, -1]
    assert [line.households for line in found.lines] == [30, -1, 12]
    assert found.unused == ("#loc+name", "#affected+f")


@pytest.mark.parametrize(
    ("text", "component", "words"),
    [
        (ROUND.replace("#loc+name", "#contact+name"), "REG", "#contact.name are about one person"),
        (ROUND.replace("#affected+f", "#affected+id"), "MOB", "about one person"),
        ("#adm1+name,#date\nA,2020\n", "REG", "it counts nobody"),
        ("a,b\n1,2\n", "SUR", "no row of HXL hashtags"),
        ("#adm2,#affected\nA,2\n", "SUR", "no first-level area"),
        ("#adm1,#date\nA,2020\n", "SUR", "counts nobody"),
        ("#adm1,#affected\n", "SUR", "no line under its hashtags"),
        ("#adm1,#affected\nA,many\n", "FLM", "row 2: 'many' is no number"),
        ("#adm1,#affected\nA,-3\n", "FLM", "negative"),
        ("#adm1,#affected\n,3\n", "FLM", "row 2: it counts people and names no area"),
    ],
)
def test_records_of_people_and_rounds_that_count_nobody_are_refused(
    tmp_path, text, component, words
):
    with pytest.raises(BadInput, match=words):
        read_round(written(tmp_path / "r.csv", text), component)


def test_a_calendar_has_twelve_numbers_whose_mean_is_one(tmp_path):
    line = '[[presence]]\nsector = "AGR"\nsource = { en = "x", es = "x" }\nby_month = '
    with pytest.raises(BadInput, match="twelve numbers whose mean is 1"):
        read_calendar(written(tmp_path / "c.toml", line + "[1, 2]\n"), False)
    every = line + "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    with pytest.raises(BadInput, match="two calendars for _T/AGR/_T"):
        read_calendar(written(tmp_path / "c.toml", every + every), False)


def test_an_empty_directory_is_a_directory(tmp_path):
    assert read_offices(written(tmp_path / "o.toml", "")) == ()
    with pytest.raises(BadInput, match="There is no file"):
        read_offices(tmp_path / "gone.toml")
