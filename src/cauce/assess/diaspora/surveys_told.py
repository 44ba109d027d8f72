"""A mapping survey as it is shown: its design, the warning first, and what it found."""

from collections.abc import Iterator, Mapping, Sequence

from cauce.assess.diaspora.samples import MARKS, sample_warning
from cauce.assess.diaspora.surveys import ENOUGH_RESPONSE, survey_of
from cauce.assess.filled import codes, day, rows, text, whole, words
from cauce.assess.telling import DASH, Speaker, cells, counted, listed, on_day, plain, share, table
from cauce.model.contribution import Sampling
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.mapping_survey import MappingSurvey, Obstacle, SurveyFinding
from cauce.model.record import Record, Records
from cauce.model.text import Text

AGAINST: Mapping[Obstacle, Text] = {
    "METHOD": Text(
        "the method leaves it to somebody who is asked",
        "el método deja a alguien decidir a quién se pregunta",
    ),
    "CHANCES": Text(
        "the chances of being chosen are not known", "no se conocen las probabilidades de elección"
    ),
    "FRAME": Text("there is no frame", "no hay marco"),
    "NO_METHOD": Text("the method is not stated", "no se indica el método"),
    "NO_CHANCES": Text(
        "it is not stated whether chances are known",
        "no se indica si se conocen las probabilidades",
    ),
    "NO_FRAME": Text("the frame is not stated", "no se indica el marco"),
}
KIND: Mapping[Sampling, Text] = {
    "PROBABILITY": Text("a probability sample", "muestra probabilística"),
    "NOT_SAMPLED": Text("no sample: everyone was asked", "sin muestra: se preguntó a todas"),
    **MARKS,
}
WITHHELD = Text(
    "Estimates of the population were entered and are not shown: this sample does not bear them.",
    "Se ingresaron estimaciones de la población y no se muestran: esta muestra no las sostiene.",
)
FINDING = Text("Finding", "Hallazgo")
ABOUT = Text("About", "Sobre")


def told_survey(key: str, record: Record, cited: Sequence[Cell], speaker: Speaker) -> Judgement:
    """The warning, the design, and what may be told of the answers; `cited` are figures from it.

    Source: docs/explanation/judging.md, "Mapping surveys".
    """
    found = survey_of(key, record)
    warning = sample_warning(found.design.sampling)
    return Judgement(
        title=words(record, "title", key),
        warnings=() if warning is None else (warning,),
        notes=tuple(_notes(found)),
        tables=(
            _design(record, found, speaker),
            _answers(found, speaker),
            _estimates(found, speaker),
            table(
                Text("Figures that come from it", "Cifras que provienen de ella"),
                [Text("Figure", "Cifra"), Text("Its sample", "Su muestra")],
                [(one, Cell(KIND[found.design.sampling])) for one in cited],
            ),
        ),
    )


def _notes(found: MappingSurvey) -> Iterator[Text]:
    if found.withheld:
        yield WITHHELD
    response = found.design.response
    if response is not None and response < ENOUGH_RESPONSE:
        said = share(response)
        yield Text(
            f"{said.en} of those chosen answered: whether the others differ has to be looked at.",
            f"Respondió el {said.es} de las personas elegidas: hay que examinar si las demás "
            "difieren.",
        )


def _design(record: Record, found: MappingSurvey, speaker: Speaker) -> Table:
    design = found.design
    why = [AGAINST[one] for one in design.against]
    tone: Tone = "warn" if design.sampling in MARKS else "good"
    dates = [on_day(on) for name in ("starts_on", "ends_on") if (on := day(record, name))]
    modes = [speaker.code("CL_SURVEY_MODE", one) for one in codes(record, "modes")]
    asked = len(rows(record, "questions"))
    lines: list[tuple[Text, Text | Cell]] = [
        (Text("The sample is", "La muestra es"), Cell(KIND[design.sampling], tone)),
        (Text("Because", "Porque"), listed(why, "; ")),
        (Text("Whose diaspora", "Diáspora de"), speaker.country(text(record, "country"))),
        (Text("Living in", "Residente en"), speaker.countries(codes(record, "residence"))),
        (Text("Population aimed at", "Población objetivo"), words(record, "population", "–")),
        (
            Text("Who counts", "Quién cuenta"),
            _coded(speaker, "CL_DIASPORA_DEFINITION", record, "definition"),
        ),
        (Text("Frame", "Marco"), _coded(speaker, "CL_SAMPLING_FRAME", record, "frame")),
        (Text("Left out", "Deja fuera a"), words(record, "left_out", "–")),
        (Text("Method", "Método"), _coded(speaker, "CL_SAMPLING_METHOD", record, "method")),
        (Text("How asked", "Cómo se preguntó"), listed(modes)),
        (Text("When", "Cuándo"), listed(dates, " – ")),
        (Text("Chosen", "Elegidas"), counted(whole(record, "selected"))),
        (Text("Answered", "Respondieron"), counted(design.responded)),
        (Text("Response", "Tasa de respuesta"), share(design.response)),
        (Text("Questions", "Preguntas"), counted(asked)),
        (Text("Source", "Fuente"), plain(text(record, "source"))),
    ]
    head = [Text("Design", "Diseño"), Text("As stated", "Según se indica")]
    return table(Text("How it was done", "Cómo se hizo"), head, [cells(*one) for one in lines])


def _coded(speaker: Speaker, codelist: str, record: Record, field: str) -> Text:
    code = text(record, field)
    return speaker.code(codelist, code) if code else DASH


def _answers(found: MappingSurvey, speaker: Speaker) -> Table:
    """Shares of those who answered, each with how many these are."""
    head = [
        FINDING,
        ABOUT,
        Text("Of those who answered", "De quienes respondieron"),
        Text("Who answered it", "Quienes la respondieron"),
    ]
    tone: Tone = "warn" if found.design.sampling in MARKS else ""
    lines = [
        cells(
            one.words,
            _topic(one, speaker),
            Cell(_percent(one.percent), tone),
            counted(one.answered if one.answered is not None else found.design.responded),
        )
        for one in found.answers
    ]
    return table(
        Text("What those who answered said", "Qué dijeron quienes respondieron"), head, lines
    )


def _estimates(found: MappingSurvey, speaker: Speaker) -> Table:
    head = [
        FINDING,
        ABOUT,
        Text("Of the population aimed at", "De la población objetivo"),
        Text("Standard error", "Error estándar"),
    ]
    lines = [
        cells(
            one.words,
            _topic(one, speaker),
            _percent(one.percent),
            _points(one.se_points),
        )
        for one in found.estimates
    ]
    name = Text("Estimates of the population aimed at", "Estimaciones de la población objetivo")
    none = WITHHELD if found.withheld else Text("None.", "Ninguna.")
    return table(name, head, lines, none)


def _topic(one: SurveyFinding, speaker: Speaker) -> Text:
    return speaker.code("CL_MAPPING_TOPIC", one.topic) if one.topic else DASH


def _percent(value: float | None) -> Text:
    said = counted(value)
    return said if value is None else Text(f"{said.en}%", f"{said.es}\u00a0%")


def _points(value: float | None) -> Text:
    if value is None:
        return Text("not stated", "no se indica")
    said = counted(value)
    return Text(f"{said.en} points", f"{said.es} puntos")


def cited_by(key: str, figures: Mapping[str, Records], speaker: Speaker) -> list[Cell]:
    """The records, by register, whose figures name a survey as where they come from.

    Source: none, it computes nothing.
    """
    return [
        speaker.record(register, name)
        for register, records in figures.items()
        for name, record in records.items()
        if text(record, "survey") == key
    ]
