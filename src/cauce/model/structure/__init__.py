"""Structural metadata as SDMX has it, whatever version and format it is written in."""

from cauce.model.structure.annotation import Annotation
from cauce.model.structure.artefact import Artefact, Body
from cauce.model.structure.component import (
    Component,
    DataStructure,
    Format,
    Group,
    Level,
    MetadataStructure,
    Relationship,
    Report,
    Representation,
    Target,
)
from cauce.model.structure.constraint import Constraint, Key, KeySet, Region, Selection, Span
from cauce.model.structure.hierarchy import Hierarchies, Hierarchy, HierarchyLevel, Link
from cauce.model.structure.item import Contact, Item, Items
from cauce.model.structure.maps import (
    ComponentMap,
    ItemMap,
    RepresentationMap,
    SetMap,
    StructureMap,
    StructureSet,
    ValueMap,
)
from cauce.model.structure.process import Process, Step, Transition
from cauce.model.structure.urn import (
    ITEMS,
    KINDS,
    ORGANISATIONS,
    SCHEMES,
    Kind,
    Ref,
    ref_of,
    urn_of,
)
from cauce.model.structure.usage import Agreement, Association, Categorisation, Usage

__all__ = [
    "ITEMS",
    "KINDS",
    "ORGANISATIONS",
    "SCHEMES",
    "Agreement",
    "Annotation",
    "Artefact",
    "Association",
    "Body",
    "Categorisation",
    "Component",
    "ComponentMap",
    "Constraint",
    "Contact",
    "DataStructure",
    "Format",
    "Group",
    "Hierarchies",
    "Hierarchy",
    "HierarchyLevel",
    "Item",
    "ItemMap",
    "Items",
    "Key",
    "KeySet",
    "Kind",
    "Level",
    "Link",
    "MetadataStructure",
    "Process",
    "Ref",
    "Region",
    "Relationship",
    "Report",
    "Representation",
    "RepresentationMap",
    "Selection",
    "SetMap",
    "Span",
    "Step",
    "StructureMap",
    "StructureSet",
    "Target",
    "Transition",
    "Usage",
    "ValueMap",
    "ref_of",
    "urn_of",
]
