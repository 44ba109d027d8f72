"""A quality report, shaped after SIMS: concepts filled from what a run found, or said to be empty.

A report holds words in both languages and numbers; how they look is for the page to say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cauce.model.codelist import NOT_APPLICABLE
from cauce.model.dataflow import ADMITTED, Dataflow, Method
from cauce.model.indicator import Indicator
from cauce.model.quality import FEW, Quality, RuleSaid, WaveQuality
from cauce.model.raised import Raised
from cauce.model.release import Headline
from cauce.model.rule import rule_in
from cauce.model.text import LANGUAGES, Text
from cauce.publish.periods import span
from cauce.publish.protection import protection_of
from cauce.publish.quality_grids import (
    Cell,
    Grid,
    answers,
    headlines_grid,
    margins,
    outliers,
    rules_grid,
    units,
    verdicts,
    waves_grid,
    weights,
)
from cauce.publish.sims import CONCEPTS


@dataclass(frozen=True)
class Concept:
    """One concept: what is said of it, and its tables. Nothing of both is an empty slot."""

    code: str
    name: Text
    said: tuple[Text, ...]
    grids: tuple[Grid, ...]

    @property
    def empty(self) -> bool:
        return not self.said and not self.grids


@dataclass(frozen=True)
class Report:
    """The quality report of one wave, as every reader may see it."""

    survey: Text
    period: str
    vintage: str
    invented: bool
    fewest: int
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Edition:
    """A release as a report speaks of it; `published_at` is "" before it is published.

    `indicators` are those of all its dataflows, if of more than the one that stands for them.
    """

    dataflow: Dataflow
    quality: Quality
    headlines: tuple[Headline, ...]
    vintage: str
    reason: str = ""
    published_at: str = ""
    audited: bool = False
    indicators: tuple[Indicator, ...] = ()


def quality_report(edition: Edition, period: str) -> Report:
    """The report of a wave. Raises KeyError if the release has no such wave."""
    waves = {wave.period: wave for wave in edition.quality.waves}
    wave = waves[period]
    said, grids = _said(edition, wave), _grids(edition, wave)
    source = edition.dataflow.source
    return Report(
        survey=source.name,
        period=period,
        vintage=edition.vintage,
        invented=source.invented,
        fewest=edition.quality.fewest,
        concepts=tuple(
            Concept(code, name, tuple(said.get(code, ())), tuple(grids.get(code, ())))
            for code, name in CONCEPTS
        ),
    )


def report_json(report: Report) -> dict[str, Any]:
    """The report as plain values: an empty slot has "empty": true, a small count is "few"."""
    return {
        "survey": _words(report.survey),
        "period": report.period,
        "vintage": report.vintage,
        "invented": report.invented,
        "structure": "SIMS 2.0",
        "fewest_respondents_told": report.fewest,
        "concepts": [
            {
                "code": one.code,
                "name": _words(one.name),
                "empty": one.empty,
                "said": [_words(text) for text in one.said],
                "tables": [_grid_json(grid) for grid in one.grids],
            }
            for one in report.concepts
        ],
    }


def _grid_json(grid: Grid) -> dict[str, Any]:
    return {
        "title": _words(grid.title),
        "columns": [_words(column.name) for column in grid.columns],
        "rows": [[_cell(value) for value in row] for row in grid.rows],
    }


def _cell(value: Cell) -> Any:
    if isinstance(value, Text):
        return _words(value)
    if isinstance(value, float) and value != value:
        return None
    return "few" if value == FEW else value


def _words(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


def _said(edition: Edition, wave: WaveQuality) -> Mapping[str, Sequence[Text]]:
    """Sentences by concept. What the run does not know has none: nobody makes it up."""
    flow, at = edition.dataflow, edition.published_at
    found = dict(said_of_dataflow(flow, at, edition.reason, edition.audited))
    found |= {"S.5": [Text(wave.period, wave.period)], "S.14": [*timely(at, wave.period)]}
    for code, texts in said_of_wave(edition, wave).items():
        found[code] = [*found.get(code, ()), *texts]
    return found


def said_of_dataflow(
    flow: Dataflow, published_at: str, reason: str, audited: bool
) -> dict[str, Sequence[Text]]:
    """What holds for all of a dataflow, by concept; `published_at` is "" before it is published."""
    source = flow.source
    protected = protection_of(flow)
    return {
        "S.2": [_published(published_at)],
        "S.3": [
            Text(f"Population: {source.population.en}", f"Población: {source.population.es}"),
            Text(f"Source: {source.citation}", f"Fuente: {source.citation}"),
            *_standards(flow),
        ],
        "S.7": [
            *(Text(f"{one.en}.", f"{one.es}.") for one in (protected,) if one),
            *(() if audited or protected is None else (NOT_AUDITED,)),
        ],
        "S.9": [*_rhythm(flow)],
        "S.10": [ACCESS] if flow.method.var_method != ADMITTED else [ACCESS_ADMITTED],
        "S.17": [REVISION, *_reason(reason)],
    }


def said_of_wave(edition: Edition, wave: WaveQuality) -> dict[str, Sequence[Text]]:
    """What a run found in a wave, by concept."""
    quality = edition.quality
    return {
        "S.7": [
            Text(
                "Counts of respondents in this report are rounded to multiples of "
                f"{quality.fewest}; fewer are not told.",
                "Los conteos de informantes de este informe se redondean a múltiplos de "
                f"{quality.fewest}; los menores no se dicen.",
            )
        ],
        "S.13": [
            _sampling(wave, edition.dataflow.method),
            *_raised(wave.raised),
        ],
        "S.18": [_validated(quality)],
    }


ACCESS = Text(
    "Every number stands with its error, its verdict and the recodes behind it; every "
    "table is a file and an SDMX query.",
    "Cada número está con su error, su veredicto y las recodificaciones de las que "
    "sale; cada cuadro es un archivo y una consulta SDMX.",
)
ACCESS_ADMITTED = Text(
    "Every table is a file and an SDMX query; the numbers came without errors.",
    "Cada cuadro es un archivo y una consulta SDMX; los números vinieron sin errores.",
)
NOT_AUDITED = Text(
    "Linked tables were protected one by one and not audited together.",
    "Los cuadros enlazados se protegieron uno por uno y no se auditaron juntos.",
)
REVISION = Text(
    "A published vintage is never overwritten. A corrected one has a name of its own, says why it "
    "replaces the other, and both can be read and compared.",
    "Una edición publicada nunca se sobrescribe. La corregida lleva nombre propio, dice por qué "
    "reemplaza a la otra, y ambas se pueden leer y comparar.",
)


def _published(at: str) -> Text:
    if not at:
        return Text("Not published: made to be looked at.", "No publicado: hecho para revisarlo.")
    day = at[:10]
    return Text(f"With the release of {day}.", f"Con la publicación del {day}.")


def timely(published_at: str, period: str) -> Iterator[Text]:
    """Days from the end of the reference period to the release, once it is published."""
    if published_at:
        last = span(period)[1]
        days = (datetime.fromisoformat(published_at).date() - last).days
        yield Text(
            f"{days} days from the end of the reference period to this release of Cauce; when the "
            "office published its own figures is not known.",
            f"{days} días desde el fin del período de referencia hasta esta publicación de Cauce; "
            "no se sabe cuándo publicó la oficina sus propias cifras.",
        )


def _rhythm(flow: Dataflow) -> Iterator[Text]:
    """How often there is a figure; another agency's dataflow need not say."""
    for dimension in flow.dimensions:
        if dimension.id == "FREQ":
            told = [code.name for code in dimension.codes if code.id != NOT_APPLICABLE]
            if told:
                yield Text(", ".join(one.en for one in told), ", ".join(one.es for one in told))


