"""A released survey of employers blended with the projection, or in words why it is not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible, Projected
from cauce.model.rule import rule
from cauce.model.scenario import BASELINE
from cauce.model.text import Text
from cauce.outlook.employers import UNKNOWN, Blend, blend
from cauce.outlook.gaps import medians
from cauce.pipeline.outlook.expectations import Bias, Expectations
from cauce.pipeline.outlook.flows import House, Table, projected
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.sayings import Said

EMPLOYERS = "employers"
TABLE_OF = {"occupation": "OCCUPATION", "groups": "GROUP"}
TAIL = 1.2815515655446004
"""The 90th percentile of a standard normal: an interval of 80 % reaches so many errors out."""
OUTPUT = Text(
    "employers' expectations blended with the projection",
    "expectativas de los empleadores combinadas con la proyección",
)
NAME = Text(
    "Employers' expectations blended with the projection",
    "Expectativas de los empleadores combinadas con la proyección",
)
NOTHING_SHARED = Text(
    "No occupation has both a published expectation and a forecast.",
    "Ninguna ocupación tiene a la vez una expectativa publicada y un pronóstico.",
)
SUMMED = Text(
    "Employers' expectations of finer groups are added up, with their errors added too, as if all "
    "were off in the same direction; a group with a withheld part is left out.",
    "Las expectativas de grupos más finos se suman, y también sus errores, como si todas se "
    "desviaran en el mismo sentido; se omite un grupo con una parte reservada.",
)


def add_blend(
    pack: OutlookPack,
    read: dict[str, Read],
    found: Said,
    house: House,
    past: Bias | NotProducible | None = None,
) -> None:
    """Add what survey and projection say together to the baseline, or why nothing is said.

    Nobody asked employers about the projects of a scenario.

    Args:
        past: how far employers were off before, by their earlier waves; what a pack states counts
            first, since it may know the same firms.
    """
    asked, survey = pack.employers, read.get(EMPLOYERS)
    if asked is None or survey is None or house.scenario.id != BASELINE:
        return
    if asked.bias is None and isinstance(past, Bias):
        asked = replace(asked, bias=past)
    made = _blended(asked, survey, found, house)
    if isinstance(made, NotProducible):
        found.lacking.append(made)
        return
    found.flows.append(made)
    found.assumptions += [SUMMED, asked.covers, *([_told(asked.bias)] if asked.bias else [])]


def _blended(
    asked: Expectations, survey: Read, found: Said, house: House
) -> Projected | NotProducible:
    year = int(survey.history.years[-1]) + asked.ahead
    table = next((one for one in found.tables if one.id == TABLE_OF[asked.level]), None)
    against = list(_against(asked, table, year, house))
    if against or table is None or asked.bias is None:
        return _not(against)
    expected, error = summed(survey, [cell[0] for cell in table.cells])
    model, spread = _ends(table.draws["PRJ_EMP_NB"][:, house.years.index(year)])
    shared = np.isfinite(expected + error + model) & (table.cv == table.cv)
    if not shared.any():
        return _not([NOTHING_SHARED])
    both = blend(
        np.where(shared, expected, np.nan), error, np.where(shared, model, np.nan), spread,
        asked.bias.known,
    )  # fmt: skip
    if isinstance(both, NotProducible):
        return both
    both_sides = ((model, spread), (np.where(shared, expected, np.nan), error))
    return projected(_table(table, both, both_sides), replace(house, years=(year,)))


def _against(asked: Expectations, table: Table | None, year: int, house: House) -> Iterator[Text]:
    """Every reason that there is not to blend, each in words."""
    if asked.bias is None:
        yield UNKNOWN
    if not asked.everyone:
        yield Text(
            f"The survey is about other people than the projection: {asked.covers.en}",
            f"La encuesta trata de otras personas que la proyección: {asked.covers.es}",
        )
    if table is None:
        yield NOTHING_SHARED
    if year not in house.years:
        yield Text(
            f"Employers were asked about {year}, which the projection does not reach.",
            f"Se preguntó a los empleadores por {year}, que la proyección no alcanza.",
        )


def _not(against: Sequence[Text]) -> NotProducible:
    return NotProducible(
        rule(OUTPUT),
        Text(" ".join(one.en for one in against), " ".join(one.es for one in against)),
    )


def summed(survey: Read, codes: Sequence[str], wave: int = -1) -> tuple[Floats, Floats]:
    """What a wave expects of each code, with its error, shape (c,); NaN where withheld.

    The error of a sum is at most the sum of the errors (Cauchy–Schwarz): their covariance is not
    published.
    """
    value, se = survey.history.value[wave], survey.history.se[wave]
    under = [
        [i for i, cell in enumerate(survey.history.cells) if cell[0].startswith(code)]
        for code in codes
    ]

    def added(numbers: Floats) -> Floats:
        return np.array([numbers[own].sum() if own else np.nan for own in under])

    return added(value), added(se)


def _ends(draws: Floats) -> tuple[Floats, Floats]:
    """The middle of draws (d, c), and the error that gives their interval of 80 %."""
    found = medians(draws)
    return found.middle, (found.high - found.low) / (2 * TAIL)


def _people(value: Floats, se: Floats) -> Floats:
    """Numbers with the ends of their intervals of 80 %, shape (3, c)."""
    reach = TAIL * se
    return np.stack([value, np.maximum(value - reach, 0), value + reach])


def _table(of: Table, both: Blend, sides: tuple[tuple[Floats, Floats], ...]) -> Table:
    """The blend beside what it is made of: the projection, and the employers."""
    told = np.isfinite(both.value)
    model, survey = (_people(np.where(told, value, np.nan), se) for value, se in sides)
    people = _people(both.value, both.se)
    weight = np.repeat(100 * both.weight[None], 3, axis=0)
    return Table(
        id="BLEND",
        name=NAME,
        dimensions=of.dimensions,
        cells=of.cells,
        draws={},
        cv=of.cv,
        spans={
            "PRJ_EMP_NB": model[:, None],
            "PRJ_SVY_NB": survey[:, None],
            "PRJ_BLN_NB": people[:, None],
            "PRJ_BLN_RT": weight[:, None],
        },
    )


def _told(bias: Bias) -> Text:
    known = bias.known
    mean, root = f"{100 * known.bias:+.0f} %", f"{100 * known.square**0.5:.0f} %"
    return Text(
        f"What employers expected earlier came out {mean} off on average, {root} in the root of "
        f"the mean square, in {known.occupations} occupations. Source: {bias.source.en}",
        f"Lo que los empleadores esperaron antes resultó {mean} desviado en promedio, {root} en la "
        f"raíz de la media cuadrática, en {known.occupations} ocupaciones. Fuente: "
        f"{bias.source.es}",
    )
