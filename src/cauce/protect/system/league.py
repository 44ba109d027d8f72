"""What respondents of one cell find who tell each other what they told.

Two who are all of a withheld cell know what it counts; so does the one employer whose workers are
all of a larger one. If that and what is public gives another withheld number, a sum of the two is
public. Such sums are sensitive themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import gcd
from typing import TYPE_CHECKING

from cauce.protect.span import Span, Vector
from cauce.protect.system.columns import count
from cauce.protect.system.places import TOLD, Spot
from cauce.protect.system.union import Union

if TYPE_CHECKING:
    from cauce.protect.spanned import Spanned

LEAGUE = 2
"""How many respondents of one cell may tell each other what they told, so as to find others.

Source: contributors who join, Hundepool et al. (2012), Statistical Disclosure Control, 4.2.2; the
    method sub2Sum of the R package GaussSuppression, which treats sums of two cells alone.
"""

Items = tuple[tuple[int, int], ...]


class League:
    """Which sums have to be kept out of reach besides, so that no league finds a sensitive one.

    A league's own sum and a sensitive one are found from each other if the same is left of both,
    but for a factor, once what is public is taken out.
    """

    def __init__(self, found: Union, every: Iterable[Spot], secrets: Sequence[Vector]) -> None:
        own = (one for spot in every if spot.primary for one in known_to_few(found, spot))
        self._own, self._secrets = distinct(own), distinct(secrets)
        self._mark = len(found.of)
        self._spared: set[Items] = set()

    def spare(self, span: "Span | Spanned") -> None:
        """Leave alone what a league finds whatever is published, as of a part that is all of it."""
        self._spared |= self._found(span).keys()

    def sums(self, span: "Span | Spanned") -> list[Vector]:
        """The sums of a league's own number and a sensitive one that a reader of a span finds.

        Each is told once.
        """
        found = self._found(span)
        fresh = [one for name, one in found.items() if name not in self._spared]
        self._spared |= found.keys()
        return fresh

    def _found(self, span: "Span | Spanned") -> dict[Items, Vector]:
        """The sums that follow from a span, by name."""
        found = distinct(self._together(span))
        return {tuple(one.items()): one for one in found}

    def _together(self, span: "Span | Spanned") -> Iterator[Vector]:
        secrets: dict[Items, list[tuple[Vector, int, int]]] = defaultdict(list)
        for secret in self._secrets:
            left, factor, scale = self._left(span, secret)
            secrets[left].append((secret, factor, scale))
        for own in self._own:
            left, factor, scale = self._left(span, own)
            for secret, other, its in secrets.get(left, ()) if left else ():
                yield together(own, other * scale, secret, -factor * its)

    def _left(self, span: "Span | Spanned", vector: Vector) -> tuple[Items, int, int]:
        """What is left of a sum in lowest terms; so many times that is the sum, so many times."""
        left = span.left({**vector, self._mark: 1})
        scale = left.pop(self._mark)
        return *lowest(left), scale


def distinct(sums: Iterable[Vector]) -> list[Vector]:
    """Each sum once, those of nothing left out."""
    return list({tuple(sorted(one.items())): one for one in sums if one}.values())


def together(one: Vector, factor: int, other: Vector, its: int) -> Vector:
    """The sum of two, each so many times, in lowest terms; nothing if they are one."""
    found = {row: factor * entry for row, entry in one.items()}
    for row, entry in other.items():
        found[row] = found.get(row, 0) + its * entry
    return dict(lowest({row: entry for row, entry in found.items() if entry})[0])


def lowest(vector: Vector) -> tuple[Items, int]:
    """A sum in lowest terms and order, its first entry above 0, and how many times that it is."""
    items = sorted(vector.items())
    if not items:
        return (), 0
    factor = gcd(*vector.values()) * (1 if items[0][1] > 0 else -1)
    return tuple((row, entry // factor) for row, entry in items), factor


def known_to_few(found: Union, spot: Spot) -> Iterator[Vector]:
    """The counts of a cell that one or two respondents know between them.

    Who alone, or with one other, is all of a cell knows all of it. Who alone has an attribute, or
    with one other, knows how many have it, and what they have of an amount. Those who did not
    answer told nothing.
    """
    everything = few(spot.n) or held(spot)
    for kind in TOLD:
        if kind in spot.names and kind != "missing":
            behind = "cases" if kind == "amount" else kind
            if everything or few(count(spot.section, spot.row, behind)):
                yield found.sum(spot.part, spot.names[kind], spot.domain)


def held(spot: Spot) -> bool:
    """Whether one or two employers or recruiters stand behind all that a cell counts.

    Asked where they are too few by the rules of the table: a holding of a register, or a PSU that
    answers on several rows.
    """
    judged, row = spot.section.judged, spot.row
    cells = judged.table.cells
    if judged.unit == "psu" and judged.primary.few[row] and few(int(cells.psus[row])):
        return True
    return bool(judged.primary.held[row]) and few(int(cells.holdings[row]))


def few(number: int) -> bool:
    return 1 <= number <= LEAGUE
