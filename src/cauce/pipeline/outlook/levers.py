"""What the levers of a scenario make of work, graduates, returns, exits, seats and quotas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.scenario import LeverKind, Scenario
from cauce.model.text import Text
from cauce.outlook.scenarios import Input, applied
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack, Told
from cauce.pipeline.outlook.spread import by_cell
from cauce.pipeline.outlook.staffing import SECTOR

WORK: tuple[LeverKind, ...] = ("project", "crisis")
"""Levers that add work in an industry: what is built, and what a crisis makes people rebuild."""
ON_DRAWS: tuple[LeverKind, ...] = ("sector", "staffing")
"""Levers that move draws and not what the baseline starts from: `adding` reads them."""
ON_INDUSTRY: tuple[LeverKind, ...] = (*WORK, *ON_DRAWS)
"""Levers on who works in an industry: they need the table of industries and occupations."""
IDLE = Text("people of 15 and over without work", "personas de 15 años y más sin trabajo")
NO_BOUND = Text(
    "Nobody checked whether there are people for the posts and seats of the scenario: no table of "
    "the population by age is published.",
    "No se comprobó si hay personas para los puestos y plazas del escenario: no hay una tabla "
    "publicada de la población según edad.",
)
CHILDREN = "Y0T14"


@dataclass(frozen=True)
class Changed:
    """What levers make of the baseline's inputs.

    `work` are people more in each industry, (h, s), by kind of lever; seats are people, (h, c);
    what multiplies graduates and returns has shape (h, c); exits, quotas and participation (h,).
    """

    work: Mapping[LeverKind, Floats]
    scale: dict[str, Floats]
    exits: Floats
    quota: Floats
    participation: Floats
    seats: Floats
    said: tuple[Text, ...]


def levers_on(
    pack: OutlookPack, scenario: Told, level: Level, sectors: Sequence[str], idle: float | None
) -> Changed:
    """The inputs of the baseline with the scenario's levers, every one of them.

    Args:
        sectors: industries that may get more work.
        idle: people of 15 and over without work, of whom no scenario may ask more; None if unknown.

    Raises:
        BadInput: a lever names what is not there, or asks for what cannot be, as for more people
            than there are.
    """
    own = tuple(one for one in scenario.levers if one.kind not in ON_DRAWS)
    whole = Scenario(
        scenario.id, scenario.name, scenario.about, own,
        int(level.read.history.years[-1]), pack.horizon, pack.draws, pack.seed,
    )  # fmt: skip
    for one in scenario.levers:
        if one.kind in WORK and SECTOR not in one.target:
            raise BadInput(
                f"Scenario {scenario.id}: a {one.kind} adds work to an industry. Say which: "
                f"target = {{ {SECTOR} = … }}."
            )
    found = applied(_inputs(pack, level, sectors, idle), whole)
    now = {one.kind: one.amounts for one in found.inputs}
    bound = (*WORK, *ON_DRAWS, "training")
    asks = bool(scenario.projects) or any(one.kind in bound for one in scenario.levers)
    return Changed(
        work={kind: now[kind] for kind in WORK},
        scale={"graduates": now["graduates"], "returns": now["returns"]},
        exits=now["exits"][:, 0],
        quota=now["quota"][:, 0],
        participation=now["participation"][:, 0],
        seats=now["training"],
        said=(*found.said, *((NO_BOUND,) if asks and idle is None else ())),
    )


def _inputs(
    pack: OutlookPack, level: Level, sectors: Sequence[str], idle: float | None
) -> tuple[Input, ...]:
    """What there is to change, as the baseline has it: nothing added and nothing multiplied."""
    horizon, dimension = pack.horizon, level.read.history.dimensions[0]
    cells = tuple((cell,) for cell in level.cells)
    ones, some = np.ones((horizon, len(cells))), np.ones((horizon, 1))
    none = np.zeros((horizon, len(sectors)))
    seats = by_cell(pack.assumptions, "seats", level.cells)
    opened = np.zeros_like(ones) if seats is None else ones * np.nan_to_num(seats)
    bound = None if idle is None else np.full(horizon, idle)
    by = (dimension,), cells
    where = (SECTOR,), tuple((one,) for one in sectors)
    return (
        Input("project", "PERSONS", *where, none, None, IDLE, in_all=bound),
        Input("crisis", "PERSONS", *where, none, None, IDLE, in_all=bound),
        Input("training", "SEATS", *by, opened, None, IDLE, in_all=bound),
        Input("graduates", "TIMES", *by, ones, None, IDLE),
        Input("returns", "TIMES", *by, ones, None, IDLE),
        Input("exits", "TIMES", (), ((),), some, None, IDLE),
        Input("quota", "TIMES", (), ((),), some, None, IDLE),
        Input("participation", "TIMES", (), ((),), some, None, IDLE),
    )


def without_work(people: Read | None, level: Level) -> float | None:
    """People of 15 and over less those employed in the last wave; None where a number is withheld.

    Args:
        people: the population by band of age.
    """
    if people is None:
        return None
    at = [i for i, cell in enumerate(people.history.cells) if CHILDREN not in cell]
    found = float(people.history.value[-1, at].sum() - level.read.total.value[-1, 0])
    return found if np.isfinite(found) else None
