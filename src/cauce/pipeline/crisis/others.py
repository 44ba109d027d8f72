"""Land, displaced people, residents, rebuilding and pressure: what is told beside the workers."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.projected import Projected
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.crisis import (
    Interval,
    Rebuilding,
    by_houses,
    by_steps,
    damage_of_wind,
    interval,
    months_present,
    needed_workers,
    pressure_class,
    rebuilding_lever,
)
from cauce.pipeline.crisis.bases import Bases
from cauce.pipeline.crisis.flows import (
    DISPLACED,
    LAND,
    MONTHS,
    PRESSURES,
    REBUILD,
    RESIDENTS,
    dataflow,
    numbers,
    own,
)
from cauce.pipeline.crisis.footprint import Footprint
from cauce.pipeline.crisis.people import People
from cauce.sources.crisis import Declared, read_calendar

PEOPLE = Text("Displaced people", "Personas desplazadas")


def areas_of(foot: Footprint, people: People | None, total: bool) -> Dimension:
    """The areas with the names and codes of the published table, else with those of the outlines.

    An outline that says what it is part of keeps that, so that the door sees it.
    """
    if people is not None:
        like = {one.id: one for one in people.table.dimensions}
        name = people.dimensions[0]
        return own(like.get(name), name, Text("Area", "Área"), people.areas, total)
    codes = [
        Code(code, Text(one.name, one.name), one.parent)
        for one, code in zip(foot.outlines, foot.grid.areas, strict=True)
    ]
    return own(None, "AREA", Text("Area", "Área"), codes, total)


def land_flow(asked: Declared, foot: Footprint, people: People | None) -> Projected:
    """How much of each area's land was reached, at the three thresholds."""
    flow = dataflow(
        asked,
        "LAND",
        Text("land reached by area", "territorio alcanzado según área"),
        (LAND,),
        (areas_of(foot, people, total=False),),
        (asked.month,),
    )
    because = Text(
        "the ends are the thresholds of the footprint, not draws",
        "los extremos son los umbrales de la huella, no sorteos",
    )
    low, central, high = foot.land * 100
    return numbers(flow, (len(foot.grid.areas), 1), [Interval(low, central, high)], because)


def displaced_flow(
    asked: Declared, foot: Footprint, people: People | None, bases: Bases
) -> list[Projected]:
    """Displaced people: by destroyed houses for the country, else by damage of wind and area."""
    if asked.houses is not None and asked.household is not None:
        draws = by_houses(asked.houses, asked.household, asked.seed, asked.draws)
        country = [np.full(len(foot.grid.areas), np.nan)] * 3
        whole = interval(draws)
        told = Text(
            "destroyed houses times people in a household; by area nobody counted houses",
            "casas destruidas por personas de un hogar; por área nadie contó casas",
        )
        values = Interval(*(np.append(t, c) for t, c in zip(_of(whole), country, strict=True)))
        return [_displaced(asked, foot, people, values, told)]
    if np.isfinite(foot.people).any() and foot.tracks:
        steps = by_steps(foot.grid, damage_of_wind(foot.wind))
        values = Interval(*(np.append(one.sum(), one) for one in steps))
        told = Text(
            "people where wind damages buildings by 70, 55 and 30 %: a range, no step likelier. "
            "Floods displace others that wind does not tell of",
            "personas donde el viento daña los edificios en 70, 55 y 30 %: un rango, ningún paso "
            "más probable. Las inundaciones desplazan a otras que el viento no indica",
        )
        return [_displaced(asked, foot, people, values, told)]
    because = Text(
        "It takes destroyed houses and people in a household, or people on a grid under a storm.",
        "Requiere casas destruidas y personas por hogar, o personas en una cuadrícula bajo una "
        "tormenta.",
    )
    bases.missing.append((PEOPLE, because))
    return []


def _of(found: Interval) -> tuple[Floats, Floats, Floats]:
    return found.low, found.central, found.high


def _displaced(
    asked: Declared, foot: Footprint, people: People | None, values: Interval, told: Text
) -> Projected:
    flow = dataflow(
        asked,
        "DISPLACED",
        Text("displaced people", "personas desplazadas"),
        (DISPLACED,),
        (areas_of(foot, people, total=True),),
        (asked.month,),
    )
    return numbers(flow, (len(foot.grid.areas) + 1, 1), [values], told)


