"""`cauce outlook skills`: which skills the published openings of a scenario ask for."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES, Language, Text
from cauce.outlook.skills import TOGETHER
from cauce.pipeline.outlook.skills import Asked, LinkFiles, skills_asked
from cauce.store import Reader

SKILL = Text("skill", "competencia")
UNTIL = Text("openings that ask for it until", "puestos que la piden hasta")
COVERED = Text(
    "{0}: {1} of openings are of occupations with links in {2} (ISCO, digits: {3}). An opening "
    "asks for many skills: the numbers do not add up to openings.",
    "{0}: {1} de los puestos son de ocupaciones con vínculos en {2} (CIUO, dígitos: {3}). Un "
    "puesto pide muchas competencias: los números no suman los puestos.",
)
UNLINKED = Text("No link covers", "Ningún vínculo cubre")
UNTOLD = Text("Openings not published", "Puestos no publicados")
COLUMNS = (
    "area", "scenario", "until", "rank", "skill", "name", "openings", "low_80", "high_80", "status",
    "linked_share", "outlook", "vintage", "links",
)  # fmt: skip


def skills(
    links: Annotated[
        Path, typer.Argument(help="ESCO's occupationSkillRelations as CSV, or O*NET's Skills.txt.")
    ],
    beside: Annotated[
        Path | None,
        typer.Option(
            "--with", help="ESCO's occupations, or a crosswalk of soc and isco for O*NET."
        ),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(help="ESCO's skills, where the relations do not name them."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    scenario: Annotated[
        list[str] | None, typer.Option(help="A published scenario; all if not given. Repeatable.")
    ] = None,
    area: Annotated[str, typer.Option(help="The area, if the store has several.")] = "",
    year: Annotated[str, typer.Option(help="Openings until this year; the last if not given.")] = (
        ""
    ),
    most: Annotated[int, typer.Option("--top", help="How many skills to show.", min=1)] = 15,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write all of it as .csv or .json.")
    ] = None,
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
) -> None:
    """Show the most demanded skills of each scenario, from a published outlook and your links."""
    with plain_errors():
        language = next((each for each in LANGUAGES if each == lang), None)
        if language is None:
            raise BadInput(f"--lang {lang[:20]}: say {' or '.join(LANGUAGES)}.")
        if out is not None and out.suffix.lower() not in (".csv", ".json"):
            raise BadInput(f"{out.name}: name a file that ends in .csv or .json.")
        files = LinkFiles(links, beside, names)
        found = skills_asked(Reader(store).snapshot(), files, scenario or (), area, year)
        for one in found:
            _show(one, most, language)
        console.print(TOGETHER.of(language), markup=False)
        if out is not None:
            _write(found, out, language)
            console.print(f"Written: {out}", markup=False)


def _show(one: Asked, most: int, language: Language) -> None:
    opened, demand = one.openings, one.demanded
    title = f"{opened.area.name.of(language)} – {opened.scenario.name.of(language)}"
    table = Table(box=box.SIMPLE, title=escape(title))
    table.add_column(SKILL.of(language))
    table.add_column(f"{UNTIL.of(language)} {opened.year}", justify="right")
    table.add_column("80 %", justify="right", no_wrap=True)
    listed = zip(demand.skills, demand.names, demand.value, demand.low, demand.high, strict=True)
    for _, (skill, name, value, low, high) in zip(range(most), listed, strict=False):
        table.add_row(escape(name or skill), f"{value:,.0f}", f"{low:,.0f} – {high:,.0f}")
    console.print(table)
    covered = (opened.scenario.id, f"{demand.linked:.0%}", one.source, opened.digits)
    console.print(COVERED.of(language).format(*covered), markup=False)
    for code, value in one.unlinked:
        name = f"{code.id} {code.name.of(language)}"
        console.print(f"[yellow]{UNLINKED.of(language)}: {escape(name)}, {value:,.0f}[/]")
    if one.untold:
        names = "; ".join(f"{code.id} {code.name.of(language)}" for code in one.untold)
        console.print(f"[yellow]{UNTOLD.of(language)}: {escape(names)}[/]")


def _rows(found: Sequence[Asked]) -> Iterator[dict[str, object]]:
    for one in found:
        opened, demand = one.openings, one.demanded
        for rank, skill in enumerate(demand.skills):
            numbers = (demand.value[rank], demand.low[rank], demand.high[rank])
            own = (
                opened.area.id, opened.scenario.id, opened.year, rank + 1, skill,
                demand.names[rank], *(round(float(x), 1) for x in numbers), "F",
                round(demand.linked, 4), opened.manifest.dataflow.id, opened.manifest.vintage,
                one.source,
            )  # fmt: skip
            yield dict(zip(COLUMNS, own, strict=True))


def _without(found: Sequence[Asked], language: Language) -> list[dict[str, object]]:
    """Occupations that stand behind no skill, each with its openings, None if not published."""
    return [
        {"scenario": one.openings.scenario.id, "occupation": code.id,
         "name": code.name.of(language), "openings": value}
        for one in found
        for code, value in (
            *((code, round(value, 1)) for code, value in one.unlinked),
            *((code, None) for code in one.untold),
        )
    ]  # fmt: skip


def _write(found: Sequence[Asked], out: Path, language: Language) -> None:
    """All skills of all scenarios, a row each; JSON also says which openings no link covers."""
    try:
        with out.open("w", newline="", encoding="utf-8") as lines:
            if out.suffix.lower() == ".csv":
                writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(_rows(found))
                return
            whole = {
                "interval": TOGETHER.of(language),
                "skills": list(_rows(found)),
                "without_links": _without(found, language),
            }
            json.dump(whole, lines, ensure_ascii=False, indent=1)
    except OSError as error:
        raise BadInput(f"{out} cannot be written ({error.strerror}).") from error
