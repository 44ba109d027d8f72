"""What a reader asks of a table, and the observations that answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.model.dataflow import PROJECTED, Dataflow, Dimension
from cauce.model.observation import Observations
from cauce.store.keys import own_dimensions, rows_at

EVERY = "*"
FREQ, INDICATOR = 0, 2
Wish = Mapping[str, Sequence[str]]
"""The parameters of an address, each as often as it was given."""


@dataclass(frozen=True)
class Asked:
    """By dimension the positions of the codes asked for, None for all of them.

    `strange` are the words of the reader that name nothing.
    """

    chosen: tuple[tuple[int, ...] | None, ...]
    strange: tuple[str, ...] = ()

    @property
    def positions(self) -> tuple[int | None, ...]:
        """The code of every dimension of which one is asked for, None where there are more."""
        return tuple(c[0] if c is not None and len(c) == 1 else None for c in self.chosen)

    def opened(self, flow: Dataflow) -> tuple[int, ...]:
        """The dimensions the lines of the table differ in; the period if they differ in none."""
        last = len(flow.dimensions) - 1
        found = [j for j in (*own_dimensions(flow), last) if self.positions[j] is None]
        return tuple(found) or (last,)

    def pairs(self, flow: Dataflow) -> list[tuple[str, str]]:
        """The parameters of an address that asks the same; a single code need not be named."""
        found = []
        for d, chosen in zip(flow.dimensions, self.chosen, strict=True):
            if len(d.codes) == 1 and d is not flow.dimensions[-1]:
                continue
            if chosen is None:
                found.append((d.id, EVERY))
            else:
                found += [(d.id, d.codes[position].id) for position in chosen]
        return found


def everything(flow: Dataflow) -> Asked:
    """All codes of all dimensions."""
    return Asked((None,) * len(flow.dimensions))


def asked_of(flow: Dataflow, query: Mapping[str, str]) -> Asked:
    """What one code a dimension asks for; as `chosen_of`."""
    return chosen_of(flow, {name: (word,) for name, word in query.items()})


def chosen_of(flow: Dataflow, query: Wish) -> Asked:
    """What an address asks for; a code that does not exist is told and passed over.

    A code that is named beats `*`, which asks for all. Without a word from the reader: the first
    indicator, the latest period, the first dimension open and the others at their total.
    """
    chosen: list[tuple[int, ...] | None] = []
    strange: list[str] = []
    for j, dimension in enumerate(flow.dimensions):
        words = [word.strip() for word in query.get(dimension.id, ()) if word.strip()]
        found = _named(dimension, words, strange) if words else ()
        if found:
            chosen.append(found)
        elif EVERY in words:
            chosen.append(None)
        else:
            chosen.append(_unsaid(flow, j))
    return Asked(tuple(chosen), tuple(strange))


def _named(dimension: Dimension, words: list[str], strange: list[str]) -> tuple[int, ...]:
    """The codes that words name, in the order of the list; what names none goes to `strange`."""
    known = {code.id: position for position, code in enumerate(dimension.codes)}
    unknown = dict.fromkeys(w for w in words if w not in known and w != EVERY)
    strange.extend(f"{dimension.id} = {word[:30]}" for word in [*unknown][:6])
    return tuple(sorted({known[word] for word in words if word in known}))


def _unsaid(flow: Dataflow, j: int) -> tuple[int, ...] | None:
    """The first own dimension open, all others at their first code and time at its last.

    Of a projection all are open: a level or a class follows from the occupation, and the first code
    of one seldom meets the first of another.

    Where years stand beside quarters the period says which it is: the frequency need not be asked.
    """
    codes = flow.dimensions[j].codes
    if j == len(flow.dimensions) - 1:
        return (len(codes) - 1,)
    if j == FREQ and len(codes) > 1:
        return None
    if flow.method.var_method == PROJECTED and j > INDICATOR:
        return None if len(codes) > 1 else (0,)
    return None if j == INDICATOR + 1 else (0,)


def matching(observations: Observations, positions: tuple[int | None, ...]) -> list[int]:
    """The rows at these positions."""
    rows: list[int] = rows_at(observations, positions).tolist()
    return rows
