"""Industries that follow a path of output: what it moves their employment by, and why so much."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.declare.words import did_you_mean, listed
from cauce.model.arrays import Flags, Floats
from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.proving import as_known
from cauce.outlook.proving.calibration import log_error
from cauce.outlook.proving.proof import MODEL
from cauce.outlook.sector_paths import (
    Elasticity,
    elasticities,
    errors_of_paths,
    growth,
    learn_weight,
    on_paths,
    shrink,
    unknown,
)
from cauce.pipeline.outlook.demand import Margin, level_now
from cauce.pipeline.outlook.outputs import Answered, Output
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.staffing import SECTOR

PATHS = Text("employment on a path of output", "ocupación según una trayectoria del producto")
NO_OUTPUT = Text(
    "The outlook has no output of industries in the past, nor how employment answered to it "
    "elsewhere: [output] would say.",
    "Las perspectivas no tienen el producto pasado de las ramas ni cómo le respondió la ocupación "
    "en otros países: lo diría [output].",
)


@dataclass(frozen=True)
class Moved:
    """People more than the filter expects in each industry that has a path, shape (d, h)."""

    people: tuple[tuple[Code, Floats], ...]
    said: tuple[Text, ...]


def moved(
    pack: OutlookPack, levers: Sequence[Lever], divided: Margin | NotProducible
) -> Moved | NotProducible:
    """What the levers of kind sector move, or what they would need to.

    Raises:
        BadInput: a lever names no industry of the table, lacks a year, or is not positive.
    """
    if not levers:
        return Moved((), ())
    if isinstance(divided, NotProducible):
        return NotProducible(rule(PATHS), divided.because)
    if pack.output is None:
        return NotProducible(rule(PATHS), NO_OUTPUT)
    base = int(divided.read.history.years[-1])
    years = range(base + 1, base + 1 + pack.horizon)
    grown = growth(levers, SECTOR, divided.cells, years, base)
    past, others = _told(pack.output, divided)
    answers = _answers(divided, past, others)
    on: Flags = np.asarray(np.isfinite(grown).all(axis=0))
    if lost := [name for at, name in enumerate(divided.cells) if on[at] and _silent(answers, at)]:
        return NotProducible(rule(PATHS), _no_answer(lost))
    weight = _weight(divided, past, others)
    draws = on_paths(
        divided.employed, divided.start, answers, grown, weight, divided.cells, pack.seed
    )
    more = draws - divided.employed
    codes = {code.id: code for code in divided.read.dimensions[0].codes}
    named = [(at, name) for at, name in enumerate(divided.cells) if on[at]]
    return Moved(
        tuple((codes[name], more[:, :, at]) for at, name in named),
        tuple(_said(name, answers, at, weight, pack.output) for at, name in named),
    )


def _told(output: Output, divided: Margin) -> tuple[Floats, list[Elasticity]]:
    """Output of the waves by industry, (w, s), and what is known of elsewhere.

    Raises:
        BadInput: output of an industry that the table does not have.
    """
    cells = divided.cells
    named = {*output.by, *(code for one in output.elsewhere for code in one.value)}
    if lost := sorted(named - set(cells)):
        raise BadInput(
            f"[output] names {listed(lost)}, and the table of industries has no such {SECTOR}."
            f"{did_you_mean(lost[0], cells)} It has: {listed(cells)}."
        )
    years = divided.read.history.years.tolist()
    past = [[output.by.get(name, {}).get(int(year), np.nan) for name in cells] for year in years]
    return np.array(past), [_elsewhere(one, cells) for one in output.elsewhere]


def _elsewhere(one: Answered, cells: tuple[str, ...]) -> Elasticity:
    return Elasticity(
        np.array([one.value.get(name, np.nan) for name in cells]),
        np.array([one.se.get(name, np.nan) ** 2 for name in cells]),
    )


def _answers(divided: Margin, past: Floats, others: Sequence[Elasticity]) -> Elasticity:
    own = elasticities(divided.read.history, past)
    nothing = unknown(len(divided.cells))
    return shrink(nothing if isinstance(own, NotProducible) else own, others)


def _silent(answers: Elasticity, at: int) -> bool:
    return not np.isfinite(answers.value[at])


def _weight(divided: Margin, past: Floats, others: Sequence[Elasticity]) -> float:
    """How much of a path to take, by what it and the filter would have missed at past origins.

    Errors count by how well they are known: a sector of few respondents must not decide for all.
    """
    known, past_of = as_known(divided.read.history), divided.past
    level = [level_now(divided.read, one) for one in known]
    by_path = errors_of_paths(known, level, past, others, past_of.came, past_of.observed)
    unsure = np.sqrt(past_of.noise + past_of.variance[MODEL])
    with np.errstate(invalid="ignore", divide="ignore"):
        both = [(each / unsure).ravel() for each in (log_error(past_of, MODEL), by_path)]
    return learn_weight(both[0], both[1])


def _no_answer(sectors: Sequence[str]) -> Text:
    which = ", ".join(sectors)
    return Text(
        f"How employment of {which} answers to its output is not known, from two changes of its "
        "own past nor from elsewhere.",
        f"No se sabe cómo responde la ocupación de {which} a su producto, ni por dos cambios de su "
        "propio pasado ni por otros países.",
    )


def _said(name: str, found: Elasticity, at: int, weight: float, output: Output) -> Text:
    answer, error, part = found.value[at], found.variance[at] ** 0.5, f"{100 * weight:.0f} %"
    whose = (output.source, *(each.source for each in output.elsewhere))
    en, es = (
        " ".join(dict.fromkeys(words)) for words in zip(*((w.en, w.es) for w in whose), strict=True)
    )
    return Text(
        f"Employment of {name} answers to 1 % more output by {answer:.2f} % (standard error "
        f"{error:.2f}); the path counts for {part}, the trend for the rest. {en}",
        f"La ocupación de {name} responde a 1 % más de producto con {answer:.2f} % (error estándar "
        f"{error:.2f}); la trayectoria cuenta {part}, la tendencia el resto. {es}",
    )
