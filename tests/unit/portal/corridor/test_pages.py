"""The pages of corridors: one address each, small, and a plain answer to what is no corridor."""

import html
import re

import pytest

from cauce.portal import signposts
from cauce.portal.corridor.every import Every, in_folder, listed_paths
from cauce.portal.corridor.routes import without_drawings

from .conftest import Corridors


@pytest.fixture(scope="module")
def site(corridors: Corridors):
    return corridors.portal()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_corridor_is_one_page_under_thirty_kilobytes_beside_its_pictures(site, language: str):
    answer = site.get(f"/{language}/corridors/XAA-XBB")
    assert answer.status_code == 200
    assert without_drawings(answer.content) < 30_000
    assert "<script" not in answer.text
    assert answer.text.count("<h1") == 1
    assert answer.text.count("<svg") >= 7


def test_the_page_leads_to_the_brief_the_way_back_and_each_number(site):
    body = site.get("/en/corridors/XAA-XBB").text
    for address in (
        "/en/corridors/XAA-XBB.pdf",
        "/en/corridors/XBB-XAA",
        "/en/explain/XBB_LFS_LABOUR/A.XBB.EAP_DWAP.XAA",
        "/en/registers/mechanisms/m",
    ):
        assert f'href="{address}"' in body
        assert site.get(address).status_code == 200, address


def test_a_missing_piece_is_named_where_the_page_lists_its_pieces(site):
    body = html.unescape(site.get("/en/corridors/XBB-XAA").text)
    assert '<a href="#work">At work, beside natives<span class="hide"> – not known</span>' in body
    assert "A household survey of XAA land whose published tables show people born in" in body


@pytest.mark.parametrize(
    "asked", ["XAA-XAA", "XAA-QQQ", "XAA", "xaa-xbb", "XAA-XBB-XCC", "WORLD-XAA", "XAA-OTH"]
)
def test_what_is_no_corridor_is_a_plain_page_that_says_what_exists(site, asked: str):
    for ending in ("", ".pdf"):
        answer = site.get(f"/es/corridors/{asked}{ending}")
        assert answer.status_code == 404
        assert f"No hay un corredor «{asked}»" in answer.text
        assert "/es/corridors/XAA-XBB" in answer.text


def test_markup_in_an_address_is_told_and_not_obeyed(site):
    answer = site.get("/en/corridors?from=<script>alert(1)</script>&to=XBB")
    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    long = site.get("/en/corridors", params={"from": "A" * 5_000})
    assert f"“{'A' * 40}”" in long.text
    assert long.status_code == 404


def test_a_form_leads_to_the_corridor_of_the_two_countries_it_names(site):
    answer = site.get("/en/corridors?from=XAA&to=XBB")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/corridors/XAA-XBB")


def test_the_index_has_the_largest_corridors_into_and_out_of_each_country(site):
    body = site.get("/en/corridors").text
    assert '<a href="/en/corridors/XAA-XCC">XCC land</a> <span class="quiet">900</span>' in body
    assert '<a href="/en/corridors/XCC-XBB">XCC land</a> <span class="quiet">100</span>' in body
    assert "XAA land → XBB land (1)" in body
    assert "Office of PEOPLE_BY_ORIGIN (2025)." in body


def test_a_country_leads_to_its_largest_corridors(site):
    body = site.get("/en/countries/XAA").text
    for corridor in ("XAA-XCC", "XAA-XBB", "XBB-XAA"):
        assert f'href="/en/corridors/{corridor}"' in body


def test_the_brief_comes_with_the_page_in_the_size_asked_for(site):
    letter, a4 = (site.get(f"/en/corridors/XAA-XBB.pdf{q}") for q in ("", "?paper=a4"))
    assert letter.headers["content-type"] == a4.headers["content-type"] == "application/pdf"
    assert b"/MediaBox [ 0 0 612 792 ]" in letter.content
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in a4.content
    assert site.get("/en/corridors/XAA-XBB.pdf?paper=<b>").content == letter.content


def test_without_a_table_of_people_the_index_and_a_country_say_nothing_of_them(empty: Corridors):
    site = empty.portal()
    assert "Largest corridors" not in site.get("/en/corridors").text
    assert "Largest corridors" not in site.get("/en/countries/XAA").text


def test_every_corridor_is_found_by_either_of_its_ends(site):
    every = site.get("/en/corridors/countries").text
    assert 'href="/en/corridors/from/XAA"' in every
    assert 'href="/en/corridors/to/XBB"' in every
    out = site.get("/en/corridors/from/XAA").text
    assert 'href="/en/corridors/XAA-XBB"' in out
    assert "/en/corridors/XAA-XAA" not in out
    into = site.get("/es/corridors/to/XBB").text
    assert 'href="/es/corridors/XAA-XBB"' in into
    assert site.get("/en/corridors/from/QQQ").status_code == 404


def test_one_end_alone_leads_to_all_corridors_that_share_it(site):
    for asked, leads in (("from=XAA&to=", "from/XAA"), ("to=XBB", "to/XBB")):
        answer = site.get(f"/en/corridors?{asked}", follow_redirects=False)
        assert answer.headers["location"] == f"/en/corridors/{leads}"


def test_the_map_of_the_site_has_every_corridor_in_parts_if_it_is_long(site, monkeypatch):
    whole = site.get("/sitemap.xml").text
    assert "<loc>http://testserver/en/corridors/XAA-XBB</loc>" in whole
    monkeypatch.setattr(signposts, "MOST", 10)
    parts = re.findall(
        r"<loc>http://testserver(/sitemap-\d+\.xml)</loc>", site.get("/sitemap.xml").text
    )
    told = [loc for part in parts for loc in re.findall("<loc>(.*?)</loc>", site.get(part).text)]
    assert len(parts) > 2
    assert told == re.findall("<loc>(.*?)</loc>", whole)
    assert site.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert site.get("/sitemap-0.xml").status_code == 404


def test_the_folder_holds_the_corridors_of_members_and_of_records_and_says_so(site):
    every = Every({"XAA": ("XBB", "XCC")}, {"XBB": ("XAA",)}, frozenset({"XAA-XBB"}))
    paths = listed_paths(every)
    kept = [path for path in paths if in_folder(path, every)]
    assert kept == ["/corridors/countries", "/corridors/XAA-XBB"]
    assert in_folder("/tables/X", every)
    assert "corridors with a figure or a record the folder has" in site.get("/en/folder").text
