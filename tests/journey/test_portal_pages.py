"""The portal as a reader meets it: two languages, no scripts, nothing from outside."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Store

ROOT = Path(__file__).parent.parent.parent
FOOT = {
    "en": "Independent software; not a product of IOM, IRIS, ILO or the RCM",
    "es": "no es un producto de la OIM",
}
PAGES = (
    "/",
    "/tables",
    "/tables/XCA_LFS_LABOUR",
    "/tables/XCA_LFS_OCCUPATION?OCU=*&SEX=*&CBR=*",
    "/explain/XCA_LFS_LABOUR/A.XCA.UNE_DEAP._T._T._T?period=2025",
    "/compare/XCA_LFS_LABOUR/A.XCA.UNE_DEAP._T._T._T?period=2025",
    "/bulletin",
    "/bulletin?title=reclutamiento",
    "/about",
    "/nothing-here",
)


@pytest.fixture(scope="module")
def reader(demo_store: Path) -> Iterator[TestClient]:
    app = create_app(demo_store, ROOT / "packs" / "region" / "bulletin")
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_whose_it_is_not_and_loads_nothing(reader, page, language) -> None:
    answer = reader.get(f"/{language}{page}")
    body = html.unescape(answer.text)
    assert answer.status_code == (404 if "nothing" in page else 200)
    assert FOOT[language] in body
    assert f'<html lang="{language}"' in body
    # What a table is, told to harvesters: data that no browser runs.
    assert "<script" not in body.replace('<script type="application/ld+json">', "")
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert "script-src" in answer.headers["content-security-policy"] or (
        "default-src 'none'" in answer.headers["content-security-policy"]
    )
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES[:5])
def test_pages_with_invented_data_say_so(reader, page) -> None:
    assert "Datos inventados" in reader.get(f"/es{page}").text
    assert "Invented data" in reader.get(f"/en{page}").text


def test_the_root_asks_the_browser_for_the_language(reader) -> None:
    answer = reader.get("/", headers={"Accept-Language": "es-GT,en;q=0.5"}, follow_redirects=False)
    assert answer.headers["location"] == "/es/"
    assert "Accept-Language" in answer.headers["vary"]
    other = reader.get("/", headers={"Accept-Language": "en"}, follow_redirects=False)
    assert other.headers["location"] == "/en/"


def titles(reader: TestClient, query: str) -> set[str]:
    """The slugs of the items a search shows."""
    body = reader.get(f"/es/bulletin?{query}").text
    return set(re.findall(r'href="/es/bulletin/([a-z0-9-]+)"', body))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "title=reclutamiento",
            {"ethical-recruitment-2023", "declaration-2023", "guyana-iris-2022"},
        ),
        ("title=RECRUITMENT", {"ethical-recruitment-2023", "declaration-2023", "guyana-iris-2022"}),
        ("title=migracion+laboral", {"mechanisms-2024", "statistics-2023"}),
        ("month=8", {"mechanisms-2024", "ethical-recruitment-2023", "statistics-2023"}),
        (
            "year=2023",
            {
                "ethical-recruitment-2023",
                "statistics-2023",
                "declaration-2023",
                "crisis-course-2023",
                "guyana-construction-2023",
            },
        ),
        ("month=8&year=2024", {"mechanisms-2024"}),
        ("country=GUY", {"guyana-construction-2023", "guyana-iris-2022"}),
        ("country=OTHER", set()),
        ("axis=SOURCE_405", {"ethical-recruitment-2023", "statistics-2023"}),
        ("axis=MECHANISMS", {"mechanisms-2024"}),
        ("axis=STATISTICS", {"statistics-2023"}),
        ("axis=CRISIS", {"crisis-course-2023"}),
        ("axis=SKILLS", {"guyana-construction-2023"}),
        ("axis=DIASPORA", {"diaspora-2022"}),
        ("axis=REGULARIZATION", {"regularization-2022"}),
        ("axis=PLANS", {"statistics-2023", "declaration-2023"}),
        (
            "axis=RECRUITMENT",
            {"ethical-recruitment-2023", "declaration-2023", "guyana-iris-2022"},
        ),
        ("month=13", set()),
        ("year=abc", set()),
    ],
)
def test_the_bulletin_finds_what_it_is_asked_for(reader, query, expected) -> None:
    assert titles(reader, query) == expected


def test_the_bulletin_shows_nine_items_newest_first(reader) -> None:
    body = reader.get("/en/bulletin").text
    dates = re.findall(r'datetime="(\d{4}-\d\d-\d\d)"', body)
    assert len(dates) == 9
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == "2024-08-08"
    assert dates[-1] == "2022-04-05"


def test_every_link_of_the_home_page_leads_somewhere(reader) -> None:
    for language in ("en", "es"):
        body = html.unescape(reader.get(f"/{language}/").text)
        links = set(re.findall(r'href="(/[^"#]*)"', body))
        assert len(links) > 20
        for link in sorted(links):
            assert reader.get(link).status_code == 200, link


def test_every_number_leads_to_the_page_that_explains_it(reader) -> None:
    body = html.unescape(reader.get("/en/tables/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*").text)
    links = set(re.findall(r'href="(/en/explain/[^"]*)"', body))
    assert len(links) >= 10
    for link in sorted(links)[:25]:
        page = reader.get(link)
        assert page.status_code == 200, link
        assert "pack.toml" in page.text


def test_a_withheld_number_says_the_rule_and_nothing_that_narrows_it(reader, demo_store) -> None:
    from cauce.store import Reader

    found = Reader(demo_store).snapshot().observations("XCA_LFS_LABOUR")
    row = next(i for i, status in enumerate(found.conf_status) if status.value == "C")
    dims = found.dataflow.dimensions
    codes = [d.codes[p].id for d, p in zip(dims, found.key[row].tolist(), strict=True)]
    page = reader.get(f"/en/explain/XCA_LFS_LABOUR/{'.'.join(codes[:-1])}?period={codes[-1]}")
    assert page.status_code == 200
    text = page.text.lower()
    assert "withheld" in text
    for word in ("standard error</dt>", "degrees of freedom</dt>", "design effect</dt>"):
        assert word not in text


def test_numbers_are_written_as_their_readers_write_them(reader) -> None:
    pages = {
        language: re.findall(
            r"\d[\d.,]*\d", html.unescape(reader.get(f"/{language}/tables/XCA_LFS_LABOUR").text)
        )
        for language in ("en", "es")
    }
    assert any(re.fullmatch(r"\d,\d", number) for number in pages["es"])
    assert any(re.fullmatch(r"\d\.\d", number) for number in pages["en"])


@pytest.mark.parametrize(
    "address",
    [
        "/en/tables/NOTHING",
        "/en/tables/..%2f..%2fetc",
        "/en/explain/XCA_LFS_LABOUR/A.B.C",
        "/en/explain/XCA_LFS_LABOUR/A.XCA.UNE_DEAP._T._T._T?period=1800",
        "/en/bulletin/nothing",
        "/de/tables",
        "/en/tables/XCA_LFS_LABOUR?vintage=1999",
    ],
)
def test_what_is_not_there_is_not_found_in_words(reader, address) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert str(ROOT) not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "SEX=%00",
        "page=99999999999999",
        "page=-1",
        "INDICATOR=<script>",
        "TIME_PERIOD=*&SEX=*",
        "SEX=",
    ],
)
def test_odd_questions_get_a_page_and_no_trouble(reader, query) -> None:
    answer = reader.get(f"/en/tables/XCA_LFS_LABOUR?{query}")
    assert answer.status_code in (200, 400, 404)
    assert "<script>" not in answer.text


def test_who_has_a_page_does_not_get_it_again(reader) -> None:
    first = reader.get("/en/tables/XCA_LFS_LABOUR")
    again = reader.get(
        "/en/tables/XCA_LFS_LABOUR", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_withdrawn_table_answers_gone_with_the_reason(demo_store, tmp_path) -> None:
    import shutil

    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    Store(store).withdraw("XCA_LFS", "2025", "a wrong weight")
    with TestClient(create_app(store), raise_server_exceptions=False) as client:
        answer = client.get("/es/tables/XCA_LFS_LABOUR")
    assert answer.status_code == 410
    assert "a wrong weight" in answer.text


def test_the_page_of_where_this_comes_from_agrees_with_the_bulletin() -> None:
    import tomllib

    text = (ROOT / "docs" / "explanation" / "where-this-comes-from.md").read_text("utf-8")
    folder = ROOT / "packs" / "region" / "bulletin"
    for item in tomllib.loads((folder / "items.toml").read_text("utf-8"))["item"]:
        assert item["title"]["en"] in text
        assert str(item["published_on"]) in text


def test_both_languages_have_the_same_words() -> None:
    import tomllib

    folder = ROOT / "src" / "cauce" / "portal" / "locale"
    english, spanish = (
        tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in ("en", "es")
    )
    assert english.keys() == spanish.keys()
    assert all(english.values())
    assert all(spanish.values())


EXPLAINED = "/explain/XCA_LFS_LABOUR/A.XCA.UNE_DEAP._T._T._T?period=2025"


def test_the_page_behind_a_number_names_the_design_and_the_formula(reader) -> None:
    page = html.unescape(reader.get(f"/en{EXPLAINED}").text)
    for word in ("estrato", "upm", "factor"):
        assert f"<code>{word}</code>" in page
    assert "<code>100 × Σ w·y ÷ Σ w</code>" in page


@pytest.mark.parametrize(
    "page",
    [*PAGES, "/bulletin/statistics-2023", "/explain/XCA_LFS_LABOUR/A.XCA.UNE_DEAP.M._T.XIS"],
)
def test_no_english_is_left_over_on_a_spanish_page(reader, page) -> None:
    body = re.sub(r"<(code|title)[^>]*>.*?</\1>", " ", reader.get(f"/es{page}").text, flags=re.S)
    words = html.unescape(re.sub(r"<[^>]+>", " ", body))
    words = words.replace("cauce demo (src/cauce/sources/invented)", "")
    assert not re.findall(r"\b(the|of|with|and|for|is|are|to|number|rate)\b", words, flags=re.I)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_site_with_an_invented_country_says_that_it_has_one(reader, page) -> None:
    assert "country that does not exist" in html.unescape(reader.get(f"/en{page}").text)
    assert "país que no existe" in html.unescape(reader.get(f"/es{page}").text)


def test_a_file_holds_nothing_for_a_code_that_does_not_exist(reader) -> None:
    lines = reader.get("/en/tables/XCA_LFS_LABOUR.csv?SEX=ZZ").text.splitlines()
    assert len(lines) == 1
    assert "OBS_VALUE" in lines[0]


def test_the_page_of_a_number_and_its_table_have_titles_of_their_own(reader) -> None:
    pages = [reader.get(f"/en{page}").text for page in (PAGES[2], EXPLAINED)]
    titles = [re.search("<title>(.*)</title>", page)[1] for page in pages]
    assert titles[0] != titles[1]


def test_a_reader_asks_whether_a_difference_is_real(reader) -> None:
    """From the table to the number's comparisons, and to all of them as a file."""
    table = reader.get("/en/tables/XCA_LFS_LABOUR").text
    (page,) = set(re.findall(r'href="(/en/compare/[^"]+_T\._T\._T[^"]*)"', table))
    answer = html.unescape(reader.get(html.unescape(page)).text)
    assert "Men and women" in answer
    assert "did it really change?" in answer
    assert "at 5 %." in answer
    assert "95 % interval: from" in answer
    assert len(answer.encode()) < 30_000
    found = reader.get("/es/compare/XCA_LFS_LABOUR.json").json()
    assert {"DIFFERENCE", "SE", "COVARIANCE", "DIFFERS"} <= set(found["differences"][0])
    lines = reader.get("/es/compare/XCA_LFS_LABOUR.csv").text.splitlines()
    assert len(lines) == len(found["differences"]) + 1
    assert reader.get("/en/compare/XCA_LFS_LABOUR/A.XCA?period=1999").status_code == 404
