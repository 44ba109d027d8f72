"""What a person does with a form in a browser."""

from collections.abc import Mapping
from typing import Any

from cauce.model.record import Absent
from cauce.model.register import Field, Register

LISTS = "() => [...document.querySelectorAll('select')].map(e => e.name)"
SOUND = """() => ({
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  headings: document.querySelectorAll("h1").length,
  nameless: [...document.querySelectorAll("main input, main select, main textarea")]
    .filter(e => e.type != "hidden" && !e.labels.length && !e.getAttribute("aria-label"))
    .map(e => e.name),
  twice: [...document.querySelectorAll("[id]")].map(e => e.id)
    .filter((id, at, all) => all.indexOf(id) != at),
})"""
"""What a page is for who has a phone, or does not see."""
SOUND_PAGE: Mapping[str, object] = {"wide": False, "headings": 1, "nameless": [], "twice": []}


def type_in(page: Any, register: Register, case: Mapping[str, Any]) -> None:
    """Fill in a whole form: first as many rows as are needed, then field by field."""
    tables = [one for one in register.fields if one.kind == "rows" and case.get(one.id)]
    for one in tables:
        page.fill(f'[name="{one.id}~more"]', str(len(case[one.id])))
        page.click(f'[value="add:{one.id}"]')
    page.wait_for_load_state()
    lists = frozenset(page.evaluate(LISTS))
    for one in register.fields:
        if one.kind != "rows" and one.id in case:
            give(page, one, one.id, case[one.id], lists)
    for one in tables:
        for number, row in enumerate(case[one.id], start=1):
            for column in one.rows:
                if column.id in row:
                    give(page, column, f"{one.id}.{number}.{column.id}", row[column.id], lists)


def give(page: Any, one: Field, name: str, value: Any, lists: frozenset[str]) -> None:
    """Type, choose or tick one field; `lists` are those of the form that one chooses from."""
    if value in list(Absent):
        page.select_option(f'[name="{name}?"]' if f"{name}?" in lists else named(name), value)
    elif one.kind == "codes":
        folded = page.locator(f'[id="{name.replace(".", "-")}"] > details:not([open]) > summary')
        if folded.count():
            folded.click()
        for code in value:
            page.check(f'{named(name)}[value="{code}"]')
    elif name in lists:
        page.select_option(named(name), value)
    else:
        page.fill(named(name), value)


def named(name: str) -> str:
    return f'[name="{name}"]'


def assert_sound(page: Any) -> None:
    """No wider than the screen, one heading, every input named, no id twice."""
    page.wait_for_load_state()
    found = page.evaluate(SOUND)
    faults = {name: told for name, told in found.items() if told != SOUND_PAGE[name]}
    assert not faults, f"{page.url}: {faults}"
