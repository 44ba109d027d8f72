"""The periods a new vintage takes over from the one it replaces."""

from dataclasses import dataclass

from cauce.model.dataflow import ADMITTED, PROJECTED, Dataflow
from cauce.model.errors import BadInput
from cauce.model.indicator import FORMULA
from cauce.model.vintage import Manifest, Part
from cauce.store.merge import merged
from cauce.store.snapshot import Snapshot


@dataclass(frozen=True)
class Carried:
    """Earlier parts that stand in for periods not released anew, and what they bring along."""

    dataflow: Dataflow
    parts: tuple[Part, ...] = ()
    supersedes: str = ""
    audited: bool = True
    notes: tuple[str, ...] = ()


def nothing_carried(dataflow: Dataflow) -> Carried:
    return Carried(dataflow)


def carried_along(
    snapshot: Snapshot, dataflow: Dataflow, old: Manifest, parts: tuple[Part, ...]
) -> Carried:
    """The parts of the old vintage whose periods are not released anew, by reference.

    Another producer's file is replaced whole, and so is an outlook: numbers of two of its editions
    never stand together.

    Raises:
        BadInput: the earlier numbers and the new ones cannot stand in one table.
        Damaged: a part that would be carried along is not what was written.
    """
    fresh = {period for part in parts for period in part.periods}
    kept = tuple(part for part in old.parts if not fresh & set(part.periods))
    if not kept or dataflow.method.var_method in (ADMITTED, PROJECTED):
        return Carried(dataflow, supersedes=old.vintage)
    origins = [
        snapshot.manifest(old.dataflow.id, vintage)
        for vintage in dict.fromkeys(part.vintage for part in kept)
    ]
    together = merged(dataflow, old.dataflow)
    snapshot.check_parts(kept, together)
    notes = [note for origin in origins for note in origin.notes]
    notes += [note for origin in origins if (note := _other_ground(dataflow, origin, kept))]
    return Carried(
        dataflow=together,
        parts=kept,
        supersedes=old.vintage,
        audited=all(origin.audited for origin in origins),
        notes=tuple(dict.fromkeys(notes)),
    )


def _other_ground(new: Dataflow, origin: Manifest, kept: tuple[Part, ...]) -> str:
    """A sentence if earlier periods were computed by other methods or definitions, or nothing."""
    before = {indicator.id: indicator for indicator in origin.dataflow.indicators}
    both = [(before[i.id], i) for i in new.indicators if i.id in before]
    for old, now in both:
        if (old.estimator, old.unit, old.scale) != (now.estimator, now.unit, now.scale):
            raise BadInput(
                f"{now.id} of {new.id} has another unit or kind than in vintage {origin.vintage}, "
                "whose periods are kept. Release those periods again, or give it a new id."
            )
    formulas = [
        all(getattr(old, part) == getattr(now, part) for part in FORMULA) for old, now in both
    ]
    if origin.dataflow.method == new.method and all(formulas):
        return ""
    periods = ", ".join(p for part in kept if part.vintage == origin.vintage for p in part.periods)
    return (
        f"{new.id} {periods}: computed for vintage {origin.vintage} by other methods or "
        "definitions than the newest period."
    )
