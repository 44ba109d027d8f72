"""Hierarchies over code lists."""

from __future__ import annotations

from dataclasses import dataclass

from cauce.model.structure.annotation import Annotation
from cauce.model.structure.urn import Ref
from cauce.model.text import Words


@dataclass(frozen=True)
class HierarchyLevel:
    """A level of a hierarchy and the one below it."""

    id: str
    names: Words = ()
    descriptions: Words = ()
    below: HierarchyLevel | None = None


@dataclass(frozen=True)
class Link:
    """A place in a hierarchy: the code that stands there and the places below."""

    id: str
    code: Ref
    links: tuple[Link, ...] = ()
    level: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class Hierarchy:
    """A hierarchy; in SDMX 3.0 the artefact has its id and names, in 2.1 it has these itself.

    `formal` says that every place is of one of the levels.
    """

    links: tuple[Link, ...]
    id: str = ""
    names: Words = ()
    descriptions: Words = ()
    annotations: tuple[Annotation, ...] = ()
    level: HierarchyLevel | None = None
    formal: bool = False


@dataclass(frozen=True)
class Hierarchies:
    """The body of a hierarchical codelist (SDMX 2.1): included lists by alias, hierarchies."""

    included: tuple[tuple[str, Ref], ...]
    hierarchies: tuple[Hierarchy, ...]
