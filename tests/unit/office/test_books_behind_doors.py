"""A workbook goes in and out through the real doors: a cookie, a token, a form with a file."""

import io
import time
from pathlib import Path

from openpyxl import load_workbook

from cauce.model.account import Role
from cauce.office.app import Entrance, create_office
from cauce.office.doors import csrf_field, guards, kept_page, routes
from cauce.pipeline.registers import read_registers

PACK = Path(__file__).parents[3] / "packs" / "registers"
HOME = "https://registros.example"
BOOK = "/es/registers/quotas/book"


def sent(browser, path: str, **given):
    """Send a form of a page, with its token; `files` are files."""
    token = browser.get(path).text.partition('name="csrf" value="')[2].partition('"')[0]
    files = given.pop("files", None)
    headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
    return browser.post(path, data={"csrf": token, **given}, files=files, headers=headers)


def test_a_template_is_filled_in_sent_and_entered(office) -> None:
    doors = office.doors
    entrance = Entrance(guards(doors), routes(doors), csrf_field, kept_page)
    declared = read_registers(PACK)
    app = create_office(doors.database, declared, doors.access, doors.keys, entrance, doors.clock)
    browser, _ = office.signed_in(Role.EDITOR, app=app)
    template = browser.get("/es/registers/quotas/template.xlsx")
    assert template.headers["cache-control"] == "no-store"
    book = load_workbook(io.BytesIO(template.content))
    page = next(sheet for sheet in book if "sheet=records" in str(sheet["A1"].value))
    ids = [cell.value for cell in page[1]]
    line = {
        "title_es": "Cuota", "mechanism": "UNK", "country": "GTM", "period_from": "2023-01-01",
        "period_to": "2023-12-31", "ceiling": 100, "unit": "VISA", "source": "Gaceta 1",
    }  # fmt: skip
    for name, value in line.items():
        page.cell(4, ids.index(name) + 1).value = value
    out = io.BytesIO()
    book.save(out)

    assert browser.post(BOOK, files={"book": ("a.xlsx", out.getvalue())}).status_code == 403
    there = sent(browser, BOOK, files={"book": ("a.xlsx", out.getvalue())})
    where = there.headers["location"]
    looked = until_done(browser, where)
    assert "Registros nuevos: 1" in looked.text
    assert browser.post(where, data={"do": "enter"}).status_code == 403, "no token"
    assert sent(browser, where, do="enter").headers["location"] == where
    assert "Asientos enviados: 1" in until_done(browser, where).text
    exported = browser.get("/es/registers/quotas/book.xlsx")
    lines = load_workbook(io.BytesIO(exported.content)).worksheets
    assert any("Cuota" in row for sheet in lines for row in sheet.iter_rows(values_only=True))


def until_done(browser, where: str):
    for _ in range(600):
        answer = browser.get(where)
        if "refresh" not in answer.headers:
            return answer
        time.sleep(0.1)
    raise AssertionError("it is still being looked at")
