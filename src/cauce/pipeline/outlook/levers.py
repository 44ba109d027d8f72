"""What the levers of a scenario make of graduates, returns, exits, seats and quotas."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.scenario import LeverKind, Scenario
from cauce.model.text import Text
from cauce.outlook.scenarios import Input, applied
from cauce.pipeline.outlook.coming import by_cell
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.pack import OutlookPack, Told

WORK: tuple[LeverKind, ...] = ("project", "crisis")
"""Levers that add work in an industry: what is built, and what a crisis makes people rebuild."""
EVERYBODY = Text("people of working age without work", "personas en edad de trabajar sin trabajo")


@dataclass(frozen=True)
class Changed:
    """What multiplies graduates and returns, (h, c), exits, and quotas, (h,); seats are people."""

    scale: dict[str, Floats]
    exits: float
    quota: Floats
    seats: Floats
    said: tuple[Text, ...]


def levers_on(pack: OutlookPack, scenario: Told, level: Level) -> Changed:
    """The inputs of the baseline with the scenario's levers, all but those that add work.

    Raises:
        BadInput: a lever names what is not there, or asks for what cannot be.
    """
    base_year = int(level.read.history.years[-1])
    whole = Scenario(
        scenario.id, scenario.name, scenario.about,
        tuple(one for one in scenario.levers if one.kind not in WORK),
        base_year, pack.horizon, pack.draws, pack.seed,
    )  # fmt: skip
    cells = tuple((cell,) for cell in level.cells)
    dimension = level.read.history.dimensions[0]
    ones, some = np.ones((pack.horizon, len(cells))), np.ones((pack.horizon, 1))
    seats = by_cell(pack.assumptions, "seats", level.cells)
    added = (
        np.zeros_like(ones) if seats is None else np.broadcast_to(np.nan_to_num(seats), ones.shape)
    )

    def of(kind: LeverKind, unit: str, amounts: Floats, by: bool = True) -> Input:
        if by:
            return Input(kind, unit, (dimension,), cells, amounts, None, EVERYBODY)
        return Input(kind, unit, (), ((),), amounts, None, EVERYBODY)

    found = applied(
        (
            of("graduates", "TIMES", ones),
            of("returns", "TIMES", ones),
            of("training", "SEATS", added),
            of("exits", "TIMES", some, by=False),
            of("quota", "TIMES", some, by=False),
        ),
        whole,
    )
    now = {one.kind: one.amounts for one in found.inputs}
    return Changed(
        scale={"graduates": now["graduates"], "returns": now["returns"]},
        exits=float(now["exits"].mean()),
        quota=now["quota"][:, 0],
        seats=now["training"],
        said=found.said,
    )
