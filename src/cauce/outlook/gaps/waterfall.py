"""Who could close a gap, one way after another: each takes only what the earlier ones left."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.outlook.gaps.capability import STEPS, Capability, Step


@dataclass(frozen=True)
class Taken:
    """What one step could fill of what was left, (d, h, o), and the years before it does, (o,).

    Where it is not `known`, (h, o), it is NaN: nobody may read a zero there.
    """

    step: Step
    people: Floats
    known: Flags
    at_most: Flags
    lead: Floats


@dataclass(frozen=True)
class Waterfall:
    """The missing people of each draw, the steps, and who is left, all (d, h, o).

    `missing` = the known steps + `remainder`, exactly, in every draw. `at_most`, (h, o), says that
    a step before is not known, so that what stands there may be less and is not more.
    """

    missing: Floats
    steps: tuple[Taken, ...]
    remainder: Floats
    at_most: Flags


def waterfall(gap: Floats, capabilities: Sequence[Capability]) -> Waterfall:
    """The five steps in their order; one that is not given is not known.

    Args:
        gap: missing or too many people, (d, h, o); a surplus has nothing to fill.

    Raises:
        BadInput: a step stands twice, has another shape than the gap, or brings fewer than nobody.

    Source: domain page outlook, section 4.8, sequential capability.
    """
    given = {one.step: one for one in capabilities}
    if len(given) < len(capabilities):
        raise BadInput("A step of the waterfall stands twice. Add what it could do up to one.")
    missing: Floats = np.maximum(gap, 0.0)
    left = missing
    uncertain: Flags = np.zeros(gap.shape[1:], dtype=bool)
    steps = []
    for step in STEPS:
        could, lead = _could(given.get(step), gap)
        known = np.array(np.isfinite(could + missing).all(axis=0), dtype=bool)
        used = np.where(known, np.minimum(left, np.where(known, could, 0.0)), 0.0)
        steps.append(Taken(step, np.where(known, used, np.nan), known, uncertain, lead))
        left, uncertain = left - used, uncertain | ~known
    return Waterfall(missing, tuple(steps), left, uncertain)


def _could(found: Capability | None, gap: Floats) -> tuple[Floats, Floats]:
    """What a step could bring, nobody before its lead time, and that time; NaN if not known."""
    if found is None:
        return np.full(gap.shape, np.nan), np.full(gap.shape[2], np.nan)
    if found.people.shape != gap.shape:
        raise BadInput(f"{found.step} has the shape {found.people.shape}, the gap {gap.shape}.")
    if (found.people < 0).any():
        raise BadInput(f"{found.step} would bring fewer than nobody.")
    years = np.arange(1, gap.shape[1] + 1)[:, None]
    early = years < np.where(np.isnan(found.lead), 0, found.lead)[None, :]
    return np.where(early[None, :, :], 0.0, found.people), found.lead
