"""What the public is to see of a record that was typed, and what it is not."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date

from cauce.model.record import ABSENT, Absent
from cauce.model.register import Field, Register
from cauce.registers.values import Lists

from .hands import assert_sound
from .house import House

IN_SPANISH = re.compile(r",? (?:en )?(?:español|inglés)$")


def assert_told(house: House, register: Register, key: str, case: Mapping[str, Any]) -> None:
    """The public page has each public field and its value, and nothing that is not public."""
    page = house.reader()
    address = f"{house.portal}/es/registers/{register.id}"
    page.goto(address)
    assert_sound(page)
    leafed_to(page, f"/es/registers/{register.id}/{key}").click()
    assert_sound(page)
    named = page.locator(".record > dl.facts").first.locator("dt").all_inner_texts()
    assert named == [*facts(register, case)]
    text = page.inner_text("main") + "".join(rows_left_out(page))
    for word in said(register.fields, case, house.declared.lists):
        assert flat(word) in flat(text), word
    assert "reservado" not in page.content().lower()


def rows_left_out(page: Any) -> Iterator[str]:
    """The pages with all rows of a table that shows only some."""
    whole = page.locator('a.go[href^="?rows="]')
    for href in [link.get_attribute("href") for link in whole.all()]:
        page.goto(page.url.partition("?")[0] + href)
        assert_sound(page)
        yield page.inner_text("main")


def assert_told_by_code(house: House, register: Register, case: Mapping[str, Any]) -> None:
    """Who has the code of a certificate is told that it holds, and nobody is told more."""
    page = house.reader()
    page.goto(f"{house.portal}/es/registers/{register.id}")
    assert case["code"] not in page.content()
    page.goto(f"{house.portal}/es/certificates")
    for code, told in ((case["code"], "15 de junio de 2027"), ("SINCODIGO22", "")):
        page.fill('[name="code"]', code)
        page.click("main button")
        assert_sound(page)
        text = page.inner_text("[role=status]")
        assert told in text
        assert bool(told) == ("Primera" in text)
        assert "P-004" not in page.content()
        assert "2024" not in text, "the day it was issued is nobody's"


def leafed_to(page: Any, href: str) -> Any:
    """The link to a record, on whatever page of a list it is."""
    while not page.locator(f'a[href="{href}"]').count():
        page.click('a[rel="next"]')
    return page.locator(f'a[href="{href}"]').first


def assert_untold(house: House, register: Register, key: str) -> None:
    """The register is not there for the public, and nothing of it is."""
    page = house.reader()
    for part in ("", f"/{key}", ".json"):
        assert page.goto(f"{house.portal}/es/registers/{register.id}{part}").status == 404
    page.goto(f"{house.portal}/es/registers?q=reservado")
    assert key not in page.content()


def facts(register: Register, case: Mapping[str, Any]) -> Iterator[str]:
    """The names of the fields that are filled in and public, as a Spanish reader sees them."""
    titles = {register.title.es, register.title.en}
    shown = [f for f in register.fields if f.public and f.id in case and f.id not in titles]
    for one in shown:
        stem, _, language = one.id.rpartition("_")
        twin = language in ("en", "es")
        if one.kind != "rows" and not (language == "en" and f"{stem}_es" in case):
            yield IN_SPANISH.sub("", one.name.es) if twin else one.name.es


def said(fields: tuple[Field, ...], case: Mapping[str, Any], lists: Lists) -> Iterator[str]:
    """What is read of each public value."""
    for one in fields:
        value = case.get(one.id)
        if value is None or not one.public or one.kind == "link" or one.id.endswith("_en"):
            continue
        if one.kind == "rows":
            for row in value:
                yield from said(one.rows, row, lists)
        else:
            yield from told(one, value, lists)


def told(one: Field, value: Any, lists: Lists) -> Iterator[str]:
    if value in list(Absent):
        yield ABSENT[Absent(value)].es
    elif one.kind in ("code", "codes"):
        names = {code.id: code.name.es for code in lists[one.codelist].codes}
        yield from (names[code] for code in (value if one.kind == "codes" else [value]))
    elif one.kind == "date":
        yield format_date(date.fromisoformat(value), "long", locale="es")
    elif one.kind == "number":
        yield value.replace(".", ",")
    elif one.kind == "flag":
        yield "Sí" if value == "true" else "No"
    elif one.kind == "web":
        yield str(urlsplit(value).hostname)
    else:
        yield value


def flat(text: str) -> str:
    """Text without spaces and capitals: 44 100 is 44100."""
    return re.sub(r"\s", "", text).casefold()
