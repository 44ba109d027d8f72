"""Workers of a calendar of projects: money × labour coefficient × what is done in each year."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.project import Project, Range
from cauce.model.text import Text
from cauce.outlook.chance import stream

EXACT = 1e-6


def project_draws(
    projects: Sequence[Project],
    occupations: Sequence[str],
    years: Sequence[int],
    seed: int,
    draws: int,
) -> Floats:
    """Workers that each project needs by year and occupation, shape (p, d, h, o).

    They are full-year equivalents: a phase of half a year with 100 workers is 50 in that year. Sums
    over projects are what a calendar needs; projects that overlap add up. Each range is drawn as a
    triangle, from chance of its own, so that a scenario that moves one project moves no other.

    Raises:
        BadInput: a project is none, or needs an occupation that is not among these; names it.

    Source: domain page outlook, section 4.10; triangular priors, section 6.
    """
    for one in projects:
        _check(one, occupations)
    moments = np.array(years, dtype=float)
    found = np.zeros((len(projects), draws, len(moments), len(occupations)))
    for place, one in enumerate(projects):
        found[place] = _workers(one, occupations, moments, seed, draws)
    return found


def assumptions(projects: Sequence[Project]) -> tuple[Text, ...]:
    """Each project in words, with who says so."""
    return tuple(
        Text(
            f"{one.name.en}: {_range(one.millions)} million {one.currency}, {_range(one.labour)} "
            f"workers a million and year, from {one.starts:g}, {_range(one.delay)} years late "
            f"({one.source.en}).",
            f"{one.name.es}: {_range(one.millions)} millones de {one.currency}, "
            f"{_range(one.labour)} trabajadores por millón y año, desde {one.starts:g}, con "
            f"{_range(one.delay)} años de atraso ({one.source.es}).",
        )
        for one in projects
    )


def _range(one: Range) -> str:
    return f"{one.low:g}/{one.likely:g}/{one.high:g}"


def _workers(
    one: Project, occupations: Sequence[str], years: Floats, seed: int, draws: int
) -> Floats:
    """Workers of one project, shape (d, h, o)."""
    work = _triangle(one.millions, seed, f"{one.id} millions", draws) * _triangle(
        one.labour, seed, f"{one.id} labour", draws
    )
    begin = one.starts + _triangle(one.delay, seed, f"{one.id} delay", draws)
    return work[:, None, None] * _done(one, begin, occupations, years)


def _done(one: Project, begin: Floats, occupations: Sequence[str], years: Floats) -> Floats:
    """Part of the work done in each year by each occupation, shape (d, h, o), by d beginnings."""
    done = np.zeros((len(begin), len(years), len(occupations)))
    for phase in one.phases:
        first = (begin + phase.begins)[:, None]
        inside = np.minimum(first + phase.lasts, years + 1) - np.maximum(first, years)
        mix = np.array([phase.mix.get(code, 0.0) for code in occupations])
        done += (phase.work * np.maximum(inside, 0) / phase.lasts)[:, :, None] * mix
    return done


def _triangle(found: Range, seed: int, name: str, draws: int) -> Floats:
    """Draws of a triangle, by inverting its distribution: the same chance whatever its corners."""
    chance = stream(seed, f"projects {name}").random(draws)
    width = found.high - found.low
    if width == 0:
        return np.full(draws, found.low)
    turn = (found.likely - found.low) / width
    rising = found.low + np.sqrt(chance * width * (found.likely - found.low))
    falling = found.high - np.sqrt((1 - chance) * width * (found.high - found.likely))
    return np.where(chance < turn, rising, falling)


def _check(one: Project, occupations: Sequence[str]) -> None:
    for what, found in (("money", one.millions), ("labour", one.labour), ("delay", one.delay)):
        if not 0 <= found.low <= found.likely <= found.high < np.inf:
            raise BadInput(f"{one.id}: {what} has a least, a likeliest and a most, from 0 up.")
    if not abs(sum(phase.work for phase in one.phases) - 1) <= EXACT:
        raise BadInput(f"{one.id}: the work of its phases does not add up to 1.")
    for number, phase in enumerate(one.phases, start=1):
        where = f"{one.id}, phase {number}"
        if not (phase.lasts > 0 and phase.begins >= 0 and phase.work >= 0):
            raise BadInput(f"{where}: begins and works from 0 up, and lasts more than 0 years.")
        if min(phase.mix.values(), default=0) < 0 or not abs(sum(phase.mix.values()) - 1) <= EXACT:
            raise BadInput(f"{where}: its mix of occupations does not add up to 1.")
        if lost := sorted(set(phase.mix) - set(occupations)):
            raise BadInput(f"{where}: needs {', '.join(lost)}, which the outlook does not have.")
