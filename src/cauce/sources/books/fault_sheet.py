"""The sheet that lists what is wrong, each line with a link to its cell. Runs in the worker."""

from collections.abc import Sequence

from cauce.model.text import Text
from cauce.sources.books.book import Mark
from cauce.sources.books.package import Package
from cauce.sources.books.parts import LINKS, MAIN, WORKBOOK, Node, m, xml
from cauce.sources.books.shape import letters
from cauce.sources.books.styles import Styles

NAME = "Errores · Faults"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HEADERS = (
    "Núm. / No.", "Hoja / Sheet", "Celda / Cell", "Campo", "Field",
    "Qué corregir", "What to mend", "Clase / Kind",
)  # fmt: skip
_WIDTHS = (10, 24, 14, 26, 26, 60, 60, 22)
_FAULT = Text("fault", "error")
_WARNING = Text("warning: write OK to insist", "advertencia: escriba OK para insistir")


def put_fault_sheet(package: Package, styles: Styles, marks: Sequence[Mark], every: int) -> str:
    """Write the list as the last sheet, in the place of an earlier one; the part that holds it."""
    name = _sheet_part(package)
    package.put(name, _sheet(styles, marks, every))
    return name


def _sheet_part(package: Package) -> str:
    """The part of our sheet, which becomes the one shown first."""
    workbook = package.root(WORKBOOK)
    sheets = workbook.find(m("sheets"))
    parts = dict(package.related(WORKBOOK, "worksheet"))
    at = next((i for i, s in enumerate(sheets) if s.get("name") == NAME), len(sheets))
    if at < len(sheets):
        name = parts[sheets[at].get(f"{{{LINKS}}}id")]
    else:
        name = package.free("xl/worksheets/sheet{}.xml")
        package.add(name, xml.Element("none"), _TYPE)
        number = max((int(s.get("sheetId") or 0) for s in sheets), default=0) + 1
        node = xml.SubElement(sheets, m("sheet"), name=NAME, sheetId=str(number))
        node.set(f"{{{LINKS}}}id", package.relate(WORKBOOK, "worksheet", name))
    for view in workbook.iter(m("workbookView")):
        view.set("activeTab", str(at))
    return name


def _sheet(styles: Styles, marks: Sequence[Mark], every: int) -> Node:
    root = xml.Element(m("worksheet"), nsmap={None: MAIN, "r": LINKS})
    fit = xml.SubElement(root, m("sheetPr"))
    xml.SubElement(fit, m("pageSetUpPr"), fitToPage="1")
    view = xml.SubElement(
        xml.SubElement(root, m("sheetViews")), m("sheetView"), tabSelected="1", workbookViewId="0"
    )
    xml.SubElement(view, m("pane"), ySplit="1", topLeftCell="A2", state="frozen")
    columns = xml.SubElement(root, m("cols"))
    for at, width in enumerate(_WIDTHS, start=1):
        place = {"min": str(at), "max": str(at), "width": str(width), "customWidth": "1"}
        xml.SubElement(columns, m("col"), **place)
    data = xml.SubElement(root, m("sheetData"))
    bold, plain, link = styles.text(bold=True), styles.text(), styles.text(link=True)
    _row(data, 1, _HEADERS, [bold] * len(_HEADERS))
    looks = [plain, plain, link, *[plain] * 5]
    for at, mark in enumerate(marks, start=1):
        _row(data, at + 1, _line(at, mark), looks)
    if every > len(marks):
        more = f"… {every - len(marks):,} más / more"
        _row(data, len(marks) + 2, (more,), [bold])
    links = xml.SubElement(root, m("hyperlinks")) if marks else None
    for at, mark in enumerate(marks, start=2):
        sheet = mark.sheet.replace("'", "''")
        xml.SubElement(links, m("hyperlink"), ref=f"C{at}", location=f"'{sheet}'!{_cell(mark)}")
    xml.SubElement(root, m("pageSetup"), orientation="landscape", fitToHeight="0")
    return root


def _cell(mark: Mark) -> str:
    return f"{letters(mark.column)}{mark.row}"


def _line(at: int, mark: Mark) -> tuple[str, ...]:
    kind = _WARNING if mark.warning else _FAULT
    return (
        str(at), mark.sheet, _cell(mark), mark.field.es, mark.field.en,
        mark.message.es, mark.message.en, f"{kind.es} / {kind.en}",
    )  # fmt: skip


def _row(data: Node, number: int, values: Sequence[str], styles: Sequence[int]) -> None:
    lines = max(len(v) // (w - 4) + 1 for v, w in zip(values, _WIDTHS, strict=False))
    row = xml.SubElement(data, m("row"), r=str(number), ht=str(15 * lines), customHeight="1")
    for column, (value, style) in enumerate(zip(values, styles, strict=False)):
        cell = xml.SubElement(
            row, m("c"), r=f"{letters(column)}{number}", s=str(style), t="inlineStr"
        )
        text = xml.SubElement(xml.SubElement(cell, m("is")), m("t"))
        text.text = value
        text.set(_SPACE, "preserve")
