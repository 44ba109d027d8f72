"""What a page is for who does not see, has no mouse, or reads on a phone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import axe_playwright_python

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
