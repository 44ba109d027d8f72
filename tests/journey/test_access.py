"""The whole portal for everybody: every kind of page, found by its links, asked by axe."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.routing import Match, Route

from cauce.model.codelist import Code
from cauce.model.observation import Observations
from cauce.model.shelf import Filled
from cauce.model.text import Text
from cauce.portal import create_app
from cauce.store import Store

from ..unit.portal.conftest import dimension, release_of
from ..unit.portal.corridor.conftest import STOCK, flow, observed
from ..unit.portal.recruiters.test_lookup import LIFE, SANCTION, shelf, told
from .access import AXE, faults, spaced

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
REGION = Path("packs/region")
PEOPLE = "INVENTED_STOCK"
VIEWS = (
    "/tables/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*",
    "/tables/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*&columns=SEX&sort=-value&errors=se&labels=both",
    "/tables/XCA_LFS_LABOUR?TIME_PERIOD=*&chart=line&compare=wave",
    "/tables/XCA_LFS_LABOUR?SEX=NONE",
    f"/tables/{PEOPLE}?REF_AREA=*&ORIGIN=NIC&TIME_PERIOD=2020&chart=map",
    f"/tables/{PEOPLE}?REF_AREA=*&ORIGIN=*&TIME_PERIOD=2020&chart=flows",
    f"/tables/{PEOPLE}?REF_AREA=*&ORIGIN=NIC&TIME_PERIOD=2020&chart=bars",
    f"/tables/{PEOPLE}?vintage=2020",
    "/embed/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*&columns=SEX",
    "/search?q=desempleo",
    "/search?q=zzzz",
    "/registers?q=panama",
    "/recruiters?q=agencia+inventada+del+rio",
    "/recruiters?q=sol+inventad",
    "/certificates/ABCD-1234",
    "/compare/XCA_LFS_LABOUR/A.XCA.UNE_DEAP.M._T._T?period=2025",
    "/nothing-here",
    "/tables/NOTHING",
    f"/search?q={'x' * 9000}",
)
"""What no link of another page leads to, or shows another side of its kind."""


def stock(people_of_nicaragua: float) -> Observations:
    """People by destination and origin in two years, all of it invented."""
    codes = [Code(c, Text(f"Land {c}", f"País {c}")) for c in ("CRI", "GTM", "NIC", "PAN", "USA")]
    own = [dimension("ORIGIN", "Origin", "País de origen", codes)]
    of = flow(PEOPLE, "CRI", (STOCK,), own, ["2010", "2020"], areas=codes)
    many = {
        ("CRI", "NIC", "2010"): 900.0,
        ("CRI", "NIC", "2020"): people_of_nicaragua,
        ("USA", "NIC", "2020"): 800.0,
        ("PAN", "NIC", "2020"): 40.0,
        ("USA", "GTM", "2020"): 2000.0,
    }
    return observed(of, {(to, STOCK.id, *rest): x for (to, *rest), x in many.items()})


@pytest.fixture(scope="module")
def store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with what it lacks: places on a map, a revision, and who recruits."""
    root = tmp_path_factory.mktemp("access") / "store"
    shutil.copytree(demo_store, root)
    kept = Store(root)
    for vintage, people, why in (("2020", 1000.0, ""), ("2020.1", 1234.0, "A digit was wrong.")):
        made = replace(release_of(stock(people), vintage, why), survey=PEOPLE, lineages=())
        kept.publish(made, f"2026-01-0{len(vintage) - 3}T10:00:00+00:00")
    agency = told("rio", {"name": "Agencia Inventada del Río", "country": "GTM"})
    licence = told("l", {"recruiter": "rio", "number": "GT-007", **LIFE})
    fine = {**SANCTION, "adjudicated": True, "decided_on": date(2025, 6, 1)}
    filled = (
        Filled(shelf("recruiters"), (agency, told("sol", {"name": "Sol Inventado"}))),
        Filled(shelf("recruiter_licences"), (licence,)),
        Filled(shelf("recruiter_sanctions"), (told("s", fine),)),
    )
    kept.publish_registers(filled, "2026-02-01T00:00:00+00:00", whole=False)
    return root


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of the portal over a store, on a port of its own."""
    calendar = REGION / "calendar.toml"
    app = create_app(store, REGION / "bulletin", lambda: NOW, calendar)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[str]:
    with served(store) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("There is no Chromium here: no page was tried in a browser.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture(scope="module")
def kinds(store: Path) -> tuple[Route, ...]:
    """The kinds of page there are: the addresses in a language that are no files."""
    routes = [one for one in create_app(store).routes if isinstance(one, Route)]
    return tuple(
        one
        for one in routes
        if one.path.startswith("/{language}/") and "." not in one.path.rpartition("/")[2]
    )


def kind_of(path: str, kinds: tuple[Route, ...]) -> Route | None:
    scope = {"type": "http", "method": "GET", "path": path.partition("?")[0], "headers": []}
    return next((one for one in kinds if one.matches(scope)[0] is Match.FULL), None)


def walk(page: Any, site: str, language: str, kinds: tuple[Route, ...], views: bool) -> set[str]:
    """Open one page of every kind, as links lead there, and every view; say what no link reaches.

    Raises AssertionError with all that is wrong, page by page.
    """
    start = [f"/{language}/", *(f"/{language}{one}" for one in VIEWS)]
    there = [f"/{language}{one.path[11:]}" for one in kinds if one.path.count("{") == 1]
    waiting, seen, wrong = [*start, *there], set[str](), list[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address, kinds)
        path = kind.path if kind else address
        if path in seen and not (views and address in start):
            continue
        seen.add(path)
        page.goto(f"{site}{address}", wait_until="domcontentloaded")
        if page.evaluate("document.contentType") != "text/html":
            continue
        wrong += [f"{address}: {each}" for each in faults(page)]
        said = page.evaluate("document.documentElement.lang")
        wrong += [] if said == language else [f"{address}: says it is in {said}"]
        links = page.evaluate("[...document.links].map(e => e.getAttribute('href'))")
        for link in links:
            leads = kind_of(link, kinds) if link.startswith(f"/{language}/") else None
            if leads and leads.path not in seen:
                waiting.append(link)
    assert not wrong, "\n".join(wrong)
    return {one.path for one in kinds} - seen


def screen(browser: Any, width: int, scheme: str, **more: object) -> Any:
    height = 640 if width < 600 else 900
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme, **more)
    context.set_default_timeout(20_000)
    context.add_init_script(AXE)
    return context.new_page()


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("en", "dark")])
def test_every_kind_of_page_is_for_everybody(
    browser: Any, site: str, kinds: tuple[Route, ...], language: str, scheme: str
) -> None:
    """WCAG 2.2 AA by axe on a phone; every view in Spanish, every kind in English too."""
    page = screen(browser, 320, scheme)
    assert not walk(page, site, language, kinds, views=language == "es"), "no link leads there"
    page.context.close()


@pytest.mark.prove
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_view_is_for_everybody_at_every_width_by_day_and_night(
    browser: Any, site: str, kinds: tuple[Route, ...], language: str, width: int, scheme: str
) -> None:
    page = screen(browser, width, scheme)
    assert not walk(page, site, language, kinds, views=True), "no link leads there"
    page.context.close()


@pytest.mark.parametrize("address", ["/", VIEWS[1], "/corridors/NIC-CRI", "/registers"])
def test_text_that_is_spaced_out_loses_nothing(browser: Any, site: str, address: str) -> None:
    """WCAG 1.4.12."""
    page = screen(browser, 320, "light")
    page.goto(f"{site}/es{address}")
    assert not spaced(page)
    page.context.close()


def test_a_store_that_cannot_be_read_is_told_on_a_page_for_everybody(
    browser: Any, tmp_path: Path
) -> None:
    page = screen(browser, 320, "light")
    with served(tmp_path) as address:
        assert page.goto(f"{address}/es/tables").status == 503
        assert not faults(page)
    page.context.close()


FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  return {
    name: at === document.body ? "" : at.outerHTML.slice(0, 120),
    ring: look.outlineStyle != "none" && parseFloat(look.outlineWidth) >= 2,
    there: box.width >= 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    again: at === window.before ? true : (window.before = at, false),
  };
}"""


