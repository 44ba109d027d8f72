"""The cube as one would write it with DuckDB and with Polars, and how far it is from ours."""

from typing import Any

import numpy as np
import polars as pl

from cauce.estimate import Estimates
from cube_people import CODES, PAIRS, SIZES

# Numerator and denominator of each statistic as SQL over a person; a total has no denominator.
STATISTICS = {
    "employed": ("CAST(employed AS DOUBLE)", None),
    "unemployment": ("CAST(NOT employed AND active AS DOUBLE)", "CAST(active AS DOUBLE)"),
    "informality": ("CAST(informal AND employed AS DOUBLE)", "CAST(employed AS DOUBLE)"),
    "wage": ("CASE WHEN employed THEN wage ELSE 0 END", "CAST(employed AS DOUBLE)"),
}


def sets(*more: str) -> str:
    return ", ".join(f"({', '.join((*more, CODES[a], CODES[b]))})" for a, b in PAIRS)


def weighted() -> str:
    """Weighted numerators y0 … and denominators x1 … of every person."""
    parts = []
    for s, (y, x) in enumerate(STATISTICS.values()):
        parts.append(f"weight * {y} AS y{s}")
        parts += [] if x is None else [f"weight * {x} AS x{s}"]
    return ", ".join(parts)


def names() -> list[str]:
    return ["y0"] + [f"{part}{s}" for s in range(1, len(STATISTICS)) for part in "yx"]


def products() -> list[tuple[str, str]]:
    """The moments that are needed: of a total yy, of a ratio yy, yx and xx."""
    return [("y0", "y0")] + [
        (f"{a}{s}", f"{b}{s}") for s in range(1, len(STATISTICS)) for a, b in ("yy", "yx", "xx")
    ]


def duckdb_totals(connection: Any, source: str) -> Any:
    sums = ", ".join(f"sum({name}) AS {name}" for name in names())
    return connection.sql(
        f"SELECT {', '.join(CODES)}, GROUPING_ID({', '.join(CODES)}) AS g, {sums} "
        f"FROM (SELECT {', '.join(CODES)}, {weighted()} FROM {source}) "
        f"GROUP BY GROUPING SETS ({sets()})"
    ).to_arrow_table()


def duckdb_errors(connection: Any, source: str) -> list[Any]:
    """One GROUPING SETS query to PSU and cell, then the algebra in SQL, then the ratios."""
    codes = ", ".join(CODES)
    sums = ", ".join(f"sum({name}) AS {name}" for name in names())
    squares = ", ".join(f"sum({a} * {b}) AS {a}{b}" for a, b in products())
    moments = ", ".join(
        f"sum(m / (m - 1) * ({a}{b} - {a} * {b} / m)) AS v{a}{b}" for a, b in products()
    )
    found = connection.sql(
        f"WITH person AS (SELECT stratum, psu, {codes}, {weighted()} FROM {source}), "
        f"size AS (SELECT stratum, count(DISTINCT psu)::DOUBLE AS m FROM {source} GROUP BY ALL), "
        f"unit AS (SELECT stratum, psu, {codes}, GROUPING_ID({codes}) AS g, {sums} FROM person "
        f"GROUP BY GROUPING SETS ({sets('stratum', 'psu')})), "
        f"layer AS (SELECT stratum, {codes}, g, {sums}, {squares} FROM unit "
        f"GROUP BY stratum, g, {codes}) "
        f"SELECT {codes}, g, {sums}, {moments} FROM layer JOIN size USING (stratum) "
        f"GROUP BY g, {codes}"
    ).fetchnumpy()
    which = found["g"]
    tables = []
    for a, b in PAIRS:
        # GROUPING_ID has a 1 for every classifier that is not in the set, the first highest.
        mine = which == sum(1 << (len(SIZES) - 1 - i) for i in range(len(SIZES)) if i not in (a, b))
        cell = np.asarray(found[CODES[a]][mine]) * SIZES[b] + np.asarray(found[CODES[b]][mine])
        part = {k: np.asarray(v[mine]) for k, v in found.items() if k not in (*CODES, "g")}
        tables.append((cell, *ratios(part)))
    return tables


def polars_errors(frame: pl.DataFrame) -> list[Any]:
    """Every pair to PSU level by one whole-number key, then the algebra; all in one plan."""
    wide = frame.lazy().with_columns(
        y0=pl.col("weight") * pl.col("employed"),
        y1=pl.col("weight") * (~pl.col("employed") & pl.col("active")),
        x1=pl.col("weight") * pl.col("active"),
        y2=pl.col("weight") * (pl.col("informal") & pl.col("employed")),
        x2=pl.col("weight") * pl.col("employed"),
        y3=pl.col("weight") * pl.when("employed").then("wage").otherwise(0.0),
        x3=pl.col("weight") * pl.col("employed"),
    )
    size = wide.group_by("stratum").agg(m=pl.col("psu").n_unique().cast(pl.Float64))
    plans = []
    for a, b in PAIRS:
        cells = SIZES[a] * SIZES[b]
        cell = pl.col(CODES[a]) * SIZES[b] + pl.col(CODES[b])
        unit = wide.group_by(key=pl.col("psu").cast(pl.Int64) * cells + cell).agg(
            pl.col("stratum").first(), *(pl.col(name).sum() for name in names())
        )
        layer = unit.group_by(
            key=pl.col("stratum").cast(pl.Int64) * cells + pl.col("key") % cells
        ).agg(
            pl.col("stratum").first(),
            *(pl.col(name).sum() for name in names()),
            *((pl.col(x) * pl.col(y)).sum().alias(x + y) for x, y in products()),
        )
        m = pl.col("m")
        plans.append(
            layer.join(size, on="stratum")
            .group_by(cell=pl.col("key") % cells)
            .agg(
                *(pl.col(name).sum() for name in names()),
                *(
                    (m / (m - 1) * (pl.col(x + y) - pl.col(x) * pl.col(y) / m))
                    .sum()
                    .alias(f"v{x}{y}")
                    for x, y in products()
                ),
            )
        )
    tables = []
    for found in pl.collect_all(plans):
        part = {name: found[name].to_numpy() for name in found.columns}
        tables.append((part.pop("cell"), *ratios(part)))
    return tables


def ratios(part: dict[str, Any]) -> tuple[Any, Any]:
    """Values and standard errors, each of shape (cells, statistics)."""
    values, errors = [part["y0"]], [np.sqrt(part["vy0y0"])]
    for s in range(1, len(STATISTICS)):
        x, r = part[f"x{s}"], part[f"y{s}"] / part[f"x{s}"]
        yy, yx, xx = (part[f"v{a}{s}{b}{s}"] for a, b in ("yy", "yx", "xx"))
        values.append(r)
        errors.append(np.sqrt(np.maximum(yy - 2 * r * yx + r**2 * xx, 0)) / x)
    return np.stack(values, axis=1), np.stack(errors, axis=1)


def compare(mine: tuple[Estimates, ...], other: list[Any]) -> float:
    """The largest relative difference of a value or a standard error."""
    worst = 0.0
    for table, (cell, value, se) in zip(mine, other, strict=True):
        assert len(cell) == (table.n.max(axis=1) > 0).sum()
        for a, b in ((table.value[cell], value), (table.se[cell], se)):
            known = np.isfinite(a) & np.isfinite(b) & (np.abs(a) > 1e-7)
            assert known.mean() > 0.9
            worst = max(worst, float((np.abs(a[known] - b[known]) / np.abs(a[known])).max()))
    assert worst < 1e-9, worst
    return worst
