"""The artefacts behind our dataflows, made from what packs and the catalogue declare."""

from cauce.publish.structure.own.artefacts import own_artefacts, worded_unlike
from cauce.publish.structure.own.constraints import filled, span_of

__all__ = ["filled", "own_artefacts", "span_of", "worded_unlike"]
