"""What a forecast of shares takes for granted, in words."""

from cauce.model.text import Text
from cauce.outlook.shares.settings import Settings


def assumptions(settings: Settings) -> tuple[Text, ...]:
    """The choices of the method that no data made, for the list beside an outlook."""
    kept = f"{settings.damping * 100:g} %"
    said = [
        Text(
            f"Shares follow their level and a trend that keeps {kept} of its strength each year; "
            "trends are drawn towards none as far as they cannot be told from sampling noise "
            "(Gardner and McKenzie 1985; Harvey 1989).",
            f"Las proporciones siguen su nivel y una tendencia que conserva cada año el {kept} de "
            "su fuerza; las tendencias se acercan a cero en la medida en que no se distinguen del "
            "ruido muestral (Gardner y McKenzie 1985; Harvey 1989).",
        ),
        Text(
            "A change of classification moves each occupation by an unknown amount: waves of the "
            "old one tell of trends and not of levels.",
            "Un cambio de clasificación mueve cada ocupación en una cantidad desconocida: las "
            "rondas de la anterior informan de tendencias y no de niveles.",
        ),
        Text(
            "Nobody found in a sample counts as a small share and not as none; a cell in which no "
            "wave ever found anybody stays at none.",
            "No hallar a nadie en una muestra cuenta como proporción pequeña y no como ninguna; "
            "una celda en la que ninguna ronda halló a nadie sigue en cero.",
        ),
        Text(
            f"Where only the number of respondents is published, the design effect is taken to be "
            f"{settings.deff:g}.",
            f"Donde solo se publica el número de respuestas, se supone un efecto de diseño de "
            f"{settings.deff:g}.",
        ),
    ]
    if settings.leave_out:
        years = ", ".join(map(str, settings.leave_out))
        said.append(
            Text(
                f"Nothing is learnt from the waves of {years}.",
                f"Nada se aprende de las rondas de {years}.",
            )
        )
    return tuple(said)
