"""SDMX-JSON structure messages, 1.0, 2.0 and 2.1."""

from cauce.publish.structure.json.message import structures_json

__all__ = ["structures_json"]
