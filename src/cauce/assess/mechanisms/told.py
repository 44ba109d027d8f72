"""Figures along the way and shares of texts, as they are shown."""

from collections.abc import Iterator, Sequence

from cauce.assess.telling import DASH, Speaker, cells, counted, plain, share, table
from cauce.model.funnel import StageCount, StageRatio, Way
from cauce.model.judgement import Cell, Judgement, Table
from cauce.model.provision import Mention
from cauce.model.text import Text

APART = Text(
    "Figures of different units or sources stand side by side: they are neither added nor divided.",
    "Las cifras de distinta unidad o fuente están lado a lado: ni se suman ni se dividen.",
)
MENTION = Text(
    "Of the texts that were read. A text nobody has read is in no denominator; the bounds say what "
    "the share of all texts would be if none, or all, of the unread ones mentioned it. A mention "
    "is no protection.",
    "De los textos leídos. Un texto que nadie ha leído no está en ningún denominador; los límites "
    "dicen cuál sería la parte de todos los textos si ninguno, o todos, los no leídos la "
    "mencionaran. Una mención no es una protección.",
)
SOURCE = Text("Source", "Fuente")
UNIT = Text("Counted in", "Se cuenta en")


def told_ways(title: Text, ways: Sequence[Way], speaker: Speaker) -> Judgement:
    """The ways of one mechanism, or of several.

    Source: docs/explanation/judging.md, "Mechanisms".
    """
    return Judgement(title, (APART,), tuple(_tables(ways, speaker)))


def _tables(ways: Sequence[Way], speaker: Speaker) -> Iterator[Table]:
    for way in ways:
        place = _place(way, speaker)
        rows = [_count(count, speaker) for count in way.counts]
        head = [
            Text("Stage", "Etapa"),
            Text("Figure", "Cifra"),
            UNIT,
            SOURCE,
        ]
        yield table(place, head, rows)
        yield table(
            Text(f"{place.en}: ratios", f"{place.es}: razones"),
            [Text("From", "De"), Text("To", "A"), Text("Ratio", "Razón"), UNIT, SOURCE],
            [_ratio(ratio, speaker) for ratio in way.ratios],
            way.refused or Text("One stage only.", "Una sola etapa."),
        )


def _place(way: Way, speaker: Speaker) -> Text:
    of = speaker.record("mechanisms", way.mechanism).said
    said = [Text(way.corridor, way.corridor), Text(way.period, way.period)]
    if way.sex != "_T":
        said.append(speaker.code("CL_SEX", way.sex))
    return Text(
        " · ".join([of.en, *(one.en for one in said)]),
        " · ".join([of.es, *(one.es for one in said)]),
    )


def _count(count: StageCount, speaker: Speaker) -> tuple[Cell, ...]:
    return cells(
        speaker.code("CL_FUNNEL_STAGE", count.stage),
        counted(count.count),
        speaker.code("CL_COUNT_UNIT", count.unit),
        plain(count.source),
    )


def _ratio(ratio: StageRatio, speaker: Speaker) -> tuple[Cell, ...]:
    return cells(
        speaker.code("CL_FUNNEL_STAGE", ratio.earlier),
        speaker.code("CL_FUNNEL_STAGE", ratio.later),
        _value(ratio),
        speaker.code("CL_COUNT_UNIT", ratio.unit) if ratio.unit else DASH,
        plain(ratio.source),
    )


def _value(ratio: StageRatio) -> Cell:
    if ratio.refused is not None:
        return Cell(Text(f"none: {ratio.refused.en}", f"ninguna: {ratio.refused.es}"), "none")
    value = f"{ratio.ratio:.2f}"
    if ratio.note is None:
        return Cell(Text(value, value), "good")
    return Cell(Text(f"{value} ({ratio.note.en})", f"{value} ({ratio.note.es})"), "warn")


def told_mentions(mentions: Sequence[Mention], codelist: str, speaker: Speaker) -> Judgement:
    """How many texts mention each protection.

    Source: docs/explanation/judging.md, "Mechanisms".
    """
    head = [
        Text("Protection", "Protección"),
        Text("Of the texts read", "De los textos leídos"),
        Text("Enforceable", "Exigible"),
        Text("Mentioned", "Mencionada"),
        Text("Absent", "Ausente"),
        Text("Not read", "Sin leer"),
        Text("Of all texts, within", "De todos los textos, entre"),
    ]
    rows = [
        cells(
            speaker.code(codelist, one.theme),
            share(one.share),
            counted(one.enforceable),
            counted(one.mentioned),
            counted(one.absent),
            counted(one.not_seen),
            _bounds(one),
        )
        for one in mentions
    ]
    name = Text("Texts that mention each protection", "Textos que mencionan cada protección")
    return Judgement(name, (MENTION,), (table(name, head, rows),))


def _bounds(one: Mention) -> Text:
    low, high = share(one.low), share(one.high)
    return low if low == high else Text(f"{low.en}–{high.en}", f"{low.es}–{high.es}")
