"""From a staged file and a recipe to a harmonised sample."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from cauce.microdata.auxiliary import auxiliary_of, auxiliary_parts
from cauce.microdata.engine import does_not_fit, engine, to_numpy
from cauce.microdata.replicates import read_replicates
from cauce.microdata.validation import ask
from cauce.model.arrays import Codes, Flags
from cauce.model.design import Design
from cauce.model.drawn import Drawn, DrawnStage
from cauce.model.errors import BadInput
from cauce.model.missing import Missing
from cauce.model.recipe import Check, Recipe, ScoreColumns
from cauce.model.sample import Sample, Score

SHOWN_CODES = 20

DesignOf = Callable[[Drawn], Design]
"""From what the file says of all respondents to a design."""


def read_sample(
    staged: Path | Sequence[Path],
    recipe: Recipe,
    period: str,
    design_of: DesignOf,
    columns: Mapping[str, str] | None = None,
) -> Sample:
    """Run a recipe over staged Parquet files; n rows in give n rows out.

    Args:
        columns: the kind of each column, for files that do not all hold the same kinds.

    Raises:
        BadInput: a check of the recipe has an answer, or rows were lost; all of it at once.
    """
    said = recipe.replicates
    unused = [] if said is None else [n for n in said.columns if n not in recipe.used_columns]
    with engine(staged, columns, without=unused) as connection:
        _harmonise(connection, recipe)
        check(connection, recipe)
        table = connection.sql(f"SELECT {wanted_of(recipe)} FROM harmonised").to_arrow_table()
        rows = connection.execute("SELECT count(*) FROM source").fetchone()[0]
        reasons = reasons_of(connection, recipe)
        findings = ask(connection, recipe.questions)
    if table.num_rows != rows or rows == 0:
        raise BadInput(f"The file has {rows:,} rows and {table.num_rows:,} were harmonised.")
    found = {name: to_numpy(table[name]) for name in table.column_names}
    return Sample(
        period=period,
        design=_design(
            recipe, found, design_of, rows, staged if isinstance(staged, Path) else staged[0]
        ),
        columns={c.variable: codes_of(found[f"d:{c.variable}"]) for c in recipe.columns},
        scores=scores_of(recipe, found),
        reasons=reasons,
        findings=findings,
        auxiliary=auxiliary_of(recipe, found),
    )


def _harmonise(connection: Any, recipe: Recipe) -> None:
    try:
        connection.execute(
            f"CREATE TEMP TABLE harmonised AS {recipe.with_sql} SELECT * FROM harmonised"
        )
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise does_not_fit(error, recipe.doubts) from error


def wanted_of(recipe: Recipe) -> str:
    parts = {"weight": f"CAST({recipe.weight} AS DOUBLE)"}
    for name in ("stratum", "psu"):
        if getattr(recipe, name):
            parts[name] = getattr(recipe, name)
    if recipe.row:
        parts["row"] = recipe.row
    if recipe.fpc:
        parts["fpc"] = f"CAST({recipe.fpc} AS DOUBLE)"
    if recipe.certainty:
        parts["certainty"] = recipe.certainty
    for number, stage in enumerate(recipe.stages):
        own = {"unit": stage.unit, "stratum": stage.stratum}
        own |= {"fpc": f"CAST({stage.fpc} AS DOUBLE)" if stage.fpc else ""}
        parts |= {f"{name}:{number}": sql for name, sql in own.items() if sql}
    for column in recipe.columns:
        parts[f"d:{column.variable}"] = f"CAST({column.sql} AS SMALLINT)"
    parts |= auxiliary_parts(recipe)
    for number, score in enumerate(recipe.scores):
        parts[f"u:{number}"] = score.universe
        parts[f"y:{number}"] = score.numerator
        for key, sql in _more(score).items():
            parts[f"{key}:{number}"] = sql
    return ", ".join(f'{sql} AS "{name}"' for name, sql in parts.items())


def _more(score: ScoreColumns) -> dict[str, str]:
    """What only some indicators have, by the letter its column begins with."""
    found = {"x": score.denominator, "1": score.first, "2": score.second}
    found |= {"?": score.unknown, "z": score.not_asked}
    if score.across:
        found["a"] = f"CAST({score.across} AS SMALLINT)"
    for at, factor in enumerate(score.factors):
        found[f"f{at}"] = f"CAST({factor} AS SMALLINT)"
    return {key: sql for key, sql in found.items() if sql}


def check(connection: Any, recipe: Recipe) -> None:
    """Ask every question of the recipe; raise BadInput with all answers.

    What can be asked of single respondents is counted in one query first.
    """
    wrong = []
    for one in _doubtful(connection, recipe.checks):
        answer = [row for row in connection.execute(one.sql).fetchall() if row[1]]
        if answer:
            wrong.append(_told(one, answer))
    if wrong:
        things = "1 thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        raise BadInput("\n".join((f"The file and the pack do not fit: {things} wrong.", *wrong)))


def _doubtful(connection: Any, checks: Sequence[Check]) -> Iterator[Check]:
    """The questions that may have an answer, in their order."""
    asked = [one for one in checks if one.condition]
    counts = {}
    if asked:
        counted = ", ".join(f"count(*) FILTER (WHERE {one.condition})" for one in asked)
        (row,) = connection.execute(f"SELECT {counted} FROM harmonised").fetchall()
        counts = {one.sql: count for one, count in zip(asked, row, strict=True)}
    yield from (one for one in checks if counts.get(one.sql, 1))


def _told(check: Check, answer: list[tuple[Any, int]]) -> str:
    shown = [f"{code!r} ({count:,})" for code, count in answer[:SHOWN_CODES]]
    if len(answer) > SHOWN_CODES:
        shown.append(f"and {len(answer) - SHOWN_CODES:,} more")
    total = sum(count for _, count in answer)
    told = check.message.format(codes=", ".join(shown), count=f"{total:,}", first=answer[0][0])
    return told + _eaten_zeros(check, answer)


def _eaten_zeros(check: Check, answer: list[tuple[Any, int]]) -> str:
    """A sentence if the unknown codes are known ones without their leading zeros, or with more."""
    known = {code.lstrip("0"): code for code in check.known if code.strip("0")}
    pairs = [
        (code, known[code.lstrip("0")])
        for code, _ in answer
        if isinstance(code, str) and code.lstrip("0") in known
    ]
    if not pairs:
        return ""
    found, meant = pairs[0]
    return (
        f" {len(pairs):,} of them differ from a code of the pack in leading zeros only, such as "
        f"{found!r} and {meant!r}: a spreadsheet may have changed them in the file."
    )


def reasons_of(connection: Any, recipe: Recipe) -> dict[str, dict[str, int]]:
    """How many respondents miss each variable, by reason."""
    if not recipe.reasons:
        return {}
    wanted = ", ".join(
        f"count(*) FILTER (WHERE {column.sql} = {int(reason)})"
        for column in recipe.reasons
        for reason in Missing
    )
    (row,) = connection.execute(f"SELECT {wanted} FROM harmonised").fetchall()
    counts = iter(row)
    return {
        column.variable: {reason.name.lower(): next(counts) for reason in Missing}
        for column in recipe.reasons
    }


def _design(
    recipe: Recipe,
    found: dict[str, NDArray[Any]],
    design_of: DesignOf,
    rows: int,
    staged: Path,
) -> Design:
    """A survey without strata is one stratum; without PSUs, each respondent is one."""
    stratum = found.get("stratum", np.zeros(rows, dtype=np.int64))
    psu = found.get("psu", np.arange(rows))
    stages = tuple(
        DrawnStage(found[f"unit:{n}"], found.get(f"stratum:{n}"), found.get(f"fpc:{n}"))
        for n in range(len(recipe.stages))
    )
    return design_of(
        Drawn(
            stratum,
            psu,
            found["weight"],
            found.get("fpc"),
            recipe.psu_scope,
            recipe.single_psu,
            recipe.unit,
            stages=stages,
            certainty=found.get("certainty"),
            replicates=read_replicates(staged, recipe.replicates, found.get("row")),
        )
    )


def codes_of(column: NDArray[Any]) -> Codes:
    return np.asarray(column, dtype=np.int32)


def scores_of(recipe: Recipe, found: dict[str, NDArray[Any]]) -> tuple[Score, ...]:
    """One score per indicator; those with the same respondents inside share the array."""
    shared: dict[bytes, Flags] = {}
    return tuple(_score(score, found, number, shared) for number, score in enumerate(recipe.scores))


def _score(
    score: ScoreColumns, found: dict[str, NDArray[Any]], number: int, shared: dict[bytes, Flags]
) -> Score:
    def of(key: str) -> NDArray[Any] | None:
        return found.get(f"{key}:{number}")

    universe: Flags = found[f"u:{number}"]
    y = np.asarray(of("y"), dtype=np.float64)
    first, second, x, across = of("1"), of("2"), of("x"), of("a")
    factors = tuple(codes_of(found[f"f{at}:{number}"]) for at in range(len(score.factors)))
    if first is not None and second is not None:
        universe = universe & (first | second)
    answered = ~np.isnan(y)
    if x is not None:
        x = np.asarray(x, dtype=np.float64)
        answered &= ~np.isnan(x)
    # Four things: outside, inside, asked and not answered, not asked. The last is not missing.
    asked = answered | ~found[f"z:{number}"]
    for codes in (*factors, *(() if across is None else (across,))):
        answered &= codes >= 0
        asked &= codes != Missing.NOT_APPLICABLE
    inside = universe & answered
    if x is not None:
        # Nobody stands behind a ratio to which he adds nothing above or below.
        inside &= (x != 0) | (y != 0)
    inside = shared.setdefault(inside.tobytes(), inside)
    lost = (universe & ~answered & asked) | found[f"?:{number}"]
    return Score(
        indicator=score.indicator,
        inside=inside,
        numerator=np.where(inside, y, 0.0),
        denominator=None if x is None else np.where(inside, x, 0.0),
        missing=int(lost.sum()),
        magnitude=score.magnitude,
        estimator=score.estimator,
        missing_rows=lost if lost.any() else None,
        first=first,
        second=second,
        factors=factors,
        across=None if across is None else codes_of(across),
    )
