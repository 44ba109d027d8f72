"""The southern neighbour of the invented country: small, and surveyed in twelve small waves.

Its office hands out few columns: what an outlook of occupations starts from, and the design.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.arrays import Ints
from cauce.model.errors import BadInput
from cauce.sources.invented.country import SOUTH_SEED, STRATA, YEARS
from cauce.sources.invented.population import Population, live
from cauce.sources.invented.survey import draw
from cauce.sources.invented.writing import BLANK, Columns, hidden, only

SOUTH_STRATA = tuple(range(2, STRATA, 5))
"""A fifth of the strata of its northern neighbour: three in towns for two in the country."""
EMPLOYED, UNEMPLOYED, OUTSIDE = 1, 2, 3


def south_file(year: int) -> str:
    return f"epa{year}.parquet"


def write_south(folder: Path, year: int) -> Path:
    """Write one wave of the neighbour's survey; the same year gives the same bytes.

    Raises:
        BadInput: the survey has no wave in this year.
    """
    if year not in YEARS:
        raise BadInput(f"The neighbour's survey has waves from {YEARS[0]} to {YEARS[-1]}. Ask for "
                       f"one, not for {year}.")  # fmt: skip
    drawn = draw(SOUTH_SEED, year, strata=SOUTH_STRATA)
    of = live(SOUTH_SEED, year, drawn.where)
    arrays = {name: _whole(values) for name, values in south_answers(of).items()}
    weight = np.round(drawn.weight[of.people.dwelling], 6)
    path = folder / south_file(year)
    pq.write_table(pa.table({**arrays, "factor": weight}), path, compression="zstd")
    return path


def south_answers(of: Population) -> Columns:
    """The numeric columns of the file, shape (people asked,)."""
    p, a = of.people, of.activity
    own, division = p.chance, of.spread(of.jobs.division, BLANK)
    unstated = own.yearly("answers on occupation") < 0.005
    return {
        "anio": np.full(len(p.age), own.year),
        "estrato": p.stratum + 1,
        "upm": (p.stratum + 1) * 1000 + p.psu + 1,
        "sexo": p.sex + 1,
        "edad": p.age,
        "condicion": only(
            p.adult, np.select([a.employed, a.unemployed], [EMPLOYED, UNEMPLOYED], OUTSIDE)
        ),
        "ciuo": only(a.employed, np.where(unstated, 9999, of.spread(of.jobs.code, BLANK))),
        "ciiu": only(a.employed, hidden(division, own, "industry", 0.005, 999)),
    }


def _whole(values: Ints) -> pa.Array:
    return pa.array(values.astype(np.int32), pa.int32(), mask=values == BLANK)
