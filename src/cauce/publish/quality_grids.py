"""The tables of a quality report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cauce.model.indicator import Indicator
from cauce.model.quality import RuleSaid, WaveQuality
from cauce.model.release import Headline
from cauce.model.rule import rule_in
from cauce.model.text import Text

Cell = Text | str | int | float
Kind = Literal["words", "unit", "count", "number", "share"]


@dataclass(frozen=True)
class Column:
    """A column and how its cells are shown; a share is a part of 1, a unit a code of one."""

    name: Text
    kind: Kind


@dataclass(frozen=True)
class Grid:
    """A table; `FEW` in a count stands for fewer than may be told, NaN for nothing."""

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def words(en: str, es: str) -> Column:
    return Column(Text(en, es), "words")


def count(en: str, es: str) -> Column:
    return Column(Text(en, es), "count")


def number(en: str, es: str) -> Column:
    return Column(Text(en, es), "number")


def share(en: str, es: str) -> Column:
    return Column(Text(en, es), "share")


def both(text: str) -> Text:
    """Words that may hold both languages in one string."""
    return Text(rule_in(text, "en"), rule_in(text, "es"))


SEVERITIES = {
    "error": Text("error", "error"),
    "warning": Text("warning", "advertencia"),
    "info": Text("information", "información"),
}
YES = {True: Text("yes", "sí"), False: Text("no", "no")}


def answers(wave: WaveQuality) -> Grid:
    return Grid(
        Text("Answers by variable", "Respuestas por variable"),
        (
            words("Variable", "Variable"),
            count("have a value", "tienen valor"),
            count("not stated", "no declaran"),
            count("refused", "se niegan"),
            count("don't know", "no saben"),
            count("not applicable", "no se aplica"),
        ),
        tuple(
            (a.name, a.answered, a.not_stated, a.refused, a.dont_know, a.not_applicable)
            for a in wave.answers
        ),
    )


def units(indicators: Sequence[Indicator]) -> Grid:
    return Grid(
        Text("Indicators and their units", "Indicadores y sus unidades"),
        (words("Indicator", "Indicador"), Column(Text("unit", "unidad"), "unit")),
        tuple((one.name, one.unit) for one in indicators),
    )


def verdicts(wave: WaveQuality) -> Grid:
    return Grid(
        Text("Cells by verdict, and their errors", "Celdas según veredicto, y sus errores"),
        (
            words("Table", "Cuadro"),
            count("cells", "celdas"),
            share("reliable", "fiables"),
            share("weak", "débiles"),
            share("too imprecise", "imprecisas"),
            share("confidential", "confidenciales"),
            share("nobody", "sin nadie"),
            count("breaks", "rupturas"),
            share("median CV", "CV mediano"),
            share("90% of CVs below", "90% de los CV bajo"),
        ),
        tuple(
            (
                t.name,
                t.cells,
                *(
                    part / t.cells if t.cells else float("nan")
                    for part in (t.reliable, t.weak, t.imprecise, t.confidential, t.none)
                ),
                t.breaks,
                t.cv_median,
                t.cv_high,
            )
            for t in wave.tables
        ),
    )


def weights(wave: WaveQuality) -> Grid:
    return Grid(
        Text("Weights of respondents", "Pesos de los informantes"),
        (
            words("Part of respondents below", "Parte de informantes por debajo"),
            *(number(f"{order:.0%}", f"{order:.0%}") for order, _ in wave.quantiles),
        ),
        ((Text("weight", "peso"), *(value for _, value in wave.quantiles)),),
    )


def outliers(wave: WaveQuality) -> Grid:
    return Grid(
        Text(
            "Respondents who move a number, in its standard errors",
            "Informantes que mueven un número, en sus errores estándar",
        ),
        (
            words("Number", "Número"),
            count("respondents", "informantes"),
            count("move it by over 0.1", "lo mueven más de 0.1"),
            count("over 0.5", "más de 0.5"),
            count("over 1", "más de 1"),
            count("group", "grupo"),
            number("the group together", "el grupo en conjunto"),
        ),
        tuple((o.name, o.n, *o.over, o.group, o.joint) for o in wave.outliers),
    )


def headlines_grid(headlines: Sequence[Headline]) -> Grid:
    return Grid(
        Text("Figures the office published", "Cifras que publicó la oficina"),
        (
            words("Figure", "Cifra"),
            number("published", "publicada"),
            number("computed", "calculada"),
            words("reproduced", "reproducida"),
            words("why not", "por qué no"),
        ),
        tuple(
            (both(h.name), h.published, h.computed, YES[h.matches], both(h.because))
            for h in headlines
        ),
    )


def margins(wave: WaveQuality) -> Grid:
    return Grid(
        Text("Weights against the official population", "Pesos frente a la población oficial"),
        (
            words("Count", "Conteo"),
            words("code", "código"),
            number("official", "oficial"),
            number("weights", "pesos"),
            share("difference", "diferencia"),
            words("within tolerance", "dentro de la tolerancia"),
            words("why not", "por qué no"),
        ),
        tuple(_margin_rows(wave)),
    )


def _margin_rows(wave: WaveQuality) -> Iterator[tuple[Cell, ...]]:
    nothing = float("nan")
    for margin in wave.margins:
        name, because = both(margin.name), both(margin.because)
        if not margin.rows:
            yield name, "", nothing, nothing, margin.largest, YES[margin.met], because
        for row in margin.rows:
            apart = row.weighted / row.official - 1 if row.official else nothing
            met = YES[abs(apart) <= margin.tolerance]
            yield name, row.name, row.official, row.weighted, apart, met, because


def waves_grid(waves: Sequence[WaveQuality]) -> Grid:
    """The waves side by side; a change is not tested: waves may share PSUs."""
    return Grid(
        Text(
            "Waves of this release (changes are not tested: waves may share PSUs)",
            "Rondas de esta publicación (los cambios no se prueban: pueden compartir UPM)",
        ),
        (
            words("Period", "Período"),
            count("respondents", "informantes"),
            count("PSUs", "UPM"),
            number("sum of weights", "suma de pesos"),
            share("against the wave before", "frente a la ronda anterior"),
        ),
        tuple(
            (
                wave.period,
                wave.respondents,
                wave.psus,
                round(wave.weighted),
                wave.weighted / before.weighted - 1 if before else float("nan"),
            )
            for before, wave in zip((None, *waves), waves, strict=False)
        ),
    )


def rules_grid(wave: WaveQuality, rules: Mapping[str, RuleSaid]) -> Grid:
    """Rules as they came out, those that fail first; then those the survey cannot be asked."""
    order = sorted(wave.results, key=lambda one: one.failed == 0)
    nothing = float("nan")
    return Grid(
        Text("Rules and how they came out", "Reglas y su resultado"),
        (
            words("Rule", "Regla"),
            count("fail", "no cumplen"),
            count("cannot tell", "no se sabe"),
            count("pass", "cumplen"),
            words("severity", "gravedad"),
            words(
                "ground; why accepted, or not asked", "fundamento; por qué se acepta o no se usa"
            ),
        ),
        (
            *(
                (
                    rules[one.rule].label,
                    one.failed,
                    one.unknown,
                    one.passed,
                    SEVERITIES[rules[one.rule].severity],
                    _ground(rules[one.rule], one.accepted),
                )
                for one in order
            ),
            *(
                (one.label, nothing, nothing, nothing, SEVERITIES[one.severity], _not_asked(one))
                for one in rules.values()
                if one.lacks
            ),
        ),
    )


def _ground(rule: RuleSaid, accepted: str) -> Text:
    ground, why = both(rule.ground), both(accepted)
    if not accepted:
        return ground
    return Text(f"{ground.en} Accepted: {why.en}", f"{ground.es} Se acepta: {why.es}")


def _not_asked(rule: RuleSaid) -> Text:
    names = ", ".join(rule.lacks)
    return Text(
        f"Not asked: the survey has no {names}.", f"No se usa: la encuesta no tiene {names}."
    )
