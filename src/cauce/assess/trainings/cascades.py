"""Whom a course reached through those it trained, nobody counted twice."""

from collections.abc import Sequence

from cauce.model.errors import BadInput
from cauce.model.training import Cascade, Taught


def cascade(editions: Sequence[Taught], root: str) -> Cascade:
    """The reach of an edition: its participants, those they trained, and so on.

    A person belongs to the first generation that meets them. An edition belongs to the cascade if
    one of its trainers does, or if it is known to follow one that does; one given by outsiders as
    well still does. Participants known only by
    number may be people already counted, all of them, or new ones, all of them: so the reach has a
    least and a most.

    Raises:
        BadInput: there is no such edition, or two of the same name.

    Source: docs/explanation/judging.md, "Trainings"; breadth-first search,
    Moore (1959), The shortest path through a maze.
    """
    by_name = {edition.edition: edition for edition in editions}
    if len(by_name) != len(editions):
        raise BadInput("Two editions have the same name.")
    if root not in by_name:
        raise BadInput(f"There is no edition {root}.")
    reached: set[str] = set()
    generations: list[int] = []
    wave, met, taken = [by_name[root]], 0, {root}
    more = []
    while wave:
        new = {person for edition in wave for person in edition.trained} - reached
        met += sum(len(edition.trained) for edition in wave)
        more += [edition.more for edition in wave]
        generations.append(len(new))
        reached |= new
        names = {edition.edition for edition in wave}
        wave = [
            edition
            for edition in editions
            if edition.edition not in taken
            and (new & set(edition.trainers) or edition.follows in names)
        ]
        taken |= {edition.edition for edition in wave}
    return Cascade(
        generations=tuple(generations),
        again=met - len(reached),
        uncounted=sum(more),
        low=max(len(reached), *more),
        high=len(reached) + sum(more),
    )
