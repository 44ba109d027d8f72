"""The shape of the tables for the ILO, read from text and checked against the dictionary."""

from collections.abc import Mapping

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.codelist import NOT_APPLICABLE, NOT_FILLED_IN, NOT_STATED, TOTAL, UNKNOWN
from cauce.model.pack import Dictionary
from cauce.model.reply import JOIN, Axis, AxisCode, Instead, Shape, TableShape
from cauce.model.text import Text

SURVEY, REGISTER = "survey", "register"
WHOLE = {TOTAL: Text("Total", "Total")}
REST = {
    UNKNOWN: Text("Unknown", "Se desconoce"),
    NOT_STATED: Text("Not stated", "No declarado"),
    NOT_FILLED_IN: Text("Not filled in", "Sin llenar"),
    NOT_APPLICABLE: Text("Not applicable", "No se aplica"),
}
"""What dimensions add to their code lists: with them parts come to their total."""
UNSAID = Text("—", "—")


def parse_questionnaire(files: Mapping[str, str], dictionary: Dictionary) -> Shape:
    """The shape that some texts declare together, by file name.

    Raises:
        BadInput: all that is wrong, each with file and line.
    """
    problems = Problems()
    tops = [top for name in sorted(files) if (top := open_toml(name, files[name], problems))]
    axes: dict[str, Axis] = {}
    units: dict[str, Text] = {}
    for top in tops:
        for name, section in top.named("axis"):
            axes[name] = _axis(name, section, dictionary)
        if (words := top.table("units", required=False)) is not None:
            units |= {name: words.words(name) for name in words.data}
    title, about = _head(tops)
    tables: dict[str, TableShape] = {}
    for top in tops:
        for code, section in top.named("table"):
            tables[code] = _table(code, section, axes, units, dictionary)
        top.finish()
    problems.stop_if_any("The tables for the ILO")
    return Shape(title, about, axes, tables, units)


def _head(tops: list[Section]) -> tuple[Text, Text]:
    for top in tops:
        if (section := top.table("questionnaire", required=False)) is not None:
            found = section.words("name"), section.words("about")
            section.finish()
            return found
    return UNSAID, UNSAID


def _axis(name: str, section: Section, dictionary: Dictionary) -> Axis:
    listed = section.text("codelist")
    codelist = dictionary.codelists.get(listed)
    if codelist is None:
        near = did_you_mean(listed, dictionary.codelists)
        section.note("codelist", f"there is no code list {listed}.{near}")
    known = {code.id: code.name for code in codelist.codes} if codelist else {}
    names = WHOLE | known | REST
    only = section.texts("only", tuple(names))
    shown = section.table("shown", required=False)
    as_shown = {code: shown.text(code) for code in shown.data} if shown else {}
    for code in (*only, *as_shown):
        if code not in names:
            section.note("", f"{listed} has no code {code}.{did_you_mean(code, names)}")
    codes = tuple(
        AxisCode(code, as_shown.get(code, code), names[code]) for code in only if code in names
    )
    _check_shown(codes, section)
    found = Axis(
        id=name,
        name=section.words("name"),
        variables=section.texts("variables"),
        codes=codes,
        criterion=section.choice("criterion", ("birth", "citizenship"), ""),
        open=section.truth("open", False),
        additive=not section.has("only"),
    )
    section.finish()
    return found


def _check_shown(codes: tuple[AxisCode, ...], section: Section) -> None:
    """Note codes that could not be told apart, or from one another in a cell of several."""
    shown = [code.shown for code in codes]
    for word in sorted({word for word in shown if shown.count(word) > 1}):
        section.note("shown", f"{word} is shown for two codes.")
    for word in shown:
        if JOIN in word:
            section.note("shown", f"{word} holds {JOIN!r}, which stands between codes.")


def _table(
    code: str,
    section: Section,
    axes: Mapping[str, Axis],
    units: Mapping[str, Text],
    dictionary: Dictionary,
) -> TableShape:
    rows, columns = section.texts("rows"), section.texts("columns", ())
    for name in (*rows, *columns):
        if name not in axes:
            section.note("rows", f"there is no axis {name}.{did_you_mean(name, axes)}")
    unit = section.text("unit")
    if unit not in units:
        section.note("unit", f"[units] has no words for {unit}.")
    source = section.choice("source", (SURVEY, REGISTER), SURVEY)
    found = TableShape(
        id=code,
        title=section.words("title"),
        indicator=section.text("indicator"),
        unit=unit,
        decimals=_decimals(section, unit, source, dictionary),
        rows=rows,
        columns=columns,
        instead=_instead(section, (*rows, *columns)),
        source=source,
        flow=section.text("flow", ""),
        note=section.words("note") if section.has("note") else None,
    )
    section.finish()
    return found


def _decimals(section: Section, unit: str, source: str, dictionary: Dictionary) -> int:
    """The precision of the table's indicator; its unit must be the table's.

    What registers count needs no entry in the catalogue: it is counted, in whole numbers.
    """
    name = section.text("indicator")
    indicator = dictionary.indicators.get(name)
    if indicator is None:
        if source == SURVEY:
            near = did_you_mean(name, dictionary.indicators)
            section.note("indicator", f"the catalogue has no indicator {name}.{near}")
        return 0
    if indicator.unit != unit:
        section.note("unit", f"{name} is in {indicator.unit}, and the table in {unit}.")
    return indicator.decimals


def _instead(section: Section, axes: tuple[str, ...]) -> Instead | None:
    """The total of one axis, if it is another figure."""
    inner = section.table("instead", required=False)
    if inner is None:
        return None
    pairs = {name: inner.texts(name) for name in inner.data}
    for name, pair in pairs.items():
        if name in axes and len(pair) == 2:
            return Instead(name, pair[0], pair[1])
    section.note("instead", 'write instead = { AXIS = ["VARIABLE", "CODE"] } with one of its axes.')
    return None
