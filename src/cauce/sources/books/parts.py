"""The parts of an .xlsx file: which sheets it has, its styles and its shared texts.

After ECMA-376, 5th edition, part 1 (SpreadsheetML, sections 18.2–18.8) and part 2 (packages). Runs
in the worker.
"""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cauce.model.text import Text
from cauce.sources.books.book import Refused
from cauce.sources.books.guard import part

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK = "xl/workbook.xml"
MAX_SHEETS = 200
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Node = Any
"""An element of lxml, whose stubs know less than it does."""
xml: Any = etree
"""lxml itself, for making elements."""


def m(tag: str) -> str:
    """A tag of the main namespace."""
    return f"{{{MAIN}}}{tag}"


_TEXT, _RUN = m("t"), m("r")


def parse(data: bytes, name: str) -> Node:
    """The root of a part. Nothing outside it is ever fetched, and no entity is expanded.

    Raises Refused if it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(
            Text(
                f"{name} of the workbook is damaged. Save it again in Excel and send that.",
                f"{name} del libro está dañado. Guárdelo otra vez en Excel y envíe ese archivo.",
            )
        ) from error
    if root.tag.startswith("{http://purl.oclc.org/ooxml"):
        raise Refused(
            Text(
                "This is a “Strict Open XML” workbook. Save it as a plain Excel workbook (.xlsx).",
                "Es un libro «Open XML estricto». Guárdelo como libro de Excel (.xlsx).",
            )
        )
    return root


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its name and the part that holds it."""

    name: str
    part: str


def sheet_parts(archive: zipfile.ZipFile) -> tuple[list[SheetPart], bool]:
    """The worksheets in their order, and whether days are counted from 1904."""
    root = parse(part(archive, WORKBOOK), WORKBOOK)
    targets = relations(archive, WORKBOOK)
    names = set(archive.namelist())
    found = []
    for node in root.iterfind(f"{m('sheets')}/{m('sheet')}"):
        kind, target = targets.get(node.get(f"{{{LINKS}}}id") or "", ("", ""))
        if kind == "worksheet" and target in names:
            found.append(SheetPart(node.get("name") or "", target))
    if len(found) > MAX_SHEETS:
        raise Refused(
            Text(
                f"The workbook has {len(found):,} sheets; at most {MAX_SHEETS} are read.",
                f"El libro tiene {len(found):,} hojas; se leen a lo más {MAX_SHEETS}.",
            )
        )
    settings = root.find(m("workbookPr"))
    since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    return found, since_1904


def relations_of(name: str) -> str:
    """The part that says what a part points to."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def relations(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """What a part points to within the file, by id: the last word of the kind, and the part."""
    where = relations_of(name)
    if where not in archive.namelist():
        return {}
    found = {}
    for node in parse(part(archive, where), where):
        if isinstance(node.tag, str) and node.get("TargetMode") != "External":
            target = resolved(name, node.get("Target") or "")
            found[node.get("Id") or ""] = ((node.get("Type") or "").rpartition("/")[2], target)
    return found


def resolved(source: str, target: str) -> str:
    """The part a target names, seen from the part that names it."""
    joined = posixpath.join("/", posixpath.dirname(source), target)
    return posixpath.normpath(joined).lstrip("/")


def date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The styles of cells that show their number as a day."""
    targets = [t for kind, t in relations(archive, WORKBOOK).values() if kind == "styles"]
    if not targets:
        return frozenset()
    root = parse(part(archive, targets[0]), targets[0])
    own = {
        int(node.get("numFmtId") or 0): node.get("formatCode") or ""
        for node in root.iterfind(f"{m('numFmts')}/{m('numFmt')}")
    }
    formats = [
        int(node.get("numFmtId") or 0) for node in root.iterfind(f"{m('cellXfs')}/{m('xf')}")
    ]
    return frozenset(at for at, f in enumerate(formats) if f in _DATES or _shows_date(own.get(f)))


def _shows_date(code: str | None) -> bool:
    if not code:
        return False
    bare = _NOT_FORMAT.sub("", code.partition(";")[0])
    return any(letter in bare.lower() for letter in "ymdhs") and "general" not in bare.lower()


def shared_texts(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells share. How many the part says it holds is not asked."""
    targets = [t for kind, t in relations(archive, WORKBOOK).values() if kind == "sharedStrings"]
    if not targets or targets[0] not in archive.namelist():
        return []
    root = parse(part(archive, targets[0]), targets[0])
    return [text_of(node) for node in root.iterfind(m("si"))]


def text_of(node: Node) -> str:
    """The text of a shared or inline string, of all its runs but without furigana."""
    if len(node) == 1 and node[0].tag == _TEXT:
        return unescaped(node[0].text or "")
    parts = [node.findtext(_TEXT) or ""]
    parts += [run.findtext(_TEXT) or "" for run in node.iterfind(_RUN)]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Text with _x000D_ and its like put back, as the standard has it (22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
