"""The linear programme behind an allocation: what passes, how evenly, and in what range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from cauce.model.arrays import Floats
from cauce.model.errors import MethodFailed
from cauce.outlook.gaps.channels import CapKind
from cauce.outlook.gaps.posts import Post

Row = tuple[str, ...]
"""What binds several lanes: an origin's surplus, a destination's need, or a channel's places."""

FINE = 1e-5
"""What a total or a share may be short by, in people, so that rounding finds no contradiction."""


@dataclass(frozen=True, order=True)
class Lane:
    """A post on a channel from an origin to a destination, with what bounds it from both sides."""

    origin: str
    destination: str
    post: Post
    channel: str
    kind: CapKind = field(compare=False)
    cap: float = field(compare=False)
    surplus: float = field(compare=False)
    need: float = field(compare=False)

    @property
    def place(self) -> Row:
        """The row of the channel's places, or of what a channel of this corridor would have."""
        return ("cap", self.origin, self.destination, self.channel)


@dataclass(frozen=True)
class System:
    """The inequalities A x <= b of some lanes, one column a lane."""

    a: Floats
    b: Floats


def system(lanes: Sequence[Lane], caps: Mapping[Row, float]) -> System:
    """What surplus, need and caps say; a cap that is not finite says nothing.

    Source: domain page outlook, section 4.8.
    """
    limits: dict[Row, float] = {}
    binds: dict[Row, list[int]] = {}
    for at, lane in enumerate(lanes):
        own: tuple[tuple[Row, float], ...] = (
            (("from", lane.origin, lane.post.occupation, lane.post.skill), lane.surplus),
            (("to", lane.destination, lane.post.occupation, lane.post.skill), lane.need),
            (lane.place, caps[lane.place]),
        )
        for row, limit in own:
            if np.isfinite(limit):
                limits[row] = limit
                binds.setdefault(row, []).append(at)
    a = np.zeros((len(limits), len(lanes)))
    for number, columns in enumerate(binds.values()):
        a[number, columns] = 1.0
    return System(a, np.array(list(limits.values())))


def most(lanes: Sequence[Lane], caps: Mapping[Row, float]) -> float:
    """The most people that pass through all lanes together.

    Raises:
        MethodFailed: the solver did not finish.

    Source: domain page outlook, section 4.8; HiGHS (Huangfu & Hall 2018).
    """
    bounds = system(lanes, caps)
    return float(_solve(-np.ones(len(lanes)), bounds.a, bounds.b)[0].sum())


def caps_of(lanes: Sequence[Lane]) -> dict[Row, float]:
    """The cap of every channel's row, 0 where it is not known or nothing exists to cap."""
    return {lane.place: 0.0 if np.isnan(lane.cap) else lane.cap for lane in lanes}


def fair(lanes: Sequence[Lane]) -> tuple[Floats, Floats, Floats]:
    """What passes on each lane, fairly divided, with the least and most that also reach the total.

    Raises:
        MethodFailed: the solver did not finish.

    Source: Bertsekas & Gallager (1992), Data Networks, 2nd ed., section 6.5.2, max-min fairness.
    """
    caps = caps_of(lanes)
    found = np.zeros((3, len(lanes)))
    for part in _parts(lanes, caps):
        own = [lanes[at] for at in part]
        found[:, part] = _divided(own, caps)
    return found[0], found[1], found[2]


def _parts(lanes: Sequence[Lane], caps: Mapping[Row, float]) -> list[list[int]]:
    """Lanes that bind each other, directly or through others; parts are solved one by one."""
    if not lanes:
        return []
    a = system(lanes, caps).a
    count, label = connected_components(a.T @ a, directed=False)
    return [np.flatnonzero(label == number).tolist() for number in range(count)]


def _divided(lanes: Sequence[Lane], caps: Mapping[Row, float]) -> Floats:
    """Fair, least and most, shape (3, n), of lanes that bind each other."""
    bounds = system(lanes, caps)
    alone = np.array([min(lane.surplus, lane.need, caps[lane.place]) for lane in lanes])
    total = float(_solve(-np.ones(len(lanes)), bounds.a, bounds.b)[0].sum())
    if total >= alone.sum() - FINE:
        return np.vstack([alone, alone, alone])
    whole = System(np.vstack([bounds.a, -np.ones(len(lanes))]), np.append(bounds.b, FINE - total))
    people = _evenly(whole, alone)
    least, greatest = (_ends(whole, sign) for sign in (1.0, -1.0))
    return np.vstack([people, np.minimum(least, people), np.maximum(greatest, people)])


def _evenly(whole: System, alone: Floats) -> Floats:
    """Raise the lowest part of what each lane could take alone, then the next lowest, and so on."""
    n = len(alone)
    settled = np.zeros(n, dtype=bool)
    people = np.zeros(n)
    goal = np.append(np.zeros(n), -1.0)
    while not settled.all():
        free = np.flatnonzero(~settled)
        a = np.zeros((len(whole.a) + len(free), n + 1))
        a[: len(whole.a), :n] = whole.a
        a[len(whole.a) + np.arange(len(free)), free] = -1.0
        a[len(whole.a) :, n] = alone[free]
        least = np.append(np.where(settled, np.maximum(people - FINE, 0.0), 0.0), 0.0)
        x, price = _solve(goal, a, np.append(whole.b, np.zeros(len(free))), least)
        weight = -price[-len(free) :] * alone[free]
        stuck = free[weight >= min(1e-9, weight.max())]
        people[stuck] = x[n] * alone[stuck]
        settled[stuck] = True
    return np.minimum(people.round(4), alone)


def _ends(whole: System, sign: float) -> Floats:
    """The least (sign 1) or the most (sign -1) of each lane while the total stays."""
    n = whole.a.shape[1]
    found = (_solve(sign * np.eye(1, n, at)[0], whole.a, whole.b)[0][at] for at in range(n))
    return np.fromiter(found, dtype=np.float64, count=n)


def _solve(
    goal: Floats, a: Floats, b: Floats, least: Floats | None = None
) -> tuple[Floats, Floats]:
    """Where `goal` is smallest, and the price of each bound there."""
    bounds = [(low, None) for low in (least if least is not None else np.zeros(len(goal))).tolist()]
    found = linprog(goal, A_ub=a, b_ub=b, bounds=bounds, method="highs")
    if found.x is None:
        raise MethodFailed(f"The allocation was not found: {found.message}")
    return found.x, found.ineqlin.marginals
