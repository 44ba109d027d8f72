"""The explorer as a reader uses it: choices, layout, order, files; nothing withheld gets out."""

import csv
import html
import io
import re
import zipfile
from dataclasses import replace
from urllib.parse import urlsplit

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dimension
from cauce.model.text import Text
from cauce.portal.asked import chosen_of

from ..conftest import figures_of, flow_of
from .conftest import Open, some, withheld

PATH = "/tables/XAA_LFS_LABOUR"
ALL = "INDICATOR=*&SEX=*&TIME_PERIOD=*"
ENDINGS = (
    "csv",
    "xlsx",
    "json",
    "parquet",
    "svg",
    "zip",
    "jsonstat",
    "csv-metadata.json",
    "metadata.json",
)


def page(site: TestClient, query: str = "", language: str = "en") -> str:
    answer = site.get(f"/{language}{PATH}{f'?{query}' if query else ''}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def lines(body: str) -> list[list[str]]:
    """The cells of the table's lines, as text."""
    table = re.search(r'<table class="figures">.*?<tbody>(.*?)</tbody>', body, re.S)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def rows(site: TestClient, address: str) -> list[dict[str, str]]:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_several_codes_are_chosen_at_once(site: TestClient) -> None:
    found = lines(page(site, "SEX=M&SEX=F&TIME_PERIOD=2025"))
    assert [line[0] for line in found] == ["Men", "Women"]


def test_a_range_and_the_last_n_choose_periods(site: TestClient) -> None:
    assert len(lines(page(site, "SEX=_T&from=2024&to=2025"))) == 2
    assert len(lines(page(site, "SEX=_T&from=2025"))) == 1
    assert [line[0] for line in lines(page(site, "SEX=_T&last=1"))] == ["2025"]


def test_a_dimension_goes_into_columns(site: TestClient) -> None:
    found = lines(page(site, "SEX=*&TIME_PERIOD=*&columns=TIME_PERIOD"))
    assert [line[0] for line in found] == ["Total", "Men", "Women"]
    assert all(len(line) == 3 for line in found)
    assert "1,234.6" in found[0][1]
    assert "1,229.6 – 1,239.6" in found[0][1]


def test_the_lines_begin_with_the_dimension_a_reader_wants(site: TestClient) -> None:
    found = lines(page(site, "SEX=*&TIME_PERIOD=*&rows=TIME_PERIOD"))
    assert [line[0] for line in found] == ["2024"] * 3 + ["2025"] * 3


@pytest.mark.parametrize("sort", ["value", "-value", "n", "-n", "interval", "-error"])
def test_what_is_withheld_comes_last_however_the_table_is_sorted(
    site: TestClient, sort: str
) -> None:
    found = lines(page(site, f"SEX=*&TIME_PERIOD=*&sort={sort}"))
    assert len(found) == 6
    assert "withheld" in found[-1][-1]
    assert not any("withheld" in cell for line in found[:-1] for cell in line)


def test_two_withheld_numbers_keep_the_order_of_their_codes(portal, observations) -> None:
    """Whatever they were, sorting up and down leaves both in the same order."""
    hidden = withheld(observations, 0)
    site = portal(hidden)
    orders = [
        [line[:2] for line in lines(page(site, f"SEX=*&TIME_PERIOD=*&sort={sort}"))][-2:]
        for sort in ("value", "-value", "error", "-n")
    ]
    assert orders == [[["Total", "2024"], ["Men", "2025"]]] * 4


def test_heads_sort_down_then_up(site: TestClient) -> None:
    first = page(site, "SEX=*&TIME_PERIOD=2024")
    link = re.search(r'href="(\?[^"]*sort=-value[^"]*)"', first)[1]
    assert 'aria-sort="descending"' in page(site, link[1:])
    assert [line[0] for line in lines(page(site, link[1:]))] == ["Women", "Men", "Total"]
    assert [line[0] for line in lines(page(site, "SEX=*&TIME_PERIOD=2024&sort=value"))] == [
        "Total",
        "Men",
        "Women",
    ]


def test_a_pivot_is_sorted_by_any_of_its_columns(site: TestClient) -> None:
    query = "SEX=*&TIME_PERIOD=*&columns=TIME_PERIOD&sort=-value@2024"
    assert [line[0] for line in lines(page(site, query))] == ["Women", "Men", "Total"]
    query = "SEX=*&TIME_PERIOD=*&columns=TIME_PERIOD&sort=-value@2025"
    assert [line[0] for line in lines(page(site, query))] == ["Women", "Total", "Men"]


def test_codes_are_named_in_words_as_codes_or_both(site: TestClient) -> None:
    asked = "SEX=M&SEX=F&TIME_PERIOD=2025&labels="
    assert [line[0] for line in lines(page(site, asked + "id"))] == ["M", "F"]
    assert [line[0] for line in lines(page(site, asked + "both"))] == ["M: Men", "F: Women"]


def test_errors_are_shown_unless_a_reader_hides_them(site: TestClient) -> None:
    assert "1,230.6 – 1,240.6" in page(site)
    assert "95 of 100 such intervals" in page(site)
    bare = re.sub(r"<svg.*</svg>", "", page(site, "errors=no&chart=no"), flags=re.S)
    assert "1,230.6 – 1,240.6" not in bare
    table = page(site, "errors=se").split("<table")[1].split("</table")[0]
    assert "1,230.6 – 1,240.6" not in re.sub(r"<svg.*?</svg>", "", table, flags=re.S)
    assert "2.34" in table


def test_facets_offer_only_what_exists_beside_the_other_choices(portal, observations) -> None:
    kept = ~((observations.key[:, 2] == 1) & (observations.key[:, 3] == 2))
    site = portal(some(observations, kept))
    boxes = r'name="SEX" value="(\w+)"'
    assert re.findall(boxes, page(site)) == ["_T", "M", "F"]
    assert re.findall(boxes, page(site, "INDICATOR=POP")) == ["_T", "M"]
    assert "(nothing beside the other choices)" in page(site, "INDICATOR=POP&SEX=F")


def test_what_is_unsaid_moves_to_what_exists(portal, observations) -> None:
    """Nobody asked for the latest period, so a series that ends earlier is shown where it ends."""
    kept = ~((observations.key[:, 2] == 1) & (observations.key[:, -1] == 1))
    site = portal(some(observations, kept))
    body = page(site, "INDICATOR=POP")
    assert len(lines(body)) == 3
    assert "People, persons, 2024." in body


def test_every_link_of_a_view_is_the_view_in_another_shape(site: TestClient) -> None:
    body = page(site, "SEX=M&SEX=F&from=2024&columns=SEX")
    names = [f"XAA_LFS_LABOUR.{ending}" for ending in ENDINGS]
    for name in names:
        link = re.search(rf'href="({re.escape(name)}\?[^"]*)"', body)[1]
        assert site.get(f"/en/tables/{link}").status_code == 200, link
    link = re.search(r'href="(XAA_LFS_LABOUR\.csv\?[^"]*)"', body)[1]
    found = rows(site, f"/en/tables/{link}")
    assert [(row["SEX"], row["TIME_PERIOD"]) for row in found] == [
        ("M", "2024"),
        ("M", "2025"),
        ("F", "2024"),
        ("F", "2025"),
    ]


def test_the_calls_of_a_page_answer_what_it_shows(site: TestClient, monkeypatch, capsys) -> None:
    body = page(site, "SEX=M&SEX=F&TIME_PERIOD=2025&sort=-value")
    texts = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", body, re.S)
    addresses = {re.search(r'http://[^"\'\s]+', text)[0] for text in texts[:3]}
    (address,) = addresses
    found = rows(site, address)
    assert [row["SEX"] for row in found] == ["M", "F"]
    assert [f"{float(r['OBS_VALUE']):,.1f}" for r in found if r["OBS_VALUE"]] == ["1,239.6"]

    def urlopen(url: str) -> io.BytesIO:
        return io.BytesIO(site.get(url).content)

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    exec(compile(texts[1], "copied", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.startswith("2 rows")


def test_a_file_without_a_code_is_the_whole_table(site: TestClient) -> None:
    assert len(rows(site, f"/en{PATH}.csv")) == 12
    assert len(rows(site, f"/en{PATH}.csv?last=1")) == 6
    assert len(rows(site, f"/en{PATH}.csv?SEX=M")) == 1
    assert len(rows(site, f"/en{PATH}.csv?SEX=nothing")) == 0


def test_a_frozen_view_stays_when_a_new_vintage_comes(portal, observations) -> None:
    body = page(portal(observations), "SEX=_T")
    frozen = urlsplit(re.search(r'href="(\?[^"]*vintage=2025)"', body)[1])
    moved = replace(observations, value=observations.value + 100)
    site = portal(observations, moved)
    assert "1,335.6" in page(site, "SEX=_T")
    assert "1,235.6" in page(site, frozen.query)
    assert "2025" in page(site, frozen.query).split("To cite")[1]


def test_a_citation_names_table_vintage_day_and_address(site: TestClient) -> None:
    body = page(site).split("To cite")[1].split("</p>")[1]
    for word in (
        "The office (2025)",
        "Labour force by sex",
        "vintage 2025",
        "1 Jan 2026",
        "http://",
    ):
        assert word in body


def test_only_an_embedded_view_may_stand_in_a_frame(site: TestClient) -> None:
    body = page(site, "SEX=*")
    frame = re.search(r'<iframe src="([^"]*)"', body)[1]
    answer = site.get(frame)
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "<nav" not in answer.text
    assert "<form" not in answer.text
    assert "The office (2025)" in answer.text
    for address in (f"/en{PATH}", f"/en{PATH}.csv", "/en/embed/NOTHING"):
        policy = site.get(address).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_format_says_anything_of_a_withheld_number(portal, observations, ending) -> None:
    site = portal(observations)
    answer = site.get(f"/en{PATH}.{ending}?{ALL}")
    assert answer.status_code == 200
    if ending == "csv":
        told = list(csv.DictReader(io.StringIO(answer.text)))[3]
        numbers = {name for name in told if told[name].replace(".", "").isdecimal()}
        assert numbers == {"TIME_PERIOD", "Period", "UNIT_MULT", "DECIMALS"}
    if ending == "zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            text = package.read("data/XAA_LFS_LABOUR.csv").decode()
        told = list(csv.DictReader(io.StringIO(text)))[3]
        numbers = {name for name in told if told[name].replace(".", "").isdecimal()}
        assert numbers == {"TIME_PERIOD", "UNIT_MULT", "DECIMALS"}
    if ending == "json":
        told = answer.json()["observations"][3]
        assert {told[name] for name in ("OBS_VALUE", "SE", "CI_LOW", "N_UNW", "CV")} == {None}
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Data"]
        told = dict(zip([c.value for c in sheet[1]], [c.value for c in sheet[5]], strict=True))
        assert (told["SEX"], told["TIME_PERIOD"], told["OBS_VALUE"], told["SE"]) == (
            "M",
            "2025",
            None,
            None,
        )
    if ending == "parquet":
        table = pq.read_table(io.BytesIO(answer.content))
        assert table["OBS_VALUE"].null_count == table["SE"].null_count == 1
        assert table.schema.metadata[b"vintage"] == b"2025"
    if ending == "jsonstat":
        told = answer.json()
        assert set(told["status"]) - set(told["value"]) == {"3"}
        assert "3" not in told["extension"]["errors"]["SE"]


def test_json_stat_is_a_cube_by_the_rules_of_its_format(site: TestClient) -> None:
    told = site.get(f"/es{PATH}.jsonstat?{ALL}").json()
    assert (told["version"], told["class"]) == ("2.0", "dataset")
    assert len(told["id"]) == len(told["size"]) == len(told["dimension"])
    for name, size in zip(told["id"], told["size"], strict=True):
        category = told["dimension"][name]["category"]
        assert len(category["index"]) == size
        assert set(category["label"]) == set(category["index"])
    assert told["role"] == {"time": ["TIME_PERIOD"], "geo": ["REF_AREA"], "metric": ["INDICATOR"]}
    assert int(max(told["value"], key=int)) < np.prod(told["size"])
    sizes = told["size"]
    at = [0, 0, 1, 2, 1]  # POP of women in 2025: the last of the twelve
    place = int(np.ravel_multi_index(at, sizes))
    assert told["value"][str(place)] == pytest.approx(1234.56 + 11)
    assert told["dimension"]["INDICATOR"]["category"]["unit"]["UNE_DEAP"]["decimals"] == 1


def test_csvw_names_the_columns_of_its_csv_one_by_one(site: TestClient) -> None:
    for labels in ("", "&labels=id", "&labels=name"):
        told = site.get(f"/en{PATH}.csv-metadata.json?{ALL}{labels}").json()
        answer = site.get(f"/en/tables/{told['url']}")
        heads = next(csv.reader(io.StringIO(answer.text)))
        assert [column["titles"] for column in told["tableSchema"]["columns"]] == heads
        names = [column["name"] for column in told["tableSchema"]["columns"]]
        assert len(set(names)) == len(names)
        assert "csv-metadata.json" in answer.headers["link"]


def test_csvw_tells_columns_of_one_title_apart(portal, observations) -> None:
    """As where another agency calls two of its dimensions alike."""
    flow = observations.dataflow
    same = replace(flow.dimensions[3], name=flow.dimensions[1].name)
    flow = replace(flow, dimensions=(*flow.dimensions[:3], same, flow.dimensions[4]))
    site = portal(replace(observations, dataflow=flow))
    told = site.get(f"/en{PATH}.csv-metadata.json?{ALL}&labels=name").json()
    names = [column["name"] for column in told["tableSchema"]["columns"]]
    assert names[1] == "Area"
    assert names[3] == "Area.2"


def test_a_workbook_has_the_table_as_laid_out_and_its_notes(site: TestClient) -> None:
    answer = site.get(f"/en{PATH}.xlsx?SEX=*&TIME_PERIOD=*&columns=TIME_PERIOD")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Table", "Data", "Notes"]
    assert [c.value for c in book["Table"][1]] == ["Sex", "2024", "2025"]
    assert [c.value for c in book["Table"][3]][0::2] == ["Men", None]
    said = {row[0].value: row[1].value for row in book["Notes"]}
    assert said["Vintage"] == "2025"
    assert said["Source"] == "The office (2025)"
    assert said["Unemployment rate"] == "Unemployed in the labour force."


def test_no_text_of_a_workbook_becomes_a_formula(portal, observations) -> None:
    flow = observations.dataflow
    source = replace(flow.source, citation='=HYPERLINK("http://x.example","x")')
    evil = replace(flow, source=source, name=Text("=1+1", "=1+1"))
    site = portal(replace(observations, dataflow=evil))
    answer = site.get(f"/en{PATH}.xlsx?{ALL}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_an_unknown_table_or_vintage_gets_a_page_that_says_what_exists(site: TestClient) -> None:
    answer = site.get("/en/tables/XAA_LFS_LABOR")
    assert answer.status_code == 404
    assert 'href="/en/tables/XAA_LFS_LABOUR"' in answer.text
    answer = site.get(f"/es{PATH}?vintage=1999")
    assert answer.status_code == 404
    assert ">2025</a>" in answer.text
    assert site.get(f"/en{PATH}.csv?vintage=1999").status_code == 404


PARAMETERS = ("SEX", "INDICATOR", "TIME_PERIOD", "from", "to", "last", "columns", "rows", "sort")
OTHERS = ("labels", "errors", "chart", "compare", "page", "vintage", "find.SEX", "nothing")


@pytest.mark.parametrize(
    "word", ['"><script>alert(1)</script>', "%00", "-1", "９", "a" * 5000, "'"]
)
def test_no_parameter_breaks_a_page_or_writes_into_it(site: TestClient, word: str) -> None:
    addresses = (f"/en{PATH}", "/es/embed/XAA_LFS_LABOUR", f"/en{PATH}.csv", f"/en{PATH}.svg")
    for address in addresses:
        for name in (*PARAMETERS, *OTHERS):
            answer = site.get(address, params={name: word})
            assert answer.status_code in (200, 404), (address, name)
            told = answer.text.replace('<script type="application/ld+json">', "")
            assert "<script" not in told
            assert len(answer.content) < 60_000


def test_ten_thousand_parameters_get_a_page(site: TestClient) -> None:
    answer = site.get(f"/en{PATH}?{'SEX=X&' * 5_000}{'x=1&' * 5_000}SEX=F")
    assert answer.status_code in (200, 400, 414)
    assert len(answer.content) < 30_000


def test_a_change_without_a_stored_difference_is_not_testable(site: TestClient) -> None:
    body = page(site, "SEX=*&TIME_PERIOD=2025&compare=wave")
    assert "Not testable: the survey does not say whether its waves share" in body


def test_the_page_is_light(site: TestClient) -> None:
    for query in ("", ALL, f"{ALL}&columns=TIME_PERIOD&compare=wave"):
        body = re.sub(r"<svg.*</svg>", "", page(site, query), flags=re.S)
        assert len(body.encode()) < 30_000


def test_metadata_say_what_the_flags_mean(site: TestClient) -> None:
    told = site.get(f"/en{PATH}.metadata.json").json()
    assert told["vintage"] == "2025"
    assert told["flags"]["CL_OBS_STATUS"]["Q"] == "Missing value; suppressed"
    assert told["indicators"][0]["definition"] == "Unemployed in the labour force."


def test_a_view_no_sheet_can_hold_is_refused_in_words(site: TestClient, monkeypatch) -> None:
    monkeypatch.setattr("cauce.portal.explorer.files.SHEET_ROWS", 5)
    answer = site.get(f"/en{PATH}.xlsx?{ALL}")
    assert answer.status_code == 413
    assert "take CSV or Parquet" in answer.text


def test_a_table_of_projections_says_that_its_intervals_hold_80_percent(
    portal: Open, site: TestClient
) -> None:
    flow = flow_of(["2024", "2025"])
    projected = replace(flow, method=replace(flow.method, var_method=PROJECTED))

    told, observed = page(portal(figures_of(projected))), page(site)

    assert "80 % interval" in told
    assert "95 %" not in told
    assert "95 % interval" in observed


def test_all_codes_of_a_projection_are_open_since_the_first_of_two_may_never_meet() -> None:
    flow = flow_of(["2024", "2025"])
    projected = replace(flow, method=replace(flow.method, var_method=PROJECTED))
    scenario = Dimension("SCENARIO", Text("x", "x"), (Code("BASELINE", Text("x", "x")),), "CL_X")
    dimensions = (*projected.dimensions[:3], scenario, *projected.dimensions[3:])

    asked = chosen_of(replace(projected, dimensions=dimensions), {})

    assert asked.chosen == ((0,), (0,), (0,), (0,), None, (1,))
