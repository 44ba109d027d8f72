"""A sheet as it is printed and seen: how tall its lines are, how many fit side by side."""

from datetime import date

from xlsxwriter.worksheet import Worksheet

from cauce.model.register import Field
from cauce.sources.books.looks import WIDTHS

PAGE_LETTERS = 150
MOST_LINES = 6


def lines_of(own: Field, value: str | float | date) -> int:
    """How many lines a text takes in the width of its column."""
    if not isinstance(value, str):
        return 1
    wide = WIDTHS[own.kind] - 2
    return sum(len(part) // wide + 1 for part in value.split("\n"))


def grow(page: Worksheet, line: int, lines: int) -> None:
    """Make a line as high as its longest text needs, up to some height."""
    if lines > 1:
        page.set_row(line, 15 * min(lines, MOST_LINES))


def put_note(page: Worksheet, at: int, text: str) -> None:
    """A note at a header, large enough to be read whole."""
    height = 20 * (len(text) // 45 + text.count("\n") + 2)
    page.write_comment(1, at, text, {"author": "Cauce", "width": 340, "height": height})


def exact(number: float) -> bool:
    """Whether the number survives the 16 digits a workbook is written with."""
    return float(f"{number:.16G}") == number


def printed(page: Worksheet, title: str, letters_wide: int = PAGE_LETTERS) -> None:
    """On paper: across, the headers on every page, some 150 letters side by side."""
    page.set_landscape()
    page.fit_to_pages(max(1, round(letters_wide / PAGE_LETTERS)), 0)
    page.set_paper(1)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    page.set_header(f"&L{title.replace('&', '&&')}")
    page.set_footer("&L&F&C&A&R&P / &N")
