"""What data structures and metadata structures are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cauce.model.structure.annotation import Annotation
from cauce.model.structure.urn import Ref

Level = Literal["dataset", "dimensions", "group", "observation"]
Role = Literal["dimension", "time", "measures", "measure", "attribute", "metadata"]


@dataclass(frozen=True)
class Format:
    """What values look like: an SDMX data type, and facets as pairs such as ("maxLength", "10").

    Facets: isSequence, interval, startValue, endValue, timeInterval, startTime, endTime, minLength,
    maxLength, minValue, maxValue, decimals, pattern, isMultiLingual. "" is no type of its own.
    """

    type: str = ""
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Representation:
    """Which values a component takes: those of a codelist or value list, or those of a format.

    `format` beside an `enumeration` is of its codes. `least` and `most` (SDMX 3.0) say how many
    values there may be: "" where it does not say, "unbounded" where there is no end.
    """

    enumeration: Ref | None = None
    format: Format | None = None
    least: str = ""
    most: str = ""


@dataclass(frozen=True)
class Relationship:
    """What an attribute is attached to.

    `dimensions` are ids where the level is dimensions; `group` the id of a group; `groups` (SDMX
    2.1) those it may be sent with beside its dimensions; `measures` (SDMX 3.0) which it is about.
    """

    level: Level
    dimensions: tuple[str, ...] = ()
    group: str = ""
    groups: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Component:
    """A dimension, measure, attribute or metadata attribute.

    `role` measures is the measure dimension of SDMX 2.1; metadata is an attribute of a metadata
    structure, which may hold `components` and say how often it occurs.
    """

    id: str
    role: Role
    concept: Ref
    representation: Representation | None = None
    concept_roles: tuple[Ref, ...] = ()
    mandatory: bool = False
    relationship: Relationship | None = None
    components: tuple[Component, ...] = ()
    least: str = ""
    most: str = ""
    presentational: bool = False
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True)
class Group:
    """A set of dimensions that attributes may be attached to."""

    id: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class DataStructure:
    """The body of a data structure: dimensions in the order of the key, time among them.

    SDMX 2.1 has one measure, OBS_VALUE. `metadata` (SDMX 3.0) is the metadata structure whose
    attributes may be sent with the data.
    """

    dimensions: tuple[Component, ...]
    measures: tuple[Component, ...] = ()
    attributes: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()
    metadata: Ref | None = None


@dataclass(frozen=True)
class Target:
    """What a report may be about (SDMX 2.1): pairs of an id and the class of the object.

    The class is as SDMX writes it, such as Dataflow; "" is a key, a data set or a period, which
    the id tells: DIMENSION_DESCRIPTOR_VALUES_TARGET, DATA_SET_TARGET, REPORT_PERIOD_TARGET.
    """

    id: str
    objects: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """A report of a metadata structure; SDMX 3.0 has one, without an id and without targets."""

    id: str
    attributes: tuple[Component, ...]
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class MetadataStructure:
    """The body of a metadata structure."""

    reports: tuple[Report, ...]
    targets: tuple[Target, ...] = ()
