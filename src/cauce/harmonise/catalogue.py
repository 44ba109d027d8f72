"""The tables the catalogue declares, for a pack that asks for them without writing them out."""

from collections.abc import Iterable, Iterator

from cauce.declare.problems import Problems
from cauce.declare.words import did_you_mean
from cauce.harmonise.availability import availability
from cauce.harmonise.likeness import unlike
from cauce.model.catalogue import Availability
from cauce.model.indicator import Indicator
from cauce.model.pack import Dictionary, Pack, Place, TableSpec
from cauce.model.text import Text

ALL = "all"
OF_ICLS = {"19": Text("19th ICLS", "19.ª CIET")}
OF_CRITERION = {
    "birth": Text("migrants by birth", "migrantes por nacimiento"),
    "citizenship": Text("migrants by citizenship", "migrantes por ciudadanía"),
}
ADULTS = "Y_GE15"


def catalogue_tables(pack: Pack, place: Place, problems: Problems) -> tuple[TableSpec, ...]:
    """One table for every theme and set of dimensions of the entries the pack asks for.

    Indicators that are unlike, such as those of the 13th and the 19th ICLS, get tables of their
    own; an indicator stands once in a set of dimensions, whatever themes name it.
    """
    entries = tuple(_asked(pack, place, problems))
    indicators = pack.dictionary.indicators
    groups: dict[tuple[str, tuple[str, ...]], list[list[Indicator]]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    sets = {(entry.indicator, frozenset(table)) for entry in entries for table in entry.tables}
    for entry in entries:
        for table in entry.tables:
            which = entry.indicator, frozenset(table)
            if which not in seen and not _is_margin(*which, sets):
                seen.add(which)
                parts = groups.setdefault((entry.theme, table), [])
                _place_in(parts, indicators[entry.indicator])
    return tuple(
        _table(theme, dimensions, part, pack, place)
        for (theme, dimensions), parts in groups.items()
        for part in parts
    )


def _is_margin(
    indicator: str, table: frozenset[str], sets: set[tuple[str, frozenset[str]]]
) -> bool:
    """Whether a larger table of the indicator holds this one, in the totals of what it adds."""
    return any(one == indicator and table < other for one, other in sets)


def _place_in(parts: list[list[Indicator]], indicator: Indicator) -> None:
    """Put an indicator with the first that are like it."""
    for part in parts:
        if part[0].criterion == indicator.criterion and not unlike([*part, indicator]):
            part.append(indicator)
            return
    parts.append([indicator])


def _asked(pack: Pack, place: Place, problems: Problems) -> Iterator[Availability]:
    """The entries a pack asks for that its survey gives; what it names and does not give is noted.

    "all" asks for what there is; a theme for what there is of it; a code for that entry itself.
    """
    entries = availability(pack)
    known = {one.id for one in entries} | set(pack.dictionary.themes) | {ALL}
    for name in pack.catalogue:
        if name not in known:
            problems.add(place, f"the catalogue has no {name}.{did_you_mean(name, known)}")
    for entry in entries:
        if entry.id in pack.catalogue and entry.why:
            problems.add(place, f"{entry.id} is not available. {entry.why.en}")
        if {entry.id, entry.theme, ALL} & set(pack.catalogue) and not entry.why:
            yield entry


def _table(
    theme: str,
    dimensions: tuple[str, ...],
    indicators: list[Indicator],
    pack: Pack,
    place: Place,
) -> TableSpec:
    names = pack.dictionary.themes[theme].name
    marks = tuple(_marks(indicators))
    parts = [theme, *(_short(name, pack.dictionary) for name in dimensions or ("TOTAL",))]
    by = [pack.dictionary.variables[name].name for name in dimensions]
    return TableSpec(
        id="_".join((*parts, *(mark for mark, _ in marks))),
        name=Text(
            _title(names.en, "by", [one.en for one in by], "and", [w.en for _, w in marks]),
            _title(names.es, "según", [one.es for one in by], "y", [w.es for _, w in marks]),
        ),
        indicators=tuple(one.id for one in indicators),
        dimensions=dimensions,
        reliability="",
        place=place,
        theme=theme,
    )


def _short(name: str, dictionary: Dictionary) -> str:
    """The region's name of a dimension, so that tables of all surveys have one id."""
    return dictionary.variables[name].stands_for or name if name in dictionary.variables else name


def _marks(indicators: Iterable[Indicator]) -> Iterator[tuple[str, Text]]:
    """What sets a table apart from another of the same theme and dimensions."""
    for key, of in (("icls", OF_ICLS), ("criterion", OF_CRITERION)):
        for value in sorted({getattr(one, key) for one in indicators} & set(of)):
            yield {"19": "ICLS19", "birth": "BY_BIRTH", "citizenship": "BY_CIT"}[value], of[value]
    for age in sorted({one.age for one in indicators} - {"", ADULTS}):
        years = age.removeprefix("Y").replace("T", "–")
        yield age, Text(f"aged {years}", f"de {years} años")


def _title(theme: str, by: str, names: list[str], last: str, marks: list[str]) -> str:
    """ "Earnings by sex and industry (19th ICLS)"."""
    lower = [name[0].lower() + name[1:] for name in names]
    if len(lower) > 1:
        lower = [*lower[:-2], f"{lower[-2]} {last} {lower[-1]}"]
    told = f"{theme} {by} {', '.join(lower)}" if lower else theme
    return f"{told} ({', '.join(marks)})" if marks else told
