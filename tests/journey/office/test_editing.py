"""What happens to what somebody types: nothing is lost, nothing is forced, two look at it."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient

from cauce.office import create_office
from cauce.store.log import Log
from cauce.store.log.schema import approval

from .conftest import DOUBLE
from .forms import Paper


def entered(desk, register="quotas", **values) -> str:
    """The key of a record entered by the API."""
    answer = desk.post(f"/api/v1/registers/{register}/records", json={"record": values})
    assert answer.status_code == 201, answer.text
    return answer.json()["key"]


QUOTA = {
    "title_es": "Cuota de prueba", "mechanism": "UNK", "country": "BLZ",
    "period_from": "2023-01-01", "period_to": "2023-12-31",
    "ceiling": 100, "unit": "VISA", "source": "Gaceta 1",
}  # fmt: skip


def quota(desk, **values) -> str:
    return entered(desk, **{**QUOTA, **values})


def altered(desk, key, action="change", had=None, reason="porque sí", days=None, **values):
    now = desk.get(f"/api/v1/registers/quotas/records/{key}")
    had = now.headers["etag"] if had is None else f'"{had}"'
    record = {**now.json()["record"], **values}
    body = {"action": action, "record": record, "reason": reason, **(days or {})}
    return desk.post(
        f"/api/v1/registers/quotas/records/{key}/entries", json=body, headers={"If-Match": had}
    )


def judged(desk, key, number, verdict="approved", note=""):
    return desk.post(
        f"/es/registers/quotas/{key}/review/{number}",
        data={"verdict": verdict, "note": note},
        follow_redirects=False,
    )


def test_what_is_wrong_stands_in_the_draft_as_it_was_typed(desk_of) -> None:
    paper = Paper(desk_of("ana"), "/es/registers/quotas/new")
    paper.set("title_es", "Visas")
    paper.set("ceiling", "1.234")
    paper.set("country", "Narnia")
    told = paper.press("submit")
    assert told.status_code == 422
    assert "1.234 puede leerse de dos maneras" in told.text
    assert "Narnia no está en la lista" in told.text
    again = Paper(desk_of("ana"), told.url.path)
    assert dict(again.form.form_values()) | {"title_es": "Visas", "ceiling": "1.234"} == dict(
        again.form.form_values()
    )
    assert "Narnia" in dict(again.form.form_values())["country"]
    assert "Visas" in desk_of("ana").get("/es/").text


def test_faults_are_told_in_the_readers_language_and_lead_to_their_field(desk_of) -> None:
    paper = Paper(desk_of("ana"), "/en/registers/quotas/new")
    paper.press("add:parts")
    paper.set("parts.1.opens", "2023-02-01")
    paper.set("parts.1.closes", "2023-01-01")
    told = paper.press("submit").text
    assert 'href="#parts-1-closes"' in told
    assert "Parts, row 1: " in told
    assert "A window closes before it opens." in told
    assert 'id="parts-1-closes"' in told


def test_nothing_is_asked_of_a_form_before_it_is_submitted(desk_of) -> None:
    page = Paper(desk_of("ana"), "/es/registers/quotas/new").press("save")
    assert page.status_code == 200
    assert 'role="alert"' not in page.text


def test_a_warning_may_be_insisted_on_and_the_log_says_so(desk_of, office) -> None:
    paper = Paper(desk_of("ana"), "/es/registers/quotas/new")
    paper.fill_raw(office.registers["quotas"], {**QUOTA, "ceiling": "10", "issued": "12"})
    told = paper.press("submit")
    assert "Se utilizó más de lo que permite el tope" in told.text
    paper.set("insist", "within|ceiling")
    sent = paper.press("submit")
    assert "Enviado." in sent.text
    key = sent.url.path.split("/")[-1]
    (entry,) = Log(office.database, office.registers).entries("quotas", key)
    assert "within" in entry.reason


def test_rows_are_added_and_taken_out_without_scripts(desk_of) -> None:
    paper = Paper(desk_of("ana"), "/es/registers/quotas/new")
    paper.set("parts~more", "3")
    paper.press("add:parts")
    for number, ceiling in enumerate(("1", "2", "3"), start=1):
        paper.set(f"parts.{number}.ceiling", ceiling)
    page = paper.press("remove:parts.2")
    values = dict(Paper(desk_of("ana"), page.url.path).form.form_values())
    assert [values["parts.1.ceiling"], values["parts.2.ceiling"]] == ["1", "3"]
    assert "parts.3.ceiling" not in values


def test_a_draft_saved_in_two_windows_becomes_two_drafts(desk_of) -> None:
    ana = desk_of("ana")
    first = Paper(ana, "/es/registers/quotas/new")
    address = first.press("save").url.path
    one, two = Paper(ana, address), Paper(ana, address)
    one.set("title_es", "En una ventana")
    one.press("save")
    two.set("title_es", "En la otra")
    told = two.press("save")
    assert "segundo borrador" in told.text
    home = ana.get("/es/").text
    assert "En una ventana" in home
    assert "En la otra" in home


def test_a_draft_is_its_authors_and_thrown_away_by_them_alone(desk_of) -> None:
    paper = Paper(desk_of("ana"), "/es/registers/quotas/new")
    address = paper.press("save").url.path
    assert desk_of("both").get(address).status_code == 404
    assert desk_of("both").post(address, data={"do": "throw"}).status_code == 404
    paper.press("throw")
    assert desk_of("ana").get(address).status_code == 404


def test_what_is_typed_into_a_draft_is_sealed_in_the_database(desk_of, office) -> None:
    paper = Paper(desk_of("ana"), "/es/registers/quotas/new")
    paper.set("title_es", "Secreto por ahora")
    paper.press("save")
    with office.database.reading() as connection:
        kept = connection.execute(text("SELECT typed FROM draft")).scalar_one()
    assert "Secreto" not in kept


def test_nobody_approves_their_own_entry_not_even_past_the_pages(desk_of, office) -> None:
    key = quota(desk_of("both"))
    assert f"{key}/review" not in desk_of("both").get("/es/").text
    assert judged(desk_of("both"), key, 1).status_code == 403
    with pytest.raises(IntegrityError), office.database.writing("both") as connection:
        connection.execute(
            approval.insert().values(entry=1, verdict="approved", actor="both", at="x", note="")
        )
    assert judged(desk_of("beto"), key, 1).status_code == 303


def test_what_came_back_is_taken_up_again_as_it_was_and_approved(desk_of) -> None:
    key = quota(desk_of("ana"))
    assert judged(desk_of("beto"), key, 1, "returned").status_code == 422
    assert judged(desk_of("beto"), key, 1, "returned", "Falta la fuente").status_code == 303
    home = desk_of("ana").get("/es/").text
    assert "Falta la fuente" in home
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/correct")
    assert dict(paper.form.form_values())["ceiling"] == "100"
    paper.set("source", "Gaceta 7")
    paper.set("~reason", "Con la fuente")
    assert "Enviado." in paper.press("submit").text
    assert judged(desk_of("beto"), key, 2).status_code == 303
    answer = desk_of("ana").get(f"/api/v1/registers/quotas/records/{key}").json()
    assert (answer["state"], answer["record"]["source"]) == ("approved", "Gaceta 7")


def test_an_end_that_came_back_has_ended_nothing(desk_of) -> None:
    key = quota(desk_of("ana"))
    judged(desk_of("beto"), key, 1)
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/end")
    paper.set("~from", "2024-01-01")
    paper.set("~reason", "Se derogó")
    assert "Terminó el 1 de enero de 2024" in paper.press("submit").text
    judged(desk_of("beto"), key, 2, "returned", "Sigue vigente")
    page = desk_of("ana").get(f"/es/registers/quotas/{key}").text
    assert "Terminó el" not in page


def test_who_approves_the_last_entry_approves_what_it_rests_on(desk_of) -> None:
    key = quota(desk_of("ana"))
    assert altered(desk_of("ana"), key, "correct", ceiling=120).status_code == 201
    review = desk_of("beto").get(f"/es/registers/quotas/{key}/review/2").text
    assert "Son 2 asientos seguidos" in review
    assert judged(desk_of("beto"), key, 1).status_code == 409
    assert judged(desk_of("beto"), key, 2).status_code == 303
    entries = desk_of("ana").get(f"/api/v1/registers/quotas/records/{key}/entries").json()
    assert [one["state"] for one in entries["entries"]] == ["approved", "approved"]
    assert key not in desk_of("beto").get("/es/").text


def test_a_stale_save_shows_both_versions_and_takes_what_is_chosen(desk_of, office) -> None:
    key = quota(desk_of("ana"))
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/change")
    paper.set("ceiling", "150")
    paper.set("~from", "2023-06-01")
    paper.set("~reason", "Se amplió")
    paper.press("save")
    altered(desk_of("both"), key, "correct", source="Gaceta 2")
    told = paper.press("submit")
    assert told.status_code == 409
    assert "Gaceta 2" in told.text
    assert "150" in told.text
    chosen = dict(paper.form.form_values())
    assert (chosen["take.ceiling"], chosen["take.source"]) == ("mine", "theirs")
    answer = desk_of("ana").post(paper.form.action, data=chosen, follow_redirects=True)
    paper._open(answer)
    assert "Enviado." in paper.press("submit").text
    record = desk_of("ana").get(f"/api/v1/registers/quotas/records/{key}").json()["record"]
    assert (record["ceiling"], record["source"]) == (150, "Gaceta 2")


def test_a_record_is_shown_as_of_a_day_and_as_it_was_known_on_another(desk_of) -> None:
    key = quota(desk_of("ana"))
    altered(desk_of("ana"), key, days={"valid_from": "2023-06-01"}, ceiling=777)
    ana, page = desk_of("ana"), f"/es/registers/quotas/{key}"
    assert "777" in ana.get(page).text
    assert "777" not in ana.get(f"{page}?on=2023-05-31").text
    assert "777" in ana.get(f"{page}?on=2023-06-01").text
    assert "En ese día no había nada" in ana.get(f"{page}?known=2026-02-28").text
    assert "no es una fecha" in ana.get(f"{page}?on=ayer").text
    differences = ana.get(f"{page}/differences?from=1&to=2").text
    assert "777" in differences
    assert "Gaceta 1" not in differences
    assert ana.get(f"{page}/differences?from=1&to=9").status_code == 404


def test_a_change_that_changes_nothing_is_refused(desk_of) -> None:
    key = quota(desk_of("ana"))
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/change")
    paper.set("~from", "2023-06-01")
    paper.set("~reason", "nada")
    assert "No hay ninguna diferencia" in paper.press("submit").text


def test_what_must_be_unique_is_asked_of_every_countrys_records(desk_of) -> None:
    item = {
        "slug": "mismo-nombre", "title_es": "Uno", "published_on": "2024-01-02",
        "axes": ["LABM"], "source": "x",
    }  # fmt: skip
    entered(desk_of("gua"), "news", country="GTM", **item)
    answer = desk_of("bel").post(
        "/api/v1/registers/news/records", json={"record": {**item, "country": "BLZ"}}
    )
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["field"], fault["message"]["es"]) == ("slug", "Este nombre corto ya existe.")


def test_a_foreign_record_and_an_absent_one_are_answered_alike(desk_of) -> None:
    key = quota(desk_of("gua"), country="GTM")
    bel, absent = desk_of("bel"), "0" * 20
    for part in ("", "/history", "/change", "/differences?from=1&to=1", "/review/1"):
        answers = [bel.get(f"/es/registers/quotas/{one}{part}") for one in (key, absent)]
        assert [one.status_code for one in answers] == [404, 404]
        told = {re.sub(rf"{key}|{absent}", "KEY", one.text) for one in answers}
        assert len(told) == 1, part
    for part in ("", "/entries"):
        answers = [bel.get(f"/api/v1/registers/quotas/records/{k}{part}") for k in (key, absent)]
        assert {one.text for one in answers} == {answers[0].text}
        assert answers[0].status_code == 404
    assert key not in bel.get("/es/registers/quotas").text
    assert "Cuota de prueba" not in bel.get("/es/registers/quotas?words=prueba").text


def test_an_editor_writes_for_their_own_country_only(desk_of) -> None:
    answer = desk_of("bel").post(
        "/api/v1/registers/quotas/records", json={"record": {**QUOTA, "country": "GTM"}}
    )
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["faults"]] == ["country"]


def test_a_record_stays_with_its_country(desk_of) -> None:
    key = quota(desk_of("ana"))
    answer = altered(desk_of("ana"), key, "correct", country="GTM")
    assert [fault["field"] for fault in answer.json()["faults"]] == ["country"]


def test_who_only_sees_what_was_approved_does_not_even_find_what_waits(desk_of) -> None:
    key = quota(desk_of("ana"))
    con = desk_of("con")
    assert con.get(f"/es/registers/quotas/{key}").status_code == 404
    assert key not in con.get("/es/registers/quotas").text
    judged(desk_of("beto"), key, 1)
    assert con.get(f"/es/registers/quotas/{key}").status_code == 200
    altered(desk_of("ana"), key, "correct", title_es="Palabra nueva")
    assert "Palabra nueva" not in con.get("/es/registers/quotas").text
    assert key not in con.get("/es/registers/quotas?words=nueva").text
    assert key in con.get("/es/registers/quotas?words=prueba").text
    assert con.get(f"/es/registers/quotas/{key}/change").status_code == 403


def test_what_can_harm_somebody_is_sealed_and_open_to_who_may_see_it(desk_of, office) -> None:
    watch = desk_of("watch")
    register = office.registers["observations"]
    secret = next(f for f in register.fields if f.sensitivity == 3 and f.kind == "note")
    record = {
        "observer": "UNK", "observed_on": "2024-05-01", "practice": "UNK", "verification": "REP",
        "consent": "NETWORK", "origin": "GTM", "destination": "BLZ", secret.id: "Muy reservado",
    }  # fmt: skip
    for _ in range(3):
        answer = watch.post("/api/v1/registers/observations/records", json={"record": record})
        if answer.status_code == 201:
            break
        for fault in answer.json()["faults"]:
            known = "no field" not in fault["message"]["en"].lower()
            record = record | {fault["field"]: "UNK"} if known else record
            record = record if known else {k: v for k, v in record.items() if k != fault["field"]}
    assert answer.status_code == 201, answer.text
    key = answer.json()["key"]
    (entry,) = Log(office.database, office.registers).entries("observations", key)
    assert "reservado" not in str(entry.record)
    assert "Muy reservado" in watch.get(f"/es/registers/observations/{key}").text
    assert "Muy reservado" in watch.get(f"/es/registers/observations/{key}/correct").text
    assert desk_of("ana").get(f"/es/registers/observations/{key}").status_code == 404
    with office.database.reading() as connection:
        read = connection.execute(text("SELECT count(*) FROM reading")).scalar_one()
    assert read >= 2


def test_nobody_comes_in_without_an_account(desk_of) -> None:
    nobody = desk_of("")
    answer = nobody.get("/es/registers/quotas", follow_redirects=False)
    assert answer.headers["location"] == "/es/sign-in?next=/es/registers/quotas"
    assert nobody.get("/api/v1/registers").status_code == 401


def test_pages_that_are_not_there_say_what_to_do(desk_of) -> None:
    for address in ("/es/nada", "/fr/", "/es/registers/nada", "/es/drafts/d1"):
        page = desk_of("ana").get(address)
        assert page.status_code == 404
        assert "Aquí no hay nada" in page.text
    assert "There is nothing here" in desk_of("ana").get("/en/nada").text


def test_a_list_is_searched_filtered_and_shown_as_it_was_known(desk_of) -> None:
    ana = desk_of("ana")
    one = quota(ana, title_es="Número uno")
    two = quota(ana, title_es="Dos", country="GTM")
    page = "/es/registers/quotas"
    assert one in ana.get(f"{page}?words=NUMERO").text
    assert two not in ana.get(f"{page}?words=NUMERO").text
    assert two in ana.get(f"{page}?country=GTM").text
    assert one not in ana.get(f"{page}?country=GTM").text
    assert one not in ana.get(f"{page}?known=2026-02-27").text
    assert one in ana.get(f"{page}?known=2026-03-01").text


def test_a_link_to_a_long_register_is_searched_for(desk_of, monkeypatch) -> None:
    monkeypatch.setattr("cauce.office.desk.inputs.LINKED", 1)
    ana = desk_of("ana")
    names = ("Programa del Norte", "Programa del Sur")
    for name in names:
        more = {"kind": "TFWP", "country": "BLZ", "status": "FORCE", "source": "x"}
        entered(ana, "mechanisms", title_es=name, **more)
    paper = Paper(ana, "/es/registers/quotas/new")
    paper.set("mechanism~words", "SUR")
    told = paper.press("find:mechanism")
    assert names[1] in told.text
    assert names[0] not in told.text
    (key,) = [v for v in paper.form.xpath(".//input[@name='mechanism']/@value") if v]
    paper.set("mechanism", key)
    page = paper.press("save")
    assert dict(Paper(ana, page.url.path).form.form_values())["mechanism"] == key


def test_a_link_to_nothing_is_refused(desk_of) -> None:
    answer = desk_of("ana").post(
        "/api/v1/registers/quotas/records", json={"record": {**QUOTA, "mechanism": "0" * 20}}
    )
    assert [fault["field"] for fault in answer.json()["faults"]] == ["mechanism"]


def test_an_inspector_sees_no_more_than_the_wall_leaves(desk_of) -> None:
    record = {"name_es": "Ministerio", "country": "BLZ", "function": "LAB", "source": "x"}
    register = "institutions"
    answer = desk_of("bel").post(f"/api/v1/registers/{register}/records", json={"record": record})
    if answer.status_code == 422:
        record |= {fault["field"]: "UNK" for fault in answer.json()["faults"]}
        answer = desk_of("bel").post(
            f"/api/v1/registers/{register}/records", json={"record": record}
        )
    assert answer.status_code == 201, answer.text
    form = desk_of("police").get(f"/es/registers/{register}/new").text
    mine = desk_of("bel").get(f"/es/registers/{register}/new").text
    assert form.count('class="input') < mine.count('class="input')


def test_a_fault_of_ours_is_told_as_such_and_shows_nothing_inside(office, declared) -> None:
    app = create_office(office.database, declared, office.access, office.keys, DOUBLE, office.clock)
    ana = TestClient(app, headers={"x-who": "ana"}, raise_server_exceptions=False)
    with office.database.writing("x") as connection:
        connection.execute(text("ALTER TABLE version RENAME TO versions"))
    page = ana.get("/es/registers/quotas")
    assert page.status_code == 500
    assert "Falló algo nuestro" in page.text
    assert "version" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    answer = ana.get("/api/v1/registers/quotas/records")
    assert answer.headers["content-type"] == "application/problem+json"
