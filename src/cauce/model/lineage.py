"""Where a number came from: the recodes and expressions that fed it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One variable on the way: how the pack makes it, and where that is written.

    `name` is what people call it, in both languages within one string.
    """

    variable: str
    kind: str
    text: str
    columns: tuple[str, ...]
    file: str
    line: int
    name: str = ""


@dataclass(frozen=True)
class Lineage:
    """The steps that feed one indicator in one dataflow, in the order they are taken."""

    dataflow: str
    indicator: str
    steps: tuple[Step, ...]
