"""A register is taken away from the office as a workbook: what there is, for who may see it."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from cauce.store.log import door_schema as doors

from .quotas import entered, judged, quota


def book_of(answer):
    """The cells of a workbook that was sent: of each sheet, its rows."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; ")
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def text_of(answer) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def record_of(answer, title: str) -> dict[str, object]:
    """The line of a workbook whose title this is, by field."""
    for rows in book_of(answer).values():
        for row in rows[1:]:
            if title in row:
                return dict(zip(rows[0], row, strict=True))
    raise AssertionError(f"no line has {title}")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("Descargar el libro (.xlsx)", "Descargar la plantilla (.xlsx)")),
        ("en", ("Download the workbook (.xlsx)", "Download the template (.xlsx)")),
    ],
)
def test_the_registers_page_leads_to_its_workbook_and_its_template(
    desk_of, language, words
) -> None:
    page = desk_of("ana").get(f"/{language}/registers/quotas").text
    for name, word in zip(("book", "template"), words, strict=True):
        assert f'<a href="/{language}/registers/quotas/{name}.xlsx">{word}</a>' in page


def test_the_workbook_holds_what_the_records_say_at_last(desk_of) -> None:
    key = quota(desk_of("ana"))
    answer = desk_of("ana").get("/es/registers/quotas/book.xlsx")
    line = record_of(answer, "Cuota de prueba")
    assert (line["ceiling"], line["_key"], line["_base"]) == (100, key, 1)
    assert "quotas.xlsx" in answer.headers["content-disposition"]
    tables = desk_of("ana").get("/es/registers/quotas/book.csv")
    assert "Cuota de prueba" in text_of(tables)


def test_an_empty_register_gives_a_workbook_without_lines(desk_of) -> None:
    book = book_of(desk_of("ana").get("/en/registers/quotas/book.xlsx"))
    assert not any("100" in map(str, row) for rows in book.values() for row in rows[3:])
    book_of(desk_of("ana").get("/en/registers/quotas/template.xlsx"))


def test_what_came_back_is_no_more_in_the_workbook_than_on_the_page(desk_of) -> None:
    key = quota(desk_of("ana"))
    judged(desk_of("beto"), key, 1, "returned", "no es así")
    for who in ("ana", "beto"):
        assert "Cuota de prueba" not in text_of(desk_of(who).get("/es/registers/quotas/book.xlsx"))


def test_nobody_takes_away_another_countrys_records(desk_of) -> None:
    quota(desk_of("ana"), title_es="De Belice")
    quota(desk_of("ana"), title_es="De Guatemala", country="GTM")
    text = text_of(desk_of("bel").get("/es/registers/quotas/book.xlsx"))
    assert "De Belice" in text
    assert "De Guatemala" not in text


def test_who_may_see_and_not_take_away_is_told_why(desk_of) -> None:
    desk = desk_of("watch")
    page = desk.get("/es/registers/plans")
    assert page.status_code == 200
    assert "Descargar el libro" not in page.text
    refused = desk.get("/es/registers/plans/book.xlsx")
    assert refused.status_code == 403
    assert "no se lo lleva como archivo" in refused.text
    assert desk.get("/es/registers/participants/book.xlsx").status_code == 404


def test_personal_values_go_to_whom_they_are_for_and_that_is_written_down(desk_of, office) -> None:
    unknown = dict.fromkeys(("edition", "token", "role", "function"), "UNK")
    named = {"institution_name": "Oficina con nombre", "remark": "Nombre Sellado"}
    entered(desk_of("ana"), "participants", country="BLZ", **unknown, **named)
    for who, open_ in (("ana", True), ("police", False)):
        answer = desk_of(who).get("/es/registers/participants/book.xlsx")
        assert ("Nombre Sellado" in text_of(answer)) is open_
    with office.database.reading() as connection:
        rows = connection.execute(select(doors.reading)).all()
        actors = set(
            connection.execute(
                select(doors.audit.c.actor).where(doors.audit.c.item == "reading")
            ).scalars()
        )
    assert "institution_name" in rows[-1].fields.split(",")
    taken = [row for row in rows if row.key == "*"]
    assert taken
    assert all(row.register == "participants" and row.country == "BLZ" for row in taken)
    assert any("remark" in row.fields.split(",") for row in rows if row.key != "*")
    assert actors == {"ana"}, "what was seen without personal fields is not among them"


def test_a_register_of_what_harms_nobody_is_taken_away_without_a_word(desk_of, office) -> None:
    quota(desk_of("ana"))
    desk_of("ana").get("/es/registers/quotas/book.xlsx")
    with office.database.reading() as connection:
        assert connection.execute(select(doors.reading)).all() == []
