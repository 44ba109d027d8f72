"""Every register, kept by hand in a browser: empty form, review, public page, workbook."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import delete

from cauce.model.account import Role
from cauce.model.register import Field, Register, Sensitivity
from cauce.pipeline.registers import read_registers
from cauce.registers.canonical import plain
from cauce.registers.log import as_of
from cauce.registers.values import read_record
from cauce.store.log import Log, door_schema

from .cases import EDITOR, HOTLINE, SCREENER, case_of, judge, keeper
from .hands import assert_sound, type_in
from .hotline import DIRECTORY, TOLD
from .house import REGISTERS, SCREEN, House
from .invented import enter
from .public import assert_told, assert_told_by_code, assert_untold
from .taken import record_in

DECLARED = read_registers(REGISTERS)
ATOM = "{http://www.w3.org/2005/Atom}"
QUICK = {
    "agreements",
    "certificates",
    "diaspora_contributions",
    "mechanisms",
    "observations",
    "participants",
    "plan_reports",
    "quotas",
    "regularization_initiatives",
    "studies",
}
"""One of each role and kind of page is walked in every run, all of them by `make prove`."""
ONE_BY_ONE = {
    "complaints",
    "inspections",
    "recruiter_pairs",
    "referral_services",
    "remedies",
    "screening_confirmations",
    "screenings",
}
"""Registers that nobody takes away as a file."""
each_register = pytest.mark.parametrize(
    "register",
    [
        pytest.param(one, id=one.id, marks=() if one.id in QUICK else pytest.mark.prove)
        for one in DECLARED.registers.values()
    ],
)


@each_register
def test_a_case_is_typed_approved_published_and_taken_away(
    house: House, register: Register
) -> None:
    case = case_of(register, DECLARED)
    officer = house.desk(*keeper(register))
    key = entered(officer, house.office, register, case)
    approved(house, register, key, case)
    taken_away(officer, register, key, case)
    house.publish(*([register.id] if register.public else []))
    if not register.public:
        assert_untold(house, register, key)
    elif not register.listed:
        assert_told_by_code(house, register, case)
    else:
        assert_told(house, register, key, case)


def entered(page: Any, office: str, register: Register, case: dict[str, Any]) -> str:
    """Type a case in and submit it, by way of a draft; the key of the record."""
    page.goto(f"{office}/es/")
    page.click(f'.shelves a[href="/es/registers/{register.id}"]')
    page.click(f"text=Ingresar: {register.one.es.lower()}")
    assert_sound(page)
    type_in(page, register, case)
    page.click(".bar >> text=Guardar borrador")
    assert "Guardado el" in page.inner_text(".bar")
    assert_sound(page)
    page.click(".bar >> text=Enviar a revisión")
    if page.locator("[role=alert]").count():
        insist(page)
    assert "Enviado" in page.inner_text("[role=status]")
    assert_sound(page)
    found = re.search(rf"/registers/{register.id}/([0-9a-f]+)", page.url)
    assert found
    return found[1]


def insist(page: Any) -> None:
    """Answer every question with yes, and submit again; a fault is none that can be insisted on."""
    assert page.locator("[role=alert] li:not(.ask)").count() == 0, page.inner_text("[role=alert]")
    for box in page.locator('[name="insist"]').all():
        box.check()
    page.click(".bar >> text=Enviar a revisión")


def approved(house: House, register: Register, key: str, case: dict[str, Any]) -> None:
    """A second person looks at it and approves it; the log has what was typed."""
    page = house.desk(*judge(register), SCREEN)
    page.goto(f"{house.office}/es/")
    page.click(f'a[href*="/registers/{register.id}/{key}/review/"]')
    assert_sound(page)
    page.fill("#note", "Cotejado con la fuente.")
    page.click('button[value="approved"]')
    assert f"/{key}/" not in page.inner_html(".pile.waiting")
    wanted, faults = read_record(register, case, DECLARED.lists)
    assert not faults
    now = as_of(Log(house.database, DECLARED.registers).entries(register.id, key))
    assert now is not None
    assert unsealed(register.fields, plain(now.record)) == unsealed(register.fields, plain(wanted))


def unsealed(fields: tuple[Field, ...], record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what the log holds under seal, in its rows too."""
    shown = {one.id: one for one in fields if one.sensitivity is not Sensitivity.P3}
    return {
        name: [unsealed(shown[name].rows, row) for row in value] if shown[name].rows else value
        for name, value in record.items()
        if name in shown
    }


def taken_away(page: Any, register: Register, key: str, case: dict[str, Any]) -> None:
    """The workbook that the register's page offers holds the record, as far as it is theirs."""
    page.goto(re.sub(r"/es/.*", f"/es/registers/{register.id}", page.url))
    assert_sound(page)
    if not page.locator("text=Descargar el libro (.xlsx)").count():
        assert register.id in ONE_BY_ONE
        return
    with page.expect_download() as download:
        page.click("text=Descargar el libro (.xlsx)")
    held, names = record_in(download.value.path().read_bytes(), register, key, DECLARED.lists)
    wanted, _ = read_record(register, case, DECLARED.lists)
    assert {one.id for one in register.fields if one.public} <= names
    assert plain(held) == plain({n: value for n, value in wanted.items() if n in names})


