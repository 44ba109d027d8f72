"""Who is inside an indicator, and who is lost to it, as the engine is told."""

import duckdb
import pytest

from cauce.harmonise import cube_source
from cauce.model.recipe import Recipe, ScoreColumns

ROWS = {
    "answered": ("TRUE", "2", "4", "FALSE", "FALSE"),
    "without numerator": ("TRUE", "NULL", "4", "FALSE", "FALSE"),
    "without denominator": ("TRUE", "2", "NULL", "FALSE", "FALSE"),
    "not a number": ("TRUE", "2", "'nan'", "FALSE", "FALSE"),
    "zero of zero": ("TRUE", "0", "0", "FALSE", "FALSE"),
    "some of zero": ("TRUE", "2", "0", "FALSE", "FALSE"),
    "not asked": ("TRUE", "NULL", "4", "FALSE", "TRUE"),
    "of another universe": ("FALSE", "2", "4", "FALSE", "FALSE"),
    "of an unknown universe": ("FALSE", "2", "4", "TRUE", "FALSE"),
}
RATIO = {
    "answered": (True, False),
    "without numerator": (False, True),
    "without denominator": (False, True),
    "not a number": (False, True),
    "zero of zero": (False, False),
    "some of zero": (True, False),
    "not asked": (False, False),
    "of another universe": (False, False),
    "of an unknown universe": (False, True),
}
MEAN = RATIO | dict.fromkeys(("without denominator", "not a number", "zero of zero"), (True, False))


def recipe(denominator: str, fpc: str = "") -> Recipe:
    rows = ", ".join(
        f"({at}, {u}, CAST({y} AS DOUBLE), CAST({x} AS DOUBLE), {unknown}, {not_asked})"
        for at, (u, y, x, unknown, not_asked) in enumerate(ROWS.values())
    )
    score = ScoreColumns("R", "u", "y", denominator, True, "ratio" if denominator else "mean")
    score = ScoreColumns(**vars(score) | {"unknown": "unknown", "not_asked": "not_asked"})
    median = ScoreColumns("M", "u", "y", "", True, "quantile")
    values = f"(VALUES {rows}) AS t(c, u, y, x, unknown, not_asked)"
    relation = f"WITH harmonised AS (SELECT * FROM {values})"  # noqa: S608 - of this file
    return Recipe(
        (), relation, "", "c", "1", fpc, "survey", "refuse", (), (median, score), checks=()
    )


@pytest.mark.parametrize(("denominator", "wanted"), [("x", RATIO), ("", MEAN)])
def test_whoever_does_not_answer_is_lost_and_whoever_was_not_asked_is_not(
    denominator: str, wanted: dict[str, tuple[bool, bool]]
) -> None:
    source = cube_source(recipe(denominator))
    [score] = source.scores
    assert bool(score.x) == bool(denominator)
    wanted_of = f"{score.inside}, {score.lost}"
    asked = f"{source.with_sql} SELECT {wanted_of} FROM {source.relation} ORDER BY psu"  # noqa: S608
    found = duckdb.sql(asked).fetchall()
    assert dict(zip(ROWS, found, strict=True)) == wanted


def test_only_what_is_a_sum_is_asked_of_an_engine() -> None:
    assert len(recipe("x").scores) == len(cube_source(recipe("x")).scores) + 1


def test_an_fpc_is_named_where_there_is_one() -> None:
    assert (cube_source(recipe("x")).fpc, cube_source(recipe("x", "9")).fpc) == ("", "fpc")
