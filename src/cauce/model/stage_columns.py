"""The columns that say what was drawn within PSUs, and which of these were sure to be drawn."""

from dataclasses import dataclass

from cauce.model.place import Place


@dataclass(frozen=True)
class StageColumns:
    """The columns of a stage after the first: its units, their strata and their fpc, "" if none.

    `no_fpc` says why there is none. In a recipe all three are expressions.
    """

    unit: str
    stratum: str = ""
    fpc: str = ""
    no_fpc: str = ""


@dataclass(frozen=True)
class Certainty:
    """A column whose codes say of each PSU whether it was sure to be drawn: every code, once."""

    column: str
    sure: tuple[str, ...]
    not_sure: tuple[str, ...]
    place: Place
