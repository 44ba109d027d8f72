"""The desk as editors walk it."""
import re


def test_home_opens(desk_of) -> None:
    page = desk_of("ana").get("/es/")
    assert page.status_code == 200
    assert "Boletín" in page.text


def test_every_register_has_a_list_and_a_form(desk_of, declared) -> None:
    ana = desk_of("both")
    for register in declared.registers:
        page = ana.get(f"/es/registers/{register}")
        if page.status_code == 404:
            print(register)
            continue
        assert page.status_code == 200, register
        assert ana.get(f"/en/registers/{register}/new").status_code == 200, register
