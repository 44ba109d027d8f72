"""Units within units: the further stages of a draw, and PSUs that were sure to be drawn.

Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 4.3; the
recoding of self-representing PSUs is that of Wolter (2007), Introduction to Variance Estimation,
2nd edition, section 1.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate.labels import in_population, numbered, sortable, told
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.design import Stage
from cauce.model.drawn import DrawnStage
from cauce.model.errors import BadInput


@dataclass(frozen=True)
class Level:
    """Strata and units of one stage by number, (n,), what the file calls them, and its fpc (n,)."""

    stratum: Ints
    unit: Ints
    fpc: Floats | None
    stratum_labels: tuple[str, ...]
    unit_labels: tuple[str, ...]


def levels_of(first: Level, stages: Sequence[DrawnStage]) -> list[Level]:
    """All stages of a draw, each numbered within the units of the one before."""
    found = [first]
    for at, stage in enumerate(stages):
        what = f"stage {at + 2}"
        before = found[-1]
        stratum, labels = before.unit, before.unit_labels
        if stage.stratum is not None:
            stratum, labels = _within(before.unit, stage.stratum, f"stratum ({what})")
        unit, names = _within(stratum, stage.unit, f"unit ({what})")
        found.append(Level(stratum, unit, stage.fpc, labels, names))
    return found


def _within(parent: Ints, labels: np.ndarray, what: str) -> tuple[Ints, tuple[str, ...]]:
    """Numbers of labels that say something within their parent only, and their texts."""
    names, code = np.unique(sortable(labels, what), return_inverse=True)
    number, first = numbered(parent, code.astype(np.int64))
    return number, told(names[code[first]])


def with_certainty(levels: Sequence[Level], sure: Flags) -> list[Level]:
    """The stages where a PSU that was sure to be drawn is a stratum, and its units are the PSUs.

    What was drawn in it moves up by one stage; the last stage is then a unit of its own.

    Raises:
        BadInput: a PSU is sure in some rows only, or nothing is said of what was drawn in it.
    """
    if len(levels) == 1:
        raise BadInput(
            "PSUs were drawn with certainty, but nothing says which units were drawn in them. Name "
            "their column ([[design.stage]] in a pack, --ssu on the command line)."
        )
    psu = levels[0].unit
    mixed = np.zeros(len(levels[0].unit_labels), dtype=np.bool_)
    of_psu = np.zeros_like(mixed)
    of_psu[psu] = sure
    mixed[psu[sure != of_psu[psu]]] = True
    if mixed.any():
        raise BadInput(
            f"{int(mixed.sum()):,} of {len(mixed):,} PSUs are drawn with certainty in some rows "
            "and not in others. It must be one answer per PSU: correct the column."
        )
    last = levels[-1]
    ones = np.ones(len(psu))
    alone = Level(last.unit, last.unit, ones, last.unit_labels, last.unit_labels)
    called = replace(levels[1], stratum_labels=_called(*levels[:2]))
    below = [called, *levels[2:], alone]
    return [_either(own, other, sure) for own, other in zip(levels, below, strict=True)]


def _called(first: Level, second: Level) -> tuple[str, ...]:
    """What PSUs, or their parts, are called where they are strata of the first stage."""
    _, row = np.unique(second.stratum, return_index=True)
    places = zip(first.stratum[row].tolist(), first.unit[row].tolist(), strict=True)
    names = [f"{first.stratum_labels[h]} / {first.unit_labels[c]}" for h, c in places]
    if second.stratum is first.unit:
        return tuple(names)
    return tuple(
        f"{name} / {part}" for name, part in zip(names, second.stratum_labels, strict=True)
    )


def _either(own: Level, below: Level, sure: Flags) -> Level:
    """One stage of those who stay and the next one of those who move up."""
    stratum, stratum_labels = _mixed(
        (own.stratum, own.stratum_labels), (below.stratum, below.stratum_labels), sure
    )
    unit, unit_labels = _mixed((own.unit, own.unit_labels), (below.unit, below.unit_labels), sure)
    return Level(stratum, unit, _fpc(own.fpc, below.fpc, sure), stratum_labels, unit_labels)


def _mixed(
    own: tuple[Ints, tuple[str, ...]], below: tuple[Ints, tuple[str, ...]], sure: Flags
) -> tuple[Ints, tuple[str, ...]]:
    """Numbers of two kinds in one row: those that move up stand behind the others of their own."""
    number, first = numbered(own[0], np.where(sure, below[0] + 1, 0))
    labels = [
        below[1][below[0][row]] if sure[row] else own[1][own[0][row]] for row in first.tolist()
    ]
    return number, tuple(labels)


def _fpc(own: Floats | None, below: Floats | None, sure: Flags) -> Floats | None:
    """The fpc of those who stay and of those who move up, infinity where there is none."""
    if own is None and below is None:
        return None
    known = [np.full(len(sure), np.inf) if fpc is None else fpc for fpc in (own, below)]
    finite = [fpc[np.isfinite(fpc)] for fpc in known]
    for one, other in (finite, finite[::-1]):
        if (one < 1).any() and (other > 1).any():
            raise BadInput(
                "The fpc of one stage are sampling rates and those of the next one counts. Where "
                "PSUs are drawn with certainty both stages stand side by side: give one kind."
            )
    return np.where(sure, known[1], known[0])


def stages_of(levels: Sequence[Level]) -> tuple[Stage, ...]:
    """The stages after the first.

    Raises:
        BadInput: the fpc of a stage differs within a stratum, or is smaller than the sample.
    """
    return tuple(_stage(level, at + 2) for at, level in enumerate(levels[1:]))


def _stage(level: Level, number: int) -> Stage:
    sampled = units_in(level.stratum, level.unit)
    population = np.full(len(level.unit), np.inf)
    if level.fpc is not None:
        counts, uneven, short = in_population(level.fpc, level.stratum, sampled)
        if uneven.any():
            raise BadInput(
                f"The fpc of stage {number} differs within {int(uneven.sum()):,} of "
                f"{len(uneven):,} units of the stage before, or of their strata. It must be one "
                "number for all that were drawn together."
            )
        if short.any():
            raise BadInput(
                f"{int(short.sum()):,} of {len(short):,} units of the stage before, or of their "
                f"strata, have more units of stage {number} in the sample than the fpc says are "
                "in the population."
            )
        population = counts[level.stratum]
    return Stage(level.stratum, level.unit, population, level.stratum_labels, level.unit_labels)


def units_in(stratum: Ints, unit: Ints) -> Ints:
    """How many units lie in each stratum, shape (strata,)."""
    home = np.zeros(int(unit.max()) + 1, dtype=np.int64)
    home[unit] = stratum
    return np.bincount(home)
