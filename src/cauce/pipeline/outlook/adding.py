"""What a scenario adds to the baseline, cause by cause: levers, projects, paths, shifts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.declare.words import did_you_mean, listed
from cauce.model.arrays import Floats
from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.enough import lacking
from cauce.outlook.matrix import Staffing, shift_effect, shift_log
from cauce.outlook.projects import assumptions, project_draws
from cauce.pipeline.outlook.agreeing import group_of
from cauce.pipeline.outlook.demand import Level, Margin
from cauce.pipeline.outlook.levers import WORK, Changed
from cauce.pipeline.outlook.pack import OutlookPack, Told
from cauce.pipeline.outlook.paths import moved
from cauce.pipeline.outlook.staffing import NOT_NEW, SECTOR, finer

KINDS = {
    "project": Text("Projects, in people", "Proyectos, en personas"),
    "crisis": Text("Rebuilding after a crisis", "Reconstrucción tras una crisis"),
}
SHIFTS = Code("STAFFING", Text("Other staffing, by experts", "Otra composición, según expertos"))


@dataclass(frozen=True)
class Cause:
    """People more than in the baseline for one cause, as draws, or the same in all of them (1, …).

    By industry, (d, h, s), by major group, (d, h, g), and by the finest occupations, (d, h, c).
    """

    code: Code
    work: Floats
    groups: Floats
    fine: Floats


@dataclass(frozen=True)
class Added:
    """All causes of a scenario, none in the baseline, and what they rest on in words."""

    causes: tuple[Cause, ...] = ()
    said: tuple[Text, ...] = ()

    def work(self) -> Floats | float:
        """People more by industry, (d, h, s); 0.0 where no cause adds anybody."""
        return sum((one.work for one in self.causes), 0.0)


@dataclass(frozen=True)
class Ground:
    """What causes are counted on: the two levels, who works where, and industries' own draws."""

    pack: OutlookPack
    fine: Level
    groups: Level
    matrix: Staffing
    divided: Margin | NotProducible

    @property
    def years(self) -> range:
        base = int(self.groups.read.history.years[-1])
        return range(base + 1, base + 1 + self.pack.horizon)

    @property
    def above(self) -> Mapping[str, str]:
        return group_of(self.fine, self.groups)


def added(
    scenario: Told, changed: Changed, ground: Ground, idle: float | None
) -> Added | NotProducible:
    """Who is added by each cause, or what a cause would need.

    Args:
        idle: people without work, of whom no scenario may ask more; None if unknown.

    Raises:
        BadInput: a cause names what is not there, or all of them ask for more people than exist.
    """
    paths = [one for one in scenario.levers if one.kind == "sector"]
    path = moved(ground.pack, paths, ground.divided)
    if isinstance(path, NotProducible):
        return path
    causes = [
        *_of_levers(changed, ground),
        *_of_projects(scenario, ground),
        *(_of_industry(_path(one), {one.id: more}, ground) for one, more in path.people),
        *_of_shifts([one for one in scenario.levers if one.kind == "staffing"], ground),
    ]  # fmt: skip
    shifts = shift_log([one for one in scenario.levers if one.kind == "staffing"])
    said = (*assumptions(scenario.projects), *path.said, *shifts, *((NOT_NEW,) if causes else ()))
    found = Added(tuple(causes), said)
    _refuse_too_many(found, ground, scenario, idle)
    return found


def with_added(level: Level, more: Sequence[Floats]) -> Level:
    """The level with what causes add; the very same without any. Nobody is below nobody."""
    if not more:
        return level
    return replace(level, employed=np.maximum(level.employed + sum(more), 0.0))


def _of_levers(changed: Changed, ground: Ground) -> Iterator[Cause]:
    """Work that is given in people of an industry, in the occupations that it has now."""
    for kind in WORK:
        work = changed.work[kind]
        if work.any():
            more = {name: work[None, :, at] for at, name in enumerate(ground.matrix.sectors)}
            yield _of_industry(Code(kind.upper(), KINDS[kind]), more, ground)


