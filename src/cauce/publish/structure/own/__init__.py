"""The artefacts behind our dataflows, made from what packs and the catalogue declare."""

from cauce.publish.structure.own.artefacts import own_artefacts, worded_unlike
from cauce.publish.structure.own.constraints import actual, filled

__all__ = ["actual", "filled", "own_artefacts", "worded_unlike"]
