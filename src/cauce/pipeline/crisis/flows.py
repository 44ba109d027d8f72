"""The dataflows of a crisis: what each tells, and arrays of intervals as numbers with keys."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import Code
from cauce.model.crisis import CRISIS
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import Projected
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.crisis import Interval
from cauce.sources.crisis import Declared

RULES = "crisis-1"
ALL = Code("_T", Text("Total", "Total"))
NOT_KNOWN = Text(
    "not produced: something it needs is not known (see the notes of the table)",
    "no se produce: falta algo que necesita (véanse las notas del cuadro)",
)
ASSUMED = Text(
    "an exposure under stated assumptions, and no count of people",
    "una exposición bajo supuestos declarados, y no un conteo de personas",
)
MONTHS = tuple(
    Code(f"M{at:02d}", Text(en, es))
    for at, (en, es) in enumerate(
        (
            ("January", "Enero"), ("February", "Febrero"), ("March", "Marzo"), ("April", "Abril"),
            ("May", "Mayo"), ("June", "Junio"), ("July", "Julio"), ("August", "Agosto"),
            ("September", "Septiembre"), ("October", "Octubre"), ("November", "Noviembre"),
            ("December", "Diciembre"),
        ),
        1,
    )
)  # fmt: skip
"""The month a hazard comes in: who is there depends on it."""


def figure(id_: str, unit: str, en: str, es: str, say: Text, decimals: int = 0) -> Indicator:
    """An indicator of a crisis."""
    return Indicator(
        id=id_,
        name=Text(en, es),
        definition=say,
        estimator="total",
        universe="",
        numerator="",
        denominator="",
        unit=unit,
        scale=1.0,
        decimals=decimals,
        standard="outlook",
        source="outlook",
    )


EXPOSED = figure(
    "CRS_EXPOSED", "PERSONS", "Exposed workers", "Personas trabajadoras expuestas",
    Text("Workers present in the part of an area that the hazard reached, in the month it came in.",
         "Personas trabajadoras presentes en la parte de un área que la amenaza alcanzó, en el "
         "mes en que llegó."),
)  # fmt: skip
AFFECTED = figure(
    "CRS_AFFECTED", "PERSONS", "Affected workers", "Personas trabajadoras afectadas",
    Text("Those of the exposed whose work stopped at first.",
         "Las personas expuestas cuyo trabajo se detuvo al principio."),
)  # fmt: skip
REPORTED = figure(
    "CRS_EXPOSED_REP", "PERSONS", "Exposed workers, by reported affected people",
    "Personas trabajadoras expuestas, según personas afectadas reportadas",
    Text("Workers times the people an authority reports as affected over the people who live "
         "there. Kept beside the footprint, never mixed with it.",
         "Personas trabajadoras por las personas que una autoridad reporta como afectadas sobre "
         "las que viven allí. Se guarda junto a la huella, sin mezclarse."),
)  # fmt: skip
STOPPED = figure(
    "CRS_STOPPED", "PERSONS", "Workers still stopped", "Personas trabajadoras aún detenidas",
    Text("Affected workers whose work has not come back at the start of the month.",
         "Personas trabajadoras afectadas cuyo trabajo no ha vuelto al inicio del mes."),
)  # fmt: skip
DAYS = figure(
    "CRS_DAYS", "DAYS", "Workdays lost", "Jornadas de trabajo perdidas",
    Text("Workdays that the month loses.", "Jornadas que se pierden en el mes."),
)  # fmt: skip
INCOME = figure(
    "CRS_INCOME", "LCU", "Income lost", "Ingreso perdido",
    Text("Workdays lost at the median pay of the industry.",
         "Jornadas perdidas a la mediana de la remuneración de la rama."),
)  # fmt: skip
LAND = figure(
    "CRS_LAND", "PT", "Land reached", "Territorio alcanzado",
    Text("The part of the land of an area that the hazard reached.",
         "La parte del territorio de un área que la amenaza alcanzó."), 1,
)  # fmt: skip
DISPLACED = figure(
    "CRS_DISPLACED", "PERSONS", "Displaced people", "Personas desplazadas",
    Text("People who had to leave where they lived, workers or not; a range.",
         "Personas que tuvieron que dejar el lugar donde vivían, trabajadoras o no; un rango."),
)  # fmt: skip
RESIDENTS = figure(
    "CRS_RESIDENTS", "PERSONS", "Migrants who live in the country",
    "Personas migrantes que viven en el país",
    Text("As published, of the whole country: nobody knows how many of them were exposed.",
         "Según lo publicado, de todo el país: nadie sabe cuántas estuvieron expuestas."),
)  # fmt: skip
REBUILD = figure(
    "CRS_REBUILD", "PERSONS", "Workers whom rebuilding needs",
    "Personas trabajadoras que la reconstrucción necesita",
    Text("Over those of the baseline, in construction.", "Por encima de la línea de base, en la "
                                                         "construcción."),
)  # fmt: skip
PRESSURES = figure(
    "CRS_PRESSURE", "CLASS", "Pressure to move", "Presión para moverse",
    Text("A class from 0, none, to 3, high, that orders areas and seasons. It is no number of "
         "people.",
         "Una clase de 0, ninguna, a 3, alta, que ordena áreas y estaciones. No es un número de "
         "personas."),
)  # fmt: skip


def dataflow(
    asked: Declared,
    part: str,
    name: Text,
    indicators: Sequence[Indicator],
    own: Sequence[Dimension],
    periods: Sequence[str],
) -> Dataflow:
    """A dataflow of a crisis: CRISIS stands first among its own dimensions."""
    monthly = len(periods[0]) == 7
    often = Code("M", Text("Monthly", "Mensual")) if monthly else Code("A", Text("Annual", "Anual"))
    head = (
        _dimension("FREQ", Text("Frequency", "Frecuencia"), (often,)),
        _dimension("REF_AREA", Text("Area", "Área"), (Code(asked.country, asked.country_name),)),
        _dimension(
            "INDICATOR",
            Text("Indicator", "Indicador"),
            tuple(Code(one.id, one.name) for one in indicators),
        ),
        _dimension(CRISIS, Text("Crisis", "Crisis"), (Code(asked.id, asked.name),)),
    )
    time = _dimension(
        "TIME_PERIOD", Text("Period", "Periodo"), tuple(Code(p, Text(p, p)) for p in periods)
    )
    title = Text(f"{asked.name.en}: {name.en}", f"{asked.name.es}: {name.es}")
    return Dataflow(
        id=f"{asked.id}_{part}",
        version="1.0",
        name=title,
        dimensions=(*head, *own, time),
        indicators=tuple(indicators),
        source=_source(asked),
        method=Method(PROJECTED, "", "", "", "none", RULES),
    )


def _source(asked: Declared) -> Source:
    return Source(
        survey="CRISIS",
        area=asked.country,
        name=asked.name,
        population=Text(
            "Derived from published numbers and stated assumptions",
            "Derivado de cifras publicadas y supuestos declarados",
        ),
        licence="see the notes || véanse las notas",
        citation="cauce crisis run",
        invented=asked.invented,
        open_licence=asked.idmc is None,
    )


def _dimension(id_: str, name: Text, codes: tuple[Code, ...]) -> Dimension:
    return Dimension(id_, name, codes, f"CL_{id_}")


def own(
    like: Dimension | None, id_: str, name: Text, codes: Sequence[Code], total: bool = True
) -> Dimension:
    """A dimension of the areas, industries or origins there are, its total first.

    A code of an area keeps what it is part of: the door refuses areas below the first level.
    """
    found = tuple(codes)
    whole = (ALL, *found) if total else found
    named = like.name if like is not None else name
    listed = like.codelist if like is not None else f"CL_{id_}"
    return Dimension(id_, named, whole, listed)


def numbers(
    flow: Dataflow, shape: Sequence[int], parts: Sequence[Interval], because: Text = ASSUMED
) -> Projected:
    """The numbers of a dataflow from intervals of one shape, one for each indicator.

    Args:
        shape: the sizes of the own dimensions after CRISIS and of the period, as the arrays have
            them, in order.
    """
    inner = np.stack([at.ravel() for at in np.indices(tuple(shape))], axis=1).astype(np.int32)
    keys, columns = [], []
    for at, one in enumerate(parts):
        head = np.zeros((len(inner), 4), dtype=np.int32)
        head[:, 2] = at
        keys.append(np.hstack([head, inner]))
        columns.append(np.stack([_flat(one.low), _flat(one.central), _flat(one.high)]))
    low, value, high = np.concatenate(columns, axis=1)
    there = np.isfinite(value) & np.isfinite(low) & np.isfinite(high)
    status = tuple(ObsStatus.FORECAST if x else ObsStatus.NOT_POSSIBLE for x in there.tolist())
    words = tuple(rule(because) if x else rule(NOT_KNOWN) for x in there.tolist())
    blank: Floats = np.where(there, 0.0, np.nan)
    return Projected(
        dataflow=flow,
        key=np.concatenate(keys).astype(np.int32),
        value=value + blank,
        low=low + blank,
        high=high + blank,
        status=status,
        reliability=(Reliability.NOT_JUDGED,) * len(value),
        rule=words,
    )


def _flat(values: Floats) -> Floats:
    return np.asarray(values, dtype=np.float64).ravel()
