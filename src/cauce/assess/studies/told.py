"""Studies side by side, as they are shown."""

from collections.abc import Sequence

from cauce.assess.telling import (
    DASH,
    MEANT,
    NOT_KNOWN,
    Speaker,
    cells,
    counted,
    listed,
    plain,
    table,
    truth,
    year,
)
from cauce.model.judgement import Cell, Judgement
from cauce.model.study import Comparison, Study
from cauce.model.text import Text

REGISTER = "studies"
SIDE = Text(
    "Estimates stand side by side. None is averaged with another or added to it.",
    "Las estimaciones están lado a lado. Ninguna se promedia con otra ni se suma.",
)


def told_studies(
    title: Text, studies: Sequence[Study], compared: Sequence[Comparison], speaker: Speaker
) -> Judgement:
    """Each estimate with its scope and method, and whether each two may be compared.

    Source: docs/explanation/judging.md, "Studies".
    """
    by_id = {study.id: study for study in studies}
    rows = [_study(study, speaker) for study in studies]
    pairs = [_pair(one, by_id) for one in compared]
    head = [
        Text("Study", "Estudio"),
        Text("Year", "Año"),
        Text("What is estimated", "Qué se estima"),
        Text("Figure", "Cifra"),
        Text("Area", "Ámbito"),
        Text("Sectors", "Sectores"),
        Text("Horizon", "Horizonte"),
        Text("Method", "Método"),
        Text("Source", "Fuente"),
    ]
    compare = [
        Text("This", "Esta"),
        Text("And this", "Y esta"),
        Text("Comparable", "Comparables"),
        Text("Why not", "Por qué no"),
        Text("With care", "Con cuidado"),
        Text("Difference", "Diferencia"),
    ]
    return Judgement(
        title,
        (SIDE,),
        (
            table(Text("Side by side", "Lado a lado"), head, rows),
            table(Text("Two by two", "De dos en dos"), compare, pairs),
        ),
    )


def _study(study: Study, speaker: Speaker) -> tuple[Cell, ...]:
    return cells(
        Cell(study.title, "", REGISTER, study.id),
        year(study.year),
        study.measure or NOT_KNOWN,
        _figure(study),
        speaker.countries(study.area.split(" + ")) if study.area else NOT_KNOWN,
        _sectors(study),
        _horizon(study),
        study.method or NOT_KNOWN,
        plain(study.source),
    )


def _figure(study: Study) -> Text:
    meant, unit = MEANT[study.bound], study.unit or NOT_KNOWN
    said = counted(study.value)
    if study.value is None and (study.low is not None or study.high is not None):
        low, high = counted(study.low), counted(study.high)
        meant, said = MEANT["EXACT"], Text(f"{low.en} to {high.en}", f"{low.es} a {high.es}")
    elif study.value is None:
        return NOT_KNOWN
    return Text(f"{meant.en}{said.en} {unit.en}", f"{meant.es}{said.es} {unit.es}")


def _sectors(study: Study) -> Text:
    names = sorted(study.sectors, key=lambda sector: sector.en)
    return listed(names, "; ") if names else NOT_KNOWN


def _horizon(study: Study) -> Text:
    first, last = study.horizon
    if first is None and last is None:
        return NOT_KNOWN
    said = "–".join("?" if end is None else str(end) for end in (first, last))
    return Text(said, said)


def _pair(one: Comparison, studies: dict[str, Study]) -> tuple[Cell, ...]:
    return cells(
        _name(studies[one.first]),
        _name(studies[one.second]),
        truth(one.comparable),
        listed(one.reasons, "; "),
        listed(one.cautions, "; "),
        DASH if one.difference is None else counted(one.difference),
    )


def _name(study: Study) -> Text:
    """The title, and the figure, since one study may hold several."""
    figure = _figure(study)
    return Text(f"{study.title.en} ({figure.en})", f"{study.title.es} ({figure.es})")
