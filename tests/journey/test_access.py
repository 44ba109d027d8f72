"""The whole portal for everybody: every kind of page, found by its links, asked by axe."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from cauce.model.codelist import Code
from cauce.model.observation import Observations
from cauce.model.shelf import Filled
from cauce.model.text import Text
from cauce.portal import create_app
from cauce.publish.cards.page import page as card_page
from cauce.store import Store

from ..unit.portal.conftest import dimension, release_of
from ..unit.portal.corridor.conftest import STOCK, flow, observed
from ..unit.portal.recruiters.test_lookup import LIFE, SANCTION, shelf, told
from .access import faults, kinds_of, screen, spaced, walk
from .serving import chromium, served
from .test_card_page import CODES, LIST, RING, listed
from .test_card_page import NOW as POSTED

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
REGION = Path("packs/region")
PEOPLE = "INVENTED_STOCK"
EXAMPLES = (
    "/embed/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*&columns=SEX",
    "/quality/XCA_LFS_LABOUR",
    "/recruiters?q=agencia+inventada+del+rio",
    "/certificates/ABCD-1234",
)
"""What no link of another page leads to."""
ODD = (
    "/tables/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*&columns=SEX&sort=-value&errors=se&labels=both",
    f"/tables/{PEOPLE}?REF_AREA=*&ORIGIN=NIC&TIME_PERIOD=2020&chart=map",
    f"/tables/{PEOPLE}?REF_AREA=*&ORIGIN=*&TIME_PERIOD=2020&chart=flows",
    "/nothing-here",
)
VIEWS = (
    *EXAMPLES,
    *ODD,
    "/tables/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*",
    "/tables/XCA_LFS_LABOUR?TIME_PERIOD=*&chart=line&compare=wave",
    "/tables/XCA_LFS_LABOUR?SEX=NONE",
    f"/tables/{PEOPLE}?REF_AREA=*&ORIGIN=NIC&TIME_PERIOD=2020&chart=bars",
    f"/tables/{PEOPLE}?vintage=2020",
    "/search?q=desempleo",
    "/search?q=zzzz",
    "/outlook/XCA?scenario=PORT",
    "/outlook/XCA/1",
    "/crises/XCA_STORM",
    "/crises/XCA_DROUGHT",
    "/registers?q=panama",
    "/recruiters?q=sol+inventad",
    "/compare/XCA_LFS_LABOUR/A.XCA.UNE_DEAP.M._T._T?period=2025",
    "/tables/NOTHING",
    f"/search?q={'x' * 9000}",
)
"""What shows another side of its kind, and what goes wrong."""


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


def portal(store: Path) -> Starlette:
    return create_app(store, REGION / "bulletin", lambda: NOW, REGION / "calendar.toml")


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[str]:
    with served(portal(store)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def kinds(store: Path) -> tuple[Route, ...]:
    return kinds_of(create_app(store).routes)


@pytest.mark.parametrize(
    ("language", "scheme"),
    [("es", "light"), pytest.param("en", "dark", marks=pytest.mark.prove)],
)
def test_every_kind_of_page_is_for_everybody(
    browser: Any, site: str, kinds: tuple[Route, ...], language: str, scheme: str
) -> None:
    """WCAG 2.2 AA by axe on a phone, with what looks least like the rest of its kind."""
    page = screen(browser, 320, scheme)
    asked = (*EXAMPLES, *ODD) if language == "es" else EXAMPLES
    assert not walk(page, site, language, kinds, asked), "no link leads there"
    page.context.close()


@pytest.mark.prove
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_view_is_for_everybody_at_every_width_by_day_and_night(
    browser: Any, site: str, kinds: tuple[Route, ...], language: str, width: int, scheme: str
) -> None:
    page = screen(browser, width, scheme)
    assert not walk(page, site, language, kinds, VIEWS), "no link leads there"
    page.context.close()


@pytest.mark.parametrize("address", ["/", ODD[0], "/corridors/NIC-CRI", "/registers"])
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
    with served(portal(tmp_path)) as address:
        assert page.goto(f"{address}/es/tables").status == 503
        assert not faults(page)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_checks_cards_is_for_everybody(
    browser: Any, tmp_path: Path, scheme: str
) -> None:
    """It alone has scripts of its own: it works where there is no network."""
    path = tmp_path / "card.html"
    path.write_text(card_page(RING, [listed(LIST)], POSTED), "utf-8")
    page = screen(browser, 320, scheme, locale="es", offline=True)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    wrong = faults(page)
    for code in ("good", "revoked", "forged"):
        page.fill("#code", CODES[code])
        page.click("form button[type=submit]")
        page.wait_for_selector("#answer:not([hidden])")
        wrong += faults(page)
        page.click("#language")
    assert not [each for each in wrong if not each.startswith("a script")]
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
