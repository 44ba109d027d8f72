"""The elements of an XML file as they come; what no message needs and could harm is refused.

Nothing is ever fetched: a document type, an entity of its own and an inclusion are refused where
they begin, before anything is made of them. What is held in memory is bounded by `Bounds`, however
long the file is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias
from xml.parsers import expat

from cauce.model.errors import BadInput

CHUNK = 1 << 16
INCLUDE = "http://www.w3.org/2001/XInclude"
BETWEEN = " "
"""Stands between a namespace and a name; neither may hold it."""
UNDEFINED = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]

Words: TypeAlias = dict[str, str]
NOTHING: Words = {}


@dataclass(frozen=True)
class Bounds:
    """What one element may cost: how deep it stands, how many attributes and bytes it has."""

    depth: int = 128
    attributes: int = 2_000
    bytes: int = 1 << 20


class Token(NamedTuple):
    """An element begins (`words` are its attributes) or ends (`text` is what it held itself).

    Names are without their namespace. `aside` are the attributes that stand in one, such as
    `xml:lang` as "lang" and `ss:action` as "action".
    """

    begins: bool
    name: str
    line: int
    words: Words
    aside: Words
    text: str = ""
    space: str = ""


def tokens(path: Path, bounds: Bounds | None = None) -> Iterator[Token]:
    """The beginnings and ends of all elements, in their order.

    Raises:
        BadInput: a document type, an entity, an inclusion; an element is too deep, too large or has
            too many attributes; it is not well-formed. The line is named.
    """
    with path.open("rb") as file:
        yield from _Reading(bounds or Bounds()).of(file)


class _Reading:
    """What the parser tells while a file goes by."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._found: list[Token] = []
        self._depth = 0
        self._text: list[str] = []
        self._held = 0
        parser = expat.ParserCreate(namespace_separator=BETWEEN)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def of(self, file: BinaryIO) -> Iterator[Token]:
        fed = 0
        while True:
            chunk = file.read(CHUNK)
            fed += len(chunk)
            self._parse(chunk)
            yield from self._found
            self._found.clear()
            if not chunk:
                return
            if fed - max(0, self._parser.CurrentByteIndex) > self._bounds.bytes + CHUNK:
                raise BadInput(f"{self._place()}: {self._too_long()}")

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            if error.code == UNDEFINED:
                raise BadInput(
                    f"line {error.lineno}: names an entity of its own (&…;), which no message of "
                    "SDMX has. Ask the producer for the message without it."
                ) from error
            raise BadInput(
                f"line {error.lineno}: not well-formed XML ({why}). Is the file cut off, or in "
                "another encoding than it says?"
            ) from error
        except (LookupError, ValueError) as error:
            raise BadInput(f"line 1: {error}. Save the message as UTF-8.") from error

    def _place(self) -> str:
        return f"line {self._parser.CurrentLineNumber}"

    def _too_long(self) -> str:
        return f"one element or its text takes more than {self._bounds.bytes:,} bytes."

    def _doctype(self, name: str, system: str | None, public: str | None, inside: bool) -> None:
        del name, system, public, inside
        raise BadInput(
            f"{self._place()}: brings a DTD (<!DOCTYPE …>). A message of SDMX has none, and with "
            "one it could say anything. Ask the producer for the message without it."
        )

    def _begin(self, whole: str, attributes: Words) -> None:
        self._depth += 1
        if self._depth > self._bounds.depth:
            raise BadInput(
                f"{self._place()}: elements stand more than {self._bounds.depth} deep in each "
                "other. No message of SDMX does that."
            )
        if len(attributes) > self._bounds.attributes:
            raise BadInput(
                f"{self._place()}: an element has {len(attributes):,} attributes; more than "
                f"{self._bounds.attributes:,} are refused."
            )
        if sum(map(len, attributes.values())) > self._bounds.bytes:
            raise BadInput(f"{self._place()}: {self._too_long()}")
        space, _, name = whole.rpartition(BETWEEN)
        if space == INCLUDE:
            raise BadInput(
                f"{self._place()}: asks for another file (xi:{name[:40]}), which is never fetched. "
                "Ask the producer for the message whole."
            )
        self._text.clear()
        self._held = 0
        aside = NOTHING
        if any(BETWEEN in name for name in attributes):
            aside = {n.rpartition(BETWEEN)[2]: w for n, w in attributes.items() if BETWEEN in n}
            attributes = {n: w for n, w in attributes.items() if BETWEEN not in n}
        line = self._parser.CurrentLineNumber
        self._found.append(Token(True, name, line, attributes, aside, "", space))

    def _say(self, text: str) -> None:
        self._held += len(text)
        if self._held > self._bounds.bytes:
            raise BadInput(f"{self._place()}: {self._too_long()}")
        self._text.append(text)

    def _end(self, whole: str) -> None:
        self._depth -= 1
        space, _, name = whole.rpartition(BETWEEN)
        line = self._parser.CurrentLineNumber
        text = "".join(self._text).strip()
        self._found.append(Token(False, name, line, NOTHING, NOTHING, text, space))
        self._text.clear()
        self._held = 0
