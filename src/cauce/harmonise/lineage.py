"""The recodes and expressions that feed each number, with the places they are written in."""

from cauce.harmonise.dictionary import indicator_names
from cauce.harmonise.flows import dataflow_id
from cauce.harmonise.needs import Maker, makers, ordered
from cauce.model.lineage import Lineage, Step
from cauce.model.pack import Number, Pack, Recode


def lineages(pack: Pack) -> tuple[Lineage, ...]:
    """For every indicator of every dataflow, its steps in the order they are taken."""
    known = makers(pack)
    found = []
    for table in pack.tables:
        for name in table.indicators:
            wanted = [*table.dimensions, *indicator_names(pack.dictionary.indicators[name])]
            steps = tuple(_step(maker) for maker in ordered(wanted, known))
            found.append(Lineage(dataflow_id(pack, table), name, steps + _formula(pack, name)))
    return tuple(found)


def _step(maker: Maker) -> Step:
    how = maker.how
    if isinstance(how, Recode):
        kind, text = "recode", _mapping(how)
    elif isinstance(how, Number):
        kind, text = "number", _range(how)
    else:
        kind, text = "derive", " ".join(how.expression.split())
    return Step(maker.variable, kind, text, maker.columns, how.place.file, how.place.line)


def _mapping(how: Recode) -> str:
    """The codes by target: `M = 1; F = 2; not_stated = 9`."""
    groups: dict[str, list[str]] = {}
    for code, target in how.codes.items():
        groups.setdefault(target, []).append(code)
    for code, reason in how.missing.items():
        groups.setdefault(reason.name.lower(), []).append(code or "empty")
    return "; ".join(f"{target} = {', '.join(codes)}" for target, codes in groups.items())


def _range(how: Number) -> str:
    parts = [f"number of {how.column}"]
    if how.minimum is not None:
        parts.append(f"from {how.minimum:g}")
    if how.maximum is not None:
        parts.append(f"to {how.maximum:g}")
    lost = [f"{reason.name.lower()} = {code or 'empty'}" for code, reason in how.missing.items()]
    return "; ".join([" ".join(parts), *lost])


def _formula(pack: Pack, name: str) -> tuple[Step, ...]:
    """The indicator's own expressions as the last steps."""
    indicator = pack.dictionary.indicators[name]
    steps = []
    for part in ("universe", "numerator", "denominator"):
        text = getattr(indicator, part)
        if text:
            place = pack.dictionary.places[f"indicator.{name}.{part}"]
            steps.append(Step(name, part, text, (), place.file, place.line))
    return tuple(steps)
