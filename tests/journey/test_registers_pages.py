"""The public registers as a reader meets them: small pages, two languages, no scripts."""

import csv
import html
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.portal.corridor.routes import without_drawings
from cauce.store import Reader

ROOT = Path(__file__).parent.parent.parent
MOST_BYTES = 30_000
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
OTHERS = ("/static", "/sdmx", "/en/tables", "/es/tables", "/en/explain", "/es/explain")


@pytest.fixture(scope="module")
def reader(demo_store: Path) -> Iterator[TestClient]:
    app = create_app(demo_store, ROOT / "packs" / "region" / "bulletin")
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["accept-encoding"] = "identity"
        yield client


def links(body: str) -> set[str]:
    found = {html.unescape(link) for link in LINK.findall(body)}
    return {link for link in found if not link.startswith(OTHERS)}


def kind(address: str) -> str:
    """What pages alike have in common: where they stand, and by which words they are asked."""
    path, _, asked = address.partition("?")
    return f"{path.rpartition('/')[0]}?{re.sub('=[^&]*', '', asked)}"


@pytest.fixture(
    scope="module",
    params=[3, pytest.param(100_000, marks=pytest.mark.prove)],
    ids=["three of each kind", "every page"],
)
def walked(reader: TestClient, request: pytest.FixtureRequest) -> dict[str, str]:
    """Pages that are reached from the registers, in both languages, with their HTML."""
    seen: dict[str, str] = {}
    opened: Counter[str] = Counter()
    for language in ("/en/", "/es/"):
        todo = deque([f"{language}registers"])
        while todo:
            address = todo.popleft()
            if address in seen or opened[kind(address)] == request.param:
                continue
            opened[kind(address)] += 1
            answer = reader.get(address)
            assert answer.status_code == 200, address
            seen[address] = answer.text if "html" in answer.headers["content-type"] else ""
            todo += sorted(one for one in links(seen[address]) if one.startswith(language))
    return {address: body for address, body in seen.items() if body}


def test_every_link_leads_somewhere_in_both_languages(walked, request) -> None:
    assert len(walked) > (1000 if "every page" in request.node.name else 150)
    english = {address.removeprefix("/en") for address in walked if address.startswith("/en/")}
    spanish = {address.removeprefix("/es") for address in walked if address.startswith("/es/")}
    assert english == spanish


def test_every_page_is_under_thirty_kilobytes(walked) -> None:
    """A corridor's pictures are beside them: they are drawn with every number in words."""
    sizes = {a: without_drawings(b.encode()) for a, b in walked.items()}
    assert {a: size for a, size in sizes.items() if size > MOST_BYTES} == {}


def test_no_page_has_a_script_or_loads_anything_from_outside(walked) -> None:
    for address, body in walked.items():
        assert "<script" not in body, address
        assert not re.search(r'src="(https?:)?//', body), address
        assert body.count("<h1") == 1, address
        assert "None" not in re.sub(r"<[^>]*>", "", body), address


def test_nine_news_items_lead_to_the_pages_that_answer_them(reader) -> None:
    body = reader.get("/es/").text
    for page in ("mechanisms", "course_editions", "declarations", "regularization_initiatives"):
        assert f'href="/es/registers/{page}"' in body
    for page in ("studies", "diaspora", "registers/plans", "tables"):
        assert f'href="/es/{page}"' in body


@pytest.mark.parametrize("query", ["CRM", "rcm", "Conferencia regional sobre migración", "PUEBLA"])
def test_bodies_are_found_by_any_of_their_names(reader, query: str) -> None:
    body = reader.get(f"/en/registers/bodies?q={query}").text
    assert "Regional Conference on Migration" in body


def test_a_country_links_all_that_concerns_it(reader) -> None:
    body = html.unescape(reader.get("/es/countries/GTM").text)
    for part in (
        "/es/registers/mechanisms",
        "/es/registers/mechanism_funnel",
        "/es/registers/studies",
        "/es/corridors/GTM-USA",
        "/es/bulletin/declaration-2023",
        "/es/diaspora/GTM",
        "Conferencia Regional sobre Migración",
    ):
        assert part in body, part


def test_a_corridor_links_its_mechanisms_and_figures(reader) -> None:
    body = reader.get("/en/corridors/GTM-USA").text
    assert "/en/registers/mechanisms/" in body
    assert "/en/registers/mechanism_funnel/" in body
    assert 'href="/en/countries/GTM"' in body


def test_the_declaration_has_its_fifteen_slots(reader) -> None:
    body = reader.get("/es/registers/declarations").text
    (record,) = set(re.findall(r'href="(/es/registers/declarations/[0-9a-f]{20})"', body))
    page = reader.get(record).text
    slots = re.findall(r">Acuerdo (\d+)</a>", page)
    assert slots == [str(number) for number in range(1, 16)]


def test_studies_stand_side_by_side_and_say_that_they_are_not_comparable(reader) -> None:
    body = html.unescape(reader.get("/en/studies").text)
    for figure in ("53,000", "60,000", "100,000", "160,000"):
        assert figure in body
    assert "not comparable with one another" in body
    assert "no son comparables entre sí" in reader.get("/es/studies").text


def test_a_diaspora_page_has_four_kinds_of_capital_and_adds_nothing(reader) -> None:
    body = reader.get("/es/diaspora/SLV").text
    for kind in ("Económico", "Social", "Cultural", "Humano"):
        assert f"<h2>{kind}</h2>" in body
    assert "no se suman" in body


def test_every_register_can_be_had_as_csv_and_json(reader, demo_store: Path) -> None:
    shelves = Reader(demo_store).snapshot().shelves
    for register in shelves.ids():
        rows = list(csv.reader(io.StringIO(reader.get(f"/es/registers/{register}.csv").text)))
        found = reader.get(f"/es/registers/{register}.json").json()
        assert len(rows) - 1 == len(found["records"]) == shelves.edition(register).records
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_who_entered_and_approved_is_nowhere_in_the_store(demo_store: Path) -> None:
    for path in demo_store.rglob("*"):
        if path.is_file():
            assert b"nobody real" not in path.read_bytes(), path
