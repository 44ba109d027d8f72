"""What adults will have learnt: the young who leave school take the place of the old."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import UNKNOWN
from cauce.model.dataflow import Dimension
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.people import STEP, Population, educated, ends, sampled, within
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import Assumption
from cauce.pipeline.outlook.population import Peopled
from cauce.pipeline.outlook.workforce import NO_PEOPLE

OUTPUT = Text("education of adults", "la educación de las personas adultas")
GROWN = 25.0
"""The age at which most have left school: younger people's education is not what it will be."""
REPLACED = Text(
    "Education of adults by cohort replacement: who is 30 in five years has what 25-year-olds have "
    "now and what adults add; between two steps of five years shares lie on a straight line. Those "
    "who did not state theirs are taken to be as the others of their age.",
    "Educación de adultos por reemplazo de cohortes: quien tenga 30 dentro de cinco años tiene lo "
    "que hoy tienen los de 25 y lo que añaden los adultos; entre dos pasos de cinco años las "
    "partes siguen una línea recta. Quienes no declararon la suya se toman como los demás de su "
    "edad.",
)
NEEDS = {
    "table": Text(
        "adults by bands of five years of age and education, under [from.education]",
        "las personas adultas según grupos quinquenales de edad y educación, en [from.education]",
    ),
    "people": NO_PEOPLE,
    "entering": Text(
        "what those who reach 25 have learnt, under [assumption.entering]",
        "lo que han estudiado quienes llegan a los 25, en [assumption.entering]",
    ),
    "upgrade": Text(
        "what adults add to their education in five years, under [assumption.upgrade]",
        "lo que los adultos añaden a su educación en cinco años, en [assumption.upgrade]",
    ),
}


@dataclass(frozen=True)
class Learned:
    """Adults by level of education, as draws (d, h, e), and the error of the base year's, (e,)."""

    dimension: Dimension
    levels: tuple[str, ...]
    people: Floats
    cv: Floats
    said: tuple[Text, ...] = (REPLACED,)


def learned(
    people: Peopled | None,
    read: Read | None,
    assumed: dict[str, Assumption],
    horizon: int,
    draws: int,
    seed: int,
) -> Learned | NotProducible:
    """Adults by education in each year, or what it would need."""
    there = {
        "table": read,
        "people": people,
        **{n: assumed.get(n) for n in ("entering", "upgrade")},
    }
    lacking = [NEEDS[name] for name, one in there.items() if one is None]
    if read is None or people is None or lacking:
        return _without(lacking)
    ages, levels = _codes(read)
    told, se = _told(read, ages, levels)
    if np.isnan(told).any() or len(ages) < 2 or not _fives(ages):
        return _without([NEEDS["table"]])
    steps = -(-horizon // STEP)
    joining = _joining(people.population, ages, steps)
    if joining is None:
        return _without([NEEDS["people"]])
    entering, upgrade = (
        np.array([assumed[name].values.get(level, np.nan) for level in levels])
        for name in ("entering", "upgrade")
    )
    if np.isnan(entering).any() or np.isnan(upgrade).any():
        return _without([NEEDS["entering"], NEEDS["upgrade"]])
    drawn = sampled(told, se, draws, seed, "education")
    shares = drawn / drawn.sum(axis=2, keepdims=True)
    course = np.array(
        [educated(one, np.tile(entering, (steps, 1)), upgrade, joining, steps) for one in shares]
    )
    yearly = _between(np.concatenate([shares[:, None], course], axis=1), horizon)
    living = _living(people, ages, draws)[:, 1 : horizon + 1]
    whole = told.sum(axis=0)
    return Learned(
        next(d for d in read.dimensions if d.id != read.dimensions[_age_at(read)].id),
        levels,
        np.einsum("dha,dhae->dhe", living, yearly),
        np.sqrt((se**2).sum(axis=0)) / np.where(whole > 0, whole, np.nan),
    )


def _without(lacking: list[Text]) -> NotProducible:
    return NotProducible(
        rule(OUTPUT),
        Text(
            f"It would need: {'; '.join(one.en for one in lacking)}.",
            f"Haría falta: {'; '.join(one.es for one in lacking)}.",
        ),
    )


def _age_at(read: Read) -> int:
    """Where the age stands among the dimensions of the table."""
    return next(i for i, one in enumerate(read.dimensions) if one.id.startswith("AGE"))


def _codes(read: Read) -> tuple[list[str], tuple[str, ...]]:
    """The bands of adults and the levels of education, in the order of the table."""
    age = _age_at(read)
    ages = dict.fromkeys(cell[age] for cell in read.history.cells if cell[age] != UNKNOWN)
    levels = dict.fromkeys(c[1 - age] for c in read.history.cells if c[1 - age] != UNKNOWN)
    return [one for one in ages if ends(one)[0] >= GROWN], tuple(levels)


def _fives(ages: list[str]) -> bool:
    """Whether the bands are of five years, the last one open, and none is left out."""
    begin = [ends(one)[0] for one in ages]
    after = [ends(one)[1] for one in ages]
    return begin[1:] == after[:-1] and after[-1] == np.inf and set(np.diff(begin)) == {float(STEP)}


def _told(read: Read, ages: list[str], levels: tuple[str, ...]) -> tuple[Floats, Floats]:
    """People of the last wave by age and level and their errors, (a, e)."""
    at = {cell: i for i, cell in enumerate(read.history.cells)}
    age = _age_at(read)
    found = np.full((2, len(ages), len(levels)), np.nan)
    for a, one in enumerate(ages):
        for e, level in enumerate(levels):
            place = at.get((one, level) if age == 0 else (level, one))
            if place is not None:
                found[:, a, e] = read.history.value[-1, place], read.history.se[-1, place]
    return found[0], found[1]


def _joining(found: Population, ages: list[str], steps: int) -> float | None:
    """Of the open band five years on, who was in the band before it now; None if it cannot be told.

    The population has to have its bands and to reach the last step.
    """
    opened = ends(ages[-1])[0]
    old = [a for a, band in enumerate(found.ages) if ends(band)[0] >= opened]
    if len(old) < 2 or len(found.years) <= STEP * steps:
        return None
    later = found.people[STEP][:, old].sum(axis=0)
    return float(later[0] / later.sum())


def _between(shares: Floats, horizon: int) -> Floats:
    """Shares by year, (d, h, a, e), on a straight line between steps, (d, steps + 1, a, e)."""
    year = np.arange(1, horizon + 1)
    before = (year - 1) // STEP
    part = ((year - STEP * before) / STEP)[None, :, None, None]
    line: Floats = (1 - part) * shares[:, before] + part * shares[:, before + 1]
    return line


def _living(people: Peopled, ages: list[str], draws: int) -> Floats:
    """Adults by year and band, both sexes, (d, y, a)."""
    found = people.population
    inside = within(found.ages, ages).astype(np.float64)
    drawn = people.draws
    flat = found.people.reshape(1, len(found.years), -1) if drawn is None else drawn
    both: Floats = flat.reshape(len(flat), flat.shape[1], 2, -1).sum(axis=2) @ inside
    return np.broadcast_to(both, (draws, *both.shape[1:]))
