"""How the workbooks we write look: formats, widths, drop-downs and what a cell may hold."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from cauce.model.record import Absent
from cauce.model.register import Field, FieldKind
from cauce.model.text import Language, Text
from cauce.sources.books.words import KINDS

HEADER, SECOND = "#1F3864", "#DCE6F1"
"""Grounds of the two header rows: white on the one, black on the other, over 11 to 1."""
WIDTHS: dict[FieldKind, int] = {
    "text": 28, "note": 48, "code": 26, "codes": 30, "number": 14, "money": 16, "date": 13,
    "flag": 10, "link": 34, "web": 34, "rows": 10,
}  # fmt: skip
_REFUSED = Text("Not possible here", "Aquí no se puede")
_REASONS = tuple(str(reason) for reason in Absent)


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook."""

    title: Format
    text: Format
    header: Format
    second: Format
    kinds: dict[str, Format]


def looks(book: Workbook) -> Looks:
    head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    top = {"valign": "top", "text_wrap": True}
    kinds = {
        kind: {"num_format": "@", **top}
        for kind in ("text", "note", "code", "codes", "link", "web", "flag")
    }
    kinds["date"] = {"num_format": "yyyy-mm-dd", "valign": "top"}
    for decimals in range(10):
        places = f".{'0' * decimals}" if decimals else ""
        kinds[f"number{decimals}"] = {"num_format": f"0{places}", "valign": "top"}
        kinds[f"money{decimals}"] = {"num_format": f"#,##0{places}", "valign": "top"}
    return Looks(
        title=book.add_format({"bold": True, "font_size": 16, "text_wrap": True}),
        text=book.add_format(top),
        header=book.add_format({**head, "bg_color": HEADER, "font_color": "#FFFFFF"}),
        second=book.add_format({**head, "bold": False, "bg_color": SECOND}),
        kinds={kind: book.add_format(settings) for kind, settings in kinds.items()},
    )


def format_of(field: Field, look: Looks) -> Format:
    if field.kind in ("number", "money"):
        return look.kinds[f"{field.kind}{min(field.decimals, 9)}"]
    return look.kinds[field.kind]


def allowed(field: Field, cell: str, named: frozenset[str], language: Language) -> dict[str, Any]:
    """What Excel lets into the column of a field, {} for anything. `cell` is its first.

    A list of `named` drops down; a cell of several codes, or of a link, may hold more than it has.
    """
    match field.kind:
        case "number" | "money":
            return _custom(_number(field, cell), field, language)
        case "date":
            return _custom(f"ISNUMBER({cell})", field, language, cell)
        case "code" | "codes":
            free = field.kind == "codes"
            return _listed(field.codelist, free, field, language)
        case "flag":
            return _listed("L_FLAG", False, field, language)
        case "link" if f"L_{field.register}" in named:
            return _listed(f"L_{field.register}", True, field, language)
        case "text":
            return _told({"validate": "length", "criteria": "<=", "value": 500}, field, language)
        case _:
            return _told({"validate": "any"}, field, language) if field.help else {}


def _number(field: Field, cell: str) -> str:
    parts = [f"ISNUMBER({cell})"]
    if field.minimum is not None:
        parts.append(f"{cell}>={field.minimum:.15g}")
    if field.maximum is not None:
        parts.append(f"{cell}<={field.maximum:.15g}")
    absent = ",".join(f'{cell}="{reason}"' for reason in _REASONS)
    return f"=OR(AND({','.join(parts)}),{absent})"


def _custom(formula: str, field: Field, language: Language, cell: str = "") -> dict[str, Any]:
    if cell:
        absent = ",".join(f'{cell}="{reason}"' for reason in _REASONS)
        formula = f"=OR({formula},{absent})"
    return _told({"validate": "custom", "value": formula}, field, language)


def _listed(name: str, free: bool, field: Field, language: Language) -> dict[str, Any]:
    rule = {"validate": "list", "source": f"={name}"}
    if free:
        rule["error_type"] = "information"
    return _told(rule, field, language)


def _told(rule: dict[str, Any], field: Field, language: Language) -> dict[str, Any]:
    """A rule with what is said when the cell is chosen, and when something else is typed."""
    rule["error_title"] = _REFUSED.of(language)
    rule["error_message"] = (f"{KINDS[field.kind].of(language)} UNK, NST, NAP.")[:255]
    if field.help:
        rule["input_title"] = field.name.of(language)[:32]
        rule["input_message"] = field.help.of(language)[:255]
    return rule