def residents_flow(asked: Declared, people: People | None, bases: Bases) -> list[Projected]:
    """Migrants of each origin in the whole country, where nothing nearer is known."""
    told = asked.nationalities
    if told is None or told.sector or people is not None:
        return []
    table = bases.table(told, asked.country, Text("Migrant residents", "Personas migrantes"))
    if table is None:
        return []
    # A region of the world is no nationality: it has no consulate.
    codes = [
        code
        for code in table.codes(told.group)
        if code.id != told.home and not (told.skip and code.id.startswith(told.skip))
    ]
    found = {code: table.value.get((code.id,), np.nan) for code in codes}
    kept = {code: value for code, value in found.items() if value > 0}
    largest = sorted(kept, key=lambda code: -kept[code])[:20]
    dimension = own(
        next(one for one in table.dimensions if one.id == told.group),
        told.group,
        Text("Origin", "Origen"),
        [Code(one.id, one.name) for one in largest],
        total=False,
    )
    flow = dataflow(
        asked,
        "RESIDENTS",
        Text("migrants in the whole country", "personas migrantes en todo el país"),
        (RESIDENTS,),
        (dimension,),
        (asked.month,),
    )
    because = Text(
        f"as published of {table.period} in {told.flow}, with no interval; of the whole country",
        f"según lo publicado de {table.period} en {told.flow}, sin intervalo; de todo el país",
    )
    value = np.array([kept[one] for one in largest])
    return [numbers(flow, (len(largest), 1), [Interval(value, value, value)], because)]


def rebuilding_flow(asked: Declared, bases: Bases) -> tuple[list[Projected], tuple[Lever, ...]]:
    """Workers whom rebuilding needs by year, and the same as a lever of a scenario."""
    told = asked.rebuild
    if told is None:
        because = Text(
            "It takes the damage in money, the part that is rebuilt and a labour coefficient, each "
            "with its source.",
            "Requiere el daño en dinero, la parte que se reconstruye y un coeficiente de trabajo, "
            "cada uno con su fuente.",
        )
        what = Text("Workers whom rebuilding needs", "Personas trabajadoras para reconstruir")
        bases.missing.append((what, because))
        return [], ()
    rules = Rebuilding(told.damage, told.rebuilt, told.workers, told.phase)
    draws = needed_workers(rules, asked.seed, asked.draws)
    first = int(asked.month[:4]) + 1
    years = [str(first + at) for at in range(draws.shape[1])]
    flow = dataflow(
        asked,
        "REBUILDING",
        Text("workers whom rebuilding needs", "personas trabajadoras para reconstruir"),
        (REBUILD,),
        (),
        years,
    )
    source = Text(
        f"{asked.name.en}: damage × part rebuilt × labour coefficient × phase. "
        f"{told.damage.source.en}",
        f"{asked.name.es}: daño × parte reconstruida × coeficiente de trabajo × fase. "
        f"{told.damage.source.es}",
    )
    lever = rebuilding_lever(draws, first, dict(told.sector), source)
    return [numbers(flow, (len(years),), [interval(draws)])], (lever,)


def pressure_flow(
    asked: Declared, foot: Footprint, people: People | None, bases: Bases
) -> list[Projected]:
    """Classes of pressure by area and month, of a hazard of slow onset; never displaced people."""
    what = Text("Pressure to move", "Presión para moverse")
    if people is None or not any(asked.bounds):
        because = Text(
            "It takes workers by area and industry, and bounds of the classes (pressure_bounds).",
            "Requiere personas trabajadoras por área y rama, y límites de las clases "
            "(pressure_bounds).",
        )
        bases.missing.append((what, because))
        return []
    calendar = read_calendar(asked.calendar.path, asked.invented) if asked.calendar else ()
    present = months_present(people.work, foot.grid.areas, calendar, frozenset(asked.land_sectors))
    at_land = _of_land(asked, people, present)
    classes = [
        pressure_class(part, people.at_risk, at_land, asked.bounds).T.astype(np.float64)
        for part in foot.land
    ]
    low, central, high = (np.where(one < 0, np.nan, one) for one in classes)
    month = Dimension("MONTH", Text("Month", "Mes"), MONTHS, "CL_MONTH")
    flow = dataflow(
        asked,
        "PRESSURE",
        Text("pressure to move by area and month", "presión para moverse según área y mes"),
        (PRESSURES,),
        (areas_of(foot, people, total=False), month),
        (asked.month,),
    )
    told = Text(
        "a class that orders areas and seasons; no number of people, and nobody displaced",
        "una clase que ordena áreas y estaciones; no es un número de personas, y nadie desplazado",
    )
    return [numbers(flow, (len(people.areas), 12, 1), [Interval(low, central, high)], told)]


def _of_land(asked: Declared, people: People, present: Floats) -> Floats:
    """Presence of the workers who live off the land, the mean of their cells, (12, a)."""
    land = np.array([sector in asked.land_sectors for sector in people.work.sectors])
    found = np.full((12, len(people.areas)), np.nan)
    for at in range(len(people.areas)):
        found[:, at] = present[:, land & (people.work.area == at)].mean(axis=1)
    return found
