"""What every SDMX data message comes down to: rows of components, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cauce.declare.words import did_you_mean
from cauce.model.errors import BadInput

LONGEST = 1_000
"""Signs of a value; an attribute that is longer is a text, or hostile, and no code."""
ABSENT = ("NaN", "#N/A")
"""How SDMX writes a number that is missing."""


@dataclass(frozen=True)
class Row:
    """One observation: dimensions and attributes by id, and its value, "" if there is none.

    `line` is 0 where a format has none; `number` counts the observations of the message.
    """

    words: dict[str, str]
    value: str
    line: int
    number: int


def place(line: int, number: int = 0) -> str:
    """Where something stands, in words."""
    told = [f"line {line}"] if line else []
    return ", ".join([*told, *([f"observation {number}"] if number else [])]) or "the message"


@dataclass
class Asked:
    """What a pack takes from a message: its components, and of which dataflow.

    `seen` is the dataflow the message names first; a pack maps one.
    """

    columns: tuple[str, ...]
    ignored: frozenset[str]
    flow: str
    seen: str = field(default="", init=False)

    def of(self, flow: str, where: str, context: str = "") -> None:
        """Note the dataflow of what follows. Raises BadInput if it is another one.

        `context` is what `flow` names where the message says it: dataflow, datastructure or
        provisionagreement.
        """
        del context
        if self.seen and flow != self.seen:
            raise BadInput(
                f"{where}: two dataflows stand in one message, {self.seen} and {flow[:80]}. A pack "
                "maps one: ask the producer for them one by one."
            )
        self.seen = flow
        if self.flow and self.flow not in _names(flow):
            raise BadInput(
                f"{where}: the numbers are of {flow[:80] or 'no dataflow that is named'}, and the "
                f"pack maps {self.flow}."
            )

    def row(self, words: dict[str, str], value: str, line: int, number: int) -> Row:
        """A row of the components the pack knows. Raises BadInput if there is another one."""
        taken = {}
        for name, word in words.items():
            if name in self.ignored:
                continue
            if name not in self.columns:
                known = [one for one in self.columns if one not in words]
                raise BadInput(
                    f"{place(line, number)}: {name[:60]} is no component the pack declares."
                    f"{did_you_mean(name, known)} Name it in [shape] under columns or ignored."
                )
            if len(word) > LONGEST:
                raise BadInput(
                    f"{place(line, number)}: {name} has {len(word):,} signs; a code has few."
                )
            taken[name] = word
        if len(value) > LONGEST:
            raise BadInput(f"{place(line, number)}: the value has {len(value):,} signs.")
        return Row(taken, "" if value in ABSENT else value, line, number)

    def action(self, said: str, where: str) -> None:
        """Raises BadInput if a message deletes: there would be nothing to take."""
        if said[:1].upper() == "D":
            raise BadInput(f"{where}: the message deletes numbers. Ask for the data themselves.")


def _names(flow: str) -> Iterable[str]:
    """The names a dataflow goes by: whole, without its version, and its id alone."""
    bare = flow.partition("(")[0]
    return (flow, bare, bare.rpartition(":")[2])
