"""What the public is told of a crisis beside its numbers: map, whom to call, who was trained."""

import math
from collections.abc import Sequence

import numpy as np

from cauce.model.crisis import Beside, Crisis, Office, Reached
from cauce.model.text import Text
from cauce.pipeline.crisis.assumptions import assumptions_of
from cauce.pipeline.crisis.bases import Bases
from cauce.pipeline.crisis.footprint import Footprint
from cauce.pipeline.crisis.trained import capacities, capacities_said
from cauce.pipeline.crisis.uses import Use
from cauce.sources.crisis import (
    Declared,
    displacement_of,
    read_displacement,
    read_offices,
    rings_of,
)

HAZARDS = {
    "HUR": Text("Hurricane", "Huracán"),
    "FLD": Text("Flood", "Inundación"),
    "LSL": Text("Landslide", "Deslizamiento"),
    "DRT": Text("Drought", "Sequía"),
    "EQK": Text("Earthquake", "Sismo"),
    "VOL": Text("Volcanic eruption", "Erupción volcánica"),
    "TSU": Text("Tsunami", "Tsunami"),
    "WFR": Text("Wildfire", "Incendio forestal"),
    "EPI": Text("Epidemic", "Epidemia"),
    "CON": Text("Conflict or violence", "Conflicto o violencia"),
    "SLR": Text("Sea-level rise", "Aumento del nivel del mar"),
}


def crisis_of(
    asked: Declared, foot: Footprint, use: Use, bases: Bases, flows: Sequence[str]
) -> Crisis:
    """The account of a run, without a number of people of ours."""
    offices = read_offices(asked.offices.path) if asked.offices else ()
    trained = capacities(asked, bases)
    return Crisis(
        id=asked.id,
        name=asked.name,
        about=asked.about,
        hazard=asked.hazard,
        hazard_name=HAZARDS[asked.hazard],
        country=asked.country,
        country_name=asked.country_name,
        month=asked.month,
        invented=asked.invented,
        purpose=use.id,
        restriction=use.restriction,
        flows={flow.removeprefix(f"{asked.id}_"): flow for flow in flows},
        areas=tuple(_reached(foot, at, bool(foot.tracks)) for at in range(len(foot.grid.areas))),
        paths=tuple(_path(foot, at) for at in range(len(foot.tracks))),
        thresholds=_thresholds(foot),
        offices=offices,
        offices_said=_offices_said(asked, offices),
        capacities=trained,
        capacities_said=capacities_said(asked, trained, bases),
        beside=_beside(asked),
        missing=tuple(bases.missing),
        assumptions=assumptions_of(asked, use),
        sources=_sources(asked, bases),
    )


def _reached(foot: Footprint, at: int, stormy: bool) -> Reached:
    inside = foot.grid.area == at
    low, central, high = (round(float(one), 4) for one in foot.land[:, at])
    return Reached(
        area=foot.grid.areas[at],
        name=Text(foot.outlines[at].name, foot.outlines[at].name),
        rings=rings_of(foot.outlines[at].surface),
        land=(low, central, high),
        strongest=round(float(foot.wind[inside].max()), 1) if stormy else math.nan,
    )


def _path(foot: Footprint, at: int) -> tuple[float, ...]:
    track = foot.tracks[at]
    return tuple(round(float(n), 2) for n in np.stack([track.lon, track.lat], axis=1).ravel())


def _thresholds(foot: Footprint) -> Text:
    if foot.tracks:
        return Text(
            "Reached means sustained wind of 64 knots or more (low), 50 (central), 34 (high).",
            "Alcanzado significa viento sostenido de 64 nudos o más (bajo), 50 (central), 34 "
            "(alto).",
        )
    return Text(
        "Reached means within the uploaded footprint: surely (low), probably (central), perhaps "
        "(high). A footprint without levels counts in all three.",
        "Alcanzado significa dentro de la huella cargada: seguro (bajo), probable (central), "
        "posible (alto). Una huella sin niveles cuenta en los tres.",
    )


def _offices_said(asked: Declared, offices: Sequence[Office]) -> Text:
    if asked.offices is None:
        return Text(
            "No directory of consulates was loaded, so none is named. Nothing is invented here.",
            "No se cargó un directorio de consulados, por lo que no se nombra ninguno. Aquí no se "
            "inventa nada.",
        )
    if not offices:
        return Text("The directory is empty.", "El directorio está vacío.")
    return asked.offices.source


def _beside(asked: Declared) -> tuple[Beside, ...]:
    """Displacement that others reported, event by event, and how it was summed."""
    told = asked.idmc
    if told is None:
        return ()
    found = displacement_of(
        read_displacement(told.file.path), asked.country, told.year, told.events
    )
    lines = [
        Beside(
            Text(
                f"Displacements reported, {name} {told.year}, {asked.country} "
                f"({rows} line{'s' if rows > 1 else ''} of the file)",
                f"Desplazamientos reportados, {name} {told.year}, {asked.country} "
                f"({rows} línea{'s' if rows > 1 else ''} del archivo)",
            ),
            number,
            told.file.source,
        )
        for name, (number, rows) in found.items()
    ]
    if len(found) > 1:
        total = sum(number for number, _ in found.values())
        lines.append(
            Beside(
                Text(
                    "Both together: movements, in which somebody displaced twice counts twice",
                    "Ambos juntos: movimientos, en los que quien se desplazó dos veces cuenta dos",
                ),
                total,
                told.file.source,
            )
        )
    return tuple(lines)


def _sources(asked: Declared, bases: Bases) -> tuple[Text, ...]:
    files = [one.file for one in asked.storms] + list(asked.reached) + [asked.outlines]
    files += [one for one in (asked.people, asked.harms, asked.calendar) if one is not None]
    found = [Text(f"{f.path.name}: {f.source.en}", f"{f.path.name}: {f.source.es}") for f in files]
    found += [Text(f"{b.flow}, {b.vintage}", f"{b.flow}, {b.vintage}") for b in bases.used.values()]
    return tuple(dict.fromkeys(found))
