"""Sub-major groups, moved until they add up to the major groups above them, draw by draw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.text import Text
from cauce.outlook.proving import Hierarchy, hierarchy, reconcile
from cauce.pipeline.outlook.demand import Level


@dataclass(frozen=True)
class Tie:
    """Which groups have all their finer occupations forecast, and what adds up to what there.

    `groups` and `fine` are places among the cells of either level; the hierarchy is of the groups
    first and then of the finer ones.
    """

    groups: list[int]
    fine: list[int]
    of: Hierarchy

    def wide(self, groups: Floats, fine: Floats) -> Floats:
        """Numbers of both levels, (..., g) and (..., c), in the order of the hierarchy."""
        return np.concatenate([groups[..., self.groups], fine[..., self.fine]], axis=-1)


def group_of(fine: Level, groups: Level) -> Mapping[str, str]:
    """The group of each of the finest codes: its parent, or whose code it begins with."""
    return {
        one.id: one.parent or next((g for g in groups.cells if one.id.startswith(g)), "")
        for one in fine.read.dimensions[0].codes
    }


def tied(fine: Level, groups: Level) -> Tie | None:
    """The groups that can be tied to what is within them; None if there is no such group.

    A group of which a finer occupation is withheld is left alone: what its parts add up to is not
    known.
    """
    above = group_of(fine, groups)
    under = [[i for i, cell in enumerate(fine.cells) if above[cell] == g] for g in groups.cells]
    known, own = (_known(one) for one in (fine, groups))
    moves: Flags = np.asarray(np.ptp(fine.employed, axis=0).all(axis=0))
    at = [
        g for g, parts in enumerate(under)
        if parts and own[g] and known[parts].all() and moves[parts].any()
    ]  # fmt: skip
    if not at:
        return None
    parts = [i for g in at for i in under[g]]
    parents = [place for place, g in enumerate(at) for _ in under[g]]
    return Tie(at, parts, hierarchy([*[-1] * len(at), *parents]))


def _known(level: Level) -> Flags:
    """Whether every draw of a cell is there, shape (c,)."""
    return np.asarray(np.isfinite(level.employed).all(axis=(0, 1)))


def agreed(fine: Level, groups: Level) -> tuple[Level, Text | None]:
    """The finer level with draws that add up to those of its groups, and in words how far it moved.

    Groups stay as their past errors ask for. Both levels err together, being of one survey and one
    future: to weigh them as two witnesses would make either surer than it is. What a group's draw
    has more or less is given to its parts by their variances, none below 0.

    Source: domain page outlook, section 0.5, top-down from major groups.
    """
    tie = tied(fine, groups)
    if tie is None:
        return fine, None
    before = fine.employed[:, :, tie.fine]
    after = _within(tie, groups.employed, fine.employed, fine.employed.var(axis=0))
    return replace(fine, employed=_put(fine.employed, tie.fine, after)), _said(
        tie, groups, before, after
    )


def _within(tie: Tie, groups: Floats, fine: Floats, variance: Floats) -> Floats:
    """Draws of the finer level that add up to those of the groups, (d, h, b)."""
    known = np.zeros((*variance.shape[:-1], groups.shape[-1]))
    found = reconcile(tie.wide(groups, fine), tie.wide(known, variance), tie.of)
    return found[:, :, len(tie.groups) :]


def _put(numbers: Floats, at: list[int], new: Floats) -> Floats:
    found = numbers.copy()
    found[..., at] = new
    return found


def shown(fine: Level, groups: Level) -> Floats:
    """What is published of the finer level, (h, c): its medians, moved until they add up.

    The medians of draws that add up need not.
    """
    middle = np.median(fine.employed, axis=0)
    tie = tied(fine, groups)
    if tie is None:
        return middle
    above = np.median(groups.employed, axis=0)
    return _put(
        middle, tie.fine, _within(tie, above[None], middle[None], fine.employed.var(axis=0))[0]
    )


def _said(tie: Tie, groups: Level, before: Floats, after: Floats) -> Text:
    moved = np.median(after, axis=0) / np.median(before, axis=0) - 1
    most, count, every = 100 * float(np.abs(moved).max()), len(tie.groups), len(groups.cells)
    return Text(
        "Forecasts of sub-major groups are moved until they add up to the major group above them, "
        f"which stays, each as little as its error allows: at most by {most:.1f} %. So in {count} "
        f"of {every} groups; in the others a part is withheld or not known (Wickramasuriya, "
        "Athanasopoulos and Hyndman 2019).",
        "Los pronósticos de los subgrupos principales se mueven hasta sumar el gran grupo al que "
        "pertenecen, que no cambia, cada uno tan poco como permite su error: a lo sumo "
        f"{most:.1f} %. Así en {count} de {every} grupos; en los demás una parte está reservada o "
        "no se conoce (Wickramasuriya, Athanasopoulos y Hyndman 2019).",
    )
