"""What all sheets of the workbook share."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cauce.model.reply import AREA, PERIOD, UNIT, Reply, Shape
from cauce.model.text import Text
from cauce.publish.questionnaire.looks import Looks

Words = Mapping[str, Mapping[str, Text]]
"""The words of codes, by axis; of an open axis those that the dataflows use too."""
HEAD = {
    AREA: Text("Area", "Área"),
    PERIOD: Text("Reference period", "Período de referencia"),
    UNIT: Text("Unit", "Unidad"),
}
WIDTHS = (26, 44, 44)
CHARACTERS = 30


@dataclass(frozen=True)
class Desk:
    """One workbook on its way."""

    book: Workbook
    reply: Reply
    shape: Shape
    words: Words
    look: Looks


def printed(page: Worksheet, title: str, high: int) -> None:
    """On paper: across, all columns on one page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, high)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    page.set_header(f"&L{title.replace('&', '&&')}")
    page.set_footer("&L&F&C&A&R&P / &N")
