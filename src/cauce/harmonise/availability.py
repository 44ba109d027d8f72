"""What of the catalogue a survey gives, and why it does not give the rest."""

from collections.abc import Mapping

from cauce.harmonise.breakdowns import theme_of
from cauce.harmonise.indicators import indicator_names
from cauce.harmonise.makers import Maker, lacking, makers
from cauce.model.catalogue import Availability
from cauce.model.indicator import Indicator, IndicatorSource
from cauce.model.pack import Dictionary, Pack
from cauce.model.text import Text

SHOWN = 6
ELSEWHERE: Mapping[IndicatorSource, Text] = {
    "import": Text(
        "It is imported from another producer; no survey of ours gives it.",
        "Se importa de otro productor; ninguna encuesta nuestra lo da.",
    ),
    "register": Text(
        "It is counted in a register; no household survey gives it.",
        "Se cuenta en un registro; ninguna encuesta de hogares lo da.",
    ),
    "outlook": Text(
        "It is a projection; it belongs to the outlook.",
        "Es una proyección; pertenece a las perspectivas.",
    ),
}


def availability(pack: Pack) -> tuple[Availability, ...]:
    """Every indicator and breakdown of the catalogue, in the order of its themes and files."""
    known = makers(pack)
    own = stand_ins(pack.dictionary)
    dictionary = pack.dictionary
    entries = [
        (name, dictionary.indicators[name], dictionary.indicators[name].tables)
        for name in dictionary.indicators
        if theme_of(name, dictionary)
    ]
    entries += [
        (name, dictionary.indicators[one.indicator], one.tables)
        for name, one in dictionary.breakdowns.items()
    ]
    found = [_available(*entry, pack, known, own) for entry in entries]
    return tuple(sorted(found, key=lambda one: _place(one, dictionary)))


def _place(one: Availability, dictionary: Dictionary) -> tuple[int, int]:
    places = dictionary.places
    place = places.get(f"indicator.{one.id}") or places[f"breakdown.{one.id}"]
    return int(dictionary.themes[one.theme].number.lstrip("B") or 0), place.line


def stand_ins(dictionary: Dictionary) -> dict[str, str]:
    """The survey's own variable by the one of the region it stands for."""
    return {v.stands_for: v.id for v in dictionary.variables.values() if v.stands_for}


def _available(
    name: str,
    indicator: Indicator,
    tables: tuple[tuple[str, ...], ...],
    pack: Pack,
    known: Mapping[str, Maker],
    own: Mapping[str, str],
) -> Availability:
    theme = theme_of(name, pack.dictionary)
    if indicator.because is not None or indicator.source != "survey":
        why = indicator.because or ELSEWHERE[indicator.source]
        return Availability(name, indicator.id, theme, (), (), why)
    lacks = dict.fromkeys(
        one
        for used in indicator_names(indicator)
        for one in lacking(own.get(used, used), pack, known)
    )
    here = tuple(tuple(own.get(d, d) for d in table) for table in tables)
    given = tuple(table for table in here if all(d in known for d in table))
    if not lacks and not given:
        least = min(([d for d in table if d not in known] for table in here), key=len, default=[])
        lacks = dict.fromkeys(one for d in least for one in lacking(d, pack, known))
    if lacks:
        return Availability(name, indicator.id, theme, (), tuple(lacks), _why(lacks, pack))
    return Availability(name, indicator.id, theme, given, (), None)


def _why(lacks: Mapping[str, None], pack: Pack) -> Text:
    """The variables that are missing, by name in both languages."""
    names = [pack.dictionary.variables[name].name for name in lacks]
    more = len(names) - SHOWN
    english = "; ".join(name.en for name in names[:SHOWN]) + (
        f" and {more} more" if more > 0 else ""
    )
    spanish = "; ".join(name.es for name in names[:SHOWN]) + (f" y {more} más" if more > 0 else "")
    return Text(f"The survey does not give: {english}.", f"La encuesta no da: {spanish}.")
