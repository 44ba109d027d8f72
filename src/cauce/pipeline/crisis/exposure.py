"""Exposed and affected workers by area, industry, origin and month, and what they lose."""

import itertools

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.projected import Projected
from cauce.model.text import Text
from cauce.outlook.crisis import (
    Interval,
    exposed,
    income_lost,
    interval,
    lasting,
    months_present,
    reported_part,
    stopped,
    stopped_over_time,
    summed,
    undercounted,
    workdays_lost,
)
from cauce.pipeline.crisis.bases import Bases
from cauce.pipeline.crisis.flows import (
    AFFECTED,
    DAYS,
    EXPOSED,
    INCOME,
    MONTHS,
    REPORTED,
    STOPPED,
    dataflow,
    numbers,
    own,
)
from cauce.pipeline.crisis.footprint import Footprint
from cauce.pipeline.crisis.people import REST, People
from cauce.sources.crisis import Declared, read_calendar, read_harms


def exposure_flows(
    asked: Declared, foot: Footprint, people: People, bases: Bases
) -> list[Projected]:
    """The dataflows of workers, of losses and of nationalities."""
    share = _shares(asked, foot, people, bases)
    calendar = read_calendar(asked.calendar.path, asked.invented) if asked.calendar else ()
    seasonal = frozenset(asked.land_sectors)
    present = months_present(people.work, foot.grid.areas, calendar, seasonal)
    _note_seasons(present, people, share, bases)
    there = exposed(people.work, share, present, asked.seed, asked.draws)
    there = undercounted(there, people.work, _migrant(asked, people), asked.undercount, asked.seed)
    harms = read_harms(asked.harms.path, asked.invented) if asked.harms else ()
    _note_harms(asked, people, {harm.sector for harm in harms}, bases)
    hurt = stopped(there, people.work, harms, asked.seed)
    month = int(asked.month[5:]) - 1
    found = [_workers(asked, people, there, hurt)]
    if asked.reported:
        found.append(_reported(asked, people))
    if harms and asked.days_a_month > 0:
        tau = lasting(people.work, harms, asked.seed, asked.draws)
        found.append(_losses(asked, people, bases, hurt[:, month], tau))
    found += _nationalities(asked, people, bases, there[:, month])
    return found


def _migrant(asked: Declared, people: People) -> frozenset[str]:
    home = asked.origins.home if asked.origins else "_T"
    return frozenset(one.id for one in people.groups if one.id not in (home, "_T"))


def _shares(asked: Declared, foot: Footprint, people: People, bases: Bases) -> Floats:
    """The part of each cell that was reached: of land where work is on it, else of people."""
    land = np.array([sector in asked.land_sectors for sector in people.work.sectors])
    of_people = foot.people
    if not np.isfinite(of_people).any() and asked.reported:
        of_people = _part_reported(asked, people)
    found = np.where(land, foot.land[:, people.work.area], of_people[:, people.work.area])
    lost = sorted(
        {s for s, x in zip(people.work.sectors, found.T, strict=True) if np.isnan(x).any()}
    )
    if lost:
        names = ", ".join(lost)
        bases.missing.append(
            (
                Text(f"Exposed workers of {names}", f"Personas trabajadoras expuestas de {names}"),
                Text(
                    "Not all areas have people on a grid or a reported number of affected people. "
                    "The part of the land says nothing of where these industries are.",
                    "No todas las áreas tienen personas en una cuadrícula ni un número reportado "
                    "de "
                    "personas afectadas. La parte del territorio no dice dónde están estas ramas.",
                ),
            )
        )
    return found


def _part_reported(asked: Declared, people: People) -> Floats:
    """The reported part of each area, (3, a); 0 where other areas are reported and this is not."""
    by_area = {one.area: one for one in asked.reported}
    told = [by_area.get(area.id) for area in people.areas]
    affected = np.array([np.nan if one is None else one.affected for one in told])
    living = np.array([np.nan if one is None else one.population for one in told])
    return reported_part(affected, living)


