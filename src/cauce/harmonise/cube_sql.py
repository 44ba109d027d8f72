"""One SQL text for sums of whole numbers by stratum, PSU and cell, written for any engine.

Three questions: which PSUs there are, how many digits the numbers have, and the sums themselves. A
text is made once as a tree, in the words of DuckDB; `carry` writes it out in another dialect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 15
"""Digits before the point that are looked at, and decimals: those of `estimate.exact_scales`."""
FITS = 18
"""Whole numbers of so many digits are BIGINT on every engine."""
NAN = "CAST('nan' AS DOUBLE)"


@dataclass(frozen=True)
class CubeScore:
    """What everybody brings to one indicator, as SQL: flags never NULL, numbers as DOUBLE.

    `x` is "" where it is 1 for everyone; of a `binary` score y is 0 or 1.
    """

    inside: str
    lost: str
    y: str
    x: str = ""
    binary: bool = False


@dataclass(frozen=True)
class CubeSource:
    """The relation of respondents and what is wanted of it, as DuckDB SQL.

    `with_sql` defines `relation`, or is empty. `stratum` is empty where there is one stratum, `fpc`
    where there is none. `classifiers` are what cells are made of.
    """

    with_sql: str
    relation: str
    stratum: str
    psu: str
    weight: str
    fpc: str
    classifiers: tuple[str, ...]
    scores: tuple[CubeScore, ...]


@dataclass(frozen=True)
class Digits:
    """Decimals and digits of the whole numbers: of the weight, and of y and x of each score."""

    rows: int
    weight: tuple[int, int]
    y: tuple[tuple[int, int], ...]
    x: tuple[tuple[int, int], ...]


def whole_sql(source: CubeSource) -> str:
    """The relation itself, for an engine that is to make it once."""
    return f"{source.with_sql} SELECT * FROM {source.relation}"


def psus_sql(source: CubeSource) -> str:
    """The PSUs: labels (h, c), and the smallest and largest fpc, NULL where there is none."""
    fpc = f"CAST({source.fpc} AS DOUBLE)" if source.fpc else "CAST(NULL AS DOUBLE)"
    rows = f"SELECT {_stratum(source)} AS h, {source.psu} AS c, {fpc} AS f FROM {source.relation}"
    return (
        f"{_with(source, ('drawn', rows))} SELECT h, c, MIN(f) AS f_low, MAX(f) AS f_high, "
        "COUNT(*) AS people, SUM(CASE WHEN f IS NULL THEN 1 ELSE 0 END) AS f_none "
        "FROM drawn GROUP BY h, c"
    )


def digits_sql(source: CubeSource) -> str:
    """How many there are and how many digits their numbers have: one row of counts, no values."""
    parts = [
        "COUNT(*) AS people",
        _count("w IS NULL", "w_none"),
        _count("w < 0", "w_below"),
        _count("w = 0", "w_nil"),
        *_digits("w", "TRUE", "w"),
    ]
    for at, score in enumerate(source.scores):
        parts += [
            _count(f"i{at}", f"n{at}"),
            _count(f"l{at}", f"m{at}"),
            _count(f"i{at} AND NOT ({_within(at, score)})", f"b{at}"),
        ]
        if not score.binary:
            parts += _digits(f"y{at}", f"i{at}", f"y{at}")
        if score.x:
            parts += _digits(f"x{at}", f"i{at}", f"x{at}")
    rows = [f"{_clean(source.weight)} AS w", *_brought(source)]
    select = f"SELECT {', '.join(rows)} FROM {source.relation}"
    return f"{_with(source, ('brought', select))} SELECT {', '.join(parts)} FROM brought"


def sums_sql(source: CubeSource, digits: Digits, groupings: Sequence[tuple[int, ...]]) -> str:
    """The sums by PSU and cell of each grouping, as DECIMAL(38, 0), and counts.

    Columns: g0, g1, … (1 where a classifier is summed over), d0, d1, …, h, c; of each score n, k
    and m (inside, of them those whose y is not 0, missing) and its sums sw, sy, syy, sx, syx, sxx.
    """
    weight, whole = "w", _whole(_clean(source.weight), digits.weight[0])
    rows = [f"{_stratum(source)} AS h", f"{source.psu} AS c"]
    rows += [f"{sql} AS d{at}" for at, sql in enumerate(source.classifiers)]
    rows += [f"{_clean(source.weight)} AS r", f"{whole} AS {weight}", *_brought(source)]
    numbers = ["h", "c", *(f"d{at}" for at in range(len(source.classifiers))), "w", "r <> 0 AS q"]
    numbers += list(_numbers(source, digits))
    used = sorted({dim for grouping in groupings for dim in grouping})
    sets = ", ".join(
        f"({', '.join(['h', 'c', *(f'd{dim}' for dim in grouping)])})" for grouping in groupings
    )
    wanted = [f"GROUPING(d{dim}) AS g{dim}" for dim in used] + [f"d{dim}" for dim in used]
    wanted += ["h", "c", *_sums(source, digits)]
    steps = (
        ("brought", f"SELECT {', '.join(rows)} FROM {source.relation}"),
        ("whole", f"SELECT {', '.join(numbers)} FROM brought"),
    )
    return (
        f"{_with(source, *steps)} SELECT {', '.join(wanted)} FROM whole "
        f"GROUP BY GROUPING SETS ({sets})"
    )


def domain_sql(source: CubeSource) -> str:
    """The combinations of classifiers that somebody of the first score's domain has, and whom."""
    keys = [f"d{at}" for at in range(len(source.classifiers))]
    score = source.scores[0]
    rows = [f"{sql} AS {key}" for key, sql in zip(keys, source.classifiers, strict=True)]
    select = f"SELECT {', '.join((*rows, '1 AS one'))} FROM {source.relation}"
    select += f" WHERE ({score.inside}) OR ({score.lost})"
    group = f" GROUP BY {', '.join(keys)}" if keys else ""
    wanted = ", ".join((*keys, "COUNT(one) AS people"))
    return f"{_with(source, ('domain', select))} SELECT {wanted} FROM domain{group}"


