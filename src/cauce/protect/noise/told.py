"""The observations of a dataflow whose counts are told with noise or rounded, and none withheld."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.dataflow import CENSUS
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.pack import MinRespondents, Rules
from cauce.model.safeguards import CellKey, Method, Rounding
from cauce.protect.bare import bare
from cauce.protect.clear import only, stamped
from cauce.protect.groups import places, without
from cauce.protect.noise.cell_key import cell_key_noise
from cauce.protect.noise.choice import words_of
from cauce.protect.noise.rounding import by_chance, controlled, nearest
from cauce.protect.noise.widths import check_widths
from cauce.protect.profiles import Profile
from cauce.protect.span import Vector
from cauce.protect.table import Table


def with_noise(
    table: Table,
    method: Method,
    rules: Rules,
    minimum: MinRespondents,
    profile: Profile,
    secret: bytes,
    budget_seconds: float = 3600.0,
) -> Observations:
    """Every count of a table by its method; how many stand behind it, and its errors, are not told.

    A count told as 0 is left out, as the cells of nobody are: what is not there is 0 or little.

    Raises:
        BadInput: the table is no count of records; the method asks too little for the minimum in
            force, or stands beside rules it does not serve; records have no keys; rounded counts
            beside their totals tell a small one too narrowly.
    """
    check(table, method, rules, minimum)
    counts: Ints = np.rint(np.nan_to_num(table.cells.value)).astype(np.int64)
    needs_key = isinstance(method, CellKey) or method.way == "random"
    if needs_key and not (secret and table.cells.record_keys.any()):
        raise BadInput(
            f"{table.cells.dataflow.id} is protected by noise, and its records have no keys. Say "
            "where the key folder is (--keys): the same records must have the same noise always."
        )
    told = perturbed(table, counts, method, secret)
    if isinstance(method, Rounding):
        check_widths(table, counts, told, _reach(method)[:2], minimum.value, budget_seconds)
    return only(_observations(table, told, method, profile), told > 0)


def perturbed(table: Table, counts: Ints, method: Method, secret: bytes) -> Ints:
    keys = table.cells.record_keys
    if isinstance(method, CellKey):
        return counts + cell_key_noise(counts, keys, method, secret)
    if method.way == "random":
        return by_chance(counts, method.base, keys, secret)
    if method.way == "controlled":
        return controlled(counts, method.base, sums_of(table), table.cells.dataflow.id)
    return nearest(counts, method.base)


def check(table: Table, method: Method, rules: Rules, minimum: MinRespondents) -> None:
    """Raises BadInput if the method does not protect what is in the table."""
    flow, own = table.cells.dataflow, rules.own
    plain = all(one.estimator == "total" for one in flow.indicators) and not table.amount.any()
    if flow.method.var_method != CENSUS or not plain:
        raise BadInput(
            f"{flow.id} is no count of a register: noise and rounding protect whole counts alone. "
            "Amounts, rates and estimates of a survey are suppressed: take its method away."
        )
    beside = [
        name
        for name, asked in (
            ("zeros", own.zeros),
            ("groups", own.groups),
            ("differences", own.remainders),
            ("holdings", own.holdings),
        )
        if asked
    ]
    if beside:
        raise BadInput(
            f"{flow.id} declares {' and '.join(beside)} beside a method that withholds no cell: "
            "noise does not serve them. Take one of both away."
        )
    if isinstance(method, Rounding) and method.base < minimum.value:
        raise BadInput(
            f"{flow.id} would be rounded to multiples of {method.base}, and fewer than "
            f"{minimum.value} people may not be told: the base must be {minimum.value} or more."
        )
    if isinstance(method, CellKey) and method.bound < minimum.value - 1:
        raise BadInput(
            f"{flow.id} would have noise of at most {method.bound}, and fewer than "
            f"{minimum.value} people may not be told: the bound must be {minimum.value - 1} or "
            "more, so that a small number may be of nobody."
        )


def sums_of(table: Table) -> list[Vector]:
    """Every total less its parts, over one dimension at a time."""
    at = {place: cell for cell, place in enumerate(places(table))}
    parts: dict[tuple[int, int], list[int]] = {}
    for (block, indicator, domain), cell in at.items():
        own = [column for column, code in enumerate(domain) if code >= 0]
        for [column] in combinations(own, 1):
            whole = at[block, indicator, without(domain, [column])]
            parts.setdefault((whole, column), []).append(cell)
    return [{whole: 1, **dict.fromkeys(cells, -1)} for (whole, _), cells in sorted(parts.items())]


def _reach(method: Method) -> tuple[float, float, float]:
    """How far below and above what is told the count may be, and the error, NaN if it has none."""
    if isinstance(method, CellKey):
        return method.bound, method.bound, method.variance**0.5
    if method.way == "nearest":
        return method.base // 2, (method.base - 1) // 2, np.nan
    far = method.base - 1 if method.way == "random" else 2 * method.base - 1
    return far, far, np.nan


def _observations(table: Table, told: Ints, method: Method, profile: Profile) -> Observations:
    cells, size = table.cells, len(told)
    value: Floats = told.astype(np.float64)
    below, above, error = _reach(method)
    words = words_of(method)
    flow = stamped(cells.dataflow, profile)
    plain = bare(
        replace(flow, method=replace(flow.method, protection=words)),
        cells.key,
        value,
        (ObsStatus.NORMAL,) * size,
        (ConfStatus.FREE,) * size,
        (Reliability.RELIABLE,) * size,
        (words,) * size,
    )
    return replace(
        plain,
        se=np.full(size, error),
        cv=np.divide(error, value, out=np.full(size, np.nan), where=value > 0),
        ci_low=np.maximum(value - below, 0.0),
        ci_high=value + above,
    )
