"""A workbook whose parts are changed one by one, while all others are copied byte by byte.

Runs in the worker.
"""

import re
import zipfile
from pathlib import Path

from cauce.sources.books.guard import part
from cauce.sources.books.parts import PACKAGE, TYPES, Node, parse, relations_of, resolved, xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_SHAPE = re.compile(rb"_x0000_s(\d+)")


class Package:
    """The parts of an opened workbook; those asked for as XML are written as they were left."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        self._roots: dict[str, Node] = {}
        self._bytes: dict[str, bytes] = {}
        self._block = 0

    def root(self, name: str) -> Node:
        """The XML of a part, to be changed in place."""
        if name not in self._roots:
            self._roots[name] = parse(part(self.archive, name), name)
        return self._roots[name]

    def holds(self, name: str) -> bool:
        """Whether a part was asked for as XML."""
        return name in self._roots

    def put(self, name: str, root: Node) -> None:
        self._roots[name] = root
        self.names.add(name)

    def put_bytes(self, name: str, data: bytes) -> None:
        self._bytes[name] = data

    def add(self, name: str, root: Node, content_type: str) -> None:
        """A new part with its type."""
        self.put(name, root)
        types = self.root(CONTENT_TYPES)
        if not any(node.get("PartName") == f"/{name}" for node in types):
            xml.SubElement(
                types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
            )

    def default_type(self, ending: str, content_type: str) -> None:
        """The type of all parts with an ending, if none was said."""
        types = self.root(CONTENT_TYPES)
        if not any(node.get("Extension", "").lower() == ending for node in types):
            node = xml.Element(f"{{{TYPES}}}Default", Extension=ending, ContentType=content_type)
            types.insert(0, node)

    def related(self, source: str, kind: str) -> list[tuple[str, str]]:
        """The id and the part of everything of a kind that a part points to."""
        where = relations_of(source)
        if where not in self.names:
            return []
        return [
            (node.get("Id") or "", resolved(source, node.get("Target") or ""))
            for node in self.root(where)
            if (node.get("Type") or "").endswith(f"/{kind}")
            and node.get("TargetMode") != "External"
        ]

    def relate(self, source: str, kind: str, target: str) -> str:
        """Point from a part to another; the id under which it does."""
        where = relations_of(source)
        if where not in self.names:
            self.put(where, xml.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE}))
        root = self.root(where)
        taken = {node.get("Id") for node in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        xml.SubElement(
            root,
            f"{{{PACKAGE}}}Relationship",
            Id=f"rId{number}",
            Type=f"{OFFICE}/{kind}",
            Target=f"/{target}",
        )
        return f"rId{number}"

    def free(self, pattern: str) -> str:
        """A name that no part has: pattern with a number for {}."""
        number = 1
        while pattern.format(number) in self.names:
            number += 1
        return pattern.format(number)

    def shape_numbers(self, count: int) -> range:
        """Numbers for drawn shapes that no sheet of the workbook uses, in blocks of 1,024."""
        if self._block == 0:
            drawings = [name for name in self.names if name.lower().endswith(".vml")]
            used = [
                int(n)
                for name in drawings
                if name in self.archive.namelist()
                for n in _SHAPE.findall(part(self.archive, name))
            ]
            self._block = max(used, default=0) // 1024 + 1
        first = self._block * 1024 + 1
        self._block += count // 1024 + 1
        return range(first, first + count)

    def write(self, out: Path) -> None:
        """The workbook with its changes, in the order of the parts it had."""
        changed = {n: _serialised(root) for n, root in self._roots.items()} | self._bytes
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target:
            for name in self.archive.namelist():
                data = changed.pop(name, None)
                target.writestr(name, part_bytes(self.archive, name) if data is None else data)
            for name, data in changed.items():
                target.writestr(name, data)


def part_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of any part, pictures too; the guard has asked how many they are."""
    with archive.open(name) as source:
        return source.read()


def _serialised(root: Node) -> bytes:
    data: bytes = xml.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
