"""Job orders of other producers in the common columns; what joint employers list again is left."""

from collections.abc import Iterable, Mapping, Sequence

from cauce.assess.columns import Line, Sheet, lines, need
from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.errors import BadInput
from cauce.model.job_order import Offer, OrderFile, OrdersRead

UNITS = ("HOUR", "DAY", "WEEK", "TWO_WEEKS", "MONTH", "YEAR", "PIECE")
PROVIDED = ("NONE", "CHARGED", "FREE")
TERMS = (
    *("employer", "work_address", "occupation", "pay", "pay_unit", "currency", "hours_week"),
    *("hours_day", "pieces_hour", "overtime", "deductions"),
    *("housing", "meals", "transport", "insurance", "start", "end"),
)
DAYS = frozenset({"start", "end"})


def parse_order_file(file: str, text: str) -> OrderFile:
    """A mapping of columns. Raises BadInput with everything wrong, each with its line.

    Source: none of its own; each mapping names the producer.
    """
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error("The mapping of job orders")
    columns, units = top.table("columns"), top.table("units")
    again = top.table("duplicate") if top.has("duplicate") else None
    found = OrderFile(
        id=top.text("id"),
        name=top.words("name"),
        source=top.text("source"),
        country=top.text("country"),
        currency=top.text("currency"),
        columns={key: _names(columns, key) for key in columns.data} if columns else {},
        units={key: units.choice(key, (*UNITS, "UNK")) for key in units.data} if units else {},
        duplicate=(again.text("column"), again.text("value")) if again else None,
    )
    top.finish()
    problems.stop_if_any("The mapping of job orders")
    return found


def _names(section: Section, key: str) -> tuple[str, ...]:
    if isinstance(section.data[key], list):
        return section.texts(key)
    return (section.text(key),)


def recognise(head: Sequence[str], known: Iterable[OrderFile]) -> OrderFile:
    """The mapping whose columns a file has, all of them. Raises BadInput if none fits.

    Source: none, it computes nothing.
    """
    names = []
    for one in known:
        names.append(one.id)
        wanted = {name for part in one.columns.values() for name in part}
        if wanted | ({one.duplicate[0]} if one.duplicate else set()) <= set(head):
            return one
    raise BadInput(
        f"The columns are of no job orders that are known ({', '.join(names)}): write a mapping as "
        "those in packs/frames/recruitment."
    )


def read_orders(rows: Iterable[Mapping[str, str]], how: OrderFile) -> OrdersRead:
    """Every order once. Left out, and counted: what the producer marks as a joint employer's share
    of another order, and any further row with the number of an order already read.

    Source: US Department of Labor, disclosure data: a sub-application repeats the number of the
    primary one; employers have no identifier, so that names alone exclude nothing.
    """
    orders: dict[str, dict[str, str]] = {}
    marked = repeated = strange = 0
    for row in rows:
        if how.duplicate and row[how.duplicate[0]].strip() == how.duplicate[1]:
            marked += 1
            continue
        order = {key: _said(row, key, names) for key, names in how.columns.items()}
        unit = order.get("pay_unit", "")
        order["pay_unit"] = how.units.get(unit, "UNK")
        order["currency"] = how.currency if order.get("pay") else "UNK"
        if order["order"] in orders:
            repeated += 1
            continue
        strange += unit not in how.units and unit != ""
        orders[order["order"]] = order
    return OrdersRead(tuple(orders.values()), marked, repeated, strange)


def _said(row: Mapping[str, str], key: str, names: Sequence[str]) -> str:
    parts = [row[name].strip() for name in names]
    # These files write a day with a time of day that says nothing.
    return ", ".join(part[:10] if key in DAYS else part for part in parts if part)


def offers_of(sheet: Sheet, number: str, problems: Problems) -> list[Offer]:
    """Orders or contracts of a table, whose numbers stand in the column `number`.

    Source: none, it computes nothing.
    """
    if not need(sheet, (number, *TERMS), problems):
        return []
    return [_offer(line, number) for line in lines(sheet, problems)]


def _offer(line: Line, number: str) -> Offer:
    start, end = line.day("start"), line.day("end")
    if start and end and end < start:
        line.note("end", "comes before start.")
    return Offer(
        number=line.required(number),
        employer=line.told("employer"),
        work_address=line.told("work_address"),
        occupation=line.told("occupation"),
        unit=line.code("pay_unit", UNITS),
        currency=line.told("currency") or None,
        start=start,
        end=end,
        pay=line.amount("pay"),
        hours_week=line.amount("hours_week"),
        hours_day=line.amount("hours_day"),
        pieces_hour=line.amount("pieces_hour"),
        overtime=line.amount("overtime"),
        deductions=line.amount("deductions"),
        housing=line.code("housing", PROVIDED),
        meals=line.code("meals", PROVIDED),
        transport=line.code("transport", PROVIDED),
        insurance=line.code("insurance", PROVIDED),
    )
