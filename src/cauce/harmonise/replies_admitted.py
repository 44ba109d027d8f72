"""The tables an office filled in, as observations of that office: one dataflow a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

from cauce.harmonise.flows import FREQUENCIES
from cauce.harmonise.imports.flow import RULES
from cauce.harmonise.imports.statuses import ILOSTAT
from cauce.harmonise.imports.translate import PERIODS
from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import ADMITTED, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.imported import Imported, Meaning
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.reply import PERCENT, PERSONS, Figure, Reply, Shape, TableShape
from cauce.model.rule import rule
from cauce.model.text import Text


@dataclass(frozen=True)
class Office:
    """Whose tables they are, and on which terms; as the person who takes them in says."""

    name: str
    licence: str
    citation: str
    open_licence: bool = False


def replies_admitted(
    replies: Sequence[Reply], shape: Shape, office: Office, areas: Codelist
) -> tuple[Imported, ...]:
    """The figures of one area, of as many periods as there are workbooks, table by table.

    Args:
        replies: workbooks that were read without a fault.
        areas: the words of countries, for codes an office groups itself and for the area.

    Raises:
        BadInput: they are of several areas or kinds of period, two are of one period, or no table
            has a figure.
    """
    places = sorted({reply.area for reply in replies})
    if len(places) != 1:
        raise BadInput(f"The workbooks are of {', '.join(places)}. Take in one area at a time.")
    periods = [reply.period for reply in replies]
    if twice := sorted({one for one in periods if periods.count(one) > 1}):
        raise BadInput(f"Two workbooks are of {', '.join(twice)}. Which one holds?")
    known = {code.id: code.name for code in areas.codes}
    frequency = _frequency(periods)
    found = (
        _table(table, replies, shape, office, known, frequency) for table in shape.tables.values()
    )
    kept = tuple(one for one in found if one is not None)
    if not kept:
        raise BadInput("The workbooks have no figure.")
    return kept


def _frequency(periods: Sequence[str]) -> str:
    """How often the periods come, as they are written."""
    for frequency, form in PERIODS.items():
        if all(map(form.fullmatch, periods)):
            return frequency
    raise BadInput(f"{', '.join(periods)}: periods must all be years, quarters or months.")


def _table(
    table: TableShape,
    replies: Sequence[Reply],
    shape: Shape,
    office: Office,
    areas: Mapping[str, Text],
    frequency: str,
) -> Imported | None:
    """One table with the figures of all workbooks; None if it has none."""
    told = [
        (figure, reply.period)
        for reply in replies
        for sheet in reply.sheets
        if sheet.table == table.id
        for figure in sheet.figures
        if figure.value is not None or figure.flag
    ]
    if not told:
        return None
    flow = _dataflow(table, told, replies[0].area, shape, office, areas, frequency)
    at = [{code.id: n for n, code in enumerate(d.codes)} for d in flow.dimensions]
    meant = [_meaning(figure) for figure, _ in told]
    return Imported(
        dataflow=flow,
        key=tuple(
            (0, 0, 0, *(at[3 + n][c] for n, c in enumerate(figure.codes)), at[-1][period])
            for figure, period in told
        ),
        value=tuple(nan if figure.value is None else figure.value for figure, _ in told),
        obs_status=tuple(one.status for one in meant),
        conf_status=tuple(one.conf for one in meant),
        note=tuple(one.note for one in meant),
        notes=(rule(table.note),) if table.note else (),
    )


def _meaning(figure: Figure) -> Meaning:
    """What a flag is in a release. Letters of ILOSTAT are not those of SDMX."""
    meaning = ILOSTAT[figure.flag] if figure.flag else Meaning(ObsStatus.NORMAL)
    if figure.value is None and meaning.status is ObsStatus.NOT_SIGNIFICANT:
        return Meaning(ObsStatus.SUPPRESSED, ConfStatus.FREE, meaning.note)
    return meaning


def _dataflow(
    table: TableShape,
    told: Sequence[tuple[Figure, str]],
    area: str,
    shape: Shape,
    office: Office,
    areas: Mapping[str, Text],
    frequency: str,
) -> Dataflow:
    periods = sorted({period for _, period in told})
    own = []
    for n, name in enumerate((*table.rows, *table.columns)):
        axis = shape.axes[name]
        words = {**areas, **{code.id: code.name for code in axis.codes}}
        used = {figure.codes[n] for figure, _ in told}
        listed = [code.id for code in axis.codes if code.id in used]
        ordered = [*listed, *sorted(used - set(listed))]
        codes = tuple(Code(one, words.get(one, Text(one, one))) for one in ordered)
        own.append(Dimension(name, axis.name, codes, f"CL_ILMS_{name}"))
    figure = _indicator(table)
    place = areas.get(area, Text(area, area))
    by = Text(office.name, office.name)
    return Dataflow(
        id=f"{area}_{table.id}",
        version="1.0",
        name=table.title,
        dimensions=(
            Dimension(
                "FREQ",
                Text("Frequency", "Frecuencia"),
                (Code(frequency, FREQUENCIES[frequency]),),
                "CL_FREQ",
            ),
            Dimension("REF_AREA", Text("Area", "Área"), (Code(area, place),), "CL_AREA"),
            Dimension(
                "INDICATOR",
                Text("Indicator", "Indicador"),
                (Code(figure.id, figure.name),),
                "CL_INDICATOR",
            ),
            *own,
            Dimension(
                "TIME_PERIOD",
                Text("Period", "Período"),
                tuple(Code(one, Text(one, one)) for one in periods),
                "CL_TIME_PERIOD",
            ),
        ),
        indicators=(figure,),
        source=Source(
            survey=f"ILMS_{area}",
            area=area,
            name=by,
            population=table.title,
            licence=office.licence,
            citation=office.citation,
            invented=False,
            open_licence=office.open_licence,
        ),
        method=Method(ADMITTED, "", "", "", "", RULES),
    )


def _indicator(table: TableShape) -> Indicator:
    kinds = {PERSONS: "total", PERCENT: "rate"}
    estimator = kinds.get(table.unit, "mean")
    return Indicator(
        id=table.id,
        name=table.title,
        definition=table.note or table.title,
        estimator=next(one for one in ("total", "rate", "mean") if one == estimator),
        universe="",
        numerator="",
        denominator="",
        unit=table.unit,
        scale=1.0,
        decimals=table.decimals,
        standard="",
        ilostat=table.id,
        source="import",
    )
