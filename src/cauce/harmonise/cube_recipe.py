"""A recipe as the source of whole-number sums: the respondents and their linear indicators."""

from collections.abc import Iterator

from cauce.harmonise.cube_sql import CubeScore, CubeSource
from cauce.harmonise.sql import quoted
from cauce.model.indicator import LINEAR
from cauce.model.recipe import Recipe, ScoreColumns


def cube_source(recipe: Recipe) -> CubeSource:
    """The respondents of a recipe, harmonised, with what each brings to its linear indicators."""
    linear = [score for score in recipe.scores if score.estimator in LINEAR]
    columns = [f"{recipe.stratum or '0'} AS stratum", f"{recipe.psu} AS psu"]
    columns += [f"{recipe.weight} AS weight", f"{recipe.fpc or 'NULL'} AS fpc"]
    columns += [
        f"CAST({column.sql} AS INTEGER) AS {quoted('d:' + column.variable)}"
        for column in recipe.columns
    ]
    scores = []
    for at, score in enumerate(linear):
        columns += _columns(score, at)
        scores.append(_score(score, at))
    asked = f"asked AS (SELECT {', '.join(columns)} FROM harmonised)"
    return CubeSource(
        with_sql=f"{recipe.with_sql}, {asked}",
        relation="asked",
        stratum="stratum",
        psu="psu",
        weight="weight",
        fpc="fpc" if recipe.fpc else "",
        classifiers=tuple(quoted("d:" + column.variable) for column in recipe.columns),
        scores=tuple(scores),
    )


def _columns(score: ScoreColumns, at: int) -> Iterator[str]:
    nan = "CAST('nan' AS DOUBLE)"
    yield f"{score.universe} AS {quoted(f'u:{at}')}"
    yield f"NULLIF({score.numerator}, {nan}) AS {quoted(f'y:{at}')}"
    if score.denominator:
        yield f"NULLIF({score.denominator}, {nan}) AS {quoted(f'x:{at}')}"
    yield f"COALESCE({score.unknown}, FALSE) AS {quoted(f'?:{at}')}"
    yield f"COALESCE({score.not_asked}, FALSE) AS {quoted(f'z:{at}')}"


def _score(score: ScoreColumns, at: int) -> CubeScore:
    """Who is inside and who is lost, as `microdata.sample` has it."""
    universe, y, x = (quoted(f"{key}:{at}") for key in "uyx")
    unknown, not_asked = quoted(f"?:{at}"), quoted(f"z:{at}")
    answered, some = f"{y} IS NOT NULL", "TRUE"
    if score.denominator:
        answered += f" AND {x} IS NOT NULL"
        some = f"({x} <> 0 OR {y} <> 0)"
    lost = f"({universe} AND NOT ({answered}) AND NOT {not_asked}) OR {unknown}"
    inside = f"{universe} AND {answered} AND {some}"
    return CubeScore(f"({inside})", f"({lost})", y, x if score.denominator else "")