def _standards(flow: Dataflow) -> Iterator[Text]:
    method = flow.method
    for name, value in (("ICLS", method.icls), ("ISCO", method.isco), ("ISIC", method.isic)):
        if value:
            spanish = {"ICLS": "CIET", "ISCO": "CIUO", "ISIC": "CIIU"}[name]
            yield Text(f"{name}: {value}.", f"{spanish}: {value}.")


def _sampling(wave: WaveQuality, method: Method) -> Text:
    # Whoever gave replicate weights has dealt with strata of a single PSU.
    policy = "" if "replicates" in method.columns else method.single_psu
    english, spanish = (f" ({word}: {policy})" if policy else "" for word in POLICY)
    return Text(
        f"{wave.strata} strata, {wave.psus} PSUs; strata with a single PSU: {wave.lonely}{english}."
        f" Kish's design effect of the weights alone: {wave.kish:.2f}. Response rate of "
        "the field work: not in the file.",
        f"{wave.strata} estratos, {wave.psus} UPM; estratos con una sola UPM: {wave.lonely}"
        f"{spanish}. Efecto de diseño de Kish de los pesos por sí solos: "
        f"{wave.kish:.2f}. Tasa de respuesta del trabajo de campo: no está en el archivo.",
    )


POLICY = "policy", "política"


