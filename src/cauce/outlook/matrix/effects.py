"""Why employment of an occupation changes: its industries, or who works in them."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats


@dataclass(frozen=True)
class Effects:
    """People by occupation, shape (..., o), gained since the base; the two add up to the change.

    `industry` is what sectors bring at the staffing of the base, `staffing` what the change of
    staffing brings at the sectors of the horizon.
    """

    industry: Floats
    staffing: Floats


def effects(base: Floats, ahead: Floats) -> Effects:
    """The change from one matrix of people to others, taken apart exactly.

    ΔE_o = Σ_s M_{o|s,T} ΔE_s + Σ_s ΔM_{o|s} E_{s,T+h}. A sector without people at the base has no
    staffing then: all that it brings is staffing.

    Args:
        base: people by sector and occupation at the base, shape (s, o), or one a draw.
        ahead: people at the horizons, shape (..., s, o).

    Source: domain page outlook, section 4.5, after the U.S. Bureau of Labor Statistics, Handbook of
    Methods, employment projections.
    """
    held = base.sum(axis=-1)
    mix = base / np.where(held > 0, held, 1.0)[..., None]
    grown = ahead.sum(axis=-1) - held
    industry = np.einsum("...s,...so->...o", grown, np.broadcast_to(mix, ahead.shape))
    return Effects(industry, ahead.sum(axis=-2) - base.sum(axis=-2) - industry)
