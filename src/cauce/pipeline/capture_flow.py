"""The dataflow of permits beside surveys: its three indicators, and its cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate import capture
from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import BESIDE, Dataflow, Dimension, Method, Source
from cauce.model.house import House
from cauce.model.indicator import Indicator
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.registers.counted import ANNUAL, PROFILE

HUNDRED = 100.0
ABOUT = Text(
    "Permits counted in the registers of mechanisms, and workers estimated by the country's survey",
    "Permisos contados en los registros de mecanismos y personas trabajadoras estimadas por la "
    "encuesta del país",
)
NAME = Text(
    "Permits beside workers estimated by surveys", "Permisos junto a trabajadores estimados"
)
DEFINITION = Text(
    "Permits granted in the year over employed residents of that nationality, or born there, as "
    "the survey of the year estimates them. The two count different things: a permit is a decision "
    "for somebody who may come twice or never; the survey asks residents who worked in one week, "
    "with or without a permit. The ratio says how far apart the two are, and is no share of "
    "anybody. A month that is withheld or lacks a count makes no ratio.",
    "Permisos concedidos en el año sobre residentes ocupados de esa nacionalidad, o nacidos allá, "
    "según los estima la encuesta del año. Ambos cuentan cosas distintas: un permiso es una "
    "decisión para alguien que puede venir dos veces o nunca; la encuesta pregunta a residentes "
    "que trabajaron en una semana, con o sin permiso. La razón dice cuán lejos están, y no es la "
    "parte de nadie. Un mes reservado no da razón.",
)


@dataclass(frozen=True)
class Beside:
    """One country and nationality in a year: the permits, and the workers with their error."""

    country: str
    nationality: str
    criterion: str
    year: str
    permits: float
    workers: float
    se: float
    low: float
    high: float
    n: int
    cases: int


@dataclass(frozen=True)
class Found:
    """What stands beside what, the tables it was read from, and what made no ratio."""

    pairs: tuple[Beside, ...]
    manifests: tuple[Manifest, ...]
    names: dict[str, Text]
    notes: tuple[str, ...]


def beside_flow(house: House, found: Found) -> Dataflow:
    countries = sorted({pair.country for pair in found.pairs})
    nationalities = sorted({pair.nationality for pair in found.pairs})
    years = sorted({pair.year for pair in found.pairs})
    criteria = (
        Code("CITIZENSHIP", Text("citizenship", "nacionalidad")),
        Code("BIRTH", Text("country of birth", "país de nacimiento")),
    )
    indicators = _indicators()
    dimensions = (
        ("FREQ", "Frequency", "Frecuencia", (ANNUAL,), "CL_FREQ"),
        ("REF_AREA", "Area", "Área", (Code(house.area, house.name),), "CL_AREA"),
        ("INDICATOR", "Indicator", "Indicador",
         tuple(Code(i.id, i.name) for i in indicators), "CL_INDICATOR"),
        ("COUNTRY", "Country", "País", _codes(countries, found), "CL_COUNTRY"),
        ("NATIONALITY", "Nationality", "Nacionalidad", _codes(nationalities, found), "CL_COUNTRY"),
        ("CRITERION", "Told in the survey by", "En la encuesta según", criteria, "CL_CRITERION"),
        ("TIME_PERIOD", "Period", "Período", tuple(Code(y, Text(y, y)) for y in years),
         "CL_TIME_PERIOD"),
    )  # fmt: skip
    invented = any(m.dataflow.source.invented for m in found.manifests)
    return Dataflow(
        id="DF_PERMIT_CAPTURE",
        version="1.0",
        name=NAME,
        dimensions=tuple(Dimension(a, Text(en, es), c, of) for a, en, es, c, of in dimensions),
        indicators=indicators,
        source=Source("CAPTURE", house.area, ABOUT, ABOUT, house.licence, "", invented),
        method=Method(BESIDE, "", "", "", PROFILE, ""),
    )


def _codes(codes: Sequence[str], found: Found) -> tuple[Code, ...]:
    return tuple(Code(code, found.names[code]) for code in codes)


def _indicators() -> tuple[Indicator, ...]:
    """The ratio, and the two it is of, so that a reader sees all three."""
    permits = Text("Permits granted in the year", "Permisos concedidos en el año")
    workers = Text("Workers, by the survey", "Personas trabajadoras, según la encuesta")
    return (
        Indicator(
            "PERMITS_PER_WORKER",
            Text("Permits per 100 workers", "Permisos por cada 100 trabajadores"),
            DEFINITION, "ratio", "", "PERMITS", "WORKERS", "PER_100", HUNDRED, 2, "",
        ),
        Indicator("PERMITS", permits, ABOUT, "total", "", "PERMITS", "", "PERMITS", 1.0, 0, ""),
        Indicator("WORKERS", workers, ABOUT, "total", "", "WORKERS", "", "PERSONS", 1.0, 0, ""),
    )  # fmt: skip


def beside_cells(flow: Dataflow, pairs: Sequence[Beside]) -> Cells:
    """Three cells a pair: the ratio, the permits, the workers."""
    at = [{c.id: n for n, c in enumerate(d.codes)} for d in flow.dimensions[3:]]
    keys, values = [], []
    for pair in pairs:
        own = (pair.country, pair.nationality, pair.criterion, pair.year)
        place = [here[code] for here, code in zip(at, own, strict=True)]
        ratio = capture(pair.permits, pair.workers, pair.se, pair.low, pair.high)
        counted = int(pair.permits)
        for indicator, row in enumerate((
            (*(HUNDRED * x for x in (ratio.value, ratio.se, ratio.low, ratio.high)),
             pair.n, pair.cases),
            (pair.permits, 0.0, pair.permits, pair.permits, counted, counted),
            (pair.workers, pair.se, pair.low, pair.high, pair.n, pair.cases),
        )):  # fmt: skip
            keys.append([0, 0, indicator, *place])
            values.append(row)
    table = np.array(values, dtype=np.float64)
    value, se = table[:, 0], table[:, 1]
    nothing, nobody = np.full(len(table), np.nan), np.full(len(table), -1, dtype=np.int64)
    n, cases = table[:, 4].astype(np.int64), table[:, 5].astype(np.int64)
    return Cells(
        dataflow=flow,
        key=np.array(keys, dtype=np.int32),
        value=value,
        se=se,
        cv=np.divide(se, np.abs(value), out=nothing.copy(), where=value != 0),
        ci_low=table[:, 2],
        ci_high=table[:, 3],
        deff=nothing,
        ess=nothing,
        df=nobody,
        n=n,
        cases=cases,
        missing=np.zeros(len(table), dtype=np.int64),
        psus=nobody,
        strata=nobody,
        weighted=value,
        largest=np.full((len(table), 2), np.nan),
    )
