"""SDMX-ML data messages, generic and structure-specific, read element by element.

Source: SDMX 2.1 Technical Specifications, section 3A, generic and structure-specific data; 3.0 has
the latter alone, written alike.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from cauce.model.errors import BadInput
from cauce.sources.imports.sdmx.rows import Asked, Row, place

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
VALUE, TIME = "OBS_VALUE", "TIME_PERIOD"
SAFE: Mapping[str, bool] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

Words = dict[str, str]
Element = Any


def xml_rows(path: Path, asked: Asked) -> Iterator[Row]:
    """The observations of a message, in its order.

    Raises:
        BadInput: it is no data message, brings a DTD, is cut off, or names what nobody declared.
    """
    try:
        with path.open("rb") as file:
            yield from _Walk(asked).rows(etree.iterparse(file, events=("start", "end"), **SAFE))
    except etree.XMLSyntaxError as error:
        line = error.position[0] if error.position else 0
        why = (error.msg or "").partition(", line")[0][:160]
        raise BadInput(
            f"{place(line)}: not well-formed XML ({why}). Is the file cut off, or in another "
            "encoding than it says?"
        ) from error


class _Walk:
    """What is known while the elements of a message go by."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._flows: dict[str, str] = {}
        self._across = TIME
        self._whole: Words = {}
        self._groups: list[Words] = []
        self._series: Words = {}
        self._number = 0

    def rows(self, events: Iterator[tuple[str, Element]]) -> Iterator[Row]:
        for count, (event, element) in enumerate(events):
            name = local(element.tag)
            if count == 0:
                self._root(element, name)
            if event == "start":
                self._begin(element, name)
            elif name == "Obs":
                yield self._row(element)
                _forget(element)
            else:
                self._end(element, name)

    def _root(self, element: Element, name: str) -> None:
        info = element.getroottree().docinfo
        if info.doctype or info.internalDTD is not None:
            raise BadInput(
                "brings a DTD (<!DOCTYPE …>). A data message of SDMX has none, and with one it "
                "could say anything. Ask the producer for the message without it."
            )
        if name == "Error":
            raise BadInput("is the message of an error, and no data. Ask the service again.")
        if name not in ROOTS:
            raise BadInput(
                f"line {element.sourceline}: <{name[:60]}> is no data message of SDMX-ML 2.1. It "
                f"would begin with one of {', '.join(ROOTS)}."
            )

    def _begin(self, element: Element, name: str) -> None:
        if name == "DataSet":
            self._data_set(element)
        elif name == "Series":
            self._series = _plain(element)

    def _end(self, element: Element, name: str) -> None:
        above = local(element.getparent().tag) if element.getparent() is not None else ""
        if name == "Structure" and above == "Header":
            self._structure(element)
        elif name in ("SeriesKey", "Attributes") and above == "Series":
            self._series |= _values(element)
        elif name == "Attributes" and above == "DataSet":
            self._whole |= _values(element)
        elif name == "Group":
            self._groups.append(_plain(element) | _values(element))
        elif name == "Series":
            _forget(element)

    def _structure(self, element: Element) -> None:
        """Which dataflow or structure a data set follows, and what stands at its observations."""
        self._across = element.get("dimensionAtObservation") or self._across
        for each in element.iter():
            if local(each.tag) == "Ref" and each.get("id"):
                name = f"{each.get('agencyID', '')}:{each.get('id')}"
                version = each.get("version")
                self._flows[element.get("structureID", "")] = (
                    f"{name}({version})" if version else name
                )
            elif local(each.tag) in ("URN", "Structure", "StructureUsage") and each.text:
                urn = each.text.strip()
                if "=" in urn:
                    told = urn.rpartition("=")[2]
                    self._flows[element.get("structureID", "")] = told

    def _data_set(self, element: Element) -> None:
        told = {local(name): word for name, word in element.attrib.items()}
        where = place(element.sourceline or 0)
        known = self._flows.get(told.get("structureRef", ""), "")
        self._asked.of(known or next(iter(self._flows.values()), ""), where)
        self._asked.action(told.get("action", ""), where)
        self._whole = {n: w for n, w in _plain(element).items() if n not in OF_A_DATASET}
        self._groups, self._series = [], {}

    def _row(self, element: Element) -> Row:
        self._number += 1
        words = self._whole | self._series | _plain(element)
        value = words.pop(VALUE, "")
        for child in element:
            name = local(child.tag)
            if name == "ObsDimension":
                words[child.get("id") or self._across] = child.get("value", "")
            elif name == "ObsValue":
                value = child.get("value", "")
            elif name in ("ObsKey", "Attributes"):
                words |= _values(child)
        for group in self._groups:
            if all(words.get(one, word) == word for one, word in group.items()):
                words = group | words
        return self._asked.row(words, value.strip(), element.sourceline or 0, self._number)


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _plain(element: Element) -> Words:
    """The attributes of an element that stand in no namespace."""
    return {name: word for name, word in element.attrib.items() if "}" not in name}


def _values(element: Element) -> Words:
    """What <Value id="…" value="…"/> below an element say, at any depth."""
    return {
        each.get("id", ""): each.get("value", "")
        for each in element.iter()
        if local(each.tag) == "Value"
    }


def _forget(element: Element) -> None:
    """Give back the memory of an element that was read, and of all before it."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]
