"""No page is over 30 kB, whatever a register holds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.model.codelist import Code, Codelist
from cauce.model.shelf import Filled, PublicRecord, Shelf, ShelfField
from cauce.model.text import Text
from cauce.portal import create_app
from cauce.portal.registers.measure import MOST_BYTES, shared
from cauce.store import Store

NOW = "2026-01-02T00:00:00+00:00"
LONG = "Cooperación «binacional» & trabajo "
COUNTRIES = [f"{a}{b}X" for a in "ABCDEFGHIJKLM" for b in "ABCDEFGHIJKLMNO"]


def text(word: str) -> Text:
    return Text(word, word)


def huge(register: str, record: Callable[..., PublicRecord]) -> Filled:
    """As many fields, rows and records, and as long, as a declaration lets in."""
    columns = tuple(ShelfField(f"c{n}", text(f"Column {n}"), "text") for n in range(8))
    lists = tuple(
        Codelist(f"L{n}", text("L"), tuple(Code(f"X{i}", text(LONG * 2)) for i in range(50)))
        for n in range(6)
    )
    named = tuple(Code(code, Text(code * 9, code * 9)) for code in COUNTRIES)
    fields = (
        ShelfField("title_en", text("Title"), "text"),
        ShelfField("title_es", text("Title"), "text"),
        ShelfField("country", text("Country"), "code", codelist="CL_COUNTRY"),
        *(ShelfField(f"k{n}", text(f"Code {n}"), "code", codelist=f"L{n}") for n in range(6)),
        *(ShelfField(f"n{n}", text(f"Note {n}"), "note") for n in range(8)),
        *(ShelfField(f"r{n}", text(f"Rows {n}"), "rows", columns=columns) for n in range(11)),
    )
    shelf = Shelf(
        register, text(LONG), text("thing"), text(LONG * 5), Code("T", text("Topic")),
        Text("title_en", "title_es"), "country", "1", "", fields,
        (Codelist("CL_COUNTRY", text("Country"), named), *lists),
    )  # fmt: skip
    row = {f"c{n}": (LONG * 14)[:490] for n in range(8)}
    records = tuple(
        record(
            f"{number:020}",
            {
                "title_en": (LONG * 14)[:490],
                "title_es": (LONG * 14)[:490],
                "country": COUNTRIES[number % len(COUNTRIES)],
                **{f"k{n}": f"X{(number + n) % 50}" for n in range(6)},
                **{f"n{n}": LONG * 100 for n in range(8)},
                **{f"r{n}": (row,) * 20 for n in range(11)},
            },
            places=tuple(COUNTRIES[:3]),
            corridors=("AAX-ABX",),
            links=(f"huge0/{0:020}",),
            words="cooperacion",
        )
        for number in range(60 if register == "huge0" else 4)
    )
    return Filled(shelf, records)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, made_record) -> TestClient:
    root: Path = tmp_path_factory.mktemp("huge")
    Store(root).publish_registers([huge(f"huge{n}", made_record) for n in range(12)], NOW)
    return TestClient(create_app(root))


@pytest.mark.parametrize(
    "address",
    [
        "registers",
        "registers?q=cooperacion",
        "registers/huge0",
        "registers/huge0?page=2&q=cooperaci%C3%B3n",
        "registers/huge0/00000000000000000000",
        "registers/huge0/00000000000000000001?rows=r3",
        "countries",
        "countries/AAX",
        "corridors/AAX-ABX",
    ],
)
def test_the_largest_register_has_small_pages(client: TestClient, address: str) -> None:
    answer = client.get(f"/es/{address}", headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES


def test_short_lists_are_whole_and_long_ones_share_what_is_left() -> None:
    assert shared([15, 2, 1], 60) == [15, 2, 1]
    assert shared([15, 2, 100], 20) == [9, 2, 9]
    assert shared([5, 5, 5], 1) == [1, 1, 1]
    assert shared([], 5) == []
