"""Shortage today, from the signs a pack names: set beside what is ahead, and never added to it."""

from dataclasses import dataclass

from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.shortage import PresentShortage
from cauce.model.text import Text
from cauce.pipeline.outlook.histories import Read, read_history
from cauce.pipeline.outlook.pack import SignsFile
from cauce.pipeline.outlook.signs import present_shortage
from cauce.store import Snapshot

TODAY = Text("shortage today beside shortage ahead", "escasez actual junto a la futura")
NO_SIGNS = Text(
    "It would need a file of signs, such as vacancies filled and growth of hours.",
    "Haría falta un archivo de señales, como vacantes cubiertas y crecimiento de horas.",
)
NO_EMPLOYMENT = Text(
    "The employment that the signs are set against is not published.",
    "No está publicada la ocupación con la que se comparan las señales.",
)


@dataclass(frozen=True)
class Seen:
    """Verdicts of today by occupation, the tables they are from, and why there are none."""

    present: tuple[PresentShortage, ...]
    read: tuple[Read, ...]
    lacking: tuple[NotProducible, ...]


def seen_today(snapshot: Snapshot, signs: SignsFile | None) -> Seen:
    """What the released signs say of each occupation today."""
    if signs is None:
        return Seen((), (), (NotProducible(rule(TODAY), NO_SIGNS),))
    wanted = (signs.employment, *(one.wanted for one in signs.signs.values()))
    read = [read_history(snapshot, one) for one in wanted]
    if read[0] is None:
        return Seen((), (), (NotProducible(rule(TODAY), NO_EMPLOYMENT),))
    there = tuple(one for one in read if one is not None)
    return Seen(present_shortage(snapshot, signs), there, ())
