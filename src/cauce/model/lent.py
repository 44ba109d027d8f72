"""What a release borrowed: which state of a code list its words are from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lent:
    """A code list as one vintage used it.

    `origin` is the file that declares the list, or "registers/NAME" where a register lent its
    records or the names of codes. `day` is the day they are of and, for a register, `known_at` the
    moment as known at which (ISO 8601). `sha256` is of all its codes and words, as lent.
    """

    codelist: str
    origin: str
    day: str
    known_at: str
    sha256: str
