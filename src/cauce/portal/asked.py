"""What a reader asks of a table, and the observations that answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.store.keys import own_dimensions, rows_at

EVERY = "*"
FREQ, INDICATOR = 0, 2


@dataclass(frozen=True)
class Asked:
    """The position of the code asked for in each dimension, None for all of them.

    `strange` are the words of the reader that name no code.
    """

    positions: tuple[int | None, ...]
    strange: tuple[str, ...]

    def opened(self, flow: Dataflow) -> tuple[int, ...]:
        """The dimensions the lines of the table differ in; the period if they differ in none."""
        last = len(flow.dimensions) - 1
        found = [j for j in (*own_dimensions(flow), last) if self.positions[j] is None]
        return tuple(found) or (last,)

    def query(self, flow: Dataflow) -> dict[str, str]:
        """The words of an address that asks the same."""
        return {
            d.id: EVERY if position is None else d.codes[position].id
            for d, position in list(zip(flow.dimensions, self.positions, strict=True))[INDICATOR:]
        }


def asked_of(flow: Dataflow, query: Mapping[str, str]) -> Asked:
    """What an address asks for; a code that does not exist is told and passed over.

    Without a word from the reader: the first indicator, the latest period, the first dimension
    open and the others at their total.
    """
    positions: list[int | None] = []
    strange = []
    last = len(flow.dimensions) - 1
    for j, dimension in enumerate(flow.dimensions):
        known = {code.id: position for position, code in enumerate(dimension.codes)}
        word = query.get(dimension.id, "").strip()
        may_open = j > INDICATOR
        if word in known:
            positions.append(known[word])
            continue
        if word == EVERY and may_open:
            positions.append(None)
            continue
        if word:
            strange.append(f"{dimension.id} = {word[:30]}")
        positions.append(len(known) - 1 if j == last else _unsaid(flow, j))
    return Asked(tuple(positions), tuple(strange))


def _unsaid(flow: Dataflow, j: int) -> int | None:
    """The first own dimension open, all others at their first code.

    Where years stand beside quarters the period says which it is: the frequency need not be asked.
    """
    if j == FREQ and len(flow.dimensions[j].codes) > 1:
        return None
    return None if j == INDICATOR + 1 else 0


def matching(observations: Observations, positions: tuple[int | None, ...]) -> list[int]:
    """The rows at these positions."""
    rows: list[int] = rows_at(observations, positions).tolist()
    return rows
