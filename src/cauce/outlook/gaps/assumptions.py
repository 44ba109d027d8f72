"""What gaps and channels assume, in words, and which steps nobody could say anything of."""

from collections.abc import Sequence

from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps.allocation import CAUTIOUS
from cauce.outlook.gaps.capability import Capability, Step
from cauce.outlook.gaps.channels import UPTAKE_FACTOR, Channel
from cauce.outlook.gaps.classes import Threshold
from cauce.outlook.gaps.harm import MOST_SHORT, Protected
from cauce.outlook.gaps.said import NOT_SET_OFF
from cauce.outlook.gaps.waterfall import Waterfall

STEP_NAMES: dict[Step, Text] = {
    "CONDITIONS": Text("better conditions", "mejores condiciones"),
    "TRAINING": Text("training", "formación"),
    "RECOGNITION": Text("recognition of skills", "reconocimiento de competencias"),
    "RETURN": Text("return", "retorno"),
    "CHANNELS": Text("regular channels", "cauces regulares"),
}
IN_ORDER = Text(
    "Steps are asked in order, what is nearest home first: better conditions, training, "
    "recognition of resident migrants' skills, return, regular channels. Each takes only what the "
    "earlier ones left, and is what could be done, not what has to be.",
    "Los pasos se preguntan en orden, primero lo más cercano: mejores condiciones, formación, "
    "reconocimiento de competencias de migrantes residentes, retorno, cauces regulares. Cada uno "
    "toma solo lo que dejaron los anteriores, y es lo que podría hacerse, no lo que debe hacerse.",
)
NO_LIST = Text(
    "No list of protected occupations was loaded.", "No se cargó ninguna lista de ocupaciones "
    "protegidas."
)  # fmt: skip


def said_of_gaps(threshold: Threshold) -> tuple[Text, ...]:
    """From which gap a post is short or in surplus, how sure, and that nothing is set off.

    Source: domain page outlook, section 4.7.
    """
    share, sure = 100 * threshold.share, 100 * threshold.certainty
    return (
        Text(
            f"A post is short, or has a surplus, where the gap is beyond {share:g} % of those "
            f"employed over {threshold.years:g} years in {sure:g} % of the draws; otherwise there "
            "is no conclusion, which says neither that people are missing nor that there are "
            "enough.",
            f"Hay escasez, o excedente, donde la brecha supera {share:g} % de los ocupados en "
            f"{threshold.years:g} años en {sure:g} % de los sorteos; si no, no hay conclusión, que "
            "no dice que falten personas ni que alcancen.",
        ),
        NOT_SET_OFF,
    )


def said_of_capability(capabilities: Sequence[Capability]) -> tuple[Text, ...]:
    """The order of the steps, and where what each could do comes from.

    Source: domain page outlook, section 4.8.
    """
    return (IN_ORDER, *(
        Text(f"{_capital(STEP_NAMES[one.step].en)}: {one.source.en}",
             f"{_capital(STEP_NAMES[one.step].es)}: {one.source.es}")
        for one in capabilities
    ))  # fmt: skip


def said_of_channels(
    channels: Sequence[Channel], protected: Sequence[Protected]
) -> tuple[Text, ...]:
    """What an allocation rests on: caps, caution, doing no harm, and whose lists were loaded.

    Source: domain page outlook, section 4.8.
    """
    lists = tuple(dict.fromkeys(one.source for one in protected)) or (NO_LIST,)
    return (
        Text(
            "What channels could let through is an upper bound: an agreed quota, or the permits "
            f"observed × {UPTAKE_FACTOR:g}; an origin spares the {CAUTIOUS}th percentile of its "
            f"surplus, and nobody where it is more than {100 * MOST_SHORT:g} % likely to be short "
            "or protects the occupation. Of divisions that let as many through, the most even "
            "one is shown.",
            "Lo que los cauces podrían dejar pasar es una cota superior: un cupo acordado, o los "
            f"permisos observados × {UPTAKE_FACTOR:g}; un origen prescinde del percentil "
            f"{CAUTIOUS} de su excedente, y de nadie donde es más de {100 * MOST_SHORT:g} % "
            "probable que le falte o donde protege la ocupación. De los repartos que dejan pasar a "
            "las mismas personas se muestra el más parejo.",
        ),
        *(Text(f"{one.name.en}: {one.source.en}", f"{one.name.es}: {one.source.es}")
          for one in channels),
        *lists,
    )  # fmt: skip


def unknown_steps(falls: Waterfall) -> tuple[NotProducible, ...]:
    """The steps that nothing is known of, in any year of any post.

    Source: domain page outlook, sections 4.1 and 4.8.
    """
    return tuple(
        NotProducible(rule(_could(STEP_NAMES[one.step])), _unknown(STEP_NAMES[one.step]))
        for one in falls.steps
        if not one.known.any()
    )


def _could(name: Text) -> Text:
    return Text(f"who could close gaps: {name.en}", f"quién podría cerrar brechas: {name.es}")


def _unknown(name: Text) -> Text:
    return Text(
        f"What {name.en} could do is not known; it is shown so, and not as 0.",
        f"No se conoce lo que podría hacer este paso, {name.es}; así se muestra, y no como 0.",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
