"""The pages of judgements, as officers of several roles walk them, in both languages."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from cauce.office.app import create_office
from cauce.pipeline.registers import Declared
from cauce.registers.access import parse_access
from cauce.store.log import Database, open_database
from cauce.store.log.key_folder import KeyFolder

from .conftest import DOUBLE, REGISTERS
from .invented import CERTIFICATES, EVERYTHING, NEEDS_ANSWERED, NOW, SURVEY, WATCHED, belize, enter


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, declared: Declared) -> Iterator[Database]:
    """A database with invented records of everything that is judged, entered and approved."""
    folder = tmp_path_factory.mktemp("judgements")
    opened = open_database(f"sqlite:///{folder / 'registers.sqlite'}")
    more = {**NEEDS_ANSWERED, **CERTIFICATES, **SURVEY, **WATCHED}
    enter(opened, declared, {**EVERYTHING, **more, **belize(declared)})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reader(
    kept: Database, declared: Declared, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], TestClient]:
    """A browser of somebody, on 1 March 2025."""
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    keys = KeyFolder(tmp_path_factory.mktemp("keys"))
    frames, portal = Path("packs/frames"), "https://portal.example/"
    app = create_office(
        kept, declared, access, keys, DOUBLE, lambda: NOW, frames=frames, portal=portal
    )
    return lambda name: TestClient(app, headers={"x-who": name}, follow_redirects=False)


PAGES = {
    "plans/plan": ("vencido", "overdue", "Visitamos tres oficinas", "We visited three offices"),
    "courses/first": ("Nómina", "Roster", "P-003", "P-003"),
    "courses/second": ("Réplica", "Replica", "30", "30"),
    "diasporas/GTM": ("1 y 2 miden lo mismo", "1 and 2 measure the same thing", "Horas", "Hours"),
    "surveys/open": ("hablan por sí mismos", "speak for themselves", "61", "Would return"),
    "mechanisms/way": ("unidades distintas", "different units", "0.79", "0.79"),
    "protections/theme": ("50", "50", "Exigible", "Enforceable"),
    "studies/GTM": ("al menos 160", "at least 160,000", "mediciones:", "different measures:"),
    "needs/answered": ("se difiere", "people differ", "por acordar", "to be agreed"),
    "certificates/paper": ("ABCD2345EFGH", "16 hours", "data:image/svg", "data:image/svg"),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_judgement_is_told_in_both_languages(reader, page):
    es, en, *both = PAGES[page]
    desk = reader("ana")
    spanish, english = desk.get(f"/es/judge/{page}"), desk.get(f"/en/judge/{page}")
    assert (spanish.status_code, english.status_code) == (200, 200)
    assert es in spanish.text
    assert en in english.text
    assert both[0] in spanish.text
    assert both[1] in english.text


def test_the_first_page_names_what_there_is_to_judge(reader):
    shown = reader("ana").get("/es/judge").text
    for name in (
        "Un plan inventado",
        "Primera",
        "Amnistía",
        "Guatemala",
        "Un programa",
        "ABCD2345",
    ):
        assert name in shown


def test_a_status_is_told_in_words_beside_its_light(reader):
    shown = reader("ana").get("/es/judge/plans/plan?on=2025-03-01").text
    assert '<span class="light is-bad">vencido</span>' in shown
    assert '<span class="light is-none">sin datos</span>' in shown


def test_nobody_sees_what_is_another_country_s_nor_is_it_called_silent(reader):
    mine = reader("gua").get("/es/judge/plans/plan").text
    assert "Guatemala" in mine
    assert "Honduras" not in mine
    assert "Solo se cuenta lo que su cuenta puede ver" in mine
    assert reader("bel").get("/es/judge/diasporas/GTM").status_code == 200, "nothing of it"
    assert "19" not in reader("bel").get("/es/judge/diasporas/GTM").text.partition("<h1")[2][:300]


def test_people_are_not_shown_to_who_may_not_see_them(reader):
    for name in ("watch", "con"):
        shown = reader(name).get("/es/judge/courses/first")
        assert "P-001" not in shown.text
    assert reader("con").get("/es/judge/certificates/paper").status_code == 404
    assert reader("nobody").get("/es/judge").status_code == 303


@pytest.mark.parametrize(
    "path",
    ["plans/none", "courses/none", "eligibility/belize/none", "eligibility/none/2022",
     "protections/none", "certificates/none", "needs/none"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(reader, path):
    assert reader("ana").get(f"/en/judge/{path}").status_code == 404


def test_what_cannot_be_judged_yet_says_so(reader):
    assert "espera revisión" in reader("ana").get("/es/judge/needs/needs").text
    assert reader("ana").get("/es/judge/plans/plan?on=someday").status_code == 422


ANSWERS = {"child_born_on": "2021-12-31", "schooling_completed": "no", "years_employed": "3"}


def test_a_pre_check_explains_itself_and_is_no_legal_advice(reader):
    consul = reader("con")
    form = consul.get("/es/judge/eligibility/belize/2022?on=2022-08-02")
    assert "no es asesoría legal" in form.text
    answered = consul.post("/es/judge/eligibility/belize/2022?on=2022-08-02", data=ANSWERS)
    assert "Parece que cumple los criterios: sí." in answered.text
    assert "Tarifa de la amnistía" in answered.text
    english = consul.post("/en/judge/eligibility/belize/2022?on=2022-08-02", data={})
    assert "The criteria seem to be met: cannot tell." in english.text
    assert 'name="resident_since"' in english.text


def test_an_answer_that_is_none_is_asked_for_again_in_the_reader_s_language(reader):
    wrong = reader("con").post(
        "/es/judge/eligibility/belize/2022", data={"resident_since": "hace mucho"}
    )
    assert wrong.status_code == 422
    assert "Escriba un día como 2023-08-25" in wrong.text


def test_nothing_that_was_answered_is_kept_or_logged(reader, kept, caplog):
    told = "2016-11-23"
    with caplog.at_level(logging.DEBUG):
        answer = reader("con").post(
            "/es/judge/eligibility/belize/2022", data={"resident_since": told}
        )
    assert answer.headers["cache-control"] == "no-store, max-age=0"
    assert "set-cookie" not in answer.headers
    assert told not in caplog.text
    with kept.reading() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for (table,) in tables.all():
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608 - ours
            assert not any(told in str(row) for row in rows), table


def test_members_of_the_network_see_where_nobody_looks(reader):
    """Of one chapter they see the whole network; what may be shared with nobody counts nowhere."""
    watch = reader("chapter")
    shown = watch.get("/es/judge/corridors")
    blind, seen = shown.text.split("<h2>Con observaciones</h2>")
    assert "Guatemala → Canadá" in blind, "known from figures along the way"
    assert "Guatemala → Estados Unidos" in blind, "seen once, and shared with nobody"
    assert '<td data-head="Observaciones">2</td>' in seen
    assert "2 de mayo de 2024" in seen
    assert "Comisión" not in shown.text, "where and when, and nothing of what was seen"
    assert "/registers/observations" not in seen
    assert watch.get("/es/registers/observations/o2").status_code == 404
    narrowed = watch.get("/en/judge/corridors?country=USA").text
    assert "Corridors no one monitors: United States" in narrowed
    assert "Mexico</th>" not in narrowed
    before = watch.get("/es/judge/corridors?on=2024-05-01").text
    assert "1 de mayo de 2024" in before
    assert watch.get("/es/judge/corridors?country=Narnia").status_code == 422
    assert reader("ana").get("/es/judge/corridors").status_code == 404


WARNED = "Quienes respondieron se eligieron o fueron elegidos"


def test_the_warning_of_a_sample_goes_with_its_survey_and_with_figures_from_it(reader):
    desk = reader("ana")
    for address in (
        "registers/diaspora_surveys/open",
        "registers/diaspora_surveys/open/change",
        "registers/diaspora_stocks/told",
        "registers/diaspora_stocks/told/correct",
    ):
        assert desk.get(f"/es/{address}").text.count(WARNED) == 1, address
    assert WARNED not in desk.get("/es/registers/diaspora_stocks/new").text
    assert WARNED not in desk.get("/es/registers/plans/plan").text


def test_a_certificate_leads_to_a_page_that_names_nobody(reader, declared):
    shown = reader("ana").get("/es/judge/certificates/paper").text
    assert "https://portal.example/es/certificates/ABCD2345EFGH" in shown
    assert "P-002" not in shown
    public = {field.id for field in declared.registers["certificates"].fields if field.public}
    assert public == {"edition", "code", "valid_to", "revoked_on"}
