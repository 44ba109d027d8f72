"""Who works in which area, in what, from where: the published numbers as arrays for the outlook."""

from dataclasses import dataclass

import numpy as np

from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.crisis import Workforce, errors_of, fitted
from cauce.pipeline.crisis.bases import Bases, Table
from cauce.pipeline.crisis.footprint import Footprint
from cauce.sources.crisis import Declared

WORKERS = Text(
    "Workers of areas by industry and origin",
    "Personas trabajadoras de las áreas según rama de actividad y origen",
)


REST = Code(
    "REST",
    Text("Other, unknown or withheld industries", "Otras ramas, desconocidas o reservadas"),
)
"""What the published total of an area has beyond its published industries."""


@dataclass(frozen=True)
class People:
    """The workforce of the areas with an outline, and the codes its cells are made of, in order."""

    work: Workforce
    areas: tuple[Code, ...]
    sectors: tuple[Code, ...]
    groups: tuple[Code, ...]
    at_risk: np.ndarray
    dimensions: tuple[str, str, str]
    table: Table


def people_of(asked: Declared, foot: Footprint, bases: Bases) -> People | None:
    """The workforce; None if the store has none of the country, which is noted as missing."""
    table = bases.table(asked.work, asked.country, WORKERS)
    if table is None or asked.work is None:
        return None
    known = {code.id: code for code in table.codes(asked.work.area)}
    _note_areas(asked, foot, known, bases)
    areas = tuple(known.get(code, Code(code, Text(code, code))) for code in foot.grid.areas)
    sectors = (*_published(table, areas, asked.work.sector, bases), REST)
    ids = [a.id for a in areas], [s.id for s in sectors[:-1]]
    by_sector = _with_rest(_grid(table, *ids), _grid(table, ids[0], ["_T"]))
    error = np.hstack([_grid(table, *ids, table.se), _grid(table, ids[0], ["_T"], table.se)])
    groups, cube = _by_origin(asked, bases, areas, sectors, by_sector)
    cell = list(np.ndindex(len(areas), len(sectors), len(groups)))
    value = np.array([cube[one] for one in cell])
    spread = errors_of(cube, error)
    whole = np.nansum(by_sector, axis=1)
    risk = [s.id in asked.land_sectors for s in sectors]
    with np.errstate(divide="ignore", invalid="ignore"):
        at_risk = np.where(whole > 0, by_sector[:, risk].sum(axis=1) / whole, np.nan)
    work = Workforce(
        area=np.array([a for a, _, _ in cell], dtype=np.int32),
        sectors=tuple(sectors[s].id for _, s, _ in cell),
        groups=tuple(groups[g].id for _, _, g in cell),
        value=value,
        se=np.array([spread[one] for one in cell]),
    )
    names = asked.work.area, asked.work.sector, asked.origins.group if asked.origins else "ORIGIN"
    return People(work, areas, sectors, groups, at_risk, names, table)


def _published(
    table: Table, areas: tuple[Code, ...], sector: str, bases: Bases
) -> tuple[Code, ...]:
    """The industries that are published of every area of the table; the others go to the rest."""
    there = [area.id for area in areas if (area.id, "_T") in table.value]
    codes = table.codes(sector)
    whole = np.isfinite(_grid(table, there, [code.id for code in codes])).all(axis=0)
    gone = [code for code, known in zip(codes, whole, strict=True) if not known]
    for code in gone:
        bases.missing.append(
            (
                Text(f"{code.name.en} by area", f"{code.name.es} por área"),
                Text(
                    "Withheld in some areas: it is told within the other industries.",
                    "Reservada en algunas áreas: se cuenta dentro de las otras ramas.",
                ),
            )
        )
    return tuple(code for code in codes if code not in gone)


def _with_rest(parts: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """The industries and, last, what the total has beyond them."""
    return np.hstack([parts, np.maximum(whole - parts.sum(axis=1, keepdims=True), 0)])


def _grid(
    table: Table,
    rows: list[str],
    columns: list[str],
    of: dict[tuple[str, ...], float] | None = None,
) -> np.ndarray:
    found = table.value if of is None else of
    return np.array([[found.get((r, c), np.nan) for c in columns] for r in rows])


def _note_areas(asked: Declared, foot: Footprint, known: dict[str, Code], bases: Bases) -> None:
    """Outlines whose code the table does not know, and areas of the table without an outline."""
    flow = asked.work.flow if asked.work else ""
    for outline, code in zip(foot.outlines, foot.grid.areas, strict=True):
        if code not in known:
            what = Text(f"Workers of {outline.name}", f"Personas trabajadoras de {outline.name}")
            because = Text(
                f"{flow} has no area {code}: there are no employment figures of it, or its code "
                "changed (then name it under areas.same_as).",
                f"{flow} no tiene el área {code}: no hay cifras de ocupación de ella o su código "
                "cambió (nómbrelo entonces en areas.same_as).",
            )
            bases.missing.append((what, because))
    for code, one in known.items():
        if code not in foot.grid.areas:
            bases.missing.append(
                (
                    Text(f"The footprint in {one.name.en}", f"La huella en {one.name.es}"),
                    Text("It has no outline.", "No tiene contorno."),
                )
            )


def _by_origin(
    asked: Declared,
    bases: Bases,
    areas: tuple[Code, ...],
    sectors: tuple[Code, ...],
    by_sector: np.ndarray,
) -> tuple[tuple[Code, ...], np.ndarray]:
    """Origins and the workers of each area, sector and origin; one group _T if none is known."""
    everybody = Code("_T", Text("Total", "Total"))
    by_area = bases.table(
        asked.origins,
        asked.country,
        Text("Migrant workers of areas", "Personas trabajadoras migrantes de las áreas"),
    )
    by_industry = bases.table(
        asked.nationalities if asked.nationalities and asked.nationalities.sector else None,
        asked.country,
        Text("Migrant workers by industry", "Personas trabajadoras migrantes según rama"),
    )
    if (
        by_area is None
        or by_industry is None
        or asked.origins is None
        or asked.nationalities is None
    ):
        return (everybody,), by_sector[:, :, None]
    groups = by_area.codes(asked.origins.group)
    home, ids = asked.nationalities.home, [one.id for one in areas]
    area_group = _grid(by_area, ids, [g.id for g in groups])
    born = by_industry.codes(asked.nationalities.group)
    own = [b.id for b in born]
    inner = _grid(by_industry, [s.id for s in sectors[:-1]], own).T
    table = _with_rest(inner, _grid(by_industry, ["_T"], own).T).T
    native = np.array([b.id == home for b in born])
    if len(groups) != 2 or asked.origins.home not in [g.id for g in groups]:
        raise BadInput(f"{asked.origins.flow} does not tell natives from migrants by two codes.")
    two = np.stack([table[:, native].sum(axis=1), np.nansum(table[:, ~native], axis=1)], axis=1)
    order = [0 if g.id == asked.origins.home else 1 for g in groups]
    return groups, fitted(by_sector, area_group, two[:, order])
