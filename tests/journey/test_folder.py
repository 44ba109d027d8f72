"""The folder of the site, opened from a disk in a browser: no server, no network, no error."""

from pathlib import Path
from typing import Any

import pytest

from .test_browser import browser  # noqa: F401  the fixture


@pytest.mark.prove
def test_a_reader_walks_through_the_folder_from_a_disk(
    run: Any,
    demo_store: Path,
    tmp_path: Path,
    browser: Any,  # noqa: F811
) -> None:
    folder = tmp_path / "site"
    made = run("site", "export", folder, "--store", demo_store)
    assert made.returncode == 0, made.stderr
    context = browser.new_context(viewport={"width": 320, "height": 640}, offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"file://{folder}/index.html")
    page.click('a[lang="es"]')
    page.click('nav a[href="topics.html"]')
    page.click('main a[href="topics/LABOUR.html"]')
    page.locator('main a[href^="../tables/"]').first.click()
    page.locator("p.big a.num").first.click()
    assert "/es/explain/" in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("getComputedStyle(document.querySelector('header.top')).display") != ""
    page.click('a[hreflang="en"]')
    assert "/en/explain/" in page.url
    assert wrong == []
    context.close()
