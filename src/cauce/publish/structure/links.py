"""What an artefact refers to."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from cauce.model.structure import Artefact, Item, Items, Ref


def refs_of(artefact: Artefact) -> Iterator[Ref]:
    """Everything an artefact refers to, items with their ids; some of it more than once."""
    if isinstance(artefact.body, Items):
        yield from _of_items(artefact.body.items)
    else:
        yield from _within(artefact.body)


def bare(ref: Ref) -> Ref:
    """The artefact that is referred to, without the item."""
    return Ref(ref.kind, ref.agency, ref.id, ref.version)


def _of_items(items: tuple[Item, ...]) -> Iterator[Ref]:
    """Items are many and say little: only what may hold a reference is looked at."""
    for item in items:
        yield from item.refs
        if item.core and item.core.enumeration:
            yield item.core.enumeration
        if item.items:
            yield from _of_items(item.items)


def _within(value: object) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _within(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
