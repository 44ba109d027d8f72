"""What a page is for who does not see, has no mouse, or reads on a phone."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import axe_playwright_python
from starlette.routing import BaseRoute, Match, Route

from .serving import PATIENCE

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
"""Of the package only this is used: it is put into a page by the browser, past its policy."""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ASKED: Mapping[str, object] = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
RUN = """async (asked) => {
  const found = await axe.run(document, asked);
  return found.violations.flatMap(v => v.nodes.map(n =>
    `${v.id}: ${n.html.slice(0, 160)} (${[...n.any, ...n.all, ...n.none][0].message})`));
}"""
OURS = """() => {
  const wide = document.documentElement.scrollWidth;
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  return [
    wide > innerWidth ? `reflow: ${wide} pixels on a screen of ${innerWidth}` : "",
    document.querySelectorAll("h1").length != 1 ? "not one h1" : "",
    ...ids.filter((id, at) => ids.indexOf(id) != at).map(id => `twice the id ${id}`),
    ...[...document.querySelectorAll("table")]
      .filter(t => t.getBoundingClientRect().right > innerWidth + 1
        && !t.closest('[role="region"][tabindex="0"]'))
      .map(t => `a table is cut: ${t.className}`),
    ...[...document.scripts].filter(s => s.type != "application/ld+json")
      .map(s => `a script: ${s.outerHTML.slice(0, 80)}`),
  ].filter(Boolean);
}"""
"""What axe does not ask: no scrolling in two directions, what scrolls is reached by keys, and no
script runs, so that the page is the same without them.
"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
"""WCAG 1.4.12: who needs it spaces text so, and loses nothing."""
WEAR = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(e => {
  const style = getComputedStyle(e);
  return /hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1
    && e.clientWidth > 1 && e.textContent.trim() && !e.closest("svg, select, .hide");
}).map(e => `cut: ${e.outerHTML.slice(0, 120)}`)"""


def faults(page: Any, without: tuple[str, ...] = ()) -> list[str]:
    """All that is wrong with the page that is open; `without` names rules that are not asked.

    The page must come from a browser with scripts on, into which `AXE` was put at its start.
    """
    rules = {rule: {"enabled": False} for rule in without}
    return [*page.evaluate(RUN, {**ASKED, "rules": rules}), *page.evaluate(OURS)]


def spaced(page: Any) -> list[str]:
    """What is cut once its text is spaced out."""
    page.evaluate(WEAR, SPACED)
    return [*page.evaluate(OURS), *page.evaluate(CUT)]


def screen(browser: Any, width: int, scheme: str, **more: object) -> Any:
    """A page of a browser of its own, ready for `faults` if its scripts are on."""
    size = {"width": width, "height": 640 if width < 600 else 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, **more)
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(AXE)
    return context.new_page()


def kinds_of(routes: Iterable[BaseRoute]) -> tuple[Route, ...]:
    """The kinds of page there are: the addresses in a language that are no files."""
    return tuple(
        one
        for one in routes
        if isinstance(one, Route)
        and one.path.startswith("/{language}/")
        and "." not in one.path.rpartition("/")[2]
        and "GET" in (one.methods or ())
    )


def kind_of(address: str, kinds: tuple[Route, ...]) -> str:
    """The kind of page at an address, "" for none of them."""
    path = address.partition("?")[0].partition("#")[0]
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    return next((one.path for one in kinds if one.matches(scope)[0] is Match.FULL), "")


def walk(
    page: Any,
    site: str,
    language: str,
    kinds: tuple[Route, ...],
    views: Iterable[str] = (),
    opened: set[str] | None = None,
) -> set[str]:
    """Open every view, and one page of each kind as links lead there; the kinds none leads to.

    Kinds that are `opened` already, by another person, are passed over. Raises AssertionError with
    all that is wrong, page by page.
    """
    asked = [f"/{language}{one}" for one in ("/", *views)]
    there = [f"/{language}{one.path[11:]}" for one in kinds if one.path.count("{") == 1]
    waiting, wrong = [*asked, *there], list[str]()
    opened = set() if opened is None else opened
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address, kinds) or address
        if kind in opened and address not in asked:
            continue
        found = page.goto(f"{site}{address}")
        if found.ok or address in asked:
            opened.add(kind)
        if page.evaluate("document.contentType") != "text/html":
            continue
        wrong += [f"{address}: {each}" for each in faults(page)]
        said = page.evaluate("document.documentElement.lang")
        wrong += [] if said == language else [f"{address}: says it is in {said}"]
        links = page.evaluate("[...document.links].map(e => e.getAttribute('href'))")
        waiting += [
            link
            for link in links
            if link.startswith(f"/{language}/") and kind_of(link, kinds) not in ("", *opened)
        ]
    assert not wrong, "\n".join(wrong)
    return {one.path for one in kinds} - opened


def press(page: Any, selector: str) -> None:
    """Press what leads to another page, and wait for that: the old one still stands for a while."""
    with page.expect_navigation():
        page.click(selector)
