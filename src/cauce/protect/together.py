"""The observations of a region and of its countries, side by side in one table.

The region has a number only where every country's own number is public. So it is a function of what
is public: what a reader takes from it is another country's public number, and never a withheld one.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from cauce.model.arrays import Codes, Flags
from cauce.model.cell import Cells
from cauce.model.observation import (
    WITHHELD,
    ConfStatus,
    Observations,
    ObsStatus,
    Reliability,
)
from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.protect.bare import bare
from cauce.protect.clear import clear, stamped, withheld_words
from cauce.protect.primary import primary
from cauce.protect.table import table
from cauce.protect.verdicts import chosen_profile, verdicts


def together(
    cells: Cells,
    lacking: Codes,
    who: Flags,
    members: Sequence[tuple[str, Observations]],
    fewest: MinRespondents,
    reliability: str,
) -> Observations:
    """The observations of a region's cells, of what it lacks, and of its members, in one table.

    Args:
        cells: of the region, each with a public number of every member behind it.
        lacking, who: keys the region has no number for, (l, d), and which members are why, (l, m).
        members: their areas and observations, with keys in the dataflow of `cells`.
        fewest: the minimum of respondents asked for in the region.
        reliability: the profile by which the region's numbers are judged.
    """
    flow = cells.dataflow
    rules = Rules(reliability, (fewest,), 0, 0.0, "")
    parts = [replace(one, dataflow=flow, rule=_alike(one)) for _, one in members]
    judged = table([cells]) if len(cells.value) else None
    if judged is not None:
        chosen = chosen_profile(judged, rules)
        flow = stamped(flow, chosen)
        first = primary(judged.cells, judged.amount, fewest.value, rules)
        none = np.zeros(len(cells.value), dtype=np.bool_)
        words = withheld_words(fewest, rules, False)
        parts.append(clear(judged, first, none, verdicts(judged, chosen), words, chosen))
    if len(lacking):
        parts.append(_without(cells, lacking, who, [area for area, _ in members]))
    return _joined([replace(one, dataflow=flow) for one in parts])


def _alike(said: Observations) -> tuple[str, ...]:
    """Their words, with the same ones for all that is withheld, by whichever country's rules."""
    alike = rule(WITHHELD)
    return tuple(
        own if conf is ConfStatus.FREE else alike
        for conf, own in zip(said.conf_status, said.rule, strict=True)
    )


def _without(cells: Cells, lacking: Codes, who: Flags, areas: Sequence[str]) -> Observations:
    """That the region has no number, and for which countries."""
    count = len(lacking)
    words = []
    for row in who:
        named = ", ".join(area for area, lacks in zip(areas, row, strict=True) if lacks)
        words.append(
            rule(
                Text(
                    f"No figure of the region: that of {named} is not public, is not there, or "
                    "cannot be added.",
                    f"Sin cifra de la región: la de {named} no es pública, no existe o no se puede "
                    "sumar.",
                )
            )
        )
    return bare(
        cells.dataflow,
        lacking,
        np.full(count, np.nan),
        (ObsStatus.NOT_POSSIBLE,) * count,
        (ConfStatus.FREE,) * count,
        (Reliability.NONE,) * count,
        words,
    )


def _joined(parts: Sequence[Observations]) -> Observations:
    """Observations of one dataflow as one, in the order of their keys."""
    key = np.concatenate([one.key for one in parts])
    order = np.lexsort(key.T[::-1])
    columns: dict[str, Any] = {}
    for field in fields(Observations):
        if field.name in ("dataflow", "theirs"):
            continue
        each = [getattr(one, field.name) for one in parts]
        if isinstance(each[0], tuple):
            whole = [word for words in each for word in words]
            columns[field.name] = tuple(whole[row] for row in order.tolist())
        else:
            columns[field.name] = np.concatenate(each)[order]
    return Observations(dataflow=parts[0].dataflow, **columns)
