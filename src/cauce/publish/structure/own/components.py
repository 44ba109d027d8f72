"""The data structure behind a dataflow."""

from dataclasses import dataclass

from cauce.model.dataflow import Dataflow
from cauce.model.structure import Component, DataStructure, Format, Relationship, Representation
from cauce.publish.components import ATTRIBUTES, DATA_TYPE, INDICATOR, TIME, VALUE, Attribute
from cauce.publish.structure.own.names import codelist, concept

LEVELS = {
    "dataset": Relationship("dataset"),
    "indicator": Relationship("dimensions", (INDICATOR,)),
    "observation": Relationship("observation"),
}


@dataclass(frozen=True)
class Chosen:
    """By dimension, the ids of its concept and of its codelist, "" for time."""

    dimensions: tuple[tuple[str, str], ...]


def data_structure(flow: Dataflow, chosen: Chosen) -> DataStructure:
    """Dimensions, the measure and the attributes, which all dataflows have alike.

    There are no groups: what is said of an indicator is attached to its dimension.
    """
    dimensions = tuple(
        _dimension(dimension.id, concept_id, list_id)
        for dimension, (concept_id, list_id) in zip(flow.dimensions, chosen.dimensions, strict=True)
    )
    measure = Component(VALUE, "measure", concept(VALUE), Representation(None, Format("Double")))
    return DataStructure(dimensions, (measure,), tuple(_attribute(each) for each in ATTRIBUTES))


def _dimension(id_: str, concept_id: str, list_id: str) -> Component:
    if id_ == TIME:
        shape = Representation(None, Format("ObservationalTimePeriod"))
        return Component(id_, "time", concept(concept_id), shape)
    return Component(id_, "dimension", concept(concept_id), Representation(codelist(list_id)))


def _attribute(told: Attribute) -> Component:
    shape = (
        Representation(codelist(told.codelist))
        if told.codelist
        else Representation(None, Format(DATA_TYPE[told.kind]))
    )
    tied = LEVELS[told.level]
    return Component(told.id, "attribute", concept(told.id), shape, relationship=tied)