def test_news_typed_at_the_office_is_on_the_home_page_in_the_bulletin_and_in_its_feed(
    house: House,
) -> None:
    register, title = DECLARED.registers["news"], "Otra noticia inventada"
    case = case_of(register, DECLARED)
    case |= {"slug": "otra-noticia-inventada", "title_es": title, "published_on": "2026-02-21"}
    approved(house, register, entered(house.desk(*EDITOR), house.office, register, case), case)
    page = house.reader()
    page.goto(f"{house.portal}/es/")
    assert title not in page.inner_text("main"), "it is not published yet"
    house.publish("news")

    page.goto(f"{house.portal}/es/")
    assert_sound(page)
    page.click(f".river h4 >> text={title}")
    assert_sound(page)
    assert page.inner_text("h1") == title
    for word in ("21 de febrero de 2026", case["summary_es"], "Guatemala", "Cooperación regional"):
        assert word in page.inner_text("main")
    page.click(".does >> text=Un plan inventado")
    assert page.inner_text("h1") == "Un plan inventado"
    page.goto(f"{house.portal}/es/bulletin?country=GTM&year=2026&title=OTRA")
    assert page.locator("article").count() == 1

    feed = page.locator('link[type="application/atom+xml"][href*="bulletin"]')
    address = feed.get_attribute("href")
    told = etree.fromstring(page.request.get(f"{house.portal}{address}").body())
    newest = told.find(f"{ATOM}entry")
    assert newest is not None
    assert newest.findtext(f"{ATOM}title") == title
    link = newest.find(f"{ATOM}link")
    assert link is not None
    page.goto(link.get("href"))
    assert page.inner_text("h1") == title


def test_each_of_the_nine_items_leads_to_pages_that_answer(house: House) -> None:
    page = house.reader()
    page.goto(f"{house.portal}/es/bulletin")
    items = page.locator("article.news").all()
    leads = {
        item.locator("h4 a").get_attribute("href").rpartition("/")[2]: [
            link.get_attribute("href") for link in item.locator(".does a").all()
        ]
        for item in items
    }
    assert [slug for slug, links in leads.items() if not links] == []
    assert len(leads) >= 9
    for href in {href for links in leads.values() for href in links}:
        assert page.request.get(f"{house.portal}{href}").status == 200, href


def test_what_is_typed_while_a_session_ends_is_not_lost(house: House) -> None:
    page = house.desk("Gloria", Role.EDITOR, frozenset({"GTM"}))
    page.goto(f"{house.office}/es/registers/quotas/new")
    page.fill('[name="title_es"]', "Escrito con\u00a0«cuidado» <b>")
    session = door_schema.session
    with house.database.writing("root") as connection:
        connection.execute(delete(session).where(session.c.account == house.people["Gloria"]))
    page.click(".bar >> text=Guardar borrador")
    assert "Su sesión terminó mientras escribía" in page.inner_text("main")

    house.come_in("Gloria")
    page.click("text=Enviar lo escrito")
    assert "Ya entró" in page.inner_text("main")
    page.click("text=Enviar lo escrito")
    assert page.input_value('[name="title_es"]') == "Escrito con\u00a0«cuidado» <b>"
    assert "Guardado el" in page.inner_text("main")


def test_an_anonymous_complaint_is_taken_screened_and_referred_and_nobody_abroad_learns_of_it(
    house: House,
) -> None:
    enter(house.database, DECLARED, DIRECTORY)
    page = house.desk(*HOTLINE)
    page.goto(f"{house.office}/es/")
    page.click("nav >> text=Línea de denuncias")
    page.click("text=Tomar una denuncia")
    assert_sound(page)
    for name in ("account", "recruiter_name", "contact", "amount", "currency"):
        page.fill(f'[name="{name}"]', TOLD[name])
    page.check('[name="allegations"][value="DOCS"]')
    page.select_option('[name="payment_made"]', "Y")
    page.select_option('[name="consent"]', "AUTH")
    page.click("text=Guardar la denuncia")
    assert_sound(page)
    key = page.url.partition("?")[0].rpartition("/")[2]
    assert "quitaron" not in page.inner_text("main")
    page.select_option('[name="purpose"]', "FOLLOW")
    page.click("#told button")
    assert TOLD["account"] in page.inner_text("main")
    assert_sound(page)

    screener = house.desk(*SCREENER)
    screener.goto(f"{house.office}/es/hotline/cases/{key}")
    screener.click(".deeds >> text=Tamizar")
    screener.check('[name="FL07"][value="YES"]')
    screener.check('[name="child"][value="YES"]')
    screener.click("text=Ver a qué lleva")
    assert_sound(screener)
    assert "Remitir con urgencia" in screener.inner_text("#found")
    screener.click("text=Guardar el tamizaje")
    assert_sound(screener)

    page.click(".deeds >> text=Remitir")
    page.check('[value="LABOUR:s-labour"]')
    page.check('[value="CHILD:s-child"]')
    page.fill('[name="passed"]', "Retención de documentos; sin datos de la persona")
    page.click(".bar >> text=Remitir")
    assert "Remitida" in page.inner_text("main")
    assert_sound(page)

    abroad = house.desk("Ines", Role.INSPECTOR, frozenset({"HND"}))
    parts = ("hotline/cases/{}", "hotline/cases/{}/refer", "registers/complaints/{}")
    told = []
    for path in [part.format(one) for one in (key, "0" * 20) for part in parts]:
        assert abroad.goto(f"{house.office}/es/{path}").status == 404
        told.append(abroad.inner_text("main"))
    assert told[:3] == told[3:]
    abroad.goto(f"{house.office}/es/registers/complaints?country=GTM&words=D-")
    assert key not in abroad.content()
