"""Finding, knowing and taking along, over a store of one table in two vintages."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from cauce.portal.app import create_app
from cauce.store import Store

from .conftest import NEWS, figures_of, flow_of, release_of

FLOW = "XAA_LFS_LABOUR"
WHY = "A weight was wrong."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of 2024, one with 2025 besides, and one that corrects a figure of 2025."""
    root = tmp_path_factory.mktemp("reading") / "store"
    first, both = figures_of(flow_of(["2024"])), figures_of(flow_of(["2024", "2025"]))
    moved = replace(both, value=both.value + ([0.0, 12.3] + [0.0] * (len(both.value) - 2)))
    store = Store(root)
    store.publish(release_of(first, "2024"), "2026-01-01T10:00:00+00:00")
    store.publish(release_of(both, "2025", "A year more."), "2026-01-02T10:00:00+00:00")
    store.publish(release_of(moved, "2025.1", WHY), "2026-01-03T10:00:00+00:00")
    return root


@pytest.fixture(scope="module")
def reader(store: Path) -> TestClient:
    return TestClient(create_app(store, NEWS), raise_server_exceptions=False)


def page(reader: TestClient, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text)


@pytest.mark.parametrize(
    "query",
    ["desocupación", "DESOCUPACION", "unemployment", "desempleo", "desocupacon", "UNE_DEAP"],
)
def test_a_word_is_found_whatever_its_accents_language_or_slip(reader, query) -> None:
    body = page(reader, f"/es/search?q={query}")
    assert "/es/indicators/UNE_DEAP" in body
    assert f"/es/tables/{FLOW}" in body


def test_an_indicator_stands_before_its_tables(reader) -> None:
    hits = re.findall(r'<li><a href="/en/(\w+)', page(reader, "/en/search?q=unemployment+rate"))
    assert hits.index("indicators") < hits.index("tables")


def test_who_finds_nothing_is_told_what_there_is(reader) -> None:
    body = page(reader, "/en/search?q=xyzzyx")
    assert "Nothing was found." in body
    assert "/en/indicators/UNE_DEAP" in body


