"""SDMX-ML data messages, generic and structure-specific, read element by element.

Source: SDMX 2.1 Technical Specifications, section 3A, generic and structure-specific data; 3.0 has
the latter alone, written alike but for `Atts` and `Comp`.
"""

from collections.abc import Iterator
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.imports.sdmx.rows import Asked, Row, place
from cauce.sources.markup import Token, tokens

ROOTS = (
    "GenericData",
    "GenericTimeSeriesData",
    "StructureSpecificData",
    "StructureSpecificTimeSeriesData",
)
OF_A_DATASET = frozenset(
    {
        "action",
        "dataScope",
        "publicationPeriod",
        "publicationYear",
        "reportingBeginDate",
        "reportingEndDate",
        "setID",
        "structureRef",
        "validFromDate",
        "validToDate",
        "REPORTING_YEAR_START_DAY",
    }
)
"""Of the attributes of a data set those that say something of it, and not of its numbers."""
CONTEXTS = {
    "Structure": "datastructure",
    "StructureUsage": "dataflow",
    "ProvisionAgreement": "provisionagreement",
    "ProvisionAgrement": "provisionagreement",
}
"""What a header refers to, by the element that does; SDMX 2.1 spells the last one so."""
VALUE, TIME = "OBS_VALUE", "TIME_PERIOD"

Words = dict[str, str]


def xml_rows(path: Path, asked: Asked) -> Iterator[Row]:
    """The observations of a message, in its order.

    Raises:
        BadInput: it is no data message, could harm, is cut off, or names what nobody declared.
    """
    yield from _Walk(asked).rows(tokens(path))


class _Walk:
    """What is known while the elements of a message go by."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._above: list[str] = []
        self._head = _Head()
        self._whole: Words = {}
        self._groups: list[Words] = []
        self._group: Words = {}
        self._series: Words = {}
        self._of_series: Words | None = None
        self._own: Words = {}
        self._value = ""
        self._line = 0
        self._component = ""
        self._number = 0

    def rows(self, found: Iterator[Token]) -> Iterator[Row]:
        for token in found:
            if token.begins:
                if not self._above:
                    _check_root(token)
                self._begin(token)
                self._above.append(token.name)
            else:
                self._above.pop()
                if token.name == "Obs":
                    yield self._row()
                else:
                    self._end(token)

    def _begin(self, token: Token) -> None:
        name = token.name
        if name == "Obs":
            self._own, self._value, self._line = dict(token.words), "", token.line
        elif name == "Series":
            self._series, self._of_series = dict(token.words), None
        elif name in ("Group", "Atts"):
            self._group = dict(token.words)
        elif name == "Comp":
            self._component = token.words.get("id", "")
        elif name == "DataSet":
            self._data_set(token)
        elif "Header" in self._above:
            self._head.begin(token, self._above)
        elif name in ("Value", "ObsDimension", "ObsValue"):
            self._generic(token)

    def _generic(self, token: Token) -> None:
        """What a generic message says at a time: a dimension, an attribute or the number."""
        told = token.words.get("value", "")
        if token.name == "ObsValue":
            self._value = told
        elif token.name == "ObsDimension":
            self._own[token.words.get("id") or self._head.across] = told
        elif "value" in token.words:
            self._place()[token.words.get("id", "")] = told

    def _place(self) -> Words:
        """What the component that is read belongs to."""
        for name, words in (
            ("Obs", self._own),
            ("Series", self._series),
            ("Group", self._group),
            ("Atts", self._group),
        ):
            if name in self._above:
                return words
        return self._whole

    def _end(self, token: Token) -> None:
        if token.name in ("Group", "Atts"):
            self._groups.append(self._group)
            self._of_series = None
        elif token.name == "Value" and self._component:
            said = self._place().setdefault(self._component, token.text)
            if said != token.text:
                raise BadInput(
                    f"line {token.line}: {self._component[:60]} has several values at one place. "
                    "Cauce keeps one value of a component."
                )
        elif token.name == "Comp":
            self._component = ""
        elif "Header" in self._above:
            self._head.end(token, self._above)

    def _data_set(self, token: Token) -> None:
        told = {**token.words, **token.aside}
        where = place(token.line)
        flow, context = self._head.of(told.get("structureRef", ""))
        self._asked.of(flow, where, context)
        self._asked.action(told.get("action", "") or self._head.action, where)
        self._whole = {n: w for n, w in token.words.items() if n not in OF_A_DATASET}
        self._groups, self._series, self._of_series = [], {}, None

    def _row(self) -> Row:
        self._number += 1
        if self._of_series is None:
            series = self._with_groups(self._series) if self._series else {}
            self._of_series = self._whole | series
        words = self._of_series | self._own
        if not self._series:
            words = self._with_groups(words)
        value = words.pop(VALUE, "") if VALUE in words else self._value
        return self._asked.row(words, value.strip(), self._line, self._number)

    def _with_groups(self, words: Words) -> Words:
        """The words with what is said of the groups they are in."""
        for group in self._groups:
            if all(words.get(one, word) == word for one, word in group.items()):
                words = group | words
        return words


class _Head:
    """Which structure each data set follows, as the header says."""

    def __init__(self) -> None:
        self.across = TIME
        self.action = ""
        self._structure = ""
        self._flows: dict[str, tuple[str, str]] = {}

    def begin(self, token: Token, above: list[str]) -> None:
        if token.name == "Structure" and above[-1] == "Header":
            self.across = token.words.get("dimensionAtObservation") or self.across
            self._structure = token.words.get("structureID", "")
        elif token.name == "Ref" and token.words.get("id") and above[-1] in CONTEXTS:
            told = f"{token.words.get('agencyID', '')}:{token.words['id']}"
            version = token.words.get("version")
            told = f"{told}({version})" if version else told
            self._flows[self._structure] = told, CONTEXTS[above[-1]]

    def end(self, token: Token, above: list[str]) -> None:
        if token.name == "DataSetAction":
            self.action = token.text
        named = above[-1] if token.name == "URN" else token.name
        if named in CONTEXTS and "=" in token.text:
            self._flows[self._structure] = token.text.rpartition("=")[2], CONTEXTS[named]

    def of(self, structure: str) -> tuple[str, str]:
        """What a data set refers to, and as what; the first of the header if it names nothing."""
        if structure in self._flows:
            return self._flows[structure]
        return next(iter(self._flows.values()), ("", ""))


def _check_root(token: Token) -> None:
    if token.name == "Error":
        raise BadInput("is the message of an error, and no data. Ask the service again.")
    if token.name not in ROOTS:
        raise BadInput(
            f"line {token.line}: <{token.name[:60]}> is no data message of SDMX-ML 2.1. It "
            f"would begin with one of {', '.join(ROOTS)}."
        )
