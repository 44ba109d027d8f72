"""The recodes and expressions that feed each number, with the places they are written in."""

from collections.abc import Iterator, Mapping

from cauce.harmonise.calibration import crossed
from cauce.harmonise.flows import dataflow_id
from cauce.harmonise.indicators import indicator_names
from cauce.harmonise.makers import Maker, makers, ordered
from cauce.model.lineage import Lineage, Step
from cauce.model.missing import Missing
from cauce.model.pack import Number, Pack, Recode
from cauce.model.raised import Raised
from cauce.model.rule import rule
from cauce.model.text import Text


def lineages(pack: Pack, raised: Mapping[str, Raised] | None = None) -> tuple[Lineage, ...]:
    """For every indicator of every dataflow, its steps in the order they are taken.

    Args:
        raised: how far the weights of each wave were raised, by period.
    """
    known, weights = makers(pack), tuple(_weights(pack, raised or {}))
    found = []
    for table in pack.tables:
        for name in table.indicators:
            wanted = [*table.dimensions, *indicator_names(pack.dictionary.indicators[name])]
            steps = tuple(_step(maker, pack) for maker in ordered(wanted, known))
            formula = _formula(pack, name)
            found.append(Lineage(dataflow_id(pack, table), name, steps + formula + weights))
    return tuple(found)


def _step(maker: Maker, pack: Pack) -> Step:
    how = maker.how
    if isinstance(how, Recode):
        kind, text = "recode", _mapping(how)
    elif isinstance(how, Number):
        kind, text = "number", _range(how)
    else:
        kind, text = "derive", " ".join(how.expression.split())
    name = rule(pack.dictionary.variables[maker.variable].name)
    return Step(maker.variable, kind, text, maker.columns, how.place.file, how.place.line, name)


def _mapping(how: Recode) -> str:
    """The codes by target: `M = 1; F = 2; not_stated = 9`."""
    return "; ".join(_grouped(how.codes, how.missing))


def _grouped(known: Mapping[str, str], missing: Mapping[str, Missing]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for code, target in known.items():
        groups.setdefault(target, []).append(code)
    for code, reason in missing.items():
        groups.setdefault(reason.name.lower(), []).append(code or "empty")
    return [f"{target} = {', '.join(codes)}" for target, codes in groups.items()]


def _range(how: Number) -> str:
    """The values that are numbers, and the codes that are none: `0 ≤ p2 ≤ 98; refused = 99`."""
    low = "" if how.minimum is None else f"{how.minimum:g} ≤ "
    high = "" if how.maximum is None else f" ≤ {how.maximum:g}"
    return "; ".join([f"{low}{how.column}{high}", *_grouped({}, how.missing)])


def _formula(pack: Pack, name: str) -> tuple[Step, ...]:
    """The indicator's own expressions as the last steps."""
    indicator = pack.dictionary.indicators[name]
    steps = []
    for part in ("universe", "numerator", "denominator"):
        text = getattr(indicator, part)
        if text:
            place = pack.dictionary.places[f"indicator.{name}.{part}"]
            steps.append(Step(name, part, text, (), place.file, place.line, rule(indicator.name)))
    return tuple(steps)


WEIGHT = rule(Text("Weight", "Peso"))


def _weights(pack: Pack, raised: Mapping[str, Raised]) -> Iterator[Step]:
    """How the file's weights became those of the figures, in the order of the steps."""
    weight = pack.design.weight
    silent, how = pack.nonresponse, pack.calibration
    if silent is not None:
        ends = {period: one.silence for period, one in raised.items()}
        text = f"{' × '.join(silent.cells) or 'T'}{_factors(ends)}"
        columns, place = (weight, silent.column), silent.place
        yield Step(weight, "nonresponse", text, columns, place.file, place.line, WEIGHT)
    if how is not None:
        ends = {period: one.factors for period, one in raised.items()}
        names = dict.fromkeys(crossed(margin) for margin in how.margins)
        text = f"{how.distance.method}: {', '.join(names)}{_factors(ends)}"
        columns, place = (weight, *((how.household,) if how.household else ())), how.place
        yield Step(weight, "calibration", text, columns, place.file, place.line, WEIGHT)


def _factors(ends: Mapping[str, tuple[float, float]]) -> str:
    """The range of factors of each wave: `; 2025: 0.81 ≤ g ≤ 1.43`."""
    return "".join(f"; {period}: {low:g} ≤ g ≤ {high:g}" for period, (low, high) in ends.items())
