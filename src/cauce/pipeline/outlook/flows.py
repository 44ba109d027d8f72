"""The dataflows an outlook publishes, and its draws as the numbers of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.catalogue import Theme
from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import Projected
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps import medians
from cauce.outlook.proving import Borne, borne, growth_class

RULES = "outlook-2"
"""The version of what is computed here: another one may give other numbers."""
MIDDLE, LOW, HIGH = 50.0, 10.0, 90.0
"""Percentiles of the draws: the number, and the ends of its interval of 80 %."""
ANNUAL = Code("A", Text("Annual", "Anual"))
GROWTH = "PRJ_EXP_NB"
"""The indicator that tells the class of a number that is too uncertain to stand."""
MISSING = Text(
    "not known: an input is withheld or missing", "no se sabe: un insumo está reservado o falta"
)


@dataclass(frozen=True)
class House:
    """What all dataflows of one outlook have in common."""

    area: Code
    scenario: Code
    source: Source
    standard: Method
    indicators: Mapping[str, Indicator]
    theme: Theme
    years: tuple[int, ...]

    @property
    def survey(self) -> str:
        return f"{self.area.id}_OUTLOOK"


@dataclass(frozen=True)
class Table:
    """Draws of figures of some cells: what one dataflow publishes.

    `draws` has for each indicator shape (d, h, c), h as long as `years`; `cells` are codes in the
    order of `dimensions`. `cv` is that of each cell in the base year, shape (c,): it decides what
    may be published. `scores` are numbers that no draws stand behind: their interval is theirs
    alone, shape (3, h, c) for value, low, high.
    """

    id: str
    name: Text
    dimensions: tuple[Dimension, ...]
    cells: tuple[tuple[str, ...], ...]
    draws: Mapping[str, Floats]
    cv: Floats
    spans: Mapping[str, Floats]


def projected(table: Table, house: House) -> Projected:
    """The middle of the draws and their interval of 80 %, as far as the base year bears it."""
    flow = dataflow(table, house)
    at = [{code.id: k for k, code in enumerate(d.codes)} for d in table.dimensions]
    keys, values, cells = [], [], []
    for i, indicator in enumerate(flow.indicators):
        low, middle, high = _ends(table, indicator.id)
        for y in range(len(house.years)):
            for c, cell in enumerate(table.cells):
                own = [of[code] for of, code in zip(at, cell, strict=True)]
                keys.append([0, 0, i, 0, *own, y])
                values.append((middle[y, c], low[y, c], high[y, c]))
                cells.append(c)
    number = np.array(values, dtype=np.float64).reshape(-1, 3)
    told = [
        _told(flow.indicators[own[2]].id, one, float(table.cv[c]))
        for own, one, c in zip(keys, values, cells, strict=True)
    ]
    shown: Flags = np.array([one.because is None for one in told], dtype=bool)
    kept = np.where(shown[:, None], number, np.nan)
    return Projected(
        dataflow=flow,
        key=np.array(keys, dtype=np.int32).reshape(-1, len(flow.dimensions)),
        value=kept[:, 0],
        low=kept[:, 1],
        high=kept[:, 2],
        status=tuple(one.status for one in told),
        reliability=tuple(one.reliability for one in told),
        rule=tuple("" if one.because is None else rule(one.because) for one in told),
    )


def _told(indicator: str, number: tuple[float, float, float], cv: float) -> Borne:
    """What is said of a number: as much as the base year bears, and its class where only that."""
    found = borne(cv)
    if not np.isfinite(number).all():
        because = found.because or MISSING
        return Borne(ObsStatus.NOT_POSSIBLE, Reliability.UNRELIABLE, because)
    if found.reliability is not Reliability.WEAK or indicator != GROWTH:
        return found
    told, only = growth_class(0.0, number[1], number[2]), found.because or MISSING
    words = Text(f"It {told.en}. {only.en}", f"Clase: {told.es}. {only.es}")
    return Borne(found.status, found.reliability, words)


def _ends(table: Table, indicator: str) -> tuple[Floats, Floats, Floats]:
    """Low, middle and high of an indicator, each of shape (h, c)."""
    if indicator in table.spans:
        value, low, high = table.spans[indicator]
        return low, value, high
    found = medians(table.draws[indicator])
    return found.low, found.middle, found.high


def dataflow(table: Table, house: House) -> Dataflow:
    """The dataflow of a table in a scenario."""
    names = dict.fromkeys((*table.draws, *table.spans))
    indicators = tuple(house.indicators[name] for name in names)
    years = tuple(Code(str(year), Text(str(year), str(year))) for year in house.years)
    return Dataflow(
        id=f"{house.survey}_{house.scenario.id.upper()}_{table.id}",
        version="1.0",
        name=_named(table.name, house.scenario.name),
        dimensions=(
            _fixed("FREQ", "Frequency", "Frecuencia", (ANNUAL,)),
            _fixed("REF_AREA", "Area", "Área", (house.area,), "CL_AREA"),
            _fixed("INDICATOR", "Indicator", "Indicador", _codes(indicators)),
            _fixed("SCENARIO", "Scenario", "Escenario", (house.scenario,)),
            *table.dimensions,
            _fixed("TIME_PERIOD", "Period", "Período", years),
        ),
        indicators=indicators,
        source=house.source,
        method=Method(
            PROJECTED, "", "", "", "ilo", RULES, isco=house.standard.isco, isic=house.standard.isic
        ),
        theme=house.theme,
    )


def _named(table: Text, scenario: Text) -> Text:
    return Text(f"{table.en} – {scenario.en}", f"{table.es} – {scenario.es}")


def _fixed(name: str, en: str, es: str, codes: Sequence[Code], codelist: str = "") -> Dimension:
    return Dimension(name, Text(en, es), tuple(codes), codelist or f"CL_{name}")


def _codes(indicators: Sequence[Indicator]) -> tuple[Code, ...]:
    return tuple(Code(each.id, each.name) for each in indicators)
