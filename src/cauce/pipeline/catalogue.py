"""The catalogue as a reader asks for it: every entry with its words, and what a survey gives."""

from dataclasses import dataclass
from pathlib import Path

from cauce.harmonise import availability, indicator_names, makers, ordered, theme_of
from cauce.model.catalogue import Availability, Theme
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.pack import Dictionary, Pack
from cauce.model.text import Text
from cauce.pipeline.packs import read_dictionary, read_pack


@dataclass(frozen=True)
class Entry:
    """An indicator, or a breakdown of one, with the theme it stands in.

    `given` is None if no survey was asked.
    """

    id: str
    name: Text
    theme: Theme
    number: str
    indicator: Indicator
    tables: tuple[tuple[str, ...], ...]
    ilostat: str
    given: Availability | None


@dataclass(frozen=True)
class Rule:
    """How a variable of an indicator is made: by a rule of the region, in words, or by the survey.

    `text` is the expression, and the words of a variable that has no rule are empty.
    """

    variable: str
    name: Text
    words: Text | None
    text: str
    source: str


def entries(region: Path, folder: Path | None = None) -> tuple[Entry, ...]:
    """Every entry of the catalogue in the order of its sections; with what a pack gives, if named.

    Raises:
        BadInput: the region or the pack is not what was promised.
    """
    if folder is None:
        return _entries(read_dictionary(region)[0], {})
    pack = read_pack(folder, region)
    return _entries(pack.dictionary, {one.id: one for one in availability(pack)})


def _entries(dictionary: Dictionary, given: dict[str, Availability]) -> tuple[Entry, ...]:
    found = []
    for indicator in dictionary.indicators.values():
        if theme := theme_of(indicator.id, dictionary):
            of = dictionary.themes[theme]
            words = indicator.name, of, of.number, indicator, indicator.tables, indicator.ilostat
            found.append(Entry(indicator.id, *words, given.get(indicator.id)))
    for one in dictionary.breakdowns.values():
        of = dictionary.themes[theme_of(one.id, dictionary)]
        indicator = dictionary.indicators[one.indicator]
        words = one.name, of, of.number, indicator, one.tables, one.ilostat
        found.append(Entry(one.id, *words, given.get(one.id)))
    return tuple(sorted(found, key=lambda entry: int(entry.number[1:])))


def matching(found: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    """The entries with some text in their code, ILOSTAT code, section or name.

    A whole code or section means just that. Raises BadInput if there are none.
    """
    wanted = text.casefold()
    exact = [
        one
        for one in found
        if wanted in (one.id.casefold(), one.ilostat.casefold(), one.number.casefold())
    ]
    near = [
        one
        for one in found
        if any(wanted in t.casefold() for t in (one.id, one.ilostat, one.name.en, one.name.es))
    ]
    if not exact and not near:
        raise BadInput(f"The catalogue has nothing with {text!r} in its code or name.")
    return tuple(exact or near)


def rules_of(indicator: Indicator, region: Path, folder: Path | None) -> tuple[Rule, ...]:
    """The variables an indicator is made of, each after those it uses, as a pack makes them."""
    if folder is None:
        dictionary = read_dictionary(region)[0]
        variables = [dictionary.variables[name] for name in indicator_names(indicator)]
        return tuple(Rule(v.id, v.name, v.rule, " | ".join(v.derive), v.source) for v in variables)
    pack = read_pack(folder, region)
    return tuple(_rules(indicator, pack))


def _rules(indicator: Indicator, pack: Pack) -> list[Rule]:
    known = makers(pack)
    wanted = [name for name in indicator_names(indicator) if name in known]
    found = []
    for maker in ordered(wanted, known):
        variable = pack.dictionary.variables[maker.variable]
        own = bool(maker.columns) or not variable.derive
        text = getattr(maker.how, "expression", "") or f"column {', '.join(maker.columns)}"
        found.append(
            Rule(
                variable.id,
                variable.name,
                None if own else variable.rule,
                " ".join(text.split()),
                variable.source,
            )
        )
    return found
