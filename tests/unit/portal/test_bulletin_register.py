"""The bulletin as the published register of news has it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Record
from cauce.model.shelf import Filled, Known, PublicPeriod, PublicRecord, Shelf, ShelfField
from cauce.model.text import Text
from cauce.portal.bulletin import Bulletin, read_bulletin
from cauce.portal.bulletin_register import published_bulletin
from cauce.store import Reader, Store

FILE = read_bulletin(Path("packs/region/bulletin"))
AXES = Codelist("CL_AXIS", Text("Axis", "Eje"), (Code("NEW", Text("New axis", "Eje nuevo")),))
COUNTRIES = Codelist(
    "CL_NEWS_COUNTRY", Text("Country", "País"), (Code("BRB", Text("Barbados", "Barbados")),)
)
NEWS: Record = {
    "slug": "new-item",
    "title_es": "Una noticia",
    "summary_en": "What happened.",
    "published_on": date(2025, 1, 2),
    "event_from": date(2025, 1, 1),
    "countries": ("BRB",),
    "axes": ("NEW",),
    "translated": ("EN",),
}


def field(name: str, kind: str = "text", codelist: str = "") -> ShelfField:
    return ShelfField(name, Text(name, name), kind, codelist=codelist)  # type: ignore[arg-type] # as given


def published(
    root: Path, *records: Record, end: date | None = None, register: str = "news"
) -> Bulletin:
    texts = (*NEWS, "title_en", "summary_es")
    names = [field(name) for name in texts if name not in ("countries", "axes", "translated")]
    fields = (
        *(field(f.id, "date") if "_on" in f.id or "_from" in f.id else f for f in names),
        field("countries", "codes", "CL_NEWS_COUNTRY"),
        field("axes", "codes", "CL_AXIS"),
        field("translated", "codes", "CL_LANGUAGE"),
    )
    shelf = Shelf(
        register, *(Text("x", "x"),) * 3, Code("T", Text("t", "t")), None, "", "1", "", fields,
        (AXES, COUNTRIES),
    )  # fmt: skip
    made = tuple(
        PublicRecord(
            f"key{n}", "", Text("x", "x"), ("BRB",), (), (), "",
            (Known(datetime(2026, 1, 1, tzinfo=UTC), (PublicPeriod(None, end, given),)),),
        )
        for n, given in enumerate(records)
    )  # fmt: skip
    Store(root).publish_registers((Filled(shelf, made),), "2026-01-01T00:00:00+00:00")
    return published_bulletin(FILE, Reader(root, every=0).snapshot().shelves)


def test_an_item_of_the_register_alone_leads_to_its_record(tmp_path: Path) -> None:
    bulletin = published(tmp_path, NEWS)
    item = bulletin.items[0]
    assert (item.slug, item.link) == ("new-item", "registers/news/key0")
    assert item.title == Text("Una noticia", "Una noticia")
    assert item.event == (date(2025, 1, 1), date(2025, 1, 1))
    assert item.translated == ("en",)
    assert bulletin.axes[-1].id == "NEW"
    assert bulletin.countries[-1].id == "BRB"
    assert len(bulletin.items) == len(FILE.items) + 1


def test_the_register_has_the_words_and_the_file_what_is_done(tmp_path: Path) -> None:
    said = {**NEWS, "slug": "mechanisms-2024", "title_en": "Corrected"}
    bulletin = published(tmp_path, said)
    item = bulletin.item("mechanisms-2024")
    old = FILE.item("mechanisms-2024")
    assert item is not None
    assert old is not None
    assert item.title == Text("Corrected", "Una noticia")
    assert (item.answer, item.axes) == (old.answer, old.axes)
    assert len(bulletin.items) == len(FILE.items)


@pytest.mark.parametrize("lacking", ["slug", "published_on"])
def test_what_cannot_be_listed_is_not(tmp_path: Path, lacking: str) -> None:
    said = {name: value for name, value in NEWS.items() if name != lacking}
    assert len(published(tmp_path, said).items) == len(FILE.items)


def test_an_item_that_ended_is_not_listed(tmp_path: Path) -> None:
    assert len(published(tmp_path, NEWS, end=date(2025, 2, 1)).items) == len(FILE.items)


def test_links_to_registers_that_are_not_published_wait(tmp_path: Path) -> None:
    bulletin = published(tmp_path, register="others")
    item = bulletin.item("mechanisms-2024")
    assert item is not None
    assert (item.link, item.also) == ("", ())
    assert item.waits_for is not None
    tables = bulletin.item("statistics-2023")
    assert tables is not None
    assert tables.link == "tables"


def test_links_to_registers_that_are_published_lead_on(tmp_path: Path) -> None:
    item = published(tmp_path, register="mechanisms").item("mechanisms-2024")
    assert item is not None
    assert (item.link, item.waits_for) == ("registers/mechanisms", None)


def test_a_damaged_register_leaves_the_file(tmp_path: Path) -> None:
    published(tmp_path, NEWS)
    next((tmp_path / "objects").glob("*/*.parquet")).write_bytes(b"")
    shelves = Reader(tmp_path, every=0).snapshot().shelves
    assert len(published_bulletin(FILE, shelves).items) == len(FILE.items)
