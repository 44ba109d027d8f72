"""Pages in a real browser: on a phone, from the keyboard, without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cauce.portal import create_app

from .serving import chromium, served

REGION = Path("packs/region")


@pytest.fixture(scope="module")
def site(demo_store: Path) -> Iterator[str]:
    app = create_app(demo_store, REGION / "bulletin", calendar=REGION / "calendar.toml")
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """A page 320 pixels wide, with scripts off."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "page",
    [
        "/es/",
        "/es/tables",
        "/es/tables/XCA_LFS_LABOUR?SEX=*&CBR_XCA=*",
        "/es/explain/XCA_LFS_LABOUR/A.XCA.UNE_DEAP._T._T._T",
        "/es/bulletin",
        "/es/registers",
        "/es/registers/mechanisms",
        "/es/countries/GTM",
        "/es/corridors/GTM-USA",
        "/es/diaspora/SLV",
        "/es/studies",
        "/es/search?q=desempleo+de+mujeres",
        "/es/topics/LABOUR",
        "/es/metadata/XCA_LFS_LABOUR",
        "/es/releases",
    ],
)
def test_no_page_is_wider_than_a_phone(browser: Any, site: str, page: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    shown = context.new_page()
    shown.goto(f"{site}{page}")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_reader_goes_from_the_home_page_to_where_a_number_comes_from(
    phone: Any, site: str
) -> None:
    phone.goto(f"{site}/es/tables")
    phone.locator('a[href*="/es/tables/XCA_LFS_LABOUR"]').first.click()
    phone.locator("summary", has_text="Sexo").click()
    phone.check('input[name="SEX"][value="F"]')
    phone.locator("main form button:not(.hide)").first.click()
    assert "SEX=F" in phone.url
    phone.locator('a[href*="/es/explain/"]').last.click()
    phone.wait_for_url("**/es/explain/**")
    assert "pack.toml" in phone.content()


def test_a_reader_searches_the_bulletin_in_either_language(phone: Any, site: str) -> None:
    phone.goto(f"{site}/es/bulletin")
    phone.fill('input[name="title"]', "RECLUTAMIENTO")
    phone.locator("main form button").first.click()
    assert phone.locator("article").count() == 3
    phone.locator('a[hreflang="en"]').first.click()
    assert "/en/bulletin" in phone.url
    assert phone.locator("article").count() == 3


def test_a_reader_goes_from_a_news_item_to_a_record_and_its_past(phone: Any, site: str) -> None:
    phone.goto(f"{site}/es/bulletin/declaration-2023")
    phone.locator('a.go[href="/es/registers/declarations"]').click()
    phone.locator("table.records th a").first.click()
    assert phone.locator("text=Acuerdo 15").count() == 1
    phone.fill('input[name="known"]', "2020-01-01")
    phone.locator(".knew button").click()
    assert "Todavía no se sabía nada de esto." in phone.content()


def test_the_keyboard_reaches_the_content_first(browser: Any, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/en/tables")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    context.close()


def test_no_page_asks_anybody_else_for_anything(browser: Any, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/en/", "/es/tables/XCA_LFS_LABOUR", "/en/bulletin", "/es/registers/plans"):
        page.goto(f"{site}{address}")
    assert all(url.startswith((site, "data:")) for url in asked)
    context.close()


def test_every_field_has_a_label_and_every_page_one_heading(browser: Any, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    for address in (
        "/en/",
        "/es/tables/XCA_LFS_LABOUR",
        "/en/bulletin",
        "/es/about",
        "/es/registers/news",
    ):
        page.goto(f"{site}{address}")
        assert page.locator("h1").count() == 1
        unlabelled = page.evaluate(
            "[...document.querySelectorAll('select,input:not([type=hidden])')]"
            ".filter(e => !e.labels.length"
            " && !e.getAttribute('aria-label')).length"
        )
        assert unlabelled == 0
    context.close()