def _note_seasons(present: Floats, people: People, share: Floats, bases: Bases) -> None:
    unknown = np.isnan(present).any(axis=0) & (share[2] > 0)
    names = {people.areas[people.work.area[at]].name.en for at in np.flatnonzero(unknown)}
    if names:
        told = ", ".join(sorted(names))
        bases.missing.append(
            (
                Text(f"Seasonal workers of {told}", f"Trabajo de temporada de {told}"),
                Text(
                    "No harvest calendar is given, and presence differs tenfold between months.",
                    "No se da un calendario de cosechas, y la presencia varía hasta diez veces "
                    "entre meses.",
                ),
            )
        )


def _note_harms(asked: Declared, people: People, known: set[str], bases: Bases) -> None:
    lost = [sector.name for sector in people.sectors if sector.id not in known]
    if lost:
        en, es = (", ".join(of) for of in zip(*((n.en, n.es) for n in lost), strict=True))
        bases.missing.append(
            (
                Text(f"Affected workers of {en}", f"Personas trabajadoras afectadas de {es}"),
                Text(
                    "No source says which part of their work stops and for how long.",
                    "Ninguna fuente dice qué parte de su trabajo se detiene ni por cuánto tiempo.",
                ),
            )
        )
    if asked.days_a_month <= 0:
        bases.missing.append(
            (
                Text("Workdays and income lost", "Jornadas e ingreso perdidos"),
                Text(
                    "Nobody says how many days a month are worked (days_a_month).",
                    "Nadie dice cuántos días al mes se trabajan (days_a_month).",
                ),
            )
        )


def _dimensions(people: People) -> tuple[Dimension, Dimension, Dimension]:
    like = {one.id: one for one in people.table.dimensions}
    area, sector, group = people.dimensions
    origin = Text("Origin", "Origen")
    return (
        own(like.get(area), area, Text("Area", "Área"), people.areas),
        own(like.get(sector), sector, Text("Industry", "Rama"), _bare(people.sectors)),
        own(None, group, origin, [one for one in people.groups if one.id != "_T"]),
    )


def _bare(codes: tuple[Code, ...]) -> list[Code]:
    """Industries without those above them: of areas alone it matters what they are part of."""
    return [Code(code.id, code.name) for code in codes]


def _parts(people: People, groups: int) -> list[np.ndarray]:
    """Which cells each area, industry and origin adds, totals first."""
    sizes = len(people.areas), len(people.sectors), len(people.groups)
    cells = np.arange(int(np.prod(sizes))).reshape(sizes)
    every = [[list(range(n)), *([at] for at in range(n))] for n in sizes]
    if groups == 1:
        every[2] = every[2][:1]
    return [cells[np.ix_(a, s, g)].ravel() for a, s, g in itertools.product(*every)]


def _workers(asked: Declared, people: People, there: Floats, hurt: Floats) -> Projected:
    area, sector, group = _dimensions(people)
    month = Dimension("MONTH", Text("Month it comes in", "Mes en que llega"), MONTHS, "CL_MONTH")
    flow = dataflow(
        asked,
        "WORKERS",
        Text(
            "workers by area, industry and origin",
            "personas trabajadoras según área, rama y origen",
        ),
        (EXPOSED, AFFECTED),
        (area, sector, group, month),
        (asked.month,),
    )
    parts = _parts(people, len(group.codes))
    shape = (len(area.codes), len(sector.codes), len(group.codes), 12, 1)
    return numbers(flow, shape, [_by_month(summed(one, parts)) for one in (there, hurt)])


def _by_month(draws: Floats) -> Interval:
    """Intervals with the months last, as the keys have them."""
    found = interval(draws)
    return Interval(found.low.T, found.central.T, found.high.T)


