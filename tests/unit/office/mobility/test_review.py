"""The way, the waits, perhaps the same person, and a card's yes or no."""

import re
from datetime import date

import pytest

from cauce.model.account import Role
from cauce.registers.relations import relations

from .conftest import DECLARED, batch, permit_of


@pytest.fixture(scope="module")
def desk(run):
    """The desk of an operator whose mechanism has ten permits, one person perhaps twice."""
    for number in range(8):
        run.enter("mobility_permits", f"p{number}", permit_of(number))
    twice = {"birth_date": date(1991, 7, 8), "nationality": "NIC"}
    one = {"full_name": "María José Núñez Mora", "document": "C 1"}
    other = {"full_name": "NUNEZ MORA, Maria Jose", "document": "P 99"}
    run.enter("mobility_permits", "one", permit_of(50, **one, **twice))
    run.enter("mobility_permits", "other", permit_of(51, **other, **twice))
    run.enter("mobility_returns", "back", {
        "permit": "p0", "country": "GTM", "returned_on": date(2025, 12, 1), "how": "SEASON",
        "hired_again_on": date(2025, 12, 20), "source": "Inventado",
    })  # fmt: skip
    reported = {"mechanism": "way", "what": "x", "unit": "MONTH", "bound": "AT_MOST", "mark": "V"}
    run.enter("reported_waits", "w", {**reported, "value": 11, "when_was": "BEFORE", "source": "s"})
    return run.desk(Role.OPERATOR)


def test_the_way_and_the_waits_are_told_with_their_sources(run, desk) -> None:
    page = "/es/mobility/requests/request"
    sheets = desk.submit(f"{page}/cards", page=page).text
    tokens = list(dict.fromkeys(re.findall(r"<code>([0-9a-f]{16})</code>", sheets)))
    given = {"country": "GTM", "name": "Puesto", "kind": "POST", "place": "P-1", "employer": ""}
    key = re.search(r"caudev_[\w-]+", desk.submit("/es/mobility/devices", **given).text)[0]
    at = run.office.clock().isoformat()
    entered = [(n, token, "ENTRY", at) for n, token in enumerate(tokens[:6], start=1)]
    body = batch(key.split("_")[1], at, *entered)
    headers = {"Authorization": f"Bearer {key}"}
    assert desk.post("/devices/v1/events", content=body, headers=headers).json()["new"] == 6

    for language in ("es", "en"):
        told = desk.get(f"/{language}/mobility/mechanisms/way").text
        assert told.count("invented" if language == "en" else "nventad") > 3, "labelled so"
        assert len(told.encode()) < 60_000
    told = desk.get("/es/mobility/mechanisms/way").text
    cells = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))
    for said in (
        "Solicitadas 1 000 Plazas", "Certificadas 900 Plazas", "Seleccionadas 10 Personas",
        "Llegadas 6 Personas", "Activas 6 Personas", "Retornadas 1 Personas",
        "Contratadas de nuevo 1 Personas", "hasta 11 meses", "Del permiso al carné",
    ):  # fmt: skip
        assert said.replace("\u00a0", " ") in cells.replace("\u00a0", " "), said
    assert "invented:" not in cells, "the source is told in Spanish too"
    assert desk.get("/es/mobility/mechanisms/nothing").status_code == 404
    index = desk.get("/es/mobility").text
    assert "/es/mobility/mechanisms/way" in index
    assert "/es/mobility/requests/request" in index


def test_two_spellings_and_two_documents_are_put_side_by_side_and_never_merged(run, desk) -> None:
    page = "/es/mobility/pairs"
    before = desk.get(page).text
    assert "Núñez" not in before, "no name is opened before it is asked"
    shown = desk.submit(page).text
    assert "María José Núñez Mora" in shown
    assert "NUNEZ MORA, Maria Jose" in shown
    assert "nacieron el mismo día" in shown
    assert "zq-name" not in shown, "nobody else's"
    one = re.search(r'name="one" value="(\w+)"', shown)[1]
    other = re.search(r'name="other" value="(\w+)"', shown)[1]
    keys = {"one": one, "other": other}
    assert desk.submit(f"{page}/decide", page=page, **keys, decision="MAYBE").status_code == 403
    assert desk.submit(f"{page}/decide", page=page, one=one, other="x").status_code == 403
    given = {**keys, "decision": "SAME", "ground": "Consulado"}
    assert desk.submit(f"{page}/decide", page=page, **given).status_code == 303
    assert "No hay dos permisos" in desk.submit(page).text, "decided, and waits for a second person"
    with run.office.database.reading() as connection:
        noted = connection.exec_driver_sql("SELECT new FROM audit WHERE item = 'reading'").scalars()
        assert sum("full_name" in row for row in noted) >= 10, "each opening is noted"
    assert all(f"permits/{key}" in shown for key in (one, other)), "both stand"