def _raised(raised: Raised | None) -> Iterator[Text]:
    """How the weights of the file became those of the figures, if they are not the same."""
    if raised is None:
        return
    if raised.asked:
        low, high = raised.silence
        yield Text(
            f"For those who did not answer stand others of the same cell: their weights were "
            f"multiplied by {low:g} to {high:g}.",
            f"Por quienes no respondieron cuentan otros de la misma celda: sus pesos se "
            f"multiplicaron por {low:g} a {high:g}.",
        )
    if raised.method:
        low, high = raised.factors
        english, spanish = METHODS[raised.method]
        named = {
            language: "; ".join(f"{name} ({rule_in(of, language)})" for name, of in raised.margins)
            for language in LANGUAGES
        }
        yield Text(
            f"Weights were calibrated ({english}) to {raised.totals} official totals: "
            f"{named['en']}. Factors: {low:g} to {high:g}. Errors "
            "are those of the residuals on these totals.",
            f"Los pesos se calibraron ({spanish}) a {raised.totals} totales oficiales: "
            f"{named['es']}. Factores: {low:g} a {high:g}. Los "
            "errores son los de los residuos respecto de esos totales.",
        )


METHODS = {
    "raking": ("raking", "raking"),
    "linear": ("linear", "lineal"),
    "logit": ("logit", "logit"),
}


def _reason(reason: str) -> Iterator[Text]:
    if reason:
        yield Text(
            f"This vintage replaces another: {rule_in(reason, 'en')}",
            f"Esta edición reemplaza a otra: {rule_in(reason, 'es')}",
        )


def _validated(quality: Quality) -> Text:
    asked = sum(not one.lacks for one in quality.rules)
    return Text(
        f"{asked} of {len(quality.rules)} rules were asked of every respondent; the others need "
        f"variables the survey does not have. Contradictions between rules: "
        f"{quality.contradictions}; pairs of rules of which this cannot be told: "
        f"{quality.undecided}.",
        f"Se aplicaron {asked} de {len(quality.rules)} reglas a cada informante; las otras piden "
        "variables que la encuesta no tiene. Contradicciones entre reglas: "
        f"{quality.contradictions}; pares de reglas de los que no se puede decir: "
        f"{quality.undecided}.",
    )


def _grids(edition: Edition, wave: WaveQuality) -> Mapping[str, Sequence[Grid]]:
    rules: dict[str, RuleSaid] = {one.id: one for one in edition.quality.rules}
    found = {
        "S.4": [units(edition.indicators or edition.dataflow.indicators)],
        "S.12": [answers(wave)],
        "S.13": [verdicts(wave), weights(wave), outliers(wave)],
        "S.15": [
            headlines_grid(edition.headlines),
            margins(wave),
            waves_grid(edition.quality.waves),
        ],
        "S.18": [rules_grid(wave, rules)],
    }
    return {code: [grid for grid in grids if grid.rows] for code, grids in found.items()}
