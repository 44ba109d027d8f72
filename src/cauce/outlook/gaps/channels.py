"""The regular channels between two areas, and how many people each lets through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cauce.model.errors import BadInput
from cauce.model.text import Text

CapKind = Literal["QUOTA", "UPTAKE", "NOT_YET", "UNKNOWN", "NO_CHANNEL"]
"""What a cap is: agreed; what was used and a little more; 0 before the lead time; not known; or
nothing exists to cap."""

UPTAKE_FACTOR = 1.2
"""How far observed permits may grow. Source: domain page outlook, section 4.8."""


@dataclass(frozen=True)
class Channel:
    """One way in, such as an agreement or a kind of permit.

    `occupations` are ISCO-08 codes it is open to, with all that stand under them; empty: to all,
    who then share its places. `quota` and `uptake` are people a year; None where it is not known.
    A quota of 0 is an agreement that lets nobody through: neither the absence of one nor an
    unknown number. `lead` are whole years before the first can come.
    """

    id: str
    name: Text
    origin: str
    destination: str
    occupations: tuple[str, ...]
    quota: float | None
    uptake: float | None
    source: Text
    lead: int = 0


@dataclass(frozen=True)
class Cap:
    """What a channel lets through until a year, in all; `people` is NaN where it is not known."""

    channel: str
    origin: str
    destination: str
    occupations: tuple[str, ...]
    kind: CapKind
    people: float

    def open_to(self, occupation: str) -> bool:
        """Whether people of an occupation may use it, as one listed or as one under such a one."""
        return not self.occupations or occupation.startswith(self.occupations)


def caps(channels: Sequence[Channel], years: int) -> tuple[Cap, ...]:
    """The caps of channels over so many years from the base year, in an order of their own.

    Raises:
        BadInput: two channels have one name, a channel leads back to where it starts, or a number
            is less than nobody.

    Source: domain page outlook, section 4.8: quota, or observed permit uptake × 1.2.
    """
    if twice := len(channels) - len({one.id for one in channels}):
        raise BadInput(f"{twice} channels have the name of another one. Give each its own.")
    for one in channels:
        if one.origin == one.destination:
            raise BadInput(f"Channel {one.id} leads from {one.origin} to itself.")
        if min(one.quota or 0, one.uptake or 0, one.lead) < 0:
            raise BadInput(f"Channel {one.id} has a quota, an uptake or a lead time below 0.")
    return tuple(_cap(one, years) for one in sorted(channels, key=lambda one: one.id))


def _cap(one: Channel, years: int) -> Cap:
    # It opens in the year after its lead time: one of no lead time in the first year ahead.
    open_years = max(years - one.lead, 0)
    kind, yearly = _yearly(one) if open_years else ("NOT_YET", 0.0)
    ends = (one.id, one.origin, one.destination)
    return Cap(*ends, one.occupations, kind, yearly * open_years)


def _yearly(one: Channel) -> tuple[CapKind, float]:
    if one.quota is not None:
        return "QUOTA", one.quota
    if one.uptake is not None:
        return "UPTAKE", one.uptake * UPTAKE_FACTOR
    return "UNKNOWN", np.nan
