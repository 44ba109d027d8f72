"""The site as a folder: whole, relative, the same from the same store, only what is ours."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from cauce.model.errors import BadInput
from cauce.portal.export import Limits, Report, export
from cauce.portal.export.names import Names
from cauce.store import Store

from .conftest import figures_of, flow_of, release_of

REGION = Path("packs/region")
FLOW = "XAA_LFS_LABOUR"


def store_of(root: Path, open_licence: bool = True) -> Path:
    flow = flow_of(["2024", "2025"])
    flow = replace(flow, source=replace(flow.source, open_licence=open_licence))
    Store(root).publish(release_of(figures_of(flow)), "2026-01-01T10:00:00+00:00")
    return root


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_of(tmp_path_factory.mktemp("export") / "store")


@pytest.fixture(scope="module")
def written(store: Path) -> tuple[Path, Report]:
    folder = store.parent / "site"
    return folder, export(store, folder, REGION)


def broken(folder: Path) -> Iterator[str]:
    """The links of a folder that lead nowhere, or out of it."""
    for path in folder.rglob("*.html"):
        for found in re.findall(r'\b(?:href|src)="([^"]*)"', path.read_text(encoding="utf-8")):
            link = unescape(found).split("#")[0]
            if re.match(r"(https?:|mailto:|data:)", link) or not link:
                continue
            target = path.parent / unquote(link)
            if link.startswith("/") or "?" in link or not target.is_file():
                yield f"{path.relative_to(folder)}: {link}"


def test_no_link_of_the_folder_leads_nowhere_or_needs_a_server(written) -> None:
    folder, report = written
    assert report.failed == ()
    assert list(broken(folder)) == []
    assert len(list(folder.rglob("*.html"))) > 40
    style = folder / "static" / "cauce.css"
    for drawn in re.findall(r'url\("([^"]+)"\)', style.read_text()):
        assert (style.parent / drawn).is_file(), drawn


def test_a_table_has_a_view_for_each_indicator_its_files_and_one_number_explained(written) -> None:
    tables = written[0] / "es" / "tables"
    assert {path.name for path in tables.iterdir()} >= {
        f"{FLOW}.html", f"{FLOW}--INDICATOR-POP.html", f"{FLOW}.csv", f"{FLOW}.json",
    }  # fmt: skip
    assert len(list((written[0] / "es" / "explain" / FLOW).iterdir())) >= 2


def test_what_needs_the_service_says_so_and_no_form_is_left(written) -> None:
    body = (written[0] / "en" / "tables" / f"{FLOW}.html").read_text(encoding="utf-8")
    assert "<form" not in body
    assert "Choosing needs the service" in body
    assert 'href="../folder.html#service"' in body
    assert "served" in body


def test_the_manifest_has_the_hash_of_every_file(written) -> None:
    folder, _ = written
    lines = (folder / "MANIFEST").read_text().splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(told) == there - {"MANIFEST"}
    for name, digest in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_same_store_gives_the_same_bytes_over_an_earlier_export(store, written) -> None:
    folder, _ = written
    before = (folder / "MANIFEST").read_bytes()
    (folder / "left-over.txt").write_text("of an earlier export")
    export(store, folder, REGION)
    assert (folder / "MANIFEST").read_bytes() == before
    assert not (folder / "left-over.txt").exists()


def test_a_known_address_brings_feeds_citations_and_the_catalogue(store, tmp_path) -> None:
    export(store, tmp_path / "site", REGION, address="https://data.example.org")
    for name in ("sitemap.xml", "catalog.jsonld", "en/releases.atom", f"es/metadata/{FLOW}.bib"):
        assert "https://data.example.org" in (tmp_path / "site" / name).read_text(), name
    assert list(broken(tmp_path / "site")) == []
    catalog = json.loads((tmp_path / "site" / "catalog.jsonld").read_text())
    (dataset,) = catalog["dcat:dataset"]
    files = [one["dcat:downloadURL"]["@id"] for one in dataset["dcat:distribution"]]
    for told in (dataset["dcat:landingPage"]["@id"], dataset["foaf:page"][0]["@id"], *files):
        assert (tmp_path / "site" / told.removeprefix("https://data.example.org/")).is_file(), told
    assert "dcat:service" not in catalog
    listed = re.findall(r"<loc>https://data.example.org/(.*?)</loc>", mapped(tmp_path / "site"))
    assert f"en/tables/{FLOW}.html" in listed
    assert all((tmp_path / "site" / name).is_file() for name in listed)


def mapped(folder: Path) -> str:
    return (folder / "sitemap.xml").read_text()


def test_words_are_found_in_the_folder_by_one_small_script_on_one_page(written) -> None:
    folder, _ = written
    index = (folder / "en" / "find-index.js").read_text(encoding="utf-8")
    told = json.loads(index.removeprefix("window.CAUCE=").rstrip(";\n"))
    paths = {title: path for _, title, path in told["things"]}
    assert paths["Labour force by sex"] == f"tables/{FLOW}.html"
    assert all((folder / "en" / path).is_file() for path in paths.values())
    scripts = {p for p in folder.rglob("*.html") if "<script src" in p.read_text(encoding="utf-8")}
    assert scripts == {folder / "en" / "search.html", folder / "es" / "search.html"}
    assert len(index.encode()) + (folder / "static" / "find.js").stat().st_size < 60_000


def test_files_of_a_table_that_may_not_be_given_away_are_left_out_and_named(tmp_path) -> None:
    report = export(store_of(tmp_path / "store", False), tmp_path / "site", REGION)
    tables = tmp_path / "site" / "en" / "tables"
    assert report.closed == (FLOW,)
    assert {path.suffix for path in tables.glob(f"{FLOW}*")} == {".html"}
    assert "Labour force by sex" in (tmp_path / "site" / "en" / "folder.html").read_text()


def test_a_folder_of_somebody_else_is_left_alone(store, tmp_path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")
    with pytest.raises(BadInput, match="left alone"):
        export(store, tmp_path / "letters", REGION)


def test_a_folder_that_would_be_too_much_changes_nothing(store, written, tmp_path) -> None:
    folder, _ = written
    before = (folder / "MANIFEST").read_bytes()
    with pytest.raises(BadInput, match="--most-mb"):
        export(store, folder, REGION, limits=Limits(total=200_000))
    assert (folder / "MANIFEST").read_bytes() == before
    assert not list(folder.parent.glob(".site.*"))


def test_a_file_that_is_too_large_is_left_out_and_told(store, tmp_path) -> None:
    report = export(store, tmp_path / "site", REGION, limits=Limits(one=3_000))
    assert f"/en/tables/{FLOW}.csv" in report.large


def test_two_addresses_never_share_a_file_even_where_case_does_not_count() -> None:
    names = Names()
    given = [
        names.add(one)
        for one in ("/en/a", "/en/A", "/en/a?x=1", "/en/a?x=1%2F2", "/en/a:b", "/en/a%3Cb")
    ]
    assert len({name.lower() for name in given}) == len(given)
    assert not re.search(r'[<>:"|?*\\]', "".join(given))
