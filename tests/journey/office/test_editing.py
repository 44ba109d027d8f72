"""What happens to what somebody types: nothing is lost, nothing is forced."""

from sqlalchemy import text

from cauce.store.log import Log

from .forms import Paper
from .quotas import QUOTA, entered, quota


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


def test_a_change_that_changes_nothing_is_refused(desk_of) -> None:
    key = quota(desk_of("ana"))
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/change")
    paper.set("~from", "2023-06-01")
    paper.set("~reason", "nada")
    assert "No hay ninguna diferencia" in paper.press("submit").text


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
