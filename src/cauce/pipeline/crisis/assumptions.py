"""What is assumed of a crisis, in words and with its source."""

from cauce.model.crisis import SLOW
from cauce.model.text import Text
from cauce.outlook.crisis.displaced import FIRST_MS, HALF_MS
from cauce.pipeline.crisis.uses import Use
from cauce.sources.crisis import Declared


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
    found.append(
        Text(
            "Holland's profile was checked; what is cited of the other papers was written from "
            "memory and is still to be checked against them.",
            "El perfil de Holland fue verificado; lo citado de los demás artículos se escribió de "
            "memoria y está por verificar con ellos.",
        )
    )
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
