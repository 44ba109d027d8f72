"""A workbook is sent in at the office: checked, given back or said yes to, entered once."""

import csv
import io
import time
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from tests.journey.serving import PATIENCE

from cauce.store.log import uploads
from cauce.store.log.upload_schema import upload

from .quotas import altered, judged, quota

LINE = {
    "title_es": "Cuota de libro", "mechanism": "UNK – se desconoce", "country": "BLZ – Belice",
    "period_from": date(2023, 1, 1), "period_to": date(2023, 12, 31), "ceiling": 100,
    "unit": "VISA", "source": "Gaceta 1",
}  # fmt: skip


def filled(answer, *lines, first: int = 4) -> bytes:
    """A workbook that was sent to us, with values in its lines by field."""
    book = load_workbook(io.BytesIO(answer.content))
    page = next(sheet for sheet in book if "sheet=records" in str(sheet["A1"].value))
    ids = [cell.value for cell in page[1]]
    for row, line in enumerate(lines, start=first):
        for name, value in line.items():
            page.cell(row, 1 if name == "_no" else ids.index(name) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template(desk, *lines, register="quotas") -> bytes:
    return filled(desk.get(f"/es/registers/{register}/template.xlsx"), *lines)


def send(desk, book: bytes, name="Cuotas 2023.xlsx", language="es", register="quotas"):
    """Send a workbook in and wait until it was looked at; the page about it."""
    address = f"/{language}/registers/{register}/book"
    return settled(desk, desk.post(address, files={"book": (name, book)}))


def settled(desk, answer):
    """The page once nothing works on it any more."""
    until = time.monotonic() + PATIENCE
    while "refresh" in answer.headers:
        assert time.monotonic() < until
        time.sleep(0.05)
        answer = desk.get(answer.url.path)
    return answer


def say_yes(desk, page):
    return settled(desk, desk.post(page.url.path, data={"do": "enter"}))


def entries(office) -> int:
    with office.database.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one()


def test_a_workbook_without_faults_is_entered_once_it_was_said_yes_to(desk_of, office) -> None:
    desk = desk_of("ana")
    page = send(desk, template(desk, LINE, {**LINE, "title_es": "Otra", "ceiling": 7}))
    assert page.status_code == 200
    assert "Asientos que haría: 2" in page.text
    assert "Registros nuevos: 2" in page.text
    assert "Cuota de libro" in page.text
    assert entries(office) == 0
    done = say_yes(desk, page)
    assert "Asientos enviados: 2" in done.text
    assert entries(office) == 2
    waiting = desk_of("beto").get("/es/").text
    assert "Cuota de libro" in waiting
    assert "Otra" in waiting
    listed = desk.get("/es/registers/quotas").text
    assert listed.count("En revisión") == 2


def test_what_is_pressed_or_sent_twice_is_entered_once(desk_of, office) -> None:
    desk = desk_of("ana")
    book = template(desk, LINE)
    first, second = send(desk, book), send(desk, book, name="copia.xlsx")
    for page in (first, first, second):
        say_yes(desk, page)
    assert entries(office) == 1
    assert "Quedó ingresado" in desk.get(first.url.path).text
    again = send(desk, book)
    assert "no dice nada que no esté ya" in again.text
    assert 'value="enter"' not in again.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("Celdas por revisar: 2", "no está en la lista", "Qué corregir")),
        ("en", ("Cells to look at: 2", "is not in the list", "What to mend")),
    ],
)
def test_a_faulty_workbook_enters_nothing_and_comes_back_marked(
    desk_of, office, language, words
) -> None:
    desk = desk_of("ana")
    wrong = {**LINE, "title_es": "Mala", "unit": "NADA", "period_from": "ayer"}
    page = send(desk, template(desk, LINE, wrong), language=language)
    for word in words:
        assert word in page.text
    assert 'value="enter"' not in page.text
    assert entries(office) == 0
    marked = desk.get(f"{page.url.path}/faults.xlsx")
    assert "Cuotas%202023-fa" in marked.headers["content-disposition"]
    book = load_workbook(io.BytesIO(marked.content))
    notes = [cell.comment.text for row in book.worksheets[1] for cell in row if cell.comment]
    notes += [c.comment.text for sheet in book for row in sheet for c in row if c.comment]
    assert any("NADA" in note for note in notes)
    # Mended, it is entered.
    mended = filled(marked, {"unit": "VISA", "period_from": date(2023, 1, 1)}, first=5)
    say_yes(desk, send(desk, mended))
    assert entries(office) == 2


def test_more_faults_than_a_page_holds_are_counted(desk_of) -> None:
    desk = desk_of("ana")
    lines = [{**LINE, "title_es": f"N {n}", "unit": "NADA"} for n in range(130)]
    page = send(desk, template(desk, *lines))
    assert "Celdas por revisar: 130" in page.text
    assert "los primeros 100 de 130" in page.text
    assert page.text.count("NADA") == 100


def test_an_export_that_comes_back_changed_becomes_changes_and_corrections(desk_of, office) -> None:
    desk = desk_of("bel")
    key = quota(desk_of("ana"))
    judged(desk_of("beto"), key, 1)
    taken = desk.get("/es/registers/quotas/book.xlsx")
    same = send(desk, taken.content)
    assert "Registros que quedan como están: 1" in same.text
    how = {"_action": "CORRECTION", "_reason": "Gaceta 2"}
    page = send(desk, filled(taken, {"ceiling": 90, **how}))
    assert "Correcciones: 1" in page.text
    say_yes(desk, page)
    assert desk.get(f"/api/v1/registers/quotas/records/{key}").json()["record"]["ceiling"] == 90
    late = send(desk, filled(taken, {"ceiling": 80, **how}))
    assert "bel modificó este registro mientras tanto" in late.text
    assert entries(office) == 2


