"""A level of occupations as it is published, and the record of what was tried before it."""

from collections.abc import Sequence

from cauce.model.projected import NotProducible, Projected
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.outlook.proving import Champion, Shelf, scores
from cauce.pipeline.outlook.demand import NO_MORE, Level, Rules, level
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.pooling import Pooled, drift_in
from cauce.pipeline.outlook.sayings import Said
from cauce.pipeline.outlook.stock import Behind

LEVELS = {
    "occupation": Text("Sub-major groups", "Subgrupos principales"),
    "groups": Text("Major groups", "Grandes grupos"),
}


def published_level(
    pack: OutlookPack,
    plain: Behind,
    read: Read | None,
    found: Said,
    pooled: Pooled,
    more: Rules = NO_MORE,
) -> Level | None:
    """The level as it is published, of as many workers as there will be people for."""
    read = plain.shares(read)
    if read is None:
        return None
    made = level(read, pack, drift_in(pooled.get(read.wanted.name, ())), more)
    if isinstance(made, NotProducible):
        found.lacking.append(made)
        return None
    found.assumptions += _published(LEVELS[read.wanted.name], made.proof.champions)
    found.assumptions += [one for one in made.said if one not in found.assumptions]
    return plain.sized(made)


def _published(name: Text, champions: Sequence[Champion]) -> list[Text]:
    """Which method is published and why, once for the years ahead that it holds for."""
    said: dict[Text, list[int]] = {}
    for ahead, one in enumerate(champions, 1):
        said.setdefault(one.verdict, []).append(ahead)
    return [
        Text(
            f"{name.en}, {_years(ahead)} years ahead: {verdict.en}",
            f"{name.es}, a {_years(ahead)} años: {verdict.es}",
        )
        for verdict, ahead in said.items()
    ]


def _years(ahead: list[int]) -> str:
    return ", ".join(str(one) for one in ahead)


def record(levels: tuple[Level | None, ...], frame: Frame) -> Projected:
    """How past forecasts did, beside the forecast: every method, and who is published."""
    found = [one for one in levels if one is not None]
    last = str(int(found[0].read.history.years[-1]))
    shelf = Shelf(
        f"{frame.id}_{frame.scenario.id}_SCORES",
        Text("How past forecasts did", "Cómo les fue a los pronósticos pasados"),
        frame.source,
        frame.areas[0],
        LEVELS,
        frame.indicators,
        last,
        frame.theme,
    )
    return scores([card for one in found for card in one.proof.scorecards], shelf)
