"""Files of other producers, each read in the limited process and laid out as lines."""

from cauce.sources.imports.reading import read_lines

__all__ = ["read_lines"]
