"""Comments at cells: one for each mark, beside those that were there. Runs in the worker.

A comment is two things: its text in one part, and in another, in the VML of 1999, the box that
shows it.
"""

from collections.abc import Mapping

from cauce.sources.books.package import Package
from cauce.sources.books.parts import LINKS, MAIN, Node, m, xml
from cauce.sources.books.shape import letters

AUTHOR = "Cauce: errores / faults"
BEFORE_OURS = "\n—— Cauce ——\n"
"""Stands before our words in a comment that somebody else began."""
_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER = frozenset(
    {"legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
     "extLst"}
)  # fmt: skip
Cells = Mapping[tuple[int, int], str]
"""What is said at each cell, by row from 1 and column from 0."""


def put_notes(package: Package, sheet: str, said: Cells) -> None:
    """Write our comments into a sheet; those we wrote an earlier time are taken away first."""
    found = package.related(sheet, "comments")
    if not found and not said:
        return
    name = found[0][1] if found else _new_comments(package, sheet)
    root = package.root(name)
    author = _author(root)
    removed = _take_away(root, author)
    added = _add(root, author, said)
    if removed or added:
        _draw(package, sheet, removed, added)


def _new_comments(package: Package, sheet: str) -> str:
    name = package.free("xl/comments{}.xml")
    root = xml.Element(m("comments"), nsmap={None: MAIN})
    xml.SubElement(root, m("authors"))
    xml.SubElement(root, m("commentList"))
    package.add(name, root, _COMMENTS_TYPE)
    package.relate(sheet, "comments", name)
    return name


def _author(root: Node) -> str:
    """The number under which we are among the authors."""
    authors = root.find(m("authors"))
    for number, node in enumerate(authors):
        if node.text == AUTHOR:
            return str(number)
    xml.SubElement(authors, m("author")).text = AUTHOR
    return str(len(authors) - 1)


def _take_away(root: Node, author: str) -> set[str]:
    """Remove what we said before; the references of comments that are gone with it."""
    gone = set()
    for comment in list(root.find(m("commentList"))):
        if comment.get("authorId") == author:
            gone.add(comment.get("ref") or "")
            comment.getparent().remove(comment)
            continue
        for run in list(comment.iter(m("r"))):
            if (run.findtext(m("t")) or "").startswith(BEFORE_OURS):
                run.getparent().remove(run)
    return gone


def _add(root: Node, author: str, said: Cells) -> list[tuple[int, int]]:
    """Write the comments; the cells that need a box because they had no comment."""
    listed = root.find(m("commentList"))
    there = {comment.get("ref"): comment for comment in listed}
    new = []
    for (row, column), words in sorted(said.items()):
        reference = f"{letters(column)}{row}"
        comment = there.get(reference)
        if comment is None:
            comment = xml.SubElement(listed, m("comment"), ref=reference, authorId=author)
            xml.SubElement(comment, m("text"))
            new.append((row, column))
        else:
            words = BEFORE_OURS + words
        text = comment.find(m("text"))
        node = xml.SubElement(xml.SubElement(text, m("r")), m("t"))
        node.text = words
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return new


def _draw(package: Package, sheet: str, removed: set[str], added: list[tuple[int, int]]) -> None:
    """Take away the boxes of removed comments and draw those of new ones."""
    drawing = _drawing(package, sheet)
    for shape in list(drawing.iter(f"{{{_V}}}shape")):
        row, column = (shape.findtext(f".//{{{_X}}}{tag}") or "" for tag in ("Row", "Column"))
        known = row.isdecimal() and column.isdecimal()
        if known and f"{letters(int(column))}{int(row) + 1}" in removed:
            shape.getparent().remove(shape)
    numbers = package.shape_numbers(len(added))
    for number, (row, column) in zip(numbers, added, strict=True):
        drawing.append(_box(number, row, column))
    used = {n // 1024 for n in numbers}
    for node in drawing.iter(f"{{{_O}}}idmap"):
        before = {int(n) for n in (node.get("data") or "").split(",") if n.isdecimal()}
        node.set("data", ",".join(str(n) for n in sorted(before | used)))


def _drawing(package: Package, sheet: str) -> Node:
    """The drawing that holds a sheet's boxes, made if there is none."""
    root = package.root(sheet)
    legacy = root.find(m("legacyDrawing"))
    wanted = None if legacy is None else legacy.get(f"{{{LINKS}}}id")
    for number, name in package.related(sheet, "vmlDrawing"):
        if number == wanted:
            return package.root(name)
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    drawing = xml.fromstring(_EMPTY)
    package.put(name, drawing)
    package.default_type("vml", _VML_TYPE)
    legacy = xml.Element(m("legacyDrawing"))
    legacy.set(f"{{{LINKS}}}id", package.relate(sheet, "vmlDrawing", name))
    at = next((i for i, n in enumerate(root) if xml.QName(n).localname in _AFTER), len(root))
    root.insert(at, legacy)
    return drawing


_EMPTY = f"""<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"
 path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""


def _box(number: int, row: int, column: int) -> Node:
    """The box of a comment, shown when the pointer rests on its cell."""
    box: Node = xml.fromstring(
        f"""<v:shape xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}" id="_x0000_s{number}"
 type="#_x0000_t202" style="position:absolute;width:260px;height:150px;z-index:9;visibility:hidden"
 fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>
<x:Anchor>{column + 1},15,{max(row - 2, 0)},10,{column + 4},15,{row + 6},4</x:Anchor>
<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column>
</x:ClientData></v:shape>"""
    )
    return box