def test_markup_and_endless_queries_are_words_like_others(reader) -> None:
    body = reader.get("/en/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in body
    assert reader.get(f"/en/search?q={'a+' * 2_000}&page=99999999&kind=zz").status_code == 200
    assert reader.get(f"/en/search?q={'a+' * 20_000}").status_code == 414


def test_only_some_of_the_words_is_said(reader) -> None:
    assert "passed over: xyzzyx" in page(reader, "/en/search?q=unemployment+xyzzyx")


def test_a_topic_an_indicator_and_a_table_lead_to_each_other(reader) -> None:
    assert "/en/topics/OTHER" in page(reader, "/en/topics")
    assert "/en/indicators/POP" in page(reader, "/en/topics/OTHER")
    body = page(reader, "/en/indicators/UNE_DEAP")
    assert f"/en/tables/{FLOW}?INDICATOR=UNE_DEAP" in body
    assert "95 % interval" in body
    for unknown in ("/en/topics/NONE", "/en/indicators/NONE", "/en/metadata/NONE"):
        assert reader.get(unknown).status_code == 404


def test_the_page_about_a_table_says_whose_it_is_and_leaves_the_contact_empty(reader) -> None:
    body = page(reader, f"/en/metadata/{FLOW}")
    for said in ("The office (2025)", "MIT", "Empty: nobody has been named.", "13th ICLS",
                 "All criteria met.", "CL_SEX", "2025.1", WHY):  # fmt: skip
        assert said in body, said


def test_a_table_is_cited_with_its_vintage_in_every_form(reader) -> None:
    url = f"http://testserver/en/tables/{FLOW}?vintage=2025.1"
    assert url in page(reader, f"/en/metadata/{FLOW}")
    bibtex = reader.get(f"/en/metadata/{FLOW}.bib").text
    assert bibtex.startswith("@misc{XAA_LFS_LABOUR_2025_1,")
    assert url in bibtex
    ris = reader.get(f"/en/metadata/{FLOW}.ris").text.splitlines()
    assert (ris[0], ris[-1], f"UR  - {url}" in ris) == ("TY  - DATA", "ER  -", True)
    (csl,) = reader.get(f"/es/metadata/{FLOW}.csl.json").json()
    assert csl["type"] == "dataset"
    assert csl["issued"] == {"date-parts": [[2026, 1, 3]]}
    old = reader.get(f"/es/metadata/{FLOW}.csl.json?vintage=2024").json()[0]
    assert old["version"] == "2024"


def test_a_revision_says_what_changed_by_how_much_and_of_what_kind_it_is(reader) -> None:
    body = page(reader, "/en/revisions")
    assert "1 of 12 figures changed." in body
    assert "2025 → 2025.1" in body
    assert body.index("correction") < body.index("no figure changed")
    detail = page(reader, f"/en/revisions/{FLOW}/2025.1")
    assert WHY in detail
    assert "+12.3" in detail
    for vintage in ("2025", "2025.1"):
        assert f"vintage={vintage}" in detail
    for link in set(re.findall(r'href="(/en/explain/[^"]+)"', detail)):
        assert reader.get(unescape(link)).status_code == 200, link
    assert reader.get(f"/en/revisions/{FLOW}/2024").status_code == 404


def test_releases_are_told_newest_first_and_nothing_is_announced_that_nobody_announced(
    reader,
) -> None:
    body = page(reader, "/es/releases")
    assert body.index("2025.1") < body.index("2024")
    assert "No hay ninguna publicación anunciada." in body
    assert "3 ene 2026" in body


def test_what_is_announced_is_awaited_late_or_there(store: Path, tmp_path: Path) -> None:
    entry = '[[release]]\nsurvey = "XAA_LFS"\nvintage = "{0}"\non = {1}\n'
    entry += 'title = {{ en = "T{0}", es = "T" }}\nground = {{ en = "Order 1", es = "Orden 1" }}\n'
    told = (("2025.1", "2026-01-03"), ("2026", "2027-01-01"), ("2020", "2021-01-01"))
    path = tmp_path / "calendar.toml"
    path.write_text("".join(entry.format(*one) for one in told))
    body = page(TestClient(create_app(store, calendar=path)), "/en/releases")
    assert re.findall(r'"tag">(late[^<]*|released|awaited)</span></p><h3>(\w+)', body) == [
        ("late: the day has passed", "T2020"), ("released", "T2025"), ("awaited", "T2026"),
    ]  # fmt: skip


def test_feeds_tell_of_every_release_and_revision(reader) -> None:
    for path, count in (("/en/releases", 3), ("/es/revisions", 2)):
        atom = etree.fromstring(reader.get(f"{path}.atom").content)
        rss = etree.fromstring(reader.get(f"{path}.rss").content)
        assert len(atom.findall("{*}entry")) == len(rss.findall("channel/item")) == count
        assert all(x.text.startswith("http://testserver/") for x in rss.iter("link"))


def told_in_the_catalogue(reader: TestClient) -> dict[str, dict]:
    """Series and vintages by what they are called."""
    return {one["@id"]: one for one in reader.get("/catalog.jsonld").json()["dcat:dataset"]}


def test_the_catalogue_names_files_that_are_there(reader) -> None:
    datasets = [o for o in told_in_the_catalogue(reader).values() if o["@type"] == "dcat:Dataset"]
    assert [one["dct:identifier"] for one in datasets] == [FLOW, f"{FLOW} 2025", f"{FLOW} 2024"]
    for dataset in datasets:
        files = dataset["dcat:distribution"]
        named = [dataset["dcat:landingPage"], *dataset["foaf:page"]]
        named += [one.get("dcat:downloadURL", one["dcat:accessURL"]) for one in files]
        for one in named:
            path = one["@id"].removeprefix("http://testserver")
            assert reader.get(path).status_code == 200, path


def test_the_catalogue_has_every_format_of_the_current_vintage(reader) -> None:
    dataset = told_in_the_catalogue(reader)[f"http://testserver/en/metadata/{FLOW}"]
    titles = [one["dct:title"][0]["@value"] for one in dataset["dcat:distribution"]]
    assert titles == [
        "CSV", "JSON", "Excel", "Parquet", "JSON-stat", "Data Package",
        "SDMX-JSON", "SDMX-CSV", "SDMX-XML",
    ]  # fmt: skip
    for one in dataset["dcat:distribution"][-3:]:
        path = one["@id"].removeprefix("http://testserver")
        kind = one["dcat:mediaType"]["@id"].rpartition("media-types/")[2]
        assert reader.get(path).headers["content-type"].partition(";")[0] == kind


def test_the_vintages_of_a_table_are_a_series_that_leads_from_one_to_the_next(reader) -> None:
    told = told_in_the_catalogue(reader)
    (series,) = [one for one in told.values() if "dcat:DatasetSeries" in one["@type"]]
    last, found = series["dcat:last"]["@id"], []
    while last:
        found.append(told[last]["dcat:version"])
        assert told[last]["dcat:inSeries"]["@id"] == series["@id"]
        last = told[last].get("dcat:prev", {}).get("@id", "")
    assert found == ["2025.1", "2025", "2024"]
    assert series["dct:temporal"]["dcat:startDate"]["@value"] == "2024-01-01"
    current = told[series["dcat:last"]["@id"]]
    assert current["adms:versionNotes"][0]["@value"] == WHY


def test_the_catalogue_says_how_often_where_and_by_what(reader) -> None:
    dataset = told_in_the_catalogue(reader)[f"http://testserver/en/metadata/{FLOW}"]
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/frequency/ANNUAL")
    assert dataset["dcat:temporalResolution"]["@value"] == "P1Y"
    # An invented country has no address of its own.
    assert "@id" not in dataset["dct:spatial"][0]
    assert [one["rdfs:label"][1]["@value"] for one in dataset["stat:dimension"]][3] == "Sexo"
    assert "dcat:contactPoint" not in dataset, "nobody has said whom to ask"


def test_a_table_tells_harvesters_what_it_is_and_no_text_ends_the_element(reader) -> None:
    body = reader.get(f"/en/tables/{FLOW}").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    told = json.loads(block)
    assert told["@type"] == "Dataset"
    assert told["version"] == "2025.1"
    assert "Invented data" in told["description"]
    assert "<" not in block
    assert f'href="/en/metadata/{FLOW}"' in body


def test_every_address_of_the_sitemap_answers_in_both_languages(reader) -> None:
    whole = etree.fromstring(reader.get("/sitemap.xml").content)
    places = [x.text.removeprefix("http://testserver") for x in whole.iter("{*}loc")]
    assert len(places) > 30
    for place in places:
        assert reader.get(place).status_code == 200, place


def test_machines_find_robots_and_an_icon(reader) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in reader.get("/robots.txt").text
    assert reader.get("/favicon.ico").headers["content-type"].startswith("image/")


def test_the_home_page_shows_figures_with_their_interval_and_the_newest_releases(reader) -> None:
    body = page(reader, "/en/")
    assert "95 % interval" in body
    assert 'action="/en/search"' in body
    assert f"/en/tables/{FLOW}" in body
    assert "2025.1" in body