def test_somebody_who_was_faster_is_told_of_at_the_cell(desk_of, office) -> None:
    desk = desk_of("ana")
    key = quota(desk)
    taken = desk.get("/es/registers/quotas/book.xlsx")
    page = send(desk, filled(taken, {"ceiling": 90, "_action": "CORRECTION", "_reason": "x"}))
    assert "Correcciones: 1" in page.text
    altered(desk_of("both"), key, "correct", ceiling=50)
    late = say_yes(desk, page)
    assert "both modificó este registro mientras tanto" in late.text
    assert entries(office) == 2


def test_nobody_enters_for_another_country_or_what_is_not_theirs_to_write(desk_of, office) -> None:
    page = send(desk_of("gua"), template(desk_of("ana"), LINE))
    assert "este no es un país cuyos registros usted pueda escribir" in page.text
    for who, status in (("beto", 403), ("watch", 404), ("rev", 403)):
        desk = desk_of(who)
        book = template(desk_of("ana"), LINE)
        assert desk.get("/es/registers/quotas/book").status_code == status
        answer = desk.post("/es/registers/quotas/book", files={"book": ("a.xlsx", book)})
        assert answer.status_code == status
        assert desk.get("/es/registers/quotas/template.xlsx").status_code == status
    assert entries(office) == 0


def test_what_somebody_sent_is_theirs_alone(desk_of, office) -> None:
    page = send(desk_of("ana"), template(desk_of("ana"), LINE))
    other = desk_of("both")
    assert other.get(page.url.path).status_code == 404
    assert other.post(page.url.path, data={"do": "enter"}).status_code == 404
    assert other.get(f"{page.url.path}/faults.xlsx").status_code == 404
    assert "Cuotas 2023" not in other.get("/es/registers/quotas/book").text
    assert entries(office) == 0
    with office.database.reading("ana") as connection:
        row = connection.execute(select(upload)).one()
    assert "Cuota" not in row.book + row.name + row.found
    listed = desk_of("ana").get("/es/registers/quotas/book").text
    assert "Cuotas 2023.xlsx" in listed
    assert "espera su confirmación" in listed
    desk_of("ana").post(page.url.path, data={"do": "drop"})
    assert desk_of("ana").get(page.url.path).status_code == 404


@pytest.mark.parametrize(
    ("name", "book", "status", "words"),
    [
        ("", b"", 422, "Primero elija un archivo"),
        ("notas.docx", b"x", 422, "Solo se leen .xlsx y .csv"),
        ("vacio.xlsx", b"", 422, "El archivo está vacío"),
        ("nada.xlsx", b"nothing", 200, "No se pudo leer el libro"),
        ("otro.csv", b"a,b\n1,2\n", 200, "faltan las primeras filas ocultas"),
    ],
)
def test_what_is_no_workbook_of_the_register_is_refused_in_words(
    desk_of, office, name, book, status, words
) -> None:
    answer = send(desk_of("ana"), book, name=name)
    assert answer.status_code == status
    assert words in answer.text
    assert entries(office) == 0


def test_whatever_a_file_is_called_it_is_taken(desk_of) -> None:
    desk = desk_of("ana")
    book = template(desk, LINE)
    for name in (f"{'ñ😀' * 100}.xlsx", "../../etc/passwd.xlsx", "C:\\a\\libro <b>.XLSX", ".xlsx"):
        page = send(desk, book, name=name)
        assert "Asientos que haría: 1" in page.text, name
        assert "<b>" not in page.text


def test_a_sheet_saved_as_csv_is_taken_too(desk_of, office) -> None:
    desk = desk_of("ana")
    book = load_workbook(io.BytesIO(template(desk, LINE)))
    page = next(sheet for sheet in book if "sheet=records" in str(sheet["A1"].value))
    text = io.StringIO()
    writer = csv.writer(text)
    for row in page.iter_rows(values_only=True):
        writer.writerow(["" if v is None else getattr(v, "date", lambda v=v: v)() for v in row])
    answer = send(desk, text.getvalue().encode(), name="cuotas.csv")
    assert "Registros nuevos: 1" in answer.text
    say_yes(desk, answer)
    assert entries(office) == 1


def test_what_the_office_was_doing_when_it_stopped_is_taken_up_again(desk_of, office) -> None:
    desk = desk_of("ana")
    book = template(desk, LINE)
    given = uploads.Upload("", "quotas", "ana", "a.xlsx", uploads.Stage.CHECKING, "")
    with office.database.writing("ana") as connection:
        kept = uploads.receive(connection, office.keys, given, book, office.clock())
    page = settled(desk, desk.get(f"/es/registers/quotas/book/{kept.id}"))
    assert "Asientos que haría: 1" in page.text
    with office.database.writing("ana") as connection:
        stages = uploads.Stage.RIGHT, uploads.Stage.ENTERING
        assert uploads.advance(connection, office.keys, kept.id, *stages)
    assert "Quedó ingresado" in settled(desk, desk.get(page.url.path)).text
    assert entries(office) == 1


def test_a_failure_of_ours_enters_nothing_and_shows_nothing_in_the_log(
    desk_of, office, monkeypatch, caplog
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("Nombre Secreto")

    monkeypatch.setattr("cauce.office.books.work.check_workbook", fails)
    page = send(desk_of("ana"), template(desk_of("ana"), LINE))
    assert "Falló la revisión" in page.text
    assert "Nombre Secreto" not in caplog.text
    assert "RuntimeError" in caplog.text
    assert entries(office) == 0
