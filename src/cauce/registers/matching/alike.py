"""Which recruiters of a register may be one, by the names each is known by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.registers.matching.clusters import candidates
from cauce.registers.matching.likeness import REVIEW, Likeness, likeness
from cauce.registers.matching.spelling import spelling


@dataclass(frozen=True)
class Alike:
    """Two records, by key, the earlier first; the names that are most alike, and why."""

    one: str
    other: str
    names: tuple[str, str]
    why: Likeness


def alike(names: Mapping[str, Sequence[str]]) -> tuple[Alike, ...]:
    """Pairs of records a person should look at, the likest first.

    Args:
        names: what each record is called, by its key, in the order they were entered.
    """
    whose = [(key, name) for key, each in names.items() for name in each if name.strip()]
    read = [spelling(name) for _, name in whose]
    best: dict[tuple[str, str], Alike] = {}
    for low, high in candidates(read):
        (one, first), (other, second) = whose[low], whose[high]
        why = likeness(read[low], read[high])
        known = best.get((one, other))
        if one == other or why.score < REVIEW or (known and known.why.score >= why.score):
            continue
        best[one, other] = Alike(one, other, (first, second), why)
    return tuple(sorted(best.values(), key=lambda each: (-each.why.score, each.names)))