def _path(industry: Code) -> Code:
    en, es = f"Path of output: {industry.name.en}", f"Trayectoria: {industry.name.es}"
    return Code(f"PATH_{industry.id}", Text(en, es))


def _of_industry(code: Code, people: Mapping[str, Floats], ground: Ground) -> Cause:
    """People by industry, (d, h) each, staffed as their industries are now.

    Raises:
        BadInput: an industry that the matrix does not have.
    """
    sectors = ground.matrix.sectors
    if lost := sorted(set(people) - set(sectors)):
        raise BadInput(
            f"{code.id}: the table of industries and occupations has no {SECTOR} {listed(lost)}."
            f"{did_you_mean(lost[0], sectors)} It has: {listed(sectors)}."
        )
    shape = next(iter(people.values())).shape
    work = np.stack([people.get(name, np.zeros(shape)) for name in sectors], axis=-1)
    groups: Floats = work @ ground.matrix.share
    return Cause(code, work, groups, finer(groups, ground.groups, ground.fine, ground.above))


def _of_projects(scenario: Told, ground: Ground) -> Iterator[Cause]:
    """Money × labour × phases, in the occupations that each phase names.

    Raises:
        BadInput: a project is none, or names an industry or an occupation that is not there.
    """
    projects, seed = scenario.projects, ground.pack.seed
    drawn = project_draws(
        projects, ground.fine.cells, tuple(ground.years), seed, len(ground.fine.employed)
    )
    sectors = ground.matrix.sectors
    for one, fine in zip(projects, drawn, strict=True):
        if one.industry not in sectors:
            raise BadInput(
                f"{scenario.id}, project {one.id}: there is no {SECTOR} {one.industry}."
                f"{did_you_mean(one.industry, sectors)} There are: {listed(sectors)}."
            )
        work = fine.sum(axis=-1, keepdims=True) * (np.array(sectors) == one.industry)
        yield Cause(Code(one.id, one.name), work, fine @ _within(ground), fine)


def _within(ground: Ground) -> Floats:
    """Which group each of the finest occupations is of, zeros and ones, (c, g)."""
    above = [ground.above.get(cell, "") for cell in ground.fine.cells]
    found: Floats = (np.array(above)[:, None] == np.array(ground.groups.cells)).astype(np.float64)
    return found


def _of_shifts(levers: Sequence[Lever], ground: Ground) -> Iterator[Cause]:
    """What experts say of staffing, on the people whom each industry has ahead; they add to 0.

    Raises:
        BadInput: as `shift_effect`; or industries have no forecast of their own.
    """
    if not levers:
        return
    if isinstance(ground.divided, NotProducible):
        raise BadInput(f"A shift of staffing needs industries ahead. {ground.divided.because.en}")
    found, by = ground.matrix, ground.divided
    at = [by.cells.index(name) for name in found.sectors]
    groups = shift_effect(
        levers, (SECTOR, ground.groups.read.history.dimensions[0]), found.share,
        (found.sectors, ground.groups.cells), tuple(ground.years), ground.years[0] - 1,
        by.employed[:, :, at],
    )  # fmt: skip
    work = np.zeros((1, len(ground.years), len(found.sectors)))
    yield Cause(SHIFTS, work, groups, finer(groups, ground.groups, ground.fine, ground.above))


def _refuse_too_many(found: Added, ground: Ground, of: Told, idle: float | None) -> None:
    if not found.causes or idle is None:
        return
    years = tuple(ground.years)
    more = np.maximum(np.sum([one.work.sum(axis=-1) for one in found.causes], axis=0), 0.0)
    if refused := lacking(of.id, more, np.full(len(years), idle), years):
        raise BadInput(
            f"Scenario {of.id}: {refused.because.en} (people of 15 and over without work). Lower "
            "what it asks for, or say where the others come from."
        )
