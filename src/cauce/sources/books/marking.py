"""The workbook somebody sent, with what is wrong at its cells and nothing else changed.

Runs in the worker.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cauce.sources.books.book import Mark
from cauce.sources.books.fault_sheet import put_fault_sheet
from cauce.sources.books.guard import opened, part
from cauce.sources.books.notes import put_notes
from cauce.sources.books.package import Package
from cauce.sources.books.parts import Node, SheetPart, m, sheet_parts, xml
from cauce.sources.books.shape import letters
from cauce.sources.books.styles import Styles
from cauce.sources.limits import Limits

MAX_MARKS = 5_000
"""More cells than this are not marked; the list says how many there are."""
_HEAD = 8_192


def write_marked(path: Path, marks: Sequence[Mark], out: Path, limits: Limits) -> None:
    """Write the workbook with each mark as colour and comment at its cell, and a list of all.

    Raises Refused as `guard.opened` does.
    """
    with opened(path, limits) as archive:
        sheets, _ = sheet_parts(archive)
        package = Package(archive)
        styles = Styles(package)
        before = styles.has_marks()
        by_sheet: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks[:MAX_MARKS]:
            by_sheet[mark.sheet].append(mark)
        for sheet in sheets:
            if by_sheet[sheet.name] or before:
                _mark_sheet(package, sheet, by_sheet[sheet.name], styles)
        listed = put_fault_sheet(package, styles, marks[:MAX_MARKS], len(marks))
        _show_only(package, [s for s in sheets if s.part != listed])
        package.write(out)


def _mark_sheet(package: Package, sheet: SheetPart, marks: Sequence[Mark], styles: Styles) -> None:
    root = package.root(sheet.part)
    for cell in root.iter(m("c")):
        style = int(cell.get("s") or 0)
        if style and (plain := styles.plain(style)) != style:
            cell.set("s", str(plain))
    said = _said(marks)
    colours = {(k.row, k.column): k.warning for k in sorted(marks, key=lambda k: not k.warning)}
    for (row, column), cell in _cells(root, colours):
        style = int(cell.get("s") or 0)
        cell.set("s", str(styles.marked(style, colours[row, column])))
    put_notes(package, sheet.part, said)


def _said(marks: Sequence[Mark]) -> dict[tuple[int, int], str]:
    """The words of the comment at each cell: all that is wrong there, Spanish first."""
    words: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        words[mark.row, mark.column].append(mark)
    return {
        place: "\n".join(
            (*(f"{m.field.es}: {m.message.es}" for m in group), "",
             *(f"{m.field.en}: {m.message.en}" for m in group))
        )
        for place, group in words.items()
    }  # fmt: skip


def _cells(
    root: Node, wanted: Mapping[tuple[int, int], bool]
) -> Iterator[tuple[tuple[int, int], Node]]:
    """The cells at some places, made where there are none."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in wanted:
        columns[row].append(column)
    data = root.find(m("sheetData"))
    styles = _column_styles(root)
    rows: dict[int, Node] = {int(node.get("r") or 0): node for node in data if node.get("r")}
    for number in sorted(columns):
        line = rows.get(number)
        if line is None:
            line = xml.Element(m("row"), r=str(number))
            data.insert(sum(1 for other in rows if other < number), line)
            rows[number] = line
        there = {node.get("r"): node for node in line}
        for column in sorted(columns[number]):
            cell: Node = there.get(f"{letters(column)}{number}")
            if cell is None:
                cell = xml.Element(m("c"), r=f"{letters(column)}{number}")
                if style := line.get("s") or styles.get(column):
                    cell.set("s", style)
                line.insert(sum(1 for node in line if _before(node, column)), cell)
            yield (number, column), cell


def _before(cell: Node, column: int) -> bool:
    found = 0
    for letter in (cell.get("r") or "").rstrip("0123456789"):
        found = found * 26 + ord(letter) - 64
    return found - 1 < column


def _column_styles(root: Node) -> dict[int, str]:
    """The style of empty cells by column."""
    return {
        column: style
        for node in root.iterfind(f"{m('cols')}/{m('col')}")
        if (style := node.get("style"))
        for column in range(int(node.get("min") or 1) - 1, min(int(node.get("max") or 1), 1_000))
    }


def _show_only(package: Package, others: Sequence[SheetPart]) -> None:
    """Let no other sheet be selected: what is typed into selected sheets goes into all of them."""
    for sheet in others:
        data = part(package.archive, sheet.part)
        if b'tabSelected="1"' in data[:_HEAD]:
            if package.holds(sheet.part):
                for view in package.root(sheet.part).iter(m("sheetView")):
                    view.attrib.pop("tabSelected", None)
            else:
                head = data[:_HEAD].replace(b' tabSelected="1"', b"")
                package.put_bytes(sheet.part, head + data[_HEAD:])
