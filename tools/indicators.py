"""Write docs/reference/indicators.md, the catalogue as a table, from packs/region and packs/demo.

`indicators.py` writes the page; run it after every change of the catalogue. A test compares.
"""

from pathlib import Path

from cauce.pipeline.catalogue import Entry, entries

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "indicators.md"
REGION, DEMO = ROOT / "packs" / "region", ROOT / "packs" / "demo" / "lfs_2025"
HEAD = """# The catalogue of indicators

Written by `tools/indicators.py` from `packs/region/indicators`; do not edit it here. {count}. \
`cauce indicators` lists them, `cauce indicators PACK` says what a survey gives and why not the \
rest, and `cauce indicators --find CODE` tells one whole, with its definition, its expressions \
and the rules of its variables. The last column says whether the survey of the invented country \
gives it.

An **indicator** is a figure: what is counted, of whom, how. A **breakdown** is an indicator in a \
table that has a name and a code of its own, such as employment by occupation; it is published \
under the indicator's code (column *figure*). Codes with ★ are ILOSTAT's; where the code here is a \
short one, ILOSTAT's stands under it. *By* gives the declared tables, each with all its margins.
"""
TITLES = """| code | name, nombre | figure | estimator | unit | ICLS, criterion, age | by | demo |
|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page as Markdown."""
    found = entries(REGION, DEMO)
    indicators = sum(one.id == one.indicator.id for one in found)
    count = (
        f"{len(found)} entries: {indicators} indicators and {len(found) - indicators} breakdowns"
    )
    parts = [HEAD.format(count=count)]
    theme = ""
    for one in found:
        if one.theme.id != theme:
            theme = one.theme.id
            parts.append(f"\n## {one.number} {one.theme.name.en}\n\n{TITLES}")
        parts.append(_row(one))
    return "".join(parts)


def _row(one: Entry) -> str:
    indicator = one.indicator
    code = f"`{one.id}`" + (" ★" if one.ilostat == one.id else "")
    if one.ilostat and one.ilostat != one.id:
        code += f"<br>{one.ilostat} ★"
    figure = "" if one.id == indicator.id else f"`{indicator.id}`"
    kind = indicator.estimator if indicator.universe else indicator.source
    bounds = ", ".join(filter(None, (indicator.icls, indicator.criterion, indicator.age)))
    by = "; ".join("×".join(table) or "total" for table in one.tables)
    name = f"{one.name.en}<br>{one.name.es}"
    cells = code, name, figure, kind, indicator.unit, bounds, by, _given(one)
    return f"| {' | '.join(cells)} |\n"


def _given(one: Entry) -> str:
    if one.given is None or one.given.why is None:
        return "yes"
    return one.given.why.en


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
