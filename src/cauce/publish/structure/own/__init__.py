"""The artefacts behind our dataflows, made from what packs and the catalogue declare."""

from cauce.publish.structure.own.artefacts import own_artefacts, worded_unlike
from cauce.publish.structure.own.constraints import actual, filled
from cauce.publish.structure.own.sims import (
    FLOW_NAME,
    METADATAFLOW,
    REPORT,
    STRUCTURE,
    TARGET,
    attribute_id,
)

__all__ = [
    "FLOW_NAME",
    "METADATAFLOW",
    "REPORT",
    "STRUCTURE",
    "TARGET",
    "actual",
    "attribute_id",
    "filled",
    "own_artefacts",
    "worded_unlike",
]
