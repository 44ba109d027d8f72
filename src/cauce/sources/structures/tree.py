"""The elements of a structure message as a tree; each knows its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.limits import MIB
from cauce.sources.markup import tokens

MOST_BYTES = 256 * MIB
SPACES = "http://www.sdmx.org/resources/sdmxml/schemas/v"


@dataclass
class Node:
    """An element without its namespace; `lang` is its xml:lang."""

    name: str
    words: dict[str, str]
    line: int
    lang: str = ""
    text: str = ""
    space: str = ""
    nodes: list["Node"] = field(default_factory=list)

    def all(self, *names: str) -> Iterator["Node"]:
        """Its children of some names."""
        return (node for node in self.nodes if node.name in names)

    def one(self, *names: str) -> "Node | None":
        """Its first child of some names."""
        return next(self.all(*names), None)

    def must(self, *names: str) -> "Node":
        """Its first child of some names. Raises BadInput if there is none."""
        found = self.one(*names)
        if found is None:
            raise BadInput(f"line {self.line}: <{self.name}> lacks <{names[0]}>.")
        return found

    def said(self, *names: str) -> str:
        """The text of its first child of some names, "" if there is none."""
        found = self.one(*names)
        return "" if found is None else found.text

    def word(self, name: str) -> str:
        """An attribute that must be there. Raises BadInput if it is not."""
        if not (found := self.words.get(name, "")):
            raise BadInput(f"line {self.line}: <{self.name}> has no {name}.")
        return found


def tree(path: Path) -> Node:
    """The root of a message with all below it.

    Raises:
        BadInput: as `tokens` does; it is too large; it is no message of SDMX.
    """
    if (size := path.stat().st_size) > MOST_BYTES:
        raise BadInput(f"has {size >> 20:,} MiB; structures of more than 256 MiB are refused.")
    with path.open("rb") as file:
        head = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    # UTF-16 begins with its mark, which the parser knows.
    if not head.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(
            "is no XML, and structures are read as SDMX-ML. Name the structures first, then the "
            "data; ask the producer for structures in SDMX-ML if they are JSON."
        )
    above: list[Node] = []
    for token in tokens(path):
        if token.begins:
            lang = token.aside.get("lang", "")
            made = Node(token.name, token.words, token.line, lang, "", token.space)
            if above:
                above[-1].nodes.append(made)
            else:
                root = made
                _check(root)
            above.append(made)
        else:
            above.pop().text = token.text
    return root


def version_of(root: Node) -> str:
    """The version of SDMX-ML a message is written in, such as 2.1."""
    number = root.space.removeprefix(SPACES).partition("/")[0]
    return number.replace("_", ".")


def _check(root: Node) -> None:
    if root.name != "Structure" or not root.space.startswith(SPACES):
        raise BadInput(
            f"line {root.line}: <{root.name[:60]}> is no structure message of SDMX-ML. It would "
            f"begin with <Structure> of {SPACES}2_1/message or {SPACES}3_0/message."
        )
    if (version := version_of(root)) not in ("2.1", "3.0", "3.1"):
        raise BadInput(
            f"line {root.line}: the structures are in SDMX-ML {version[:10]}; 2.1, 3.0 and 3.1 are "
            "read. Ask the producer for one of these."
        )
