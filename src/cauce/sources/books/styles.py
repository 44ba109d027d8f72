"""How marked cells look: their own style with another ground, and back. Runs in the worker."""

from copy import deepcopy

from cauce.sources.books.package import Package
from cauce.sources.books.parts import MAIN, WORKBOOK, Node, m, xml

FAULT_COLOUR, WARNING_COLOUR = "FFFFC9C9", "FFFFE8A3"
"""Grounds of faulty and of questioned cells; black on either has a contrast of over 13 to 1."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The cell formats of a workbook, which grow with each new kind of marked cell."""

    def __init__(self, package: Package) -> None:
        found = package.related(WORKBOOK, "styles")
        if found:
            self.root = package.root(found[0][1])
        else:
            self.root = xml.Element(m("styleSheet"), nsmap={None: MAIN})
            package.add("xl/styles.xml", self.root, _TYPE)
            package.relate(WORKBOOK, "styles", "xl/styles.xml")
        self.formats = _group(self.root, "cellXfs", xml.Element(m("xf")))
        self.fills = _group(self.root, "fills", _fill_of("none"))
        self.fonts = _group(self.root, "fonts", xml.Element(m("font")))
        self._marked: dict[tuple[int, bool], int] = {}
        self._plain: dict[int, int] = {}

    def has_marks(self) -> bool:
        """Whether cells of this workbook may have been marked before."""
        return any(_colour(fill) in (FAULT_COLOUR, WARNING_COLOUR) for fill in self.fills)

    def marked(self, style: int, warning: bool) -> int:
        """The same style on the ground of faults or of warnings."""
        key = style, warning
        if key not in self._marked:
            fill = self._fill(WARNING_COLOUR if warning else FAULT_COLOUR)
            self._marked[key] = self._like(style, str(fill))
        return self._marked[key]

    def plain(self, style: int) -> int:
        """The style without the ground of marks; itself if it has none."""
        if style not in self._plain:
            fill = int(self._format(style).get("fillId") or 0)
            ours = fill < len(self.fills) and _colour(self.fills[fill]) in (
                FAULT_COLOUR,
                WARNING_COLOUR,
            )
            self._plain[style] = self._like(style, "0") if ours else style
        return self._plain[style]

    def text(self, bold: bool = False, link: bool = False) -> int:
        """A style for our own sheet: wrapped text, bold or as a link."""
        font = xml.Element(m("font"))
        if bold:
            xml.SubElement(font, m("b"))
        if link:
            xml.SubElement(font, m("u"))
        xml.SubElement(font, m("sz"), val="11")
        if link:
            xml.SubElement(font, m("color"), rgb="FF0563C1")
        xml.SubElement(font, m("name"), val="Calibri")
        style = xml.Element(
            m("xf"), numFmtId="0", fontId=str(_place(self.fonts, font)), fillId="0", borderId="0"
        )
        style.set("applyFont", "1")
        style.set("applyAlignment", "1")
        xml.SubElement(style, m("alignment"), vertical="top", wrapText="1")
        return _place(self.formats, style)

    def _fill(self, colour: str) -> int:
        while len(self.fills) < 2:  # the first two are the standard's own
            self.fills.append(_fill_of("gray125"))
        fill = _fill_of("solid")
        xml.SubElement(fill[0], m("fgColor"), rgb=colour)
        xml.SubElement(fill[0], m("bgColor"), indexed="64")
        return _place(self.fills, fill)

    def _like(self, style: int, fill: str) -> int:
        node = deepcopy(self._format(style))
        node.set("fillId", fill)
        if fill == "0":
            node.attrib.pop("applyFill", None)
        else:
            node.set("applyFill", "1")
        return _place(self.formats, node)

    def _format(self, style: int) -> Node:
        return self.formats[style if style < len(self.formats) else 0]


_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")


def _group(root: Node, name: str, first: Node) -> Node:
    """A group of the style sheet, made with its first member where it is missing."""
    found = root.find(m(name))
    if found is not None and len(found):
        return found
    group = xml.Element(m(name)) if found is None else found
    group.append(first)
    if found is None:
        before = _ORDER[: _ORDER.index(name)]
        at = sum(1 for node in root if xml.QName(node).localname in before)
        root.insert(at, group)
    return group


def _fill_of(pattern: str) -> Node:
    fill = xml.Element(m("fill"))
    xml.SubElement(fill, m("patternFill"), patternType=pattern)
    return fill


def _place(group: Node, node: Node) -> int:
    """Where an element stands in its group; it is appended if nothing there is the same."""
    wanted = _canonical(node)
    for at, other in enumerate(group):
        if _canonical(other) == wanted:
            return at
    group.append(node)
    group.set("count", str(len(group)))
    return len(group) - 1


def _canonical(node: Node) -> bytes:
    copy: bytes = xml.tostring(node, method="c14n", exclusive=True, with_tail=False)
    return copy


def _colour(fill: Node) -> str:
    return next((node.get("rgb") or "" for node in fill.iter(m("fgColor"))), "")
