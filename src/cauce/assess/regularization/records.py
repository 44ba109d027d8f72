"""A phase, as the register of regularization initiatives holds it, turned into what is judged.

The fields are those of the register `regularization_initiatives`: tables of rows that name their
phase, criteria as rows within rows, and `if_node` for what a document, fee or waiver depends on.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cauce.assess.filled import day, money, number, rows, text, whole, words
from cauce.assess.regularization.criteria import grow
from cauce.model.criterion import Condition, Criterion, Line
from cauce.model.document import Document
from cauce.model.errors import BadInput
from cauce.model.fact import Between, Day
from cauce.model.fee import CostPart, Fee, Outlay, Tier, Waiver
from cauce.model.phase import Extension, Phase
from cauce.model.record import Absent, Record, Row
from cauce.model.text import Text
from cauce.model.throughput import Target, Throughput
from cauce.model.truth import Truth

PARTS: Mapping[str, CostPart] = {"OFFICIAL": "OFFICIAL", "FINE": "FINE", "INDIRECT": "INDIRECT"}

UNKNOWN_COST = Text("a cost of a kind not known", "un costo de tipo desconocido")


def phase_of(record: Record, name: str) -> Phase:
    """One phase of an initiative with its criteria, documents and fees.

    A last day that is not applicable is none; one that is unknown may be any from the first on.

    Raises:
        BadInput: there is no such phase, it has no opening day, its criteria are no tree, or a fee
            is charged by year.

    Source: none, it computes nothing.
    """
    row = next(_rows(record, "phases", name), None)
    if row is None:
        raise BadInput(f"There is no phase {name}.")
    opens = day(row, "opens")
    if opens is None:
        raise BadInput(f"Phase {name} has no opening day yet: fill it in first.")
    trees = _trees(record, name)
    if "" not in trees:
        raise BadInput(f"Phase {name} has no criteria yet: fill them in first.")
    return Phase(
        id=name,
        name=words(row, "name", name),
        opens=opens,
        closes=_closing(row, opens),
        criteria=trees[""],
        extensions=tuple(
            Extension(_closing(each, opens), _span(each, "announced"), text(each, "source"))
            for each in _rows(record, "extensions", name)
        ),
        documents=tuple(_document(each, trees) for each in _rows(record, "documents", name)),
        fees=tuple(_fee(record, each, name, trees) for each in _rows(record, "fees", name)),
        processing_from=day(row, "processing_from"),
        processing_to=day(row, "processing_to"),
        source=text(row, "source"),
    )


def outlays_of(record: Record, name: str, names: Mapping[str, Text]) -> tuple[Outlay, ...]:
    """What applicants pay to others or lose in a phase; `names` are those of the kinds.

    Source: none, it computes nothing.
    """
    return tuple(
        Outlay(
            id=text(row, "kind"),
            name=names.get(text(row, "kind"), UNKNOWN_COST),
            part="INDIRECT",
            currency=text(row, "currency"),
            amount=money(row, "low"),
            up_to=money(row, "high"),
        )
        for row in _rows(record, "indirect_costs", name)
    )


def throughputs_of(record: Record, name: str) -> tuple[Throughput, ...]:
    """The counts of applications of a phase, each of its day and source.

    Source: none, it computes nothing.
    """
    return tuple(
        Throughput(
            on,
            text(row, "source"),
            *(whole(row, key) for key in ("registered", "approved", "denied", "pending")),
        )
        for row in _rows(record, "throughput", name)
        if (on := day(row, "as_of")) is not None
    )


def targets_of(record: Record, name: str) -> tuple[Target, ...]:
    """How many people a phase was for, by each who said so; unknown numbers are left out.

    Source: none, it computes nothing.
    """
    found = []
    for row in _rows(record, "estimates", name):
        value, bound = whole(row, "value"), text(row, "bound")
        low, high = whole(row, "low"), whole(row, "high")
        least = low if low is not None else value
        if bound == "AT_MOST" and value is not None and low is None:
            least = 0
        most = high if high is not None else None if bound == "AT_LEAST" else value
        if least is not None:
            found.append(Target(least, most, text(row, "source")))
    return tuple(found)


def _trees(record: Record, name: str) -> dict[str, Criterion]:
    """The trees of a phase by name; "" says who may apply."""
    lines: dict[str, list[Line]] = {}
    for row in _rows(record, "criteria", name):
        lines.setdefault(text(row, "tree"), []).append(_line(row))
    return {tree: grow(of) for tree, of in lines.items()}


def _line(row: Row) -> Line:
    return Line(
        id=text(row, "node"),
        within=text(row, "parent"),
        kind=(text(row, "combine") or text(row, "test")).lower(),
        name=words(row, "name", text(row, "node")),
        fact=text(row, "fact"),
        day=day(row, "day"),
        number=number(row, "number") or 0,
        wanted=row.get("wanted") is not False,
        codes=tuple(code.strip() for code in text(row, "codes").split(";") if code.strip()),
    )


def _node(row: Row, trees: Mapping[str, Criterion]) -> Criterion | None:
    """What `if_node` names, wherever in the trees of the phase; None if it is blank."""
    name = text(row, "if_node")
    if not name:
        return None
    found = next((n for tree in trees.values() for n in _nodes(tree) if n.id == name), None)
    if found is None:
        raise BadInput(f"if_node {name} is no row of the criteria of this phase.")
    return found


def _nodes(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    if not isinstance(criterion, Condition):
        for part in criterion.parts:
            yield from _nodes(part)


def _document(row: Row, trees: Mapping[str, Criterion]) -> Document:
    silent = text(row, "otherwise") == "CANNOT_TELL"
    return Document(
        id=text(row, "name_en"),
        name=words(row, "name", ""),
        min_age=whole(row, "min_age") or 0,
        max_age=whole(row, "max_age"),
        otherwise=Truth.CANNOT_TELL if silent else Truth.NO,
        needed_if=_node(row, trees),
    )


def _fee(record: Record, row: Row, name: str, trees: Mapping[str, Criterion]) -> Fee:
    fee = text(row, "fee")
    if text(row, "per") == "YEAR":
        raise BadInput(f"Fee {fee} is charged by year: write it as tiers of months.")
    by_month = text(row, "per") == "MONTH"
    return Fee(
        id=fee,
        name=words(row, "name", fee),
        part=PARTS[text(row, "part")],
        currency=text(row, "currency"),
        amount=money(row, "amount"),
        tiers=_tiers(_of_fee(record, "fee_tiers", name, fee), row) if by_month else (),
        since=text(row, "since"),
        months_from=day(row, "months_from"),
        months_to=day(row, "months_to"),
        months_are="completed" if text(row, "months_are") == "COMPLETED" else "begun",
        asked_from=day(row, "asked_from"),
        asked_to=day(row, "asked_to"),
        due_if=_node(row, trees),
        waivers=tuple(
            Waiver(
                words(each, "name", fee),
                _node(each, trees),
                day(each, "months_from"),
                day(each, "months_to"),
            )
            for each in _of_fee(record, "waivers", name, fee)
        ),
    )


def _tiers(rows: Sequence[Row], fee: Row) -> tuple[Tier, ...]:
    """The tiers in their order; one price for every month if there are none."""
    ordered = sorted(rows, key=lambda row: whole(row, "position") or 0)
    tiers = tuple(Tier(whole(row, "months"), money(row, "amount")) for row in ordered)
    return tiers or (Tier(None, money(fee, "amount")),)


def _of_fee(record: Record, field: str, name: str, fee: str) -> list[Row]:
    return [row for row in _rows(record, field, name) if text(row, "fee") == fee]


def _rows(record: Record, field: str, name: str) -> Iterator[Row]:
    """The rows of a table that are of this phase."""
    yield from (row for row in rows(record, field) if row.get("phase") == name)


def _span(row: Row, key: str) -> Day | None:
    """A day, or the two it lies between, or None."""
    first, last = day(row, f"{key}_first"), day(row, f"{key}_last")
    exact = day(row, key)
    if exact is None and first is not None and last is not None:
        return Between(first, last)
    return exact


def _closing(row: Row, opens: date) -> Day:
    if row.get("closes") is Absent.NOT_APPLICABLE:
        return date.max
    return _span(row, "closes") or Between(opens, date.max)