def test_a_post_is_told_yes_or_no_and_nothing_else(run, desk) -> None:
    run.enter("mobility_permits", "c", permit_of(70))
    page = "/es/mobility/permits/c"
    sheet = desk.submit(f"{page}/card", page=page).text
    code = re.search(r"CAUCE1:[A-Z2-7]+", sheet)[0]
    token = re.search(r"<code>([0-9a-f]{16})</code>", sheet)[1]
    inspector = run.desk(Role.INSPECTOR)
    asked = "/es/check-card"
    good = inspector.submit(asked, code=code).text
    assert "Sí: el carné es válido hoy" in good
    for hidden in (token, "W-0070", "PER-70", "FINCA", "TEMPORAL", "2026"):
        assert hidden not in good.partition("<main")[2], hidden
    desk.submit(f"/es/mobility/cards/{token}/revoke", page=page, why="ENDED")
    assert "No: el carné no es válido hoy" in inspector.submit(asked, code=code).text
    assert "No puede saberse" in inspector.submit(asked, code="CAUCE1:😀<b>").text
    assert desk.get(asked).status_code == 200
    for role in (Role.EDITOR, Role.WORKER, Role.STATISTICIAN):
        assert run.desk(role).get(asked).status_code == 404


PEOPLE = [name for name in DECLARED.registers if name.startswith("mobility_")]
OTHERS = [role for role in Role if role not in (Role.OPERATOR, Role.SUPERVISOR)]
BEHIND = (
    "/es/registers/{}", "/es/registers/{}?words=PER&country=GTM", "/es/registers/{}/p1",
    "/es/registers/{}/p1/history", "/es/registers/{}/book.xlsx", "/es/registers/{}/book.csv",
    "/es/registers/{}/template.xlsx", "/es/registers/{}/book", "/es/registers/{}/new",
    "/api/v1/registers/{}/records", "/api/v1/registers/{}/records?words=HND&country=GTM",
    "/api/v1/registers/{}/records/p1", "/api/v1/registers/{}/records/p1/entries",
)  # fmt: skip
RUN = (
    "/es/mobility", "/es/mobility/permits/p1", "/es/mobility/requests/request",
    "/es/mobility/devices", "/es/mobility/post.html", "/es/mobility/events", "/es/mobility/pairs",
    "/es/mobility/mechanisms/way",
)  # fmt: skip


@pytest.mark.parametrize("role", OTHERS, ids=str)
def test_nobody_but_who_runs_the_mechanism_lists_filters_exports_or_opens_people(
    run, desk, role, caplog
) -> None:
    """List, filter, history, export, API, workbook and pages: as absent as what never was."""
    browser = run.desk(role)
    sees = {"mobility_requests"} if role is Role.STATISTICIAN else set()
    for register in PEOPLE:
        for path in BEHIND:
            if register in sees:
                continue
            answer = browser.get(path.format(register))
            assert answer.status_code == 404, (role, path, register)
    for path in RUN:
        assert browser.get(path).status_code == 404, (role, path)
    assert "GET '/es/registers/mobility_permits/book.xlsx'" in caplog.text, "each refusal is logged"
    assert "mobility_permits" not in browser.get("/api/v1/registers").text
    assert "/es/mobility" not in browser.get("/es/").text


def test_another_countrys_operator_is_told_the_same_as_of_what_never_was(run, desk) -> None:
    foreign = run.desk(Role.OPERATOR, countries=frozenset({"HND"}))
    for path in ("permits/p1", "requests/request", "mechanisms/way"):
        there, never = (
            foreign.get(f"/es/mobility/{p}") for p in (path, path.split("/")[0] + "/no")
        )
        assert (there.status_code, never.status_code) == (404, 404)
        bare = [re.sub(r'href="[^"]*"', "", page.text) for page in (there, never)]
        assert bare[0] == bare[1]
    assert "PER-1" not in foreign.get("/es/mobility").text.partition("<main")[2]
    answer = foreign.get("/api/v1/registers/mobility_permits/records?country=GTM").json()
    assert answer["records"] == []
    assert b"PER-1" not in foreign.get("/es/registers/mobility_permits/book.csv").content


def test_an_export_by_who_runs_it_is_noted_and_a_supervisor_takes_nothing_away(run, desk) -> None:
    taken = desk.get("/es/registers/mobility_permits/book.xlsx")
    assert taken.status_code == 200
    with run.office.database.reading() as connection:
        noted = connection.exec_driver_sql("SELECT new FROM audit WHERE item = 'reading'").scalars()
        rows = [row for row in noted if '"key":"*"' in row and "mobility_permits" in row]
    assert any("nationality" in row and "full_name" in row for row in rows)
    supervisor = run.desk(Role.SUPERVISOR)
    for name in ("book.xlsx", "book.csv"):
        assert supervisor.get(f"/es/registers/mobility_permits/{name}").status_code == 403


def test_no_search_finds_people_by_nationality(desk) -> None:
    for words in ("HND", "Honduras", "NIC", "Nicaragua"):
        found = desk.get(f"/api/v1/registers/mobility_permits/records?words={words}").json()
        assert found["records"] == [], words


def test_the_views_for_analysts_hold_nothing_of_people(run, desk) -> None:
    for name in PEOPLE:
        if name != "mobility_requests":
            made = relations(DECLARED.registers[name])
            assert [one.columns for one in made] == [()], name
