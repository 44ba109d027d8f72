"""Another agency's dataflow as our pages have it: the first three dimensions are always there."""

from collections.abc import Iterable, Mapping

from cauce.harmonise.flows import FREQUENCIES
from cauce.harmonise.foreign.columns import column_of, used, words_of
from cauce.harmonise.foreign.held import Held, HeldComponent
from cauce.model.codelist import NOT_APPLICABLE, Code
from cauce.model.dataflow import ADMITTED, Dataflow, Dimension, Method, Source
from cauce.model.foreign import Column, Foreign, ForeignAttribute, ForeignRows, stored_as
from cauce.model.indicator import Indicator
from cauce.model.rule import rule
from cauce.model.text import Text

RULES = "load-1"
"""The version of the rules by which another agency's structure becomes ours."""
Key = tuple[tuple[int, ...], ...]
"""Of every row, the positions of its codes."""
FREQ, AREA, INDICATOR, TIME = "FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD"
FIRST = (FREQ, AREA, INDICATOR)
MOST_DECIMALS = 6
NOT_TOLD = Text("Not told", "Sin indicar")


def dimensions(held: Held, rows: ForeignRows) -> tuple[tuple[Dimension, ...], Key]:
    """FREQ, REF_AREA, INDICATOR, the others in the order of the key, time; and every row's codes.

    A dimension that the structure lacks of the first three has one code.
    """
    own = {each.id: each for each in held.dimensions}
    rest = [each for each in held.dimensions if each.id not in FIRST]
    made, keys = [], []
    for id_ in FIRST:
        if id_ in own:
            dimension, key = _dimension(own[id_], rows)
        else:
            dimension = _given(id_, held)
            key = (0,) * len(rows.lines)
        made.append(dimension)
        keys.append(key)
    for each in (*rest, held.time):
        dimension, key = _dimension(each, rows)
        made.append(dimension)
        keys.append(key)
    return tuple(made), tuple(zip(*keys, strict=True))


def _given(id_: str, held: Held) -> Dimension:
    names = {
        FREQ: Text("Frequency", "Frecuencia"),
        AREA: Text("Area", "Área"),
        INDICATOR: Text("Indicator", "Indicador"),
    }
    code = Code(NOT_APPLICABLE, NOT_TOLD)
    if id_ == INDICATOR:
        code = Code(held.flow.id, held.name)
    return Dimension(id_, names[id_], (code,), "")


def _dimension(component: HeldComponent, rows: ForeignRows) -> tuple[Dimension, tuple[int, ...]]:
    """A dimension with the codes that occur, in the order of their list, and every row's code."""
    column = column_of(rows, component.id)
    there, known = used(column), component.codes
    if known is None:
        codes = tuple(Code(word, Text(word, word)) for word in sorted(there))
    else:
        codes = tuple(known[id_] for id_ in known if id_ in there)
    if component.id == FREQ:
        codes = tuple(Code(c.id, _frequency(c)) for c in codes)
    place = {code.id: at for at, code in enumerate(codes)}
    lookup = [place.get(word, -1) for word in column.words]
    groups = () if known is None else _above(codes, known)
    name = component.listed_in.partition(":")[2].partition("(")[0]
    listed = "" if component.id == TIME else name
    return Dimension(component.id, component.name, codes, listed, groups=groups), tuple(
        map(lookup.__getitem__, column.at)
    )


def _above(codes: Iterable[Code], known: Mapping[str, Code]) -> tuple[Code, ...]:
    """The codes above these that are none of them, each after those above it."""
    own = {code.id for code in codes}
    found: dict[str, Code] = {}
    for code in codes:
        line = []
        while code.parent:
            code = known[code.parent]
            line.append(code)
        for each in reversed(line):
            if each.id not in own:
                found.setdefault(each.id, each)
    return tuple(found.values())


def _frequency(code: Code) -> Text:
    return FREQUENCIES.get(code.id, code.name) if code.name.en == code.id else code.name


def dataflow(
    held: Held,
    rows: ForeignRows,
    licence: Text,
    citation: str,
    open_licence: bool,
    made: tuple[Dimension, ...],
) -> Dataflow:
    """The dataflow with its indicators, its source and how its own agency has it."""
    unit, decimals = _constant(held, rows, "UNIT_MEASURE"), _decimals(held, rows)
    indicators = tuple(
        _indicator(code, held, unit, decimals) for code in made[FIRST.index(INDICATOR)].codes
    )
    return Dataflow(
        id=stored_as(held.flow),
        version=held.flow.version,
        name=held.name,
        dimensions=made,
        indicators=indicators,
        source=Source(
            survey=held.flow.agency,
            area=made[1].codes[0].id,
            name=held.agency,
            population=held.about,
            licence=rule(licence),
            citation=citation,
            invented=False,
            open_licence=open_licence,
        ),
        method=Method(ADMITTED, "", "", "", "", RULES),
        foreign=_foreign(held, rows),
    )


def _indicator(code: Code, held: Held, unit: str, decimals: int) -> Indicator:
    return Indicator(
        id=code.id,
        name=code.name,
        definition=held.about,
        estimator="total",
        universe="",
        numerator="",
        denominator="",
        unit=unit or "OWN",
        scale=1.0,
        decimals=decimals,
        standard="",
        source="import",
    )


def _foreign(held: Held, rows: ForeignRows) -> Foreign:
    attributes = tuple(_attribute(each, column_of(rows, each.id)) for each in held.attributes)
    order = (*(each.id for each in held.dimensions), held.time.id)
    return Foreign(held.flow, held.structure, order, attributes, held.measure)


def _attribute(component: HeldComponent, column: Column) -> ForeignAttribute:
    there, known = used(column), component.codes or {}
    return ForeignAttribute(
        component.id,
        component.name,
        component.level,
        tuple(code for id_, code in known.items() if id_ in there),
        "" if component.codes is not None else component.type,
        component.dimensions,
        component.group,
        next(iter(there), "") if component.level == "dataset" else "",
    )


def _constant(held: Held, rows: ForeignRows, attribute: str) -> str:
    """What an attribute says of all rows, in words; "" if it is not the same for all."""
    component = held.components.get(attribute)
    said = set(words_of(column_of(rows, attribute)))
    if component is None or len(said) != 1:
        return ""
    [word] = said
    known = component.codes or {}
    return known[word].name.en if word in known else word


def _decimals(held: Held, rows: ForeignRows) -> int:
    """What DECIMALS says of all rows, or the most that a number is written with."""
    told = _constant(held, rows, "DECIMALS")
    if told.isdecimal():
        return min(int(told), MOST_DECIMALS)
    words = column_of(rows, held.measure).words
    written = [len(word.partition(".")[2]) for word in words if "e" not in word.lower()]
    return min(max(written, default=0), MOST_DECIMALS)
