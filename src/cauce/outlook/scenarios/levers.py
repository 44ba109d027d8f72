"""Levers applied to what the baseline starts from; the baseline itself stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.declare.words import did_you_mean, listed
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.scenario import Change, Lever, LeverKind, Scenario
from cauce.model.text import Text

ORDER: tuple[Change, ...] = ("set", "times", "add")
"""Of several levers on one amount: first what sets it, then what multiplies it, then what is added.
The order they are written in changes nothing."""

MOST_TOLD, MOST_CODES = 5, 12


@dataclass(frozen=True)
class Input:
    """Amounts of a baseline that levers of one kind change.

    `amounts` have shape (h, c), or (d, h, c) as draws, in the order of `cells`, the codes of
    `dimensions`. `exist` is how many there are, (h, c), of whom no scenario may ask more, and
    `who` says who they are; None where nothing bounds them. `in_all`, (h,), bounds the cells
    together, where they share the same people. `least` is what no amount may be below.
    """

    kind: LeverKind
    unit: str
    dimensions: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    amounts: Floats
    exist: Floats | None
    who: Text
    least: float = 0.0
    in_all: Floats | None = None


@dataclass(frozen=True)
class Applied:
    """The inputs of a scenario, and what its levers did, in words."""

    inputs: tuple[Input, ...]
    said: tuple[Text, ...]


def applied(baseline: Sequence[Input], scenario: Scenario) -> Applied:
    """The inputs with the scenario's levers; those no lever touches are the very same.

    A lever changes each cell its target names, not their sum. Of several levers on one amount the
    order is set, times, add; two that set it contradict each other.

    Raises:
        BadInput: a kind has two inputs; a lever has no input, another unit, a target or a year that
            is not there; two levers set one amount; an amount falls below the least there can be;
            more people are asked for than exist, with how many do.

    Source: domain page outlook, section 4.10.
    """
    known = {one.kind for one in baseline}
    for kind in sorted(known):
        if sum(one.kind == kind for one in baseline) > 1:
            raise BadInput(f"The baseline has two inputs of {kind}: a lever could mean either.")
    for lever in scenario.levers:
        if lever.kind not in known:
            raise BadInput(
                f"Scenario {scenario.id} changes {lever.kind}, and the baseline has nothing of it. "
                f"It has: {listed(sorted(known)) or 'nothing'}."
            )
    done = [_changed(one, scenario) for one in baseline]
    return Applied(
        tuple(one.inputs[0] for one in done), tuple(text for one in done for text in one.said)
    )


def _changed(baseline: Input, scenario: Scenario) -> Applied:
    levers = [lever for lever in scenario.levers if lever.kind == baseline.kind]
    if not levers:
        return Applied((baseline,), ())
    amounts = baseline.amounts.copy()
    times = np.zeros(amounts.shape[-2:], dtype=int)
    given = np.zeros_like(times, dtype=bool)
    for change in ORDER:
        for lever in (one for one in levers if one.change == change):
            where = _cells(lever, baseline, scenario)
            for year, amount in sorted(lever.amounts.items()):
                at = _year(year, lever, scenario, amounts.shape[-2])
                if change == "set" and (given[at] & where).any():
                    raise BadInput(
                        f"Scenario {scenario.id}: two levers set {lever.kind} of the same "
                        f"{(given[at] & where).sum():,} cells in {year}. Keep one of them."
                    )
                given[at] |= where & (change == "set")
                times[at] += where
                amounts[..., at, where] = _new(amounts[..., at, where], change, amount)
    result = replace(baseline, amounts=amounts)
    _refuse_impossible(result, times > 0, scenario)
    return Applied((result,), tuple(_said(lever, baseline, scenario) for lever in levers)
                   + _twice(baseline, times) + _still_unknown(result, times))  # fmt: skip


def _new(now: Floats, change: Change, amount: float) -> Floats:
    if change == "set":
        return np.full_like(now, amount)
    return now * amount if change == "times" else now + amount


def _year(year: int, lever: Lever, scenario: Scenario, horizon: int) -> int:
    at = year - scenario.base_year - 1
    if not 0 <= at < horizon:
        raise BadInput(
            f"Scenario {scenario.id} changes {lever.kind} in {year}, which is not one of the "
            f"{horizon} years after {scenario.base_year}."
        )
    return at


def _cells(lever: Lever, baseline: Input, scenario: Scenario) -> Flags:
    """The cells a lever is about, (c,); at least one of them."""
    start = f"Scenario {scenario.id}, lever {lever.kind}:"
    if lever.unit != baseline.unit:
        raise BadInput(f"{start} its unit is {lever.unit}, and the baseline's {baseline.unit}.")
    found = np.ones(len(baseline.cells), dtype=bool)
    for name, code in lever.target.items():
        if name not in baseline.dimensions:
            near = did_you_mean(name, baseline.dimensions)
            raise BadInput(f"{start} it is not told apart by {name}.{near} "
                           f"It is by: {listed(baseline.dimensions)}.")  # fmt: skip
        at = baseline.dimensions.index(name)
        own = [cell[at] for cell in baseline.cells]
        if code not in own:
            raise BadInput(f"{start} there is no {name} {code}.{_known(code, own)}")
        found &= np.array([one == code for one in own])
    if not found.any():
        raise BadInput(f"{start} nothing has all of {_target(lever)} at once.")
    return found


def _known(code: str, own: Sequence[str]) -> str:
    codes = list(dict.fromkeys(own))
    more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
    return f"{did_you_mean(code, codes)} Known here: {listed(codes[:MOST_CODES])}{more}."


def _target(lever: Lever) -> str:
    return listed(f"{name} {code}" for name, code in lever.target.items())


def _refuse_impossible(found: Input, touched: Flags, scenario: Scenario) -> None:
    """Raises BadInput where a changed amount is below the least or above how many exist."""
    asked = found.amounts.reshape(-1, *touched.shape).mean(axis=0)
    if len(below := np.argwhere(touched & (asked < found.least))):
        year, cell = below[0]
        raise BadInput(
            f"Scenario {scenario.id}: {found.kind} falls below {found.least:,g} in {len(below):,} "
            f"amounts, the first in {scenario.base_year + 1 + year} of "
            f"{listed(found.cells[cell]) or 'all'}: {asked[year, cell]:,.6g}."
        )
    beyond: list[tuple[int, str, float, float]] = []
    if found.exist is not None:
        for year, cell in np.argwhere(touched & (asked > found.exist)).tolist():
            name = listed(found.cells[cell]) or "all"
            beyond.append((year, name, asked[year, cell], found.exist[year, cell]))
    if found.in_all is not None:
        every = np.nansum(asked, axis=1)
        years = np.flatnonzero(touched.any(axis=1) & (every > found.in_all)).tolist()
        beyond += [(year, "together", every[year], found.in_all[year]) for year in years]
    if beyond:
        raise BadInput(_beyond(beyond, found, scenario))


def _beyond(beyond: Sequence[tuple[int, str, float, float]], found: Input, of: Scenario) -> str:
    """Who is asked for beyond those that exist, and how many do exist."""
    told = [
        f"{of.base_year + 1 + year}, {name}: asked {asked:,.6g}, there are {exist:,.6g}"
        for year, name, asked, exist in beyond[:MOST_TOLD]
    ]
    rest = f", and {len(beyond) - MOST_TOLD} more" if len(beyond) > MOST_TOLD else ""
    return (
        f"Scenario {of.id} asks of {found.kind} for more than exist ({found.who.en}): "
        f"{'; '.join(told)}{rest}. Lower the amounts, or say where the others come from."
    )


WORDS: dict[Change, Text] = {
    "set": Text("set to", "fijado en"),
    "times": Text("multiplied by", "multiplicado por"),
    "add": Text("increased by", "aumentado en"),
}


def _said(lever: Lever, baseline: Input, scenario: Scenario) -> Text:
    """What a lever does, to how many cells, and who says so."""
    count = int(_cells(lever, baseline, scenario).sum())
    years = listed(f"{year}: {amount:,g}" for year, amount in sorted(lever.amounts.items()))
    about, words = _target(lever), WORDS[lever.change]
    return Text(
        f"{scenario.id}: {lever.kind} {about or 'of everything'} {words.en} {years} "
        f"({lever.unit}), in each of {count} cells. {lever.source.en}",
        f"{scenario.id}: {lever.kind} {about or 'de todo'} {words.es} {years} "
        f"({lever.unit}), en cada una de {count} celdas. {lever.source.es}",
    )


def _still_unknown(found: Input, times: Ints) -> tuple[Text, ...]:
    lost = np.isnan(found.amounts).reshape(-1, *times.shape).any(axis=0)
    count = int((lost & (times > 0)).sum())
    if not count:
        return ()
    return (
        Text(
            f"{count} amounts of {found.kind} are not known, so changing them leaves them so.",
            f"{count} cantidades de {found.kind} no se conocen, y cambiarlas las deja así.",
        ),
    )


def _twice(baseline: Input, times: Ints) -> tuple[Text, ...]:
    count = int((times > 1).sum())
    if not count:
        return ()
    return (
        Text(
            f"{count} amounts of {baseline.kind} are changed by several levers: first what sets "
            "them, then what multiplies, then what is added, however they are written.",
            f"{count} cantidades de {baseline.kind} cambian por varias palancas: primero "
            "lo que las fija, luego lo que multiplica, luego lo que se suma, sin importar el orden "
            "en que estén escritas.",
        ),
    )
