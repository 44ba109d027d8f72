"""Messages of other agencies, structures and data; each is opened in a process of its own."""

from cauce.sources.structures.data import Data, read_data
from cauce.sources.structures.reading import Structures, read_structures

__all__ = ["Data", "Structures", "read_data", "read_structures"]
