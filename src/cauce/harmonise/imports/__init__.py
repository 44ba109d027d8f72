"""Mapping packs of other producers: read, and applied to the lines of their files. GSBPM: 5.2."""

from cauce.harmonise.imports.pack import parse_import
from cauce.harmonise.imports.translate import translate

__all__ = ["parse_import", "translate"]
