"""Waits, quotas and the way of a mechanism, as they are shown."""

from collections.abc import Mapping, Sequence

from cauce.assess.filled import number, text
from cauce.assess.telling import DASH, Speaker, cells, counted, plain, table
from cauce.model.judgement import Cell, Table
from cauce.model.mobility import QuotaUse, Wait
from cauce.model.record import Record, Records
from cauce.model.text import Text

STEPS: Mapping[str, Text] = {
    "CHECK": Text("Request to labour-market check", "De la solicitud a la verificación"),
    "DECISION": Text("Check to decision", "De la verificación a la decisión"),
    "SELECTION": Text(
        "Decision to a person for each position", "De la decisión a una persona por plaza"
    ),
    "APPLICATION": Text("Selection to application", "De la selección al trámite"),
    "PERMIT": Text("Application to its decision", "Del trámite a su resolución"),
    "WHOLE": Text("Whole way: request to permit", "Recorrido completo: de la solicitud al permiso"),
    "CARD": Text("Permit to card", "Del permiso al carné"),
    "ENTRY": Text("Card to first entry", "Del carné a la primera entrada"),
}
KEPT_OPEN = Text(
    "Medians with their 95 % interval, in days, by the product-limit estimator: whoever still "
    "waits counts for as long as they have waited, so that quick cases do not speak for all.",
    "Medianas con su intervalo del 95 %, en días, por el estimador producto-límite: quien aún "
    "espera cuenta por lo que ha esperado, para que los casos rápidos no hablen por todos.",
)
INVENTED = Text(
    "Invented for the demo: these requests, permits and events are of nobody.",
    "Inventado para la demostración: estas solicitudes, permisos y eventos no son de nadie.",
)
WHOLE = Text("Whole quota", "Cuota completa")


def told_waits(waits: Sequence[Wait], own: Text) -> Table:
    """The waits measured in the mechanism's own records; `own` is their source in words."""
    head = (
        Text("Step", "Paso"),
        Text("Median, days", "Mediana, días"),
        Text("95 % interval", "Intervalo del 95 %"),
        Text("Through", "Concluidos"),
        Text("Waiting or left", "En espera o retirados"),
        Text("Day unknown", "Sin fecha"),
        Text("Source", "Fuente"),
    )
    rows = [
        cells(
            STEPS[one.step],
            _median(one),
            _between(one),
            counted(one.done),
            counted(one.waiting),
            counted(one.unknown),
            own,
        )
        for one in waits
    ]
    return table(Text("Waiting times by step", "Tiempos de espera por paso"), head, rows)


def _median(one: Wait) -> Text:
    if one.median is not None:
        return counted(one.median)
    if one.done + one.waiting == 0:
        return DASH
    return Text("more than half not through", "más de la mitad no concluye")


def _between(one: Wait) -> Text:
    if one.low is None:
        return DASH
    low = counted(one.low)
    if one.high is None:
        return Text(f"{low.en} or more", f"{low.es} o más")
    high = counted(one.high)
    return Text(f"{low.en}–{high.en}", f"{low.es}–{high.es}")


def told_reported(reported: Records, speaker: Speaker) -> Table:
    """Waits that sources report, each with its source: not measured here, and not comparable."""
    head = (
        Text("Mechanism", "Mecanismo"),
        Text("When", "Cuándo"),
        Text("Wait", "Espera"),
        Text("How sure", "Qué tan seguro"),
        Text("Source", "Fuente"),
    )
    rows = [
        cells(
            speaker.record("mechanisms", text(one, "mechanism")),
            speaker.code("CL_WAIT_WHEN", text(one, "when_was")),
            _reported(one, speaker),
            speaker.code("CL_MARK", text(one, "mark")),
            plain(text(one, "source")),
        )
        for one in reported.values()
    ]
    name = Text("Waits that sources report", "Esperas que informan las fuentes")
    return table(name, head, rows)


def _reported(one: Record, speaker: Speaker) -> Text:
    said = counted(number(one, "value"))
    unit = speaker.code("CL_WAIT_UNIT", text(one, "unit"))
    up = Text("up to ", "hasta ") if text(one, "bound") == "AT_MOST" else Text("", "")
    return Text(f"{up.en}{said.en} {unit.en.lower()}", f"{up.es}{said.es} {unit.es.lower()}")


def told_uses(quotas: Mapping[str, Sequence[QuotaUse]], speaker: Speaker) -> Table:
    """What was taken of each quota and its parts, in its own unit."""
    head = (
        Text("Quota", "Cuota"),
        Text("Part", "Parte"),
        Text("Ceiling", "Tope"),
        Text("Used", "Utilizado"),
        Text("Left", "Queda"),
        Text("Counted in", "Se cuenta en"),
    )
    rows = [
        cells(
            speaker.record("quotas", key),
            speaker.code("CL_QUOTA_GROUP", use.part) if use.part else WHOLE,
            counted(use.ceiling),
            counted(use.used) if use.why is None else use.why,
            _left(use),
            speaker.code("CL_COUNT_UNIT", use.unit),
        )
        for key, uses in quotas.items()
        for use in uses
    ]
    return table(Text("Quotas", "Cuotas"), head, rows)


def _left(use: QuotaUse) -> Cell:
    if use.left is None:
        return Cell(DASH)
    return Cell(counted(use.left), "bad" if use.left < 0 else "")
