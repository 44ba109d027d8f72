"""What the public is told of a crisis beside its numbers: map, whom to call, who was trained."""

import math
from collections.abc import Sequence

import numpy as np

from cauce.model.crisis import SLOW, Beside, Capacity, Crisis, Office, Reached
from cauce.model.record import Record
from cauce.model.shelf import PublicRecord
from cauce.model.text import Text
from cauce.outlook.crisis.displaced import FIRST_MS, HALF_MS
from cauce.pipeline.crisis.bases import Bases
from cauce.pipeline.crisis.footprint import Footprint
from cauce.pipeline.crisis.uses import Use
from cauce.sources.crisis import (
    Declared,
    displacement_of,
    read_displacement,
    read_offices,
    rings_of,
)
from cauce.store import NotPublished

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
TOPIC = "CRIS"


def crisis_of(
    asked: Declared, foot: Footprint, use: Use, bases: Bases, flows: Sequence[str]
) -> Crisis:
    """The account of a run, without a number of people of ours."""
    offices = read_offices(asked.offices.path) if asked.offices else ()
    capacities = _capacities(asked, bases)
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
        capacities=capacities,
        capacities_said=_capacities_said(asked, capacities, bases),
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


def _capacities(asked: Declared, bases: Bases) -> tuple[Capacity, ...]:
    """Training that reached the country: of the registers, or invented with the country."""
    invented = tuple(Capacity(one.name, "", "", one.people, one.said) for one in asked.trained)
    shelves = bases.snapshot.shelves
    try:
        courses = {
            one.key: one for one in shelves.records("courses") if _fits(_now(one), asked.hazard)
        }
        editions = shelves.records("course_editions")
    except NotPublished:
        return invented
    reached = (
        one
        for one in editions
        if _now(one).get("course") in courses and asked.country in _countries(_now(one))
    )
    found = [_capacity(one, courses) for one in reached]
    return (*invented, *found)


def _capacity(one: PublicRecord, courses: dict[str, PublicRecord]) -> Capacity:
    record = _now(one)
    return Capacity(one.title, "course_editions", one.key, _people(record), _said(record, courses))


def _now(record: PublicRecord) -> Record:
    periods = record.known[-1].periods
    return periods[-1].record if periods else {}


def _fits(record: Record, hazard: str) -> bool:
    topics, hazards = record.get("topics", ()), record.get("hazards", ())
    about = isinstance(topics, tuple) and TOPIC in topics
    named = isinstance(hazards, tuple) and hazards
    return about and (not named or hazard in hazards)  # type: ignore[operator]


def _countries(record: Record) -> tuple[str, ...]:
    own, several = record.get("country"), record.get("countries", ())
    more = several if isinstance(several, tuple) else ()
    return (str(own), *(str(one) for one in more))


def _people(record: Record) -> int:
    told = record.get("participants_reported")
    return int(told) if isinstance(told, int | float) and not isinstance(told, bool) else -1


def _said(record: Record, courses: dict[str, PublicRecord]) -> Text:
    course = courses[str(record.get("course"))].title
    several = len(_countries(record)) > 2
    where = Text("several countries together", "varios países juntos")
    return Text(
        f"{course.en}{'; ' + where.en if several else ''}",
        f"{course.es}{'; ' + where.es if several else ''}",
    )


def _capacities_said(asked: Declared, found: Sequence[Capacity], bases: Bases) -> Text:
    if asked.invented and found:
        return Text("Invented with the country.", "Inventado junto con el país.")
    if asked.invented:
        return Text("No training is declared.", "No se declara ninguna formación.")
    try:
        edition = bases.snapshot.shelves.edition("course_editions").edition
    except NotPublished:
        return Text(
            "The register of courses is not public in this store.",
            "El registro de cursos no es público en este almacén.",
        )
    if not found:
        return Text(
            f"The register of courses, as of {edition}, has no training for this hazard here.",
            f"El registro de cursos, al {edition}, no tiene formación sobre esta amenaza aquí.",
        )
    return Text(
        f"As of the public register of {edition}. Who is still in post nobody has said.",
        f"Según el registro público del {edition}. Nadie ha dicho quién sigue en su puesto.",
    )


def assumptions_of(asked: Declared, use: Use) -> tuple[Text, ...]:
    """What is assumed, in words and with its source."""
    found = [use.restriction, *_of_wind(asked), *_of_people(asked)]
    found.append(
        Text(
            "Nothing is said about unemployment: after a hurricane participation falls, too, and "
            "the rate may go either way (Mohan and Strobl, ILO Working Paper 26).",
            "No se dice nada del desempleo: tras un huracán la participación también cae, y la "
            "tasa "
            "puede ir en cualquier dirección (Mohan y Strobl, Documento de trabajo 26 de la OIT).",
        )
    )
    return tuple(found)


