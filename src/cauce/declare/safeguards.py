"""From the text that declares safeguards of tables to those safeguards, checked one by one."""

from collections.abc import Sequence
from datetime import date
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean, listed
from cauce.model.safeguards import (
    CellKey,
    Dominance,
    Estimable,
    Groups,
    Holdings,
    Method,
    Remainders,
    Rounding,
    Safeguards,
    TableRules,
    Way,
    Zeros,
)

LARGEST = (1, 2)
"""Of how many contributors the rule of dominance is known."""


def read_table_rules(section: Section, key: str = "table") -> tuple[TableRules, ...]:
    """Every [[….table]] of some rules."""
    return tuple(_table_rules(inner) for inner in section.tables(key))


def _table_rules(section: Section) -> TableRules:
    found = TableRules(
        of=section.texts("of", ()),
        since=section.day("from") if section.has("from") else date.min,
        safeguards=Safeguards(
            dominance=_dominance(section),
            estimable=_estimable(section),
            zeros=_zeros(section),
            groups=_groups(section),
            remainders=_remainders(section),
            holdings=_holdings(section),
            methods=tuple(_method(inner) for inner in section.tables("method")),
        ),
        place=section.place(),
    )
    if found.safeguards == Safeguards():
        section.note("", f"{section.name('')[:-1]} declares no rule.")
    section.finish()
    return found


def _dominance(section: Section) -> Dominance | None:
    inner = section.table("dominance", required=False)
    if inner is None:
        return None
    found = Dominance(inner.whole("n"), _percent(inner, "k"), inner.said("ground"))
    if found.n not in LARGEST:
        inner.note("n", f"dominance.n is {found.n}; the rule is known for the largest 1 or 2.")
    inner.finish()
    return found


def _estimable(section: Section) -> Estimable | None:
    """p_percent = { p, ground } or pq = { p, q, ground }, not both."""
    both = [(key, section.table(key, required=False)) for key in ("p_percent", "pq")]
    asked = [(key, inner) for key, inner in both if inner is not None]
    if len(asked) == 2:
        section.note("pq", "p_percent is pq with q = 100: declare one of them.")
    for key, inner in asked:
        q = _percent(inner, "q") if key == "pq" else 100.0
        found = Estimable(_percent(inner, "p"), q, inner.said("ground"))
        if found.p >= found.q:
            inner.note("p", f"p = {found.p:g} must be below q = {found.q:g}.")
        inner.finish()
        return found
    return None


def _zeros(section: Section) -> Zeros | None:
    inner = section.table("zeros", required=False)
    if inner is None:
        return None
    cells = inner.tables("structural")
    found = Zeros(tuple(_codes(cell) for cell in cells), inner.said("ground"))
    inner.finish()
    return found


def _codes(section: Section) -> tuple[tuple[str, str], ...]:
    if not section.data:
        section.note("", 'a structural zero names at least one code: { SEX = "M" }.')
    return tuple((name, section.text(name)) for name in section.data)


def _groups(section: Section) -> Groups | None:
    inner = section.table("groups", required=False)
    if inner is None:
        return None
    found = Groups(
        inner.texts("indicators", ()), inner.texts("dimensions", ()), inner.said("ground")
    )
    if not (found.indicators or found.dimensions):
        inner.note("", "groups name indicators, dimensions or both.")
    inner.finish()
    return found


def _remainders(section: Section) -> Remainders | None:
    inner = section.table("differences", required=False)
    if inner is None:
        return None
    found = Remainders(inner.said("ground"))
    inner.finish()
    return found


def _holdings(section: Section) -> Holdings | None:
    inner = section.table("holdings", required=False)
    if inner is None:
        return None
    n = inner.whole("n", 0)
    k = _percent(inner, "k") if n else 0.0
    found = Holdings(inner.whole("minimum", 1), n, k, inner.said("ground"))
    if n and n not in LARGEST:
        inner.note("n", f"holdings.n is {n}; the rule is known for the largest 1 or 2.")
    if found.minimum < 1:
        inner.note("minimum", "holdings.minimum must be 1 or more.")
    inner.finish()
    return found


def _method(section: Section) -> Method:
    kind = section.choice("kind", ("rounding", "cell_key"))
    found = _cell_key(section) if kind == "cell_key" else _rounding(section)
    section.finish()
    return found


def _cell_key(section: Section) -> CellKey:
    found = CellKey(
        variance=section.number("variance"),
        bound=section.whole("bound"),
        least=section.whole("least", 1),
        ground=section.said("ground"),
        units=section.texts("units", ()),
    )
    if not 0 < found.variance <= found.bound**2:
        section.note(
            "variance",
            f"variance = {found.variance:g} must be above 0 and at most bound² = {found.bound**2}.",
        )
    if found.least < 1:
        section.note("least", "least must be 1 or more: the smallest positive count that appears.")
    return found


def _rounding(section: Section) -> Rounding:
    ways: tuple[Way, ...] = get_args(Way)
    way = section.choice("way", ways)
    found = Rounding(
        base=section.whole("base"),
        way=next(one for one in ways if one == way),
        ground=section.said("ground"),
        units=section.texts("units", ()),
    )
    if found.base < 2:
        section.note("base", f"base = {found.base} rounds nothing: it must be 2 or more.")
    return found


def _percent(section: Section, key: str) -> float:
    value = section.number(key)
    if not 0 < value <= 100:
        section.note(key, f"{section.name(key)} = {value:g} must be above 0 and at most 100.")
    return value


def check_table_rules(
    rules: Sequence[TableRules], tables: Sequence[str] | None, problems: Problems
) -> None:
    """Note what two rules say of one table at once, and rules of tables that do not exist.

    `tables` are all there are; None where that is not known yet.
    """
    for at, one in enumerate(rules):
        for name in one.of:
            if tables is not None and name not in tables:
                near = did_you_mean(name, tables)
                problems.add(one.place, f"there is no table {name}.{near}")
        for other in rules[:at]:
            twice = [name for name in RULES if _both(one.safeguards, other.safeguards, name)]
            if twice and one.since == other.since and _meet(one.of, other.of):
                problems.add(
                    one.place,
                    f"{listed(twice)} is declared on line {other.place.line} already, of the same "
                    "table from the same day. Keep one, or give them different days.",
                )


RULES = ("dominance", "estimable", "zeros", "groups", "remainders", "holdings")


def _both(one: Safeguards, other: Safeguards, name: str) -> bool:
    return getattr(one, name) is not None and getattr(other, name) is not None


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both are of one table; what names tables comes before what is of all."""
    return bool(set(one) & set(other)) or not (one or other)
