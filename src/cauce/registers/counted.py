"""The dataflow a count yields: its dimensions, its one indicator, where it comes from."""

from collections.abc import Iterable, Mapping
from datetime import date

from cauce.declare.hierarchies import standing_above
from cauce.model.codelist import (
    NOT_APPLICABLE,
    NOT_FILLED_IN,
    NOT_STATED,
    TOTAL,
    UNKNOWN,
    Code,
    Codelist,
)
from cauce.model.dataflow import CENSUS, Dataflow, Dimension, Method, Source
from cauce.model.house import House
from cauce.model.indicator import Indicator
from cauce.model.record import ABSENT, Absent
from cauce.model.register import Count, Field, Register
from cauce.model.text import Text
from cauce.registers.fields import field_of
from cauce.registers.lending import list_of

Lists = Mapping[str, Codelist]
REASONS = {
    Absent.NOT_STATED: NOT_STATED,
    Absent.UNKNOWN: UNKNOWN,
    Absent.NOT_APPLICABLE: NOT_APPLICABLE,
}
"""Why a field has no value, as a code of SDMX's common ones; none of them is zero."""

SPECIAL = (
    Code(NOT_FILLED_IN, Text("not filled in", "sin llenar")),
    *(Code(code, ABSENT[reason]) for reason, code in REASONS.items()),
)
YES_NO = Codelist(
    "CL_YES_NO",
    Text("Yes or no", "Sí o no"),
    (Code("Y", Text("yes", "sí")), Code("N", Text("no", "no"))),
)
WHOLE = Code(TOTAL, Text("Total", "Total"))
ANNUAL, ON_A_DAY = Code("A", Text("Annual", "Anual")), Code("D", Text("On a day", "En un día"))
MONTHLY = Code("M", Text("Monthly", "Mensual"))
PROFILE = "ilo"
"""A reliability profile must be named; nothing was sampled, so none of its criteria is asked."""


def dataflow(
    register: Register, count: Count, lists: Lists, house: House, periods: Iterable[str]
) -> Dataflow:
    """What a count publishes, for the periods it was counted for."""
    freq = (MONTHLY if count.monthly else ANNUAL) if count.period else ON_A_DAY
    indicator = indicator_of(register, count)
    own = (dimension(register, count, name, lists) for name in count.by)
    times = tuple(Code(period, Text(period, period)) for period in periods)
    return Dataflow(
        id=count.id,
        version="1.0",
        name=count.name,
        dimensions=(
            Dimension("FREQ", Text("Frequency", "Frecuencia"), (freq,), "CL_FREQ"),
            Dimension("REF_AREA", Text("Area", "Área"), (Code(house.area, house.name),), "CL_AREA"),
            Dimension(
                "INDICATOR",
                Text("Indicator", "Indicador"),
                (Code(indicator.id, indicator.name),),
                "CL_INDICATOR",
            ),
            *own,
            Dimension("TIME_PERIOD", Text("Period", "Período"), times, "CL_TIME_PERIOD"),
        ),
        indicators=(indicator,),
        source=Source(
            survey=register.id.upper(),
            area=house.area,
            name=register.name,
            population=register.about,
            licence=house.licence,
            citation=register.source,
            invented=house.invented,
        ),
        method=Method(CENSUS, "", "", "", PROFILE, ""),
    )


def indicator_of(register: Register, count: Count) -> Indicator:
    """The number of records or rows, or the sum of a field over them."""
    if not count.measure:
        return Indicator(
            "RECORDS",
            count.name,
            Text(
                f"Counted in the register: {register.name.en}.",
                f"Contados en el registro: {register.name.es}.",
            ),
            "total",
            "",
            "1",
            "",
            count.unit,
            1.0,
            0,
            "",
        )
    field = field_of(register, count.measure)
    if count.share_of:
        return _share_of(register, count, field)
    return Indicator(
        count.measure.replace(".", "_").upper(),
        field.name,
        Text(
            f"The sum of “{field.name.en}” over the register: {register.name.en}. What has no "
            "amount is counted apart and is not zero.",
            f"La suma de «{field.name.es}» en el registro: {register.name.es}. Lo que no tiene "
            "monto se cuenta aparte y no es cero.",
        ),
        "total",
        "",
        count.measure,
        "",
        count.unit,
        1.0,
        field.decimals,
        "",
    )


def _share_of(register: Register, count: Count, part: Field) -> Indicator:
    """100 times the sum of a field over the sum of the field it is a part of."""
    whole = field_of(register, count.share_of)
    return Indicator(
        f"{part.id}_of_{whole.id}".upper(),
        count.name,
        Text(
            f"100 times the sum of “{part.name.en}” over the sum of “{whole.name.en}” in the "
            f"register: {register.name.en}. Records that lack either are counted apart, in neither "
            "sum.",
            f"100 veces la suma de «{part.name.es}» sobre la suma de «{whole.name.es}» en el "
            f"registro: {register.name.es}. Los registros a los que falta una de ambas se cuentan "
            "aparte, en ninguna suma.",
        ),
        "ratio",
        "",
        count.measure,
        count.share_of,
        count.unit,
        100.0,
        1,
        "",
    )


def dimension(register: Register, count: Count, name: str, lists: Lists) -> Dimension:
    """A field counted by. Its total is the sum of all codes, or there is none."""
    field = field_of(register, name)
    listed = codelist_of(field, lists)
    total = () if apart(register, count, name) else (WHOLE,)
    return Dimension(
        name.replace(".", "_").upper(),
        field.name,
        (*total, *listed.codes, *SPECIAL),
        listed.id,
        additive=bool(total),
        groups=standing_above(listed.codes, listed, lists),
    )


def apart(register: Register, count: Count, name: str) -> bool:
    """Whether no total is formed: it was declared so, or one record has several of the codes."""
    return name in count.apart or field_of(register, name).kind == "codes"


def codelist_of(field: Field, lists: Lists) -> Codelist:
    """The codes of a field; of a link the records of the register it names, as lent."""
    return YES_NO if field.kind == "flag" else lists[list_named(field)]


def list_named(field: Field) -> str:
    """The id of the list a field is counted by; "" for a flag."""
    return list_of(field.register) if field.kind == "link" else field.codelist


def year_of(value: object) -> str:
    """The year a value names, "" if it names none."""
    if isinstance(value, date):
        return f"{value.year:04d}"
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9998:
        return str(value)
    return ""


def month_of(value: object) -> str:
    """The month a day is in, "" if it is no day."""
    return f"{value.year:04d}-{value.month:02d}" if isinstance(value, date) else ""
