"""SDMX-ML structure messages, 2.1, 3.0 and 3.1."""

from cauce.publish.structure.ml.message import structures_ml

__all__ = ["structures_ml"]
