"""A maintainable artefact: what every kind says of itself, and the body of its kind."""

from dataclasses import dataclass
from typing import TypeAlias

from cauce.model.structure.annotation import Annotation
from cauce.model.structure.component import DataStructure, MetadataStructure
from cauce.model.structure.constraint import Constraint
from cauce.model.structure.hierarchy import Hierarchies, Hierarchy
from cauce.model.structure.item import Items
from cauce.model.structure.maps import ItemMap, RepresentationMap, StructureMap, StructureSet
from cauce.model.structure.process import Process
from cauce.model.structure.urn import Ref
from cauce.model.structure.usage import Agreement, Association, Categorisation, Usage
from cauce.model.text import Words

Body: TypeAlias = (
    Items
    | DataStructure
    | MetadataStructure
    | Usage
    | Categorisation
    | Agreement
    | Association
    | Constraint
    | Hierarchies
    | Hierarchy
    | ItemMap
    | StructureMap
    | RepresentationMap
    | StructureSet
    | Process
)


@dataclass(frozen=True)
class Artefact:
    """An artefact; without a body it is a stub, or kept by somebody else.

    `ref` has no item. `valid_from` and `valid_to` are as they were written, "" where nothing is
    said. `external` says that the whole of it is at `structure_url` or `service_url`.
    """

    ref: Ref
    names: Words = ()
    descriptions: Words = ()
    body: Body | None = None
    annotations: tuple[Annotation, ...] = ()
    final: bool = False
    valid_from: str = ""
    valid_to: str = ""
    external: bool = False
    structure_url: str = ""
    service_url: str = ""
