"""Which method protects a dataflow, in words, and which methods would undo each other."""

from collections.abc import Sequence

from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.pack import Rules
from cauce.model.rule import rule, rule_in
from cauce.model.safeguards import CellKey, Method, Rounding
from cauce.model.text import Text

Chosen = tuple[Dataflow, Rules]
"""A dataflow with the rules in force for it."""


def method_of(flow: Dataflow, rules: Rules) -> Method | None:
    """The method that stands in the place of suppression; None where cells are suppressed.

    Raises:
        BadInput: two of its units would be told in different ways, so that one undoes the other.
    """
    methods, units = rules.own.methods, sorted({one.unit for one in flow.indicators})
    by_unit = {
        unit: [one for one in methods if not one.units or unit in one.units] for unit in units
    }
    if unknown := sorted({unit for one in methods for unit in one.units} - set(units)):
        raise BadInput(
            f"{flow.id} has a method for {', '.join(unknown)}, and counts {', '.join(units)}. "
            "Name its own units, or none for all."
        )
    said = {unit: [_plain(one) for one in found] for unit, found in by_unit.items()}
    different = {tuple(one) for one in said.values()}
    if len(different) > 1 or any(len(one) > 1 for one in different):
        told = "; ".join(f"{unit}: {_listed(by_unit[unit])}" for unit in units)
        raise BadInput(
            f"{flow.id} would tell its units in different ways ({told}): each narrows the other. "
            "Choose one method and one base for all units of a dataflow."
        )
    return methods[0] if methods and by_unit[units[0]] else None


def check_choices(chosen: Sequence[Chosen]) -> None:
    """Raises BadInput where two dataflows of the same people are told in ways that undo each other.

    Exact numbers beside perturbed ones, two bases, or two noises: the same count told twice is
    narrowed to what both allow. Controlled rounding differs between tables, so it stands alone.
    """
    for at, (flow, rules) in enumerate(chosen):
        own = method_of(flow, rules)
        for other, of_other in chosen[:at]:
            theirs = method_of(other, of_other)
            if (own is None and theirs is None) or not linked(flow, other):
                continue
            if _plain(own) != _plain(theirs):
                raise BadInput(
                    f"{other.id} and {flow.id} count the same people, and would tell them by "
                    f"{_named(theirs)} and by {_named(own)}: each undoes the other. Choose one "
                    "method for both, in one [[….table]] that names them."
                )
            if isinstance(own, Rounding) and own.way == "controlled":
                raise BadInput(
                    f"{other.id} and {flow.id} count the same people, and each would be rounded so "
                    "that its own sums hold: the same count could be told as two numbers. Choose "
                    "another way for both, or publish one of them."
                )


def check_vintages(flows: Sequence[Dataflow], public: Sequence[Dataflow]) -> None:
    """Raises BadInput where a vintage still public tells the same people by another method.

    Args:
        flows: those of the release, with their method stamped.
        public: those of vintages that stay public.
    """
    for flow in flows:
        for other in public:
            if (flow.method.protection != other.method.protection) and linked(flow, other):
                raise BadInput(
                    f"{flow.id} is told by “{_short(flow)}”, and a vintage of {other.id} that is "
                    f"still public by “{_short(other)}”: each undoes the other. Withdraw that "
                    "vintage first, or keep its method."
                )


def linked(one: Dataflow, other: Dataflow) -> bool:
    """Whether two dataflows count the same people: of one source, in one universe at least."""
    same = (one.source.survey, one.source.area) == (other.source.survey, other.source.area)
    return same and bool(
        {x.universe for x in one.indicators} & {x.universe for x in other.indicators}
    )


def words_of(method: Method) -> str:
    """What a reader is told of the method, in both languages as `model.rule` keeps them."""
    ground = Text(rule_in(method.ground, "en"), rule_in(method.ground, "es"))
    if isinstance(method, CellKey):
        sd = method.variance**0.5
        return rule(
            Text(
                f"Counts with noise by cell keys: its mean is 0, its standard deviation {sd:.3g}, "
                f"and it changes no count by more than {method.bound}. The same records have the "
                f"same noise; totals are not the sums of their parts ({ground.en}).",
                f"Conteos con ruido por claves de celda: su media es 0, su desviación típica "
                f"{sd:.3g}, y no cambia ningún conteo en más de {method.bound}. Los mismos "
                f"registros tienen el mismo ruido; los totales no son las sumas de sus partes "
                f"({ground.es}).",
            )
        )
    en, es = WAYS[method.way]
    return rule(
        Text(
            f"Counts rounded to multiples of {method.base}, {en} ({ground.en}).",
            f"Conteos redondeados a múltiplos de {method.base}, {es} ({ground.es}).",
        )
    )


WAYS = {
    "nearest": (
        "the nearest one; totals are not the sums of their parts",
        "al más cercano; los totales no son las sumas de sus partes",
    ),
    "random": (
        "up or down by chance, so that the mean is the count; totals are not the sums of their "
        "parts",
        "hacia arriba o abajo al azar, de modo que la media es el conteo; los totales no son las "
        "sumas de sus partes",
    ),
    "controlled": (
        "so that totals are the sums of their parts",
        "de modo que los totales son las sumas de sus partes",
    ),
}


def _short(flow: Dataflow) -> str:
    return rule_in(flow.method.protection, "en").partition("(")[0].strip() or "suppression"


def _plain(method: Method | None) -> tuple[object, ...]:
    """What tells methods apart: not their ground, and not their units."""
    if method is None:
        return ()
    if isinstance(method, CellKey):
        return ("cell_key", method.variance, method.bound, method.least)
    return ("rounding", method.base, method.way)


def _named(method: Method | None) -> str:
    if method is None:
        return "suppression"
    if isinstance(method, CellKey):
        return f"cell keys of variance {method.variance:g}"
    return f"rounding to {method.base}, {method.way}"


def _listed(methods: Sequence[Method]) -> str:
    return ", ".join(map(_named, methods)) or "exact"
