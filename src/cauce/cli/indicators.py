"""`cauce indicators`: what the catalogue declares, and what of it a survey gives."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import RegionOption, own_region
from cauce.cli.screen import console, plain_errors
from cauce.model.indicator import Indicator
from cauce.model.rule import rule_in
from cauce.model.text import Text
from cauce.pipeline.catalogue import Entry, entries, matching, rules_of


class Language(StrEnum):
    """The languages of names and definitions."""

    EN = "en"
    ES = "es"


FACTS = {
    "estimator": Text("estimator", "estimador"),
    "universe": Text("universe", "universo"),
    "numerator": Text("numerator", "numerador"),
    "denominator": Text("denominator", "denominador"),
    "first": Text("first", "primero"),
    "second": Text("second", "segundo"),
    "within": Text("within", "dentro de"),
    "across": Text("across", "entre"),
    "unit": Text("unit", "unidad"),
    "standard": Text("standard", "norma"),
    "icls": Text("icls", "CIET"),
    "criterion": Text("criterion", "criterio"),
    "age": Text("age", "edad"),
    "source": Text("source", "fuente"),
}
WORDS = {
    "available": Text("available", "disponible"),
    "not": Text("not available", "no disponible"),
    "by": Text("by", "según"),
    "whole": Text("in total only", "solo en total"),
    "gives": Text(
        "{given:,} of {all:,} entries are available.", "{given:,} de {all:,} entradas disponibles."
    ),
    "count": Text(
        "{all:,} entries: {indicators:,} indicators and {rest:,} breakdowns with a code of their "
        "own.",
        "{all:,} entradas: {indicators:,} indicadores y {rest:,} desgloses con código propio.",
    ),
}


def run(
    pack: Annotated[
        Path | None, typer.Argument(help="The folder of a pack: says what its survey gives.")
    ] = None,
    find: Annotated[
        str, typer.Option(help="A code, a section such as B7, or a part of a name.")
    ] = "",
    lang: Annotated[Language, typer.Option(help="The language of names.")] = Language.EN,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only what the survey does not give, and why.")
    ] = False,
    region: RegionOption = None,
) -> None:
    """List the catalogue of indicators; one that is found alone is told whole."""
    place = region or own_region()
    with plain_errors():
        found = entries(place, pack)
        if find:
            found = matching(found, find)
        shown = tuple(one for one in found if not missing or (one.given and one.given.why))
        if len(shown) == 1 and find:
            _tell(shown[0], place, pack, lang)
            return
    _list(shown, lang)
    _count(found, lang)


def _said(text: Text, lang: Language) -> str:
    return text.es if lang is Language.ES else text.en


def _list(shown: tuple[Entry, ...], lang: Language) -> None:
    """A line for each entry, and a second one for why it is not there."""
    width = max((len(one.id) for one in shown), default=0)
    for one in shown:
        head = f"{one.number:4} {one.id:{width}}  {one.indicator.unit:10}"
        console.print(f"{head} {one.indicator.icls:3} {_said(one.name, lang)}", markup=False)
        if one.given is not None and one.given.why is not None:
            console.print(f"     {_standing(one, lang)}")


def _standing(one: Entry, lang: Language) -> str:
    if one.given is None:
        return ""
    if one.given.why is None:
        return _said(WORDS["available"], lang)
    return f"[yellow]{_said(WORDS['not'], lang)}: {_said(one.given.why, lang)}[/]"


def _count(found: tuple[Entry, ...], lang: Language) -> None:
    indicators = sum(one.id == one.indicator.id for one in found)
    rest = len(found) - indicators
    words = _said(WORDS["count"], lang)
    console.print(words.format(all=len(found), indicators=indicators, rest=rest))
    if found and found[0].given is not None:
        given = sum(one.given is not None and one.given.why is None for one in found)
        console.print(_said(WORDS["gives"], lang).format(given=given, all=len(found)))


def _tell(one: Entry, region: Path, pack: Path | None, lang: Language) -> None:
    indicator = one.indicator
    console.print(f"[bold]{one.id}[/]  {_said(one.name, lang)}")
    console.print(_said(indicator.definition, lang))
    for name, value in _facts(one, indicator):
        line = f"  {_said(name, lang)}: {rule_in(value, lang.value)}"
        console.print(line, markup=False)
    for table in one.given.tables if one.given and one.given.tables else one.tables:
        by = " × ".join(table)
        whole = _said(WORDS["whole"], lang)
        console.print(f"  {_said(WORDS['by'], lang)} {by}" if by else f"  {whole}", markup=False)
    if one.given is not None:
        console.print(f"  {_standing(one, lang)}")
    for rule in rules_of(indicator, region, pack):
        console.print(f"\n[bold]{rule.variable}[/]  {_said(rule.name, lang)}")
        if rule.words is not None:
            console.print(f"  {_said(rule.words, lang)}")
        for line in (rule.text, rule.source):
            if line:
                console.print(f"  {line}", markup=False)


def _facts(one: Entry, indicator: Indicator) -> list[tuple[Text, str]]:
    """What there is to say of an indicator, in the words of the files."""
    facts = [(Text("indicator", "indicador"), indicator.id)] if one.id != indicator.id else []
    if one.ilostat and one.ilostat != one.id:
        facts.append((Text("ILOSTAT", "ILOSTAT"), one.ilostat))
    told = ((name, getattr(indicator, key)) for key, name in FACTS.items())
    return facts + [(name, value) for name, value in told if value]
