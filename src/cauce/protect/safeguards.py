"""Which of a pack's or a house's rules hold for a dataflow on a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cauce.model.dataflow import Dataflow
from cauce.model.pack import Rules
from cauce.model.safeguards import Safeguards, TableRules

SINGLE = ("dominance", "estimable", "zeros", "groups", "remainders", "holdings")


def in_force(rules: Rules, flow: Dataflow, day: date) -> Rules:
    """The rules of one dataflow: what names it comes before what is of all, the later wins."""
    started = [one for one in rules.tables if one.since <= day and is_of(one, flow)]
    ranked = sorted(started, key=lambda one: (bool(one.of), one.since))
    found: dict[str, Any] = {
        name: value
        for one in ranked
        for name in SINGLE
        if (value := getattr(one.safeguards, name)) is not None
    }
    own = Safeguards(**found, methods=_methods(ranked))
    if own.dominance is None:
        return replace(rules, own=own)
    said = own.dominance
    return replace(
        rules, own=own, dominance_n=said.n, dominance_k=said.k, dominance_ground=said.ground
    )


def _methods(ranked: Sequence[TableRules]) -> tuple[Any, ...]:
    """Those of the last rank that declares one; rules of one rank may be of different units."""
    declaring = [one for one in ranked if one.safeguards.methods]
    last = [(bool(one.of), one.since) for one in declaring[-1:]]
    return tuple(
        method
        for one in declaring
        if [(bool(one.of), one.since)] == last
        for method in one.safeguards.methods
    )


def is_of(rules: TableRules, flow: Dataflow) -> bool:
    """Whether rules are of a dataflow, named by its own id or by that of its table."""
    table = flow.id.removeprefix(f"{flow.source.area}_{flow.source.survey}_")
    return not rules.of or flow.id in rules.of or table in rules.of
