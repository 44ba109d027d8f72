"""Numbers and records cite each other: what a reader sees, and what is told of a broken one."""

import html
import re
import runpy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.model.shelf import Filled, Known, PublicPeriod, PublicRecord, Shelf, ShelfField
from cauce.model.text import Text
from cauce.pipeline.citing import broken_in, refuse_broken
from cauce.portal import create_app
from cauce.store import Store

ROOT = Path(__file__).parents[1]
MADE = runpy.run_path(str(ROOT / "unit" / "store" / "conftest.py"))["make_release"]
FLOW, KEY = "XAA_LFS_T0", "A.XAA.UNE._T"
FIRST, SECOND = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
OLD = "record:studies/s1@2025-03-01"
NUMBER = f"number:{FLOW}/{KEY}/2020@v1"
NAMES = {"title_en": Text("Title", "Título"), "title_es": Text("Title", "Título")}
STUDIES = Shelf(
    "studies",
    Text("Studies", "Estudios"),
    Text("study", "estudio"),
    Text("Studies.", "Estudios."),
    Code("T", Text("Topic", "Tema")),
    Text("title_en", "title_es"),
    "",
    "1",
    "",
    (
        *(ShelfField(name, text, "text") for name, text in NAMES.items()),
        ShelfField("baseline", Text("Baseline", "Línea de base"), "number"),
        ShelfField("note", Text("Note", "Nota"), "note"),
    ),
)


def study(key: str, *states: tuple[datetime, str, str]) -> PublicRecord:
    """A record as it was known: since when, called how, with which note."""
    known = tuple(
        Known(
            since,
            (
                PublicPeriod(
                    None,
                    None,
                    {"title_en": name, "title_es": f"{name} (es)", "note": note, "baseline": 10},
                ),
            ),
        )
        for since, name, note in states
    )
    title = states[-1][1]
    return PublicRecord(key, "", Text(title, f"{title} (es)"), (), (), (), "", known)


def release(vintage: str, base: float, source: str) -> Release:
    """A release whose first table names its source."""
    made = MADE(vintage, ["2020"], base=base, reason="weights")
    first = made.flows[0].dataflow
    cites = replace(first, source=replace(first.source, citation=source))
    return replace(made, flows=(replace(made.flows[0], dataflow=cites), *made.flows[1:]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two vintages, the first of which a study cites; the second cites that study."""
    renamed = study("s1", (FIRST, "Old name", "Nothing."), (SECOND, "New name", "Nothing."))
    citing = study("s2", (FIRST, "Baseline", f"From {NUMBER}."))
    store = Store(tmp_path)
    store.publish(release("v1", 10, "The office."), "2026-01-02T00:00:00+00:00")
    store.publish_registers((Filled(STUDIES, (renamed, citing)),), "2026-01-03T00:00:00+00:00")
    store.publish(release("v2", 11, f"After {OLD}."), "2026-01-04T00:00:00+00:00")
    return tmp_path


@pytest.fixture
def reader(root: Path) -> TestClient:
    return TestClient(create_app(root))


def links(body: str) -> dict[str, str]:
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', body)
    return {html.unescape(words): html.unescape(href) for href, words in found}


def test_a_record_shows_the_number_it_cites_as_of_its_vintage_with_its_error(reader) -> None:
    body = reader.get("/es/registers/studies/s2").text
    [told] = [words for words in links(body) if "edición v1" in words]
    assert told.startswith("10,0 ")
    assert "error estándar" in told
    assert "inventada" in told
    page = reader.get(links(body)[told]).text
    assert "Esta no es la edición vigente." in page
    assert NUMBER in page


def test_a_table_and_the_page_behind_a_number_cite_a_record_as_it_was_known(reader) -> None:
    for path in (f"/en/tables/{FLOW}", f"/en/explain/{FLOW}/{KEY}"):
        found = links(reader.get(path).text)
        href = found["Old name (as known on 2025-03-01)"]
        page = reader.get(href).text
        assert "Old name</h1>" in page
        assert "As it was known on" in page


def test_each_page_says_how_to_cite_what_it_shows(reader) -> None:
    record = reader.get("/en/registers/studies/s1").text
    assert "record:studies/s1@2026-01-03T00:00:00Z" in record
    number = reader.get(f"/en/explain/{FLOW}/{KEY}").text
    assert f"number:{FLOW}/{KEY}/2020@v2" in number


def test_broken_citations_are_found_and_told_where_they_stand(root: Path) -> None:
    assert broken_in(root) == (2, ())
    where = ("--store", str(root))
    withdraw = ["withdraw", FLOW, "v1", "--reason", "a person could be seen", *where]
    done = CliRunner().invoke(app, withdraw)
    assert "1 citation leads nowhere" in done.stdout
    bad = CliRunner().invoke(app, ["register", "check", *where])
    assert bad.exit_code == 1
    for words in ("studies/s2, note", NUMBER, "a person could be seen"):
        assert words in bad.stdout.replace("\n", "")
    page = TestClient(create_app(root)).get("/en/registers/studies/s2").text
    assert "this citation leads nowhere" in page
    assert "10 " not in page[page.index(NUMBER) :][:80]


def test_a_release_that_cites_what_is_not_there_is_not_published(root: Path) -> None:
    refuse_broken(release("v3", 12, f"After {OLD} and {NUMBER}."), root)
    refuse_broken(release("v3", 12, "After nothing."), root / "no-store")
    with pytest.raises(BadInput, match="There is no store at"):
        refuse_broken(release("v3", 12, f"After {OLD}."), root / "no-store")
    for wrong in (
        "record:studies/none@2026-01-01",
        "record:studies/s1",
        f"number:{FLOW}/A/2020@v1",
    ):
        with pytest.raises(BadInput, match="1 citation leads nowhere") as caught:
            refuse_broken(release("v3", 12, f"After {wrong}."), root)
        assert wrong in str(caught.value)
        assert f"{FLOW} v3" in str(caught.value)


def test_a_news_item_cites_a_number_where_it_is_listed_and_on_its_page(root: Path) -> None:
    texts = ("slug", "title_en", "title_es", "summary_en", "summary_es")
    fields = tuple(ShelfField(name, Text(name, name), "text") for name in texts)
    dated = ShelfField("published_on", Text("day", "día"), "date")
    news = replace(STUDIES, id="news", fields=(*fields, dated))
    said = {
        "slug": "one", "title_en": "One", "title_es": "Uno", "published_on": date(2026, 1, 1),
        "summary_en": f"It was {NUMBER}.", "summary_es": f"Fue {NUMBER}.",
    }  # fmt: skip
    known = (Known(FIRST, (PublicPeriod(None, None, said),)),)
    item = PublicRecord("n1", "", Text("One", "Uno"), (), (), (), "", known)
    Store(root).publish_registers(
        (Filled(news, (item,)),), "2026-01-05T00:00:00+00:00", whole=False
    )
    reader = TestClient(create_app(root))
    for path in ("/es/bulletin/one", "/es/bulletin"):
        body = reader.get(path).text
        assert "edición v1" in body
        assert NUMBER not in body
        [href] = [href for words, href in links(body).items() if "edición v1" in words]
        assert reader.get(href).status_code == 200