def _with(source: CubeSource, *steps: tuple[str, str]) -> str:
    """The relation's own steps, and some more."""
    own = f"{source.with_sql}, " if source.with_sql else "WITH "
    return own + ", ".join(f"{name} AS ({sql})" for name, sql in steps)


def _stratum(source: CubeSource) -> str:
    return source.stratum or "0"


def _clean(sql: str) -> str:
    """A number as DOUBLE; what is not a number is none."""
    return f"NULLIF(CAST({sql} AS DOUBLE), {NAN})"


def _brought(source: CubeSource) -> Iterator[str]:
    for at, score in enumerate(source.scores):
        yield f"{score.inside} AS i{at}"
        yield f"({score.lost}) AND NOT ({score.inside}) AS l{at}"
        yield f"{score.y} AS y{at}"
        if score.x:
            yield f"{score.x} AS x{at}"


def _within(at: int, score: CubeScore) -> str:
    """Whether a numerator lies within the denominator."""
    return f"y{at} >= 0 AND y{at} <= x{at}" if score.x else f"y{at} = 0 OR y{at} = 1"


def _count(condition: str, name: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS {name}"


def _digits(column: str, inside: str, name: str) -> Iterator[str]:
    """Digits before the point, and for each number of decimals how many have more, and lose what.

    The largest number itself is not told.
    """
    below = f"{inside} AND ABS({column}) < 1e{MOST}"
    largest = f"MAX(CASE WHEN {below} THEN CEIL(ABS({column})) ELSE 0 END)"
    yield f"LENGTH(CAST(CAST(COALESCE({largest}, 0) AS BIGINT) AS VARCHAR)) AS {name}_digits"
    yield _count(f"{inside} AND ABS({column}) >= 1e{MOST}", f"{name}_huge")
    for decimals in range(MOST + 1):
        fits = f"ABS({column}) < 1e{MOST - decimals}"
        safe = f"CASE WHEN {fits} THEN {column} ELSE 0e0 END"
        kept = f"(CAST({_floor(safe, decimals)} AS DOUBLE) / 1e{decimals})"
        yield _count(f"{inside} AND (NOT ({fits}) OR {kept} <> {column})", f"{name}_more{decimals}")
        lost = f"ABS({kept} - {column}) / NULLIF(ABS({column}), 0e0)"
        yield (
            f"MAX(CASE WHEN {inside} AND {fits} AND {column} <> 0 THEN {lost} ELSE 0e0 END) "
            f"AS {name}_loss{decimals}"
        )


def _floor(sql: str, decimals: int) -> str:
    """The nearest whole number of units; halves go up on every engine, which rounding does not."""
    return f"FLOOR(({sql}) * 1e{decimals} + 5e-1)"


def _whole(sql: str, decimals: int) -> str:
    return f"CAST({_floor(sql, decimals)} AS BIGINT)"


def _numbers(source: CubeSource, digits: Digits) -> Iterator[str]:
    for at, score in enumerate(source.scores):
        yield f"i{at}"
        yield f"l{at}"
        inside = f"CASE WHEN i{at} THEN %s{at} ELSE 0e0 END"
        yield f"{_whole(inside % 'y', digits.y[at][0])} AS y{at}"
        if score.x:
            yield f"{_whole(inside % 'x', digits.x[at][0])} AS x{at}"


def _sums(source: CubeSource, digits: Digits) -> Iterator[str]:
    for at, score in enumerate(source.scores):
        inside = f"i{at} AND q"
        yield _count(inside, f"n{at}")
        yield _count(f"{inside} AND y{at} <> 0", f"k{at}")
        yield _count(f"l{at} AND q", f"m{at}")
        y, x = (f"y{at}", digits.y[at][1]), (f"x{at}", digits.x[at][1])
        of = {"w": (), "y": (y,)}
        if not score.binary:
            of["yy"] = (y, y)
        if score.x:
            of |= {"x": (x,), "yx": (y, x), "xx": (x, x)}
        for name, factors in of.items():
            product = _product(digits, (("w", digits.weight[1]), *factors))
            total = f"SUM(CASE WHEN {inside} THEN {product} ELSE 0 END)"
            yield f"CAST({total} AS DECIMAL(38, 0)) AS s{name}{at}"


def _product(digits: Digits, factors: Sequence[tuple[str, int]]) -> str:
    """A product that neither overflows itself nor when it is added up; no wider than it need be."""
    names = [name for name, _ in factors]
    wide = sum(most for _, most in factors)
    if wide + len(str(digits.rows)) <= FITS:
        return " * ".join(names)
    if wide <= FITS:
        return f"CAST({' * '.join(names)} AS INT128)"
    return " * ".join(f"CAST({name} AS INT128)" for name in names)
