"""The tables behind a scenario's openings and supply: who leaves by cause, who comes by source."""

from collections.abc import Mapping

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.text import Text
from cauce.outlook.people import Supply
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.flows import Table
from cauce.pipeline.outlook.leaving import Opened

COMING = (
    Code("GRADUATES", Text("Graduates", "Personas graduadas")),
    Code("IDLE", Text("Unemployed people beyond the usual", "Desocupados más allá de lo habitual")),
    Code("RETURNEES", Text("Returns from abroad", "Retornos del exterior")),
    Code(
        "MIGRANTS_BELOW",
        Text("Migrants below their qualification", "Migrantes por debajo de su calificación"),
    ),
    Code("NET_TRANSFERS", Text("People from other occupations", "Personas de otras ocupaciones")),
)
GOING = (
    Code("DEATHS", Text("Deaths", "Fallecimientos")),
    Code("EXITS", Text("Exits from the labour force", "Salidas de la fuerza de trabajo")),
    Code("EMIGRATION", Text("Emigration", "Emigración")),
)


def leaving_table(level: Level, opened: Opened) -> Table:
    """Who is to be replaced in each occupation, by cause."""
    causes = {one.id: opened.causes[one.id.lower()] for one in GOING}
    return _parts(
        level, "LEAVING",
        Text("Who is to be replaced, by cause", "A quiénes se reemplazará, según causa"),
        "PRJ_RPC_NB", GOING, Text("Cause", "Causa"), "CL_OUTLOOK_CAUSE", causes,
    )  # fmt: skip


def coming_table(level: Level, supply: Supply) -> Table:
    """Who could come to each occupation, by where they are in the base year."""
    parts = {one.kind.upper(): one.people for one in supply.components}
    return _parts(
        level, "COMING", Text("Who could come, by source", "Quiénes podrían llegar, según origen"),
        "PRJ_SPC_NB", COMING, Text("Source", "Origen"), "CL_OUTLOOK_SOURCE", parts,
    )  # fmt: skip


def _parts(
    level: Level,
    name: str,
    words: Text,
    indicator: str,
    codes: tuple[Code, ...],
    of: Text,
    codelist: str,
    draws: Mapping[str, Floats],
) -> Table:
    there = tuple(one for one in codes if one.id in draws)
    wide = [np.broadcast_to(draws[one.id], level.employed.shape) for one in there]
    return Table(
        id=name,
        name=words,
        dimensions=(*level.read.dimensions, Dimension("PART", of, there, codelist)),
        cells=tuple((cell, one.id) for one in there for cell in level.cells),
        draws={indicator: np.concatenate(wide, axis=2)},
        cv=np.tile(level.cv, len(there)),
        spans={},
    )
