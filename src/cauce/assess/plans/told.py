"""The standing of a plan as it is shown."""

from collections.abc import Iterator, Mapping, Sequence

from cauce.assess.dates import day_words
from cauce.assess.filled import day, text, words
from cauce.assess.telling import Speaker, cells, counted, on_day, plain, share, table
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.progress import STATUSES, Status
from cauce.model.record import Record, Records
from cauce.model.standing import Leaf, PlanRecords, Standing
from cauce.model.text import Text

TONES: Mapping[Status, Tone] = {
    Status.DONE: "done",
    Status.ON_TRACK: "good",
    Status.AT_RISK: "warn",
    Status.OVERDUE: "bad",
    Status.NO_DATA: "none",
}
PLACE = Text("Part of the plan", "Parte del plan")
STATUS = Text("Status", "Estado")
COUNTRY = Text("Country", "País")
WHAT = Text("Indicator or milestone", "Indicador o hito")
EMPTY = Text(
    "The plan has no indicators or milestones yet: whoever has the document enters them.",
    "El plan aún no tiene indicadores ni hitos: los ingresa quien tenga el documento.",
)


def told_plan(
    standing: Standing, records: PlanRecords, comments: Records, speaker: Speaker
) -> Judgement:
    """The plan by country, by place and leaf by leaf, with what civil society says beside it.

    Source: docs/explanation/judging.md, "Plans".
    """
    return Judgement(
        title=standing.nodes[0].name,
        notes=tuple(_notes(standing, speaker)),
        tables=(
            _by_country(standing, speaker),
            _places(standing, speaker),
            _leaves(standing, speaker),
            _side_by_side(standing, records.reports, comments, speaker),
        ),
    )


def status_cell(status: Status) -> Cell:
    """A status in words, with the colour of its light.

    Source: none, it computes nothing.
    """
    return Cell(STATUSES[status], TONES[status])


def _notes(standing: Standing, speaker: Speaker) -> Iterator[Text]:
    on = day_words(standing.on)
    yield Text(f"As of {on.en}.", f"Al {on.es}.")
    if not standing.leaves:
        yield EMPTY
    if standing.silent:
        names = speaker.countries(standing.silent)
        yield Text(
            f"Never reported anything, which says nothing of progress: {names.en}.",
            f"Nunca han informado nada, lo que no dice nada del avance: {names.es}.",
        )
    if standing.cancelled:
        number = counted(standing.cancelled)
        yield Text(
            f"Milestones cancelled, in no sum: {number.en}.",
            f"Hitos cancelados, en ninguna suma: {number.es}.",
        )


def _by_country(standing: Standing, speaker: Speaker) -> Table:
    countries = sorted({leaf.progress.country for leaf in standing.leaves})
    rows = []
    for country in countries:
        mine = [
            leaf.progress.status for leaf in standing.leaves if leaf.progress.country == country
        ]
        counts = (
            Cell(counted(mine.count(status)), TONES[status] if status in mine else "")
            for status in Status
        )
        rows.append((Cell(speaker.country(country)), *counts))
    head = [COUNTRY, *(STATUSES[status] for status in Status)]
    return table(Text("By country", "Por país"), head, rows)


def _places(standing: Standing, speaker: Speaker) -> Table:
    head = [
        PLACE,
        Text("Level", "Nivel"),
        STATUS,
        Text("Completion", "Avance"),
        Text("Known of it", "Se conoce"),
        Text("Missing", "Faltan"),
    ]
    rows = []
    for node in standing.nodes:
        below = standing.below[node.id]
        register = "plan_nodes" if node.parent else "plans"
        rows.append(
            cells(
                Cell(node.name, "", register, node.id),
                node.level,
                status_cell(below.status),
                share(below.completion),
                share(below.coverage),
                speaker.countries(below.missing),
            )
        )
    return table(Text("By part of the plan", "Por parte del plan"), head, rows)


def _leaves(standing: Standing, speaker: Speaker) -> Table:
    names = {node.id: node.name for node in standing.nodes}
    head = [
        WHAT,
        PLACE,
        COUNTRY,
        STATUS,
        Text("Completion", "Avance"),
        Text("Why", "Por qué"),
        Text("Last report", "Último informe"),
    ]
    rows = [
        cells(
            Cell(leaf.name, "", f"plan_{leaf.kind}s", leaf.progress.id),
            names[leaf.progress.node],
            speaker.country(leaf.progress.country),
            status_cell(leaf.progress.status),
            share(leaf.progress.completion),
            leaf.progress.because,
            on_day(leaf.progress.as_of),
        )
        for leaf in standing.leaves
    ]
    return table(Text("One by one", "Uno por uno"), head, rows, EMPTY)


def _side_by_side(
    standing: Standing, reports: Records, comments: Records, speaker: Speaker
) -> Table:
    """What governments report and what civil society says, beside each other."""
    mine = [one for one in comments.values() if text(one, "plan") == standing.plan]
    rows = []
    for one in sorted(mine, key=lambda one: text(one, "country")):
        about = text(one, "indicator") or text(one, "milestone")
        country = text(one, "country")
        said = day(one, "said_on")
        rows.append(
            cells(
                _about(standing.leaves, about),
                speaker.country(country),
                _reported(reports, about, country),
                words(one, "comment"),
                plain(text(one, "organisation")),
                on_day(said),
            )
        )
    head = [
        WHAT,
        COUNTRY,
        Text("The government reports", "El gobierno informa"),
        Text("Civil society says", "La sociedad civil dice"),
        Text("Who", "Quién"),
        Text("When", "Cuándo"),
    ]
    return table(Text("Side by side", "Lado a lado"), head, rows)


def _about(leaves: Sequence[Leaf], id_: str) -> Text:
    whole = Text("The whole plan", "Todo el plan")
    return next((leaf.name for leaf in leaves if leaf.progress.id == id_), whole)


def _reported(reports: Records, about: str, country: str) -> Text:
    """The words of the last report on something, if there are any."""
    mine = [
        one
        for one in reports.values()
        if about
        and about in (text(one, "indicator"), text(one, "milestone"))
        and text(one, "country") == country
    ]
    last = max(mine, key=_until, default=None)
    said = words(last, "narrative") if last else Text("", "")
    return said if said.en else Text("nothing in words", "nada en palabras")


def _until(report: Record) -> str:
    return str(day(report, "period_to"))
