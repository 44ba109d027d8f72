"""Recruitment at the office, in a browser and in Spanish: a licence day by day, a contract."""

from typing import Any

from cauce.model.account import Role
from cauce.model.register import Register

from .cases import CONSUL, INSPECTOR, case_of
from .hands import assert_sound, type_in
from .house import SCREEN, House
from .test_browser_walk import approved

FOUND = """() => Object.fromEntries([...document.querySelectorAll("table.told tbody tr")]
  .map(r => [...r.cells].map(c => c.innerText.trim())).map(([name, ...rest]) => [name, rest]))"""


def test_a_consular_officer_compares_a_contract_with_its_order_and_sees_the_substitution(
    house: House,
) -> None:
    """12.50 USD an hour was offered; 3,200 GTQ a month for 48 hours a week is 1.92 USD."""
    register = house.declared.registers["contracts"]
    case = case_of(register, house.declared)
    page = house.desk(*CONSUL)
    page.goto(f"{house.office}/es/registers/contracts/new")
    type_in(page, register, case)
    page.click(".bar >> text=Enviar a revisión")
    assert "Enviado" in page.inner_text("[role=status]")
    address = page.url.partition("?")[0]
    key = address.rpartition("/")[2]
    approved(house, register, key, case)

    page.goto(address)
    assert "RESERVADO-9" in page.inner_text("main"), "whose contract it is, for who keeps it"
    page.click("text=Comparar con su orden de trabajo")
    assert_sound(page)
    told = page.inner_text("main")
    assert "Peor que lo ofrecido: pago por hora" in told
    assert "no un fallo" in told
    assert "RESERVADO-9" not in told
    found = page.evaluate(FOUND)
    offered, signed = "12.50 USD / hora = 12.50 USD", "3\u00a0200.00 GTQ / mes = 1.92 USD"
    assert found["pago por hora"][:3] == [offered, signed, "peor"]
    assert [found[name][2] for name in ("vivienda", "empleador", "alimentación")] == [
        "peor", "igual", "no comparable",
    ]  # fmt: skip
    assert found["horas por semana"][2] == "por juzgar"
    days = ["1 de enero de 2026", "30 de junio de 2026"]
    assert found["GTQ"] == ["0.125 USD", *days, "Inventado: banco de la prueba"]

    inspector = house.desk("Hilda", Role.INSPECTOR, frozenset({"HND"}), SCREEN)
    assert inspector.goto(f"{house.office}/es/judge/contracts/{key}").status == 404
    assert inspector.goto(f"{house.office}/es/judge/contracts/nothing").status == 404


LICENCE = {
    "recruiter": "agency", "authority": "office", "country": "GTM", "number": "INV-044",
    "states": [{"state": "LIC", "since": "2026-01-10", "until": "2026-12-31"}],
    "years": "3", "source": "Inventado para la prueba",
}  # fmt: skip
SUSPENDED = [
    {"state": "LIC", "since": "2026-01-10", "until": "2026-03-31"},
    {"state": "SUSP", "since": "2026-04-01"},
]
REINSTATED = [
    *SUSPENDED[:1],
    {"state": "SUSP", "since": "2026-04-01", "until": "2026-05-31"},
    {"state": "LIC", "since": "2026-06-01", "until": "2026-12-31"},
]


def test_an_inspector_licenses_suspends_and_reinstates_and_the_look_up_follows_each_day(
    house: House,
) -> None:
    """Last days belong to their row: on 31 March the licence is good, on 1 April suspended."""
    register = house.declared.registers["recruiter_licences"]
    inspector = house.desk(*INSPECTOR)
    inspector.goto(f"{house.office}/es/registers/recruiter_licences/new")
    type_in(inspector, register, LICENCE)
    inspector.click(".bar >> text=Enviar a revisión")
    assert "Enviado" in inspector.inner_text("[role=status]"), inspector.inner_text("main")
    address = inspector.url.partition("?")[0]
    key = address.rpartition("/")[2]
    assert said(house, "2026-02-01").startswith("Ninguna licencia"), "nobody approved it yet"
    seen(house, register, key, LICENCE["states"])
    assert said(house, "2026-02-01").startswith("Con licencia, desde el 10 de enero")

    overlapping = [{**SUSPENDED[0], "until": "2026-04-01"}, SUSPENDED[1]]
    change(inspector, address, register, overlapping)
    assert "se traslapan" in inspector.inner_text("[role=alert]")
    give(inspector, register, SUSPENDED)
    inspector.click(".bar >> text=Enviar a revisión")
    seen(house, register, key, SUSPENDED)
    for day, state in (
        ("2026-03-31", "Con licencia"),
        ("2026-04-01", "Licencia suspendida"),
        ("2026-09-01", "Licencia suspendida"),
    ):
        assert said(house, day).startswith(state), day

    change(inspector, address, register, REINSTATED)
    seen(house, register, key, REINSTATED)
    for day, state in (
        ("2026-01-09", "No registrado"),
        ("2026-01-10", "Con licencia"),
        ("2026-03-31", "Con licencia"),
        ("2026-04-01", "Licencia suspendida"),
        ("2026-05-31", "Licencia suspendida"),
        ("2026-06-01", "Con licencia"),
    ):
        assert said(house, day).startswith(state), day


def seen(house: House, register: Register, key: str, states: Any) -> None:
    """A second person approves a licence, and the public registers are published."""
    approved(house, register, key, {**LICENCE, "states": states})
    house.publish("recruiter_licences")


def change(page: Any, address: str, register: Register, states: list[dict[str, str]]) -> None:
    """Correct the states of a licence and send it to a second person."""
    page.goto(f"{address}/correct")
    give(page, register, states)
    page.fill('[name="~reason"]', "Resolución inventada")
    page.click(".bar >> text=Enviar a revisión")


def give(page: Any, register: Register, states: list[dict[str, str]]) -> None:
    """Type the rows of states over those that stand there."""
    standing = page.locator('[name^="states."][name$=".state"]').count()
    if len(states) > standing:
        page.fill('[name="states~more"]', str(len(states) - standing))
        page.click('[value="add:states"]')
        page.locator(f'[name="states.{len(states)}.state"]').wait_for(state="attached")
    page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    for number, row in enumerate(states, start=1):
        for name in ("state", "since", "until"):
            box = f'[name="states.{number}.{name}"]'
            if name == "state":
                page.select_option(box, row[name])
            else:
                page.fill(box, row.get(name, ""))


def said(house: House, day: str) -> str:
    """What the public look-up answers for the agency on a day."""
    reader = house.reader()
    reader.goto(f"{house.portal}/es/recruiters?q=una+agencia+inventada&on={day}")
    assert_sound(reader)
    assert len(reader.content().encode()) < 30_000
    return str(reader.inner_text(".verdict").splitlines()[0])
