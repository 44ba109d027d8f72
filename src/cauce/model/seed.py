"""A record that comes with Cauce, from a text that names its source."""

from dataclasses import dataclass
from datetime import date

from cauce.model.pack import Place
from cauce.model.record import Fault, Record


@dataclass(frozen=True)
class Seed:
    """A record to open a register with, and what is wrong with it.

    `name` is what other seeds call it; `key` is made from the name and is the same each time, so
    that a seed is never entered twice. `record` lacks the fields that have a fault.
    """

    register: str
    name: str
    key: str
    country: str
    record: Record
    valid_from: date | None
    valid_to: date | None
    faults: tuple[Fault, ...]
    place: Place
