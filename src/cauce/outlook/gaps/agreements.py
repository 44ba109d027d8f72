"""Where a new or larger agreement would let most people through, found by solving again."""

from dataclasses import dataclass

import numpy as np

from cauce.outlook.gaps.allocation import RAISABLE, Allocation
from cauce.outlook.gaps.channels import CapKind
from cauce.outlook.gaps.programme import FINE, Lane, Row, caps_of, most


@dataclass(frozen=True)
class Gain:
    """What more places on one channel would do, everything else as it is.

    `channel` is "" where there is none: then it is a new agreement. `one` is how many more people
    would come through in all if its cap were one higher, `lifted` if it had no cap.
    """

    origin: str
    destination: str
    channel: str
    kind: CapKind
    cap: float
    one: float
    lifted: float


def where_more_helps(found: Allocation) -> tuple[Gain, ...]:
    """Every channel and missing channel whose cap keeps people back, the greatest gain first.

    A price of the linear programme may be one of many where several bounds meet, and then says
    nothing of a place more. So the programme is solved again with the cap raised. Whoever is
    protected, or lives where their occupation is short, gains nothing by any cap.

    Source: domain page outlook, section 4.8, shadow prices.
    """
    passing = [one.lane for one in found.passages if one.mark == "OPEN"]
    closed = [one.lane for one in found.passages if one.mark in RAISABLE]
    used: dict[Row, float] = {}
    for one in found.passages:
        if one.mark == "OPEN":
            used[one.lane.place] = used.get(one.lane.place, 0.0) + one.people
    rows = sorted({lane.place for lane in (*passing, *closed)})
    gains = (_gain(row, passing, closed, used.get(row, 0.0)) for row in rows)
    told = [one for one in gains if one is not None and one.lifted > 10 * FINE]
    return tuple(sorted(told, key=_rank))


def _rank(gain: Gain) -> tuple[float, float, str, str, str]:
    return -round(gain.lifted, 3), -round(gain.one, 3), gain.origin, gain.destination, gain.channel


def _gain(row: Row, passing: list[Lane], closed: list[Lane], used: float) -> Gain | None:
    own = [lane for lane in (*passing, *closed) if lane.place == row]
    first = own[0]
    cap = 0.0 if np.isnan(first.cap) else first.cap
    # A cap that is not reached keeps nobody back.
    if used < cap - 10 * FINE:
        return None
    lanes = _touched(own, passing)
    caps = caps_of(lanes)
    before = most(lanes, caps)

    def more(places: float) -> float:
        return max(most(lanes, {**caps, row: places}) - before, 0.0)

    return Gain(first.origin, first.destination, first.channel, first.kind, first.cap,
                more(cap + 1), more(np.inf))  # fmt: skip


def _touched(own: list[Lane], passing: list[Lane]) -> list[Lane]:
    """The lanes of a row and all that they bind, directly or through others."""
    found = dict.fromkeys(own)
    edges = {edge for lane in own for edge in _edges(lane)}
    left = [lane for lane in passing if lane not in found]
    while True:
        near = [lane for lane in left if edges & set(_edges(lane))]
        if not near:
            return sorted(found)
        found.update(dict.fromkeys(near))
        edges |= {edge for lane in near for edge in _edges(lane)}
        left = [lane for lane in left if lane not in found]


def _edges(lane: Lane) -> tuple[tuple[object, ...], ...]:
    return (
        ("from", lane.origin, lane.post),
        ("to", lane.destination, lane.post),
        lane.place,
    )
