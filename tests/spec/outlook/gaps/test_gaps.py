"""Gaps, classes, the waterfall and channels, as the tables beside this file say."""

import csv
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from cauce.model.text import Text
from cauce.outlook.gaps import (
    STEPS,
    Area,
    Capability,
    Channel,
    Post,
    Protected,
    World,
    allocate,
    caps,
    classify,
    gap,
    post,
    support,
    totals,
    waterfall,
)

HERE = Path(__file__).parent
T = Text("invented", "inventado")


def rows_of(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def cases(name):
    return [(case, list(own)) for case, own in groupby(rows_of(name), lambda row: row["case"])]


def number(text):
    return float(text or "nan")


def column(rows, name):
    return np.array([number(row[name]) for row in rows])


@pytest.mark.parametrize(("case", "rows"), cases("gaps"))
def test_shortages_are_not_filled_by_surpluses_elsewhere(case, rows):
    openings, supply = (column(rows, name)[None, None] for name in ("openings", "supply"))

    found = gap(openings, supply, column(rows, "employed"))
    sums = totals(found.people)

    assert len({Post(row["occupation"], row["skill"]) for row in rows}) == len(rows)
    np.testing.assert_allclose(found.people[0, 0], column(rows, "gap"))
    np.testing.assert_allclose(100 * found.relative[0, 0], column(rows, "relative_pct"))
    assert sums.missing[0, 0] == number(rows[0]["missing"])
    assert sums.surplus[0, 0] == number(rows[0]["surplus"])
    assert sums.unknown[0] == np.isnan(column(rows, "gap")).sum()


@pytest.mark.parametrize("row", rows_of("classes"), ids=lambda row: row["draws_pct"])
def test_the_class_is_what_the_draws_support(row):
    year = int(row["year"])
    draws = np.full((10, year, 1), np.nan)
    draws[:, -1, 0] = np.array(row["draws_pct"].split(), dtype=float) / 100

    classes = classify(draws)

    assert classes.code[-1, 0] == row["class"]
    np.testing.assert_allclose(100 * support(classes)[-1, 0], number(row["probability_pct"]))


@pytest.mark.parametrize(("case", "rows"), cases("waterfall"))
def test_each_step_takes_only_what_the_earlier_ones_left(case, rows):
    told = {row["row"]: row for row in rows}
    could, takes, lead = told["could"], told["takes"], told.get("lead", {})

    # Looked at in the second year.
    def capability(step):
        people = np.full((1, 2, 1), number(could[step.lower()]))
        return Capability(step, people, np.array([number(lead.get(step.lower()) or "0")]), T)

    found = waterfall(
        np.full((1, 2, 1), number(could["gap"])), [capability(step) for step in STEPS]
    )

    shown = [found.missing, *(one.people for one in found.steps), found.remainder]
    expected = [number(takes[name]) for name in ("gap", *map(str.lower, STEPS), "remainder")]
    np.testing.assert_allclose([draws[0, 1, 0] for draws in shown], expected)
    assert found.at_most[1, 0] == (takes["at_most"] == "yes")


def protected_of(rows):
    for text in {row["protected"] for row in rows} - {""}:
        origin, _, occupation = text.rpartition(":")
        yield Protected(origin, occupation, T)


def world(rows):
    posts = tuple(sorted({post(row["occupation"]) for row in rows}))
    ends = sorted({row[end] for row in rows for end in ("origin", "destination")})

    def of(area, end, column, otherwise):
        own = {row["occupation"]: number(row[column]) for row in rows if row[end] == area}
        return np.array([own.get(one.occupation, otherwise) for one in posts])

    areas = tuple(
        Area(area, of(area, "origin", "surplus", 0.0), of(area, "destination", "need", 0.0),
             of(area, "origin", "p_short", 0.0))
        for area in ends
    )  # fmt: skip
    channels = {
        row["channel"]: Channel(row["channel"], T, row["origin"], row["destination"], (),
                                *(float(row[name]) if row[name] else None
                                  for name in ("quota", "uptake")), T)
        for row in rows
        if row["channel"]
    }  # fmt: skip
    return World(posts, areas, caps(list(channels.values()), 1), tuple(protected_of(rows)))


@pytest.mark.parametrize(("case", "rows"), cases("channels"))
def test_people_pass_where_a_channel_a_surplus_and_a_gap_meet(case, rows):
    found = {
        (one.lane.origin, one.lane.destination, one.lane.post.occupation, one.lane.channel): one
        for one in allocate(world(rows)).passages
    }

    for row in rows:
        one = found[row["origin"], row["destination"], row["occupation"], row["channel"]]
        assert one.mark == row["mark"], row
        np.testing.assert_allclose(one.people, number(row["people"]), atol=1e-3)
