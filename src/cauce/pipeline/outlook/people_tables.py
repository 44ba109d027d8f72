"""The tables of the people a scenario counts on: by age and sex, beside posts, by education."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import TOTAL
from cauce.model.text import Text
from cauce.pipeline.outlook.balance import Balance
from cauce.pipeline.outlook.flows import Table
from cauce.pipeline.outlook.schooling import Learned
from cauce.pipeline.outlook.workforce import Workforce


def people_table(force: Workforce) -> Table:
    """People and labour force by age and sex, with all ages of each sex and of both."""
    cells, dimensions = force.cells, force.dimensions
    rows = [(cell, [at]) for at, cell in enumerate(cells)]
    sexes = dict.fromkeys(cell[1 - force.age] for cell in cells)
    for sex in (*sexes, TOTAL):
        own = [at for at, cell in enumerate(cells) if sex in (TOTAL, cell[1 - force.age])]
        rows.append(((TOTAL, sex) if force.age == 0 else (sex, TOTAL), own))
    known = [code.id for one in dimensions for code in one.codes]
    kept = [(cell, at) for cell, at in rows if all(code in known for code in cell)]

    def summed(draws: Floats) -> Floats:
        return np.stack([draws[:, :, at].sum(axis=2) for _, at in kept], axis=2)

    return Table(
        id="PEOPLE",
        name=Text(
            "People and labour force by age and sex",
            "Personas y fuerza de trabajo según edad y sexo",
        ),
        dimensions=dimensions,
        cells=tuple(cell for cell, _ in kept),
        draws={"PRJ_WAP_NB": summed(force.people), "PRJ_LF_NB": summed(force.force)},
        cv=np.array([_together(force.cv, force.force[0, 0], at) for _, at in kept]),
        spans={},
    )


def _together(cv: Floats, people: Floats, at: list[int]) -> float:
    """The coefficient of variation of a sum of cells, as if each were drawn by itself."""
    return float(np.sqrt(((cv[at] * people[at]) ** 2).sum()) / people[at].sum())


def balance_table(found: Balance, cv: float) -> Table:
    """Labour force, people in work at the usual unemployment, posts if the past goes on."""
    draws = {
        "PRJ_LF_NB": found.force,
        "PRJ_LFE_NB": found.able,
        "PRJ_TRD_NB": found.posts,
        "PRJ_BAL_NB": found.posts - found.able,
    }
    return Table(
        id="BALANCE",
        name=Text("Posts beside the people for them", "Puestos junto a las personas para ellos"),
        dimensions=(),
        cells=((),),
        draws={name: each[:, :, None] for name, each in draws.items()},
        cv=np.array([cv]),
        spans={},
    )


def schooling_table(found: Learned) -> Table:
    """Adults by level of education."""
    return Table(
        id="SCHOOLING",
        name=Text("Adults by education", "Personas adultas según educación"),
        dimensions=(found.dimension,),
        cells=tuple((level,) for level in found.levels),
        draws={"PRJ_EDU_NB": found.people},
        cv=found.cv,
        spans={},
    )
