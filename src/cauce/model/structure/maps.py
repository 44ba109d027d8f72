"""How codes and components of one structure become those of another."""

from dataclasses import dataclass

from cauce.model.structure.urn import Kind, Ref
from cauce.model.text import Words


@dataclass(frozen=True)
class ItemMap:
    """From the items of one scheme to those of another: pairs of ids. A body in SDMX 3.0."""

    source: Ref
    target: Ref
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ComponentMap:
    """From components to components; `map` is a representation map or, in 2.1, a codelist map."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    map: Ref | None = None
    local_map: str = ""


@dataclass(frozen=True)
class StructureMap:
    """From one structure or dataflow to another. A body in SDMX 3.0.

    `fixed` are triples: a component, whether it is of the source, and its values.
    """

    source: Ref
    target: Ref
    components: tuple[ComponentMap, ...] = ()
    fixed: tuple[tuple[str, bool, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class ValueMap:
    """From values to values, in the order of the map's sources and targets.

    `patterns` are the positions of sources that are regular expressions.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    patterns: frozenset[int] = frozenset()
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class RepresentationMap:
    """The body of a representation map (SDMX 3.0); a source or target is a list or a data type."""

    sources: tuple[Ref | str, ...]
    targets: tuple[Ref | str, ...]
    values: tuple[ValueMap, ...] = ()


@dataclass(frozen=True)
class SetMap:
    """A map inside a structure set (SDMX 2.1); `kind` is what its sides are, such as codelist."""

    id: str
    kind: Kind
    map: ItemMap | StructureMap
    names: Words = ()
    descriptions: Words = ()


@dataclass(frozen=True)
class StructureSet:
    """The body of a structure set (SDMX 2.1)."""

    maps: tuple[SetMap, ...]
    related: tuple[Ref, ...] = ()
