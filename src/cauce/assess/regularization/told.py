"""A consultation as it is shown: the notice first, then why, documents and cost."""

from collections.abc import Iterator

from cauce.assess.telling import NOT_KNOWN, cells, counted, table, truth
from cauce.model.consultation import Consultation
from cauce.model.cost import CostItem
from cauce.model.criterion import Finding
from cauce.model.judgement import Cell, Judgement, Table
from cauce.model.text import Text
from cauce.model.truth import TRUTHS

PARTS = {
    "OFFICIAL": Text("Official fee", "Tarifa oficial"),
    "FINE": Text("Fine or arrears", "Multa o atraso"),
    "INDIRECT": Text("Paid to others or lost", "Se paga a otros o se pierde"),
}
WHY = Text("Why", "Por qué")


def told_consultation(found: Consultation) -> Judgement:
    """Whether the criteria seem met, whether one may apply, what is asked for, what it costs.

    Source: docs/explanation/judging.md, "Regularization".
    """
    return Judgement(
        title=found.phase,
        notes=(found.check.notice, _verdict(found), found.check.opening.because),
        tables=(_criteria(found), _to_find_out(found), _documents(found), *_costs(found)),
    )


def _verdict(found: Consultation) -> Text:
    said = TRUTHS[found.check.criteria]
    return Text(
        f"The criteria seem to be met: {said.en}.", f"Parece que cumple los criterios: {said.es}."
    )


def _criteria(found: Consultation) -> Table:
    rows = list(_findings(found.check.finding, 0))
    head = [Text("Criterion", "Criterio"), Text("Met", "Se cumple"), WHY]
    return table(Text("Criteria", "Criterios"), head, rows)


def _findings(finding: Finding, depth: int) -> Iterator[tuple[Cell, ...]]:
    mark = "— " * depth
    name = Text(f"{mark}{finding.name.en}", f"{mark}{finding.name.es}")
    yield cells(name, truth(finding.truth), finding.because)
    for part in finding.parts:
        yield from _findings(part, depth + 1)


def _to_find_out(found: Consultation) -> Table:
    rows = [
        cells(
            Text(
                "; ".join(w.en for w in found.questions[fact].words),
                "; ".join(w.es for w in found.questions[fact].words),
            ),
            Text(fact, fact),
        )
        for fact in found.check.to_find_out
    ]
    name = Text("What would settle it", "Qué lo resolvería")
    none = Text("Nothing: the answers settle it.", "Nada: las respuestas lo resuelven.")
    return table(name, [Text("Find out", "Averigüe"), Text("Name", "Nombre")], rows, none)


def _documents(found: Consultation) -> Table:
    rows = [cells(one.document.name, TRUTHS[one.truth], one.because) for one in found.documents]
    head = [Text("Document", "Documento"), Text("Asked for", "Se pide"), WHY]
    return table(Text("Documents", "Documentos"), head, rows)


def _costs(found: Consultation) -> Iterator[Table]:
    rows = [
        cells(item.name, PARTS[item.part], _amount(item), item.because) for item in found.cost.items
    ]
    head = [Text("Cost", "Costo"), Text("Kind", "Tipo"), Text("Amount", "Monto"), WHY]
    yield table(Text("Costs", "Costos"), head, rows)
    totals = [cells(Text(one.currency, one.currency), one.words) for one in found.cost.totals]
    head = [Text("Currency", "Moneda"), Text("In all", "En total")]
    yield table(Text("Total", "Total"), head, totals)


def _amount(item: CostItem) -> Text:
    low = counted(item.low)
    if item.high is None:
        if not item.low:
            return NOT_KNOWN
        return Text(f"at least {item.currency} {low.en}", f"al menos {item.currency} {low.es}")
    high = counted(item.high)
    if item.low == item.high:
        return Text(f"{item.currency} {low.en}", f"{item.currency} {low.es}")
    return Text(f"{item.currency} {low.en}–{high.en}", f"{item.currency} {low.es}–{high.es}")
