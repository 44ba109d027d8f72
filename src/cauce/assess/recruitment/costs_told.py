"""Costs of recruitment told: who bore them, which series people are of, and the statistics."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from cauce.assess.telling import DASH, cells, counted, listed, plain, table
from cauce.model.judgement import Cell, Judgement, Table
from cauce.model.observation import Observations
from cauce.model.recruitment_cost import COST_KINDS, SERIES, Borne, CostRatio, EmployerPays
from cauce.model.rule import rule_in
from cauce.model.text import Text
from cauce.model.truth import TRUTHS, Truth

TITLE = Text("Costs of recruitment", "Costos de contratación")
NAMES = {
    "SDG1071": Text("SDG 10.7.1", "ODS 10.7.1"),
    "RCI_SEASONAL": Text(
        "Same ratio, seasonal workers who kept their residence: not SDG 10.7.1",
        "La misma razón, temporales que conservaron su residencia: no es el ODS 10.7.1",
    ),
    "RCI_OTHER": Text("Same ratio, others: not SDG 10.7.1", "La misma razón, otras: no es el ODS"),
}
KIND_NAMES = {
    "FEE": Text("fees", "comisiones"),
    "RELATED": Text("related costs", "gastos conexos"),
    "ILLEGITIMATE": Text("illegitimate costs, apart", "costos ilegítimos, aparte"),
}
NO_REGION = Text(
    "A figure is of one country: SDG 10.7.1 has no regional or global average.",
    "Una cifra es de un país: el ODS 10.7.1 no tiene promedio regional ni mundial.",
)
NOT_TOLD = Text("cannot tell which", "no se puede saber cuál")


@dataclass(frozen=True)
class Found:
    """What was found of everybody, in one order, in one currency."""

    currency: str
    borne: Sequence[Borne]
    pays: Sequence[EmployerPays]
    ratios: Sequence[CostRatio]


def told_costs(found: Found, flows: Sequence[Observations]) -> Judgement:
    """The whole of a survey of recruitment costs; people are counted, none is shown.

    Source: none, it computes no figure.
    """
    tables = (_series(found), _pays(found), _kinds(found), _unknown(found), _statistics(flows))
    return Judgement(TITLE, (NO_REGION,), tables)


def _series(found: Found) -> Table:
    rows = [
        cells(NAMES[name] if name else NOT_TOLD, *(counted(n) for n in _of(found.ratios, name)))
        for name in (*SERIES, None)
    ]
    head = (
        Text("Series", "Serie"),
        Text("People", "Personas"),
        Text("with a ratio", "con razón"),
        Text("with a lower bound only", "solo con cota inferior"),
    )
    return table(Text("Which series people are of", "De qué serie es cada persona"), head, rows)


def _of(ratios: Sequence[CostRatio], name: str | None) -> tuple[int, int, int]:
    here = [one for one in ratios if one.series == name]
    points = sum(one.ratio is not None for one in here)
    bounds = sum(one.ratio is None and one.at_least is not None for one in here)
    return len(here), points, bounds


def _pays(found: Found) -> Table:
    """How many recruitments the employer paid, with what tells against it, most often first."""
    rows = []
    for truth in Truth:
        here = [one for one in found.pays if one.held is truth]
        why = Counter(words for one in here for words in one.because).most_common(5)
        said = [Text(f"{w.en} ({n:,})", f"{w.es} ({n:,})") for w, n in why]
        rows.append(cells(TRUTHS[truth], counted(len(here)), listed(said, "; ")))
    head = (Text("Held", "Se cumple"), Text("People", "Personas"), Text("Because", "Porque"))
    return table(Text("The employer pays", "Paga el empleador"), head, rows)


def _kinds(found: Found) -> Table:
    """What was borne at least, by kind: sums over the people asked, not weighted."""
    least = "" if all(one.exact for one in found.borne) else "≥ "
    rows = []
    for kind in COST_KINDS:
        total = sum((one.kinds[kind] for one in found.borne), Decimal(0))
        people = sum(one.kinds[kind] > 0 for one in found.borne)
        said = counted(total)
        rows.append(
            cells(KIND_NAMES[kind], counted(people), Text(f"{least}{said.en}", f"{least}{said.es}"))
        )
    head = (
        Text("Kind", "Tipo"),
        Text("People who bore some", "Personas que asumieron alguno"),
        Text(f"Told by those asked, {found.currency}", f"Declarado, {found.currency}"),
    )
    return table(Text("Borne by workers", "Asumido por las personas trabajadoras"), head, rows)


def _unknown(found: Found) -> Table:
    why = Counter(words for one in found.ratios for words in one.because)
    rows = [cells(words, counted(n)) for words, n in why.most_common()]
    head = (Text("Not known", "No se conoce"), Text("People", "Personas"))
    return table(Text("Why people have no ratio", "Por qué no hay razón"), head, rows)


def _statistics(flows: Sequence[Observations]) -> Table:
    rows = [_observation(flow, at) for flow in flows for at in range(len(flow.value))]
    head = (
        Text("Statistic", "Estadístico"),
        Text("Domain", "Dominio"),
        Text("Months of earnings", "Meses de ingresos"),
        Text("Standard error", "Error estándar"),
        Text("95 % interval", "Intervalo de 95 %"),
        Text("Respondents", "Respuestas"),
        Text("Verdict", "Veredicto"),
    )
    return table(Text("Statistics", "Estadísticas"), head, rows)


def _observation(flow: Observations, at: int) -> tuple[Cell, ...]:
    dims = flow.dataflow.dimensions
    said = [dim.codes[flow.key[at, i]].name for i, dim in enumerate(dims)]
    numbers = flow.value[at], flow.se[at], flow.ci_low[at], flow.ci_high[at]
    value, se, low, high = (plain("" if np.isnan(x) else f"{x:.2f}") for x in numbers)
    interval = DASH if low.said == DASH else Text(*(f"{low.said.en} – {high.said.en}",) * 2)
    n = int(flow.n[at])
    why = flow.rule[at]
    return cells(
        said[2],
        listed(said[3:-1]),
        value,
        se,
        interval,
        DASH if n < 0 else counted(n),
        Text(rule_in(why, "en"), rule_in(why, "es")) if why else plain(flow.reliability[at]),
    )
