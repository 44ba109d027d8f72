"""Messages of other agencies, structures and data; each is opened in a process of its own."""

from cauce.sources.structures.reading import Structures, read_structures

__all__ = ["Structures", "read_structures"]