def _reported(asked: Declared, people: People) -> Projected:
    part = _part_reported(asked, people)[0]
    table = people.table.value
    whole = np.array([table.get((area.id, "_T"), np.nan) for area in people.areas])
    one = part * whole
    area, *_ = _dimensions(people)
    bare = Dimension(area.id, area.name, area.codes[1:], area.codelist)
    flow = dataflow(
        asked,
        "REPORTED",
        Text(
            "workers by reported affected people",
            "personas trabajadoras según afectadas reportadas",
        ),
        (REPORTED,),
        (bare,),
        (asked.month,),
    )
    because = Text(
        "one reported number, so that the interval has no width",
        "un solo número reportado, por lo que el intervalo no tiene ancho",
    )
    return numbers(flow, (len(people.areas), 1), [Interval(one, one, one)], because)


def _losses(asked: Declared, people: People, bases: Bases, first: Floats, tau: Floats) -> Projected:
    _, sector, _ = _dimensions(people)
    still = stopped_over_time(first, tau, asked.horizon)
    days = workdays_lost(first, tau, asked.horizon, asked.days_a_month)
    money = income_lost(days, _pay(asked, people, bases), asked.days_a_month)
    cells = np.array(people.work.sectors)
    every = [np.arange(len(cells)), *(np.flatnonzero(cells == one.id) for one in people.sectors)]
    flow = dataflow(
        asked,
        "LOSSES",
        Text("work and income lost over time", "trabajo e ingreso perdidos en el tiempo"),
        (STOPPED, DAYS, INCOME),
        (sector,),
        _months(asked.month, asked.horizon),
    )
    shape = (len(sector.codes), asked.horizon)
    return numbers(flow, shape, [_by_month(summed(one, every)) for one in (still, days, money)])


def _pay(asked: Declared, people: People, bases: Bases) -> Floats:
    """The median pay of each cell's industry."""
    table = bases.table(asked.pay, asked.country, Text("Income lost", "Ingreso perdido"))
    if table is None:
        return np.full(len(people.work.value), np.nan)
    # Industries that are withheld or unknown are paid as everybody is: the assumptions say so.
    paid = {REST.id: table.value.get(("_T",), np.nan)}
    paid |= {key[0]: value for key, value in table.value.items()}
    return np.array([paid.get(sector, np.nan) for sector in people.work.sectors])


def _months(first: str, count: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:]) - 1
    return [f"{year + (month + k) // 12}-{(month + k) % 12 + 1:02d}" for k in range(count)]


def _nationalities(asked: Declared, people: People, bases: Bases, there: Floats) -> list[Projected]:
    """Exposed migrant workers by nationality, of the whole country and never of an area.

    People of one nationality are taken to live where all migrants of their industry do.
    """
    told, migrants = asked.nationalities, _migrant(asked, people)
    if told is None or not told.sector or not migrants:
        return []
    table = bases.table(told, asked.country, Text("Nationalities", "Nacionalidades"))
    if table is None:
        return []
    born = [code for code in table.codes(told.group) if code.id != told.home]
    counts = np.array(
        [[table.value.get((s.id, b.id), np.nan) for b in born] for s in people.sectors]
    )
    share = np.nan_to_num(counts) / np.maximum(np.nansum(counts, axis=1, keepdims=True), 1e-9)
    sectors, groups = np.array(people.work.sectors), np.array(people.work.groups)
    inside = np.isin(groups, sorted(migrants))
    every = [np.flatnonzero((sectors == s.id) & inside) for s in people.sectors]
    draws = summed(there, every) @ share
    dimension = own(
        next(d for d in table.dimensions if d.id == told.group),
        told.group,
        Text("Nationality", "Nacionalidad"),
        [Code(one.id, one.name) for one in born],
        total=False,
    )
    flow = dataflow(
        asked,
        "NATIONALITIES",
        Text("exposed migrant workers by country of birth", "personas migrantes expuestas según "
                                                            "país de nacimiento"),
        (EXPOSED,),
        (dimension,),
        (asked.month,),
    )  # fmt: skip
    return [numbers(flow, (len(born), 1), [interval(draws)])]
