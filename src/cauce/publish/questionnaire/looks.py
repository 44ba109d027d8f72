"""How the workbook of tables looks: few formats, the same on every sheet."""

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

HEADER, SECOND, LINE, QUIET = "#1F3864", "#DCE6F1", "#B7C3D3", "#5A6472"
"""White on the header and black on the second ground have a contrast of over 11 to 1."""
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook; `numbers` by the decimals they show."""

    title: Format
    code: Format
    codes: Format
    label: Format
    plain: Format
    fact: Format
    text: Format
    text_along: Format
    header: Format
    header_left: Format
    numbers: tuple[Format, ...]
    count: Format
    flag: Format
    link: Format
    slot: Format


def looks(book: Workbook) -> Looks:
    line = {"bottom": 1, "bottom_color": LINE, "valign": "top"}
    head = {"bold": True, "bg_color": HEADER, "font_color": "#FFFFFF", "text_wrap": True}
    quiet = {"font_size": 9, "font_color": QUIET, "valign": "top"}
    box = {"border": 1, "border_color": LINE, "valign": "vcenter"}

    def number(decimals: int) -> Format:
        places = f".{'0' * decimals}" if decimals else ""
        return book.add_format({"num_format": f"#,##0{places}", **line})

    return Looks(
        title=book.add_format({"bold": True, "font_size": 14}),
        code=book.add_format(quiet),
        codes=book.add_format(
            {**box, "font_size": 8, "bg_color": SECOND, "text_wrap": True, "align": "center"}
        ),
        label=book.add_format({**line, "text_wrap": True}),
        plain=book.add_format({"valign": "top"}),
        fact=book.add_format({"bold": True, "valign": "top"}),
        text=book.add_format({"text_wrap": True, "valign": "top"}),
        text_along=book.add_format({"valign": "top"}),
        header=book.add_format({**head, **box, "align": "center"}),
        header_left=book.add_format({**head, **box}),
        numbers=tuple(number(decimals) for decimals in range(MOST_DECIMALS + 1)),
        count=book.add_format({"num_format": "#,##0", "valign": "top"}),
        flag=book.add_format({**line, "align": "center", "bold": True}),
        link=book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"}),
        slot=book.add_format({"bottom": 1, "bottom_color": LINE, "bg_color": "#FFFBE6"}),
    )
