"""Mapping packs of other producers: read, and applied to the lines of their files. GSBPM: 5.2."""

from cauce.harmonise.imports.flow import lineage
from cauce.harmonise.imports.pack import TOP, parse_import
from cauce.harmonise.imports.translate import translate

__all__ = ["TOP", "lineage", "parse_import", "translate"]
