"""Recruitment at the office, in a browser and in Spanish: a contract beside its order."""

from cauce.model.account import Role

from .cases import CONSUL, case_of
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

    inspector = house.desk("Inés", Role.INSPECTOR, frozenset({"HND"}), SCREEN)
    assert inspector.goto(f"{house.office}/es/judge/contracts/{key}").status == 404
    assert inspector.goto(f"{house.office}/es/judge/contracts/nothing").status == 404