def _of_wind(asked: Declared) -> list[Text]:
    if not asked.storms:
        return []
    found = [
        Text(
            "Wind: Holland (1980), equation 5, along the best track in steps of an hour; the "
            "radius "
            "of strongest wind from the reported radius of gales, else Willoughby et al. (2006); "
            "55 "
            "% of the storm's own speed is added on its right (Lin and Chavas 2012). Rain and "
            "floods are not in it.",
            "Viento: Holland (1980), ecuación 5, a lo largo de la trayectoria en pasos de una "
            "hora; "
            "el radio del viento más fuerte según el radio de vientos de tormenta reportado, si no "
            "Willoughby et al. (2006); se suma 55 % de la velocidad propia a su derecha (Lin y "
            "Chavas 2012). La lluvia y las inundaciones no están incluidas.",
        ),
        Text(
            f"Damage of buildings by wind: v³/(1+v³) between {FIRST_MS} and {HALF_MS} m/s (Emanuel "
            "2011; Eberenz et al. 2021); people leave from 30, 55 or 70 % on (DisplacementMIP).",
            f"Daño del viento a los edificios: v³/(1+v³) entre {FIRST_MS} y {HALF_MS} m/s (Emanuel "
            "2011; Eberenz et al. 2021); las personas se van desde 30, 55 o 70 % "
            "(DisplacementMIP).",
        ),
    ]
    if len(asked.storms) + len(asked.reached) > 1:
        found.append(
            Text(
                "Several events over one point reach it once: nobody is counted twice in a season.",
                "Varios eventos sobre un punto lo alcanzan una vez: nadie se cuenta dos veces en "
                "una temporada.",
            )
        )
    return found


def _of_people(asked: Declared) -> list[Text]:
    found = []
    if asked.work is not None:
        land = ", ".join(asked.land_sectors)
        found.append(
            Text(
                f"Work on the land ({land}) is exposed as the land is; other work as people are.",
                f"El trabajo de la tierra ({land}) se expone como el territorio; el otro, como las "
                "personas.",
            )
        )
    if asked.pay is not None:
        found.append(
            Text(
                "Income is lost at the median pay of the industry; other or withheld industries at "
                "that of everybody.",
                "El ingreso se pierde a la mediana de la rama; otras ramas o las reservadas, a la "
                "de todas las personas.",
            )
        )
    if asked.origins is not None:
        found.append(
            Text(
                "Origin by area and industry is fitted to the published tables of two of the "
                "three: "
                "no interaction of all three is assumed. Areas whose origins are withheld have "
                "what "
                "is left of each industry.",
                "El origen por área y rama se ajusta a los cuadros publicados de dos de los tres: "
                "se supone que no hay interacción de los tres. Las áreas con origen reservado "
                "tienen lo que queda de cada rama.",
            )
        )
    if asked.undercount is not None:
        one = asked.undercount
        span = f"{one.low:g}–{one.central:g}–{one.high:g}"
        found.append(
            Text(
                f"Migrant workers are multiplied by {span} for those the survey does not find. "
                f"{one.source.en}",
                f"Las personas migrantes se multiplican por {span} por las que la encuesta no "
                f"encuentra. {one.source.es}",
            )
        )
    elif asked.work is not None:
        found.append(
            Text(
                "Migrants whom the survey does not find are not added.",
                "No se agregan las personas migrantes que la encuesta no encuentra.",
            )
        )
    if asked.hazard in SLOW:
        found.append(
            Text(
                "Classes of pressure: land reached × part of workers on the land × presence in the "
                "month. They are no count of people who will move.",
                "Clases de presión: territorio alcanzado × parte que trabaja la tierra × presencia "
                "en el mes. No cuentan a las personas que se moverán.",
            )
        )
    found += [told.source for told in (asked.harms, asked.calendar) if told is not None]
    return found


def _sources(asked: Declared, bases: Bases) -> tuple[Text, ...]:
    files = [one.file for one in asked.storms] + list(asked.reached) + [asked.outlines]
    files += [one for one in (asked.people, asked.harms, asked.calendar) if one is not None]
    found = [Text(f"{f.path.name}: {f.source.en}", f"{f.path.name}: {f.source.es}") for f in files]
    found += [Text(f"{b.flow}, {b.vintage}", f"{b.flow}, {b.vintage}") for b in bases.used.values()]
    return tuple(dict.fromkeys(found))