def tab_to(page: Any, selector: str, back: bool = False) -> list[str]:
    """Press Tab until this has the focus; every stop on the way is seen. The stops passed."""
    passed: list[str] = []
    for _ in range(250):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        now = page.evaluate(FOCUS)
        assert now["name"], f"the keyboard left the page before {selector}"
        assert now["ring"], f"the focus is not seen: {now['name']}"
        assert now["there"], f"the focus is off the screen: {now['name']}"
        assert not now["again"], f"the keyboard is caught: {now['name']}"
        passed.append(now["name"])
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return passed
    raise AssertionError(f"the keyboard never comes to {selector}")


def test_the_keyboard_alone_goes_from_a_question_to_a_figure_a_file_and_a_corridor(
    browser: Any, site: str
) -> None:
    """Without a mouse, and without scripts."""
    page = screen(browser, 1280, "light", java_script_enabled=False)
    keys = page.keyboard
    page.goto(f"{site}/es/")
    assert "#main" in tab_to(page, "a.skip")[0]
    tab_to(page, "#seek")
    keys.type("fuerza de trabajo según sexo")
    keys.press("Enter")
    page.wait_for_url("**/es/search?*")

    tab_to(page, 'main a[href*="/tables/XCA_LFS_LABOUR"]')
    keys.press("Enter")
    page.wait_for_url("**/es/tables/XCA_LFS_LABOUR*")
    page.goto(f"{site}/es/tables/XCA_LFS_LABOUR")

    tab_to(page, ".facets details:nth-child(2) > summary")
    keys.press("Enter")
    tab_to(page, 'input[name="SEX"][value="_T"]')
    keys.press("Space")
    tab_to(page, 'select[name="columns"]')
    keys.press("ArrowDown")
    tab_to(page, "main form button")
    keys.press("Enter")
    page.wait_for_url("**columns=*")
    assert page.locator("table.figures thead tr").count() == 2

    passed = tab_to(page, 'table.figures thead a[href*="sort="]')
    assert any('class="scroll"' in stop for stop in passed), "the table itself scrolls by keys"
    keys.press("Enter")
    page.wait_for_url("**sort=*")
    assert page.locator("th[aria-sort]").count() == 1

    tab_to(page, '.chips a[href*=".csv"]')
    with page.expect_download() as taken:
        keys.press("Enter")
    assert "UNE_DEAP" in taken.value.path().read_text("utf-8")

    tab_to(page, 'header a[href="/es/corridors"]', back=True)
    keys.press("Enter")
    page.wait_for_url("**/es/corridors")
    tab_to(page, 'main a[href$="/NIC-CRI"]')
    keys.press("Enter")
    page.wait_for_url("**/NIC-CRI")
    tab_to(page, "header a.lang")
    keys.press("Enter")
    page.wait_for_url("**/en/corridors/NIC-CRI")
    page.context.close()


@pytest.mark.parametrize("address", ["/en/", "/en/tables/XCA_LFS_LABOUR?columns=SEX&SEX=*"])
def test_the_skip_link_leads_past_the_head_and_the_keyboard_out_of_the_page(
    browser: Any, site: str, address: str
) -> None:
    page = screen(browser, 320, "dark", java_script_enabled=False)
    page.goto(f"{site}{address}")
    tab_to(page, "a.skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "footer li:last-child a")
    page.context.close()
