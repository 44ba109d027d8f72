"""Contracts beside their orders, told: by field, and what is worse in each contract."""

from collections.abc import Mapping, Sequence

from cauce.assess.telling import cells, counted, listed, plain, table
from cauce.model.job_order import COMPARED_AS, FieldCompared
from cauce.model.judgement import Judgement, Table
from cauce.model.text import Text

NOTE = Text(
    "A comparison of papers, and no verdict of law: what differs is for an authority to judge.",
    "Una comparación de papeles, no un fallo: lo que difiere lo juzga una autoridad.",
)
FIELDS = {
    "employer": Text("employer", "empleador"),
    "work_address": Text("place of work", "lugar de trabajo"),
    "occupation": Text("occupation", "ocupación"),
    "pay_hour": Text("pay by the hour", "pago por hora"),
    "pay_week": Text("pay by the week", "pago por semana"),
    "hours_week": Text("hours a week", "horas por semana"),
    "overtime": Text("pay of overtime", "pago de horas extra"),
    "deductions": Text("deductions", "descuentos"),
    "housing": Text("housing", "vivienda"),
    "meals": Text("meals", "alimentación"),
    "transport": Text("transport", "transporte"),
    "insurance": Text("insurance", "seguro"),
    "start": Text("start", "inicio"),
    "end": Text("end", "término"),
    "duration": Text("duration", "duración"),
}
WORDS = {
    "WORSE": Text("worse", "peor"),
    "NOT_COMPARABLE": Text("not comparable", "no comparable"),
    "EQUAL": Text("equal", "igual"),
    "BETTER": Text("better", "mejor"),
}


def told_contracts(compared: Mapping[str, Sequence[FieldCompared]], without: int) -> Judgement:
    """What was found of every contract, by its number; `without` have no order.

    Source: none, it computes no figure.
    """
    title = Text("Contracts beside their job orders", "Contratos y sus órdenes de trabajo")
    lacking = Text(
        f"Contracts without an order: {without:,}.", f"Contratos sin orden: {without:,}."
    )
    return Judgement(title, (NOTE, lacking), (_by_field(compared), _by_contract(compared)))


def _by_field(compared: Mapping[str, Sequence[FieldCompared]]) -> Table:
    rows = []
    for field, name in FIELDS.items():
        here = [one for each in compared.values() for one in each if one.field == field]
        numbers = [counted(sum(one.found == how for one in here)) for how in COMPARED_AS]
        rows.append(cells(name, *numbers, counted(sum(one.differs for one in here))))
    head = (
        Text("Field", "Campo"),
        *(WORDS[how] for how in COMPARED_AS),
        Text("differs", "difiere"),
    )
    return table(Text("By field", "Por campo"), head, rows)


def _by_contract(compared: Mapping[str, Sequence[FieldCompared]]) -> Table:
    rows = []
    for number, each in compared.items():
        worse = [_said(one) for one in each if one.found == "WORSE"]
        other = [_said(one) for one in each if one.differs and one.found == "NOT_COMPARABLE"]
        rows.append(cells(plain(number), listed(worse, "; "), listed(other, "; ")))
    head = (
        Text("Contract", "Contrato"),
        Text("Worse", "Peor"),
        Text("Differs, to be judged", "Difiere, por juzgar"),
    )
    return table(Text("By contract", "Por contrato"), head, rows)


def _said(one: FieldCompared) -> Text:
    name = FIELDS[one.field]
    return Text(f"{name.en}: {one.because.en}", f"{name.es}: {one.because.es}")
