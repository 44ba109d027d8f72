"""Where a number comes from, as one object for the page and for the terminal."""

from dataclasses import dataclass

from cauce.model.indicator import Indicator
from cauce.model.lineage import Step
from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.release import InputFile, Provenance
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.keys import key_text
from cauce.portal.verdicts import Shown, shown
from cauce.portal.words import Words


@dataclass(frozen=True)
class Fact:
    """A line of an explanation: what, and its words or number."""

    name: str
    value: str


@dataclass(frozen=True)
class Explanation:
    """What templates/explain.html is given, and nothing else."""

    title: str
    flow: str
    flow_name: str
    key: str
    period: str
    codes: tuple[Fact, ...]
    figure: Shown
    verdicts: tuple[Fact, ...]
    sample: tuple[Fact, ...]
    indicator: Indicator
    definition: str
    formula: tuple[Fact, ...]
    steps: tuple[Step, ...]
    design: tuple[Fact, ...]
    source: tuple[Fact, ...]
    inputs: tuple[InputFile, ...]
    provenance: Provenance
    vintage: str
    published_at: str
    verify: str
    notes: tuple[str, ...]
    invented: bool


def explain(manifest: Manifest, observations: Observations, row: int, words: Words) -> Explanation:
    """Everything that is said about one observation."""
    flow = observations.dataflow
    position = observations.key[row].tolist()
    codes = [d.codes[p] for d, p in zip(flow.dimensions, position, strict=True)]
    indicator = flow.indicators[position[2]]
    period = codes[-1].id
    part = next(p for p in manifest.parts if period in p.periods)
    figure = shown(observations, row, words)
    free = observations.conf_status[row] is ConfStatus.FREE
    return Explanation(
        title=words.of(indicator.name),
        flow=flow.id,
        flow_name=words.of(flow.name),
        key=key_text(flow, position),
        period=period,
        codes=tuple(
            Fact(words.of(d.name), words.of(c.name))
            for d, c in list(zip(flow.dimensions, codes, strict=True))[3:-1]
        ),
        figure=figure,
        verdicts=_verdicts(observations, row, words),
        sample=_sample(observations, row, words) if free else (),
        indicator=indicator,
        definition=words.of(indicator.definition),
        formula=_formula(indicator, words),
        steps=_steps(manifest, flow.id, indicator.id),
        design=_design(manifest, words),
        source=_source(manifest, words),
        inputs=tuple(f for f in part.provenance.inputs if f.period == period),
        provenance=part.provenance,
        vintage=part.vintage,
        published_at=manifest.published_at,
        verify=f"cauce verify {part.vintage} --survey {manifest.survey} --store …",
        notes=tuple(rule_in(note, words.language) for note in manifest.notes),
        invented=flow.source.invented,
    )


def _verdicts(observations: Observations, row: int, words: Words) -> tuple[Fact, ...]:
    conf, obs = observations.conf_status[row], observations.obs_status[row]
    facts = [Fact(words("confidentiality"), f"{words(f'conf_{conf.value}')} ({conf.value})")]
    if conf is ConfStatus.FREE:
        verdict = observations.reliability[row]
        facts.append(Fact(words("reliability"), words(f"reliability_{verdict.value}")))
        if verdict is not Reliability.NONE:
            profile = observations.dataflow.method.reliability_profile
            facts.append(Fact(words("profile"), profile))
    facts.append(Fact(words("obs_status"), f"{words(f'obs_{obs.value}')} ({obs.value})"))
    if observations.rule[row]:
        facts.append(Fact(words("rule"), rule_in(observations.rule[row], words.language)))
    facts.append(Fact(words("rule_version"), observations.dataflow.method.rule_version))
    return tuple(facts)


def _sample(observations: Observations, row: int, words: Words) -> tuple[Fact, ...]:
    """Counts and parts of the estimate; what is withheld or unknown is left out."""
    facts = []
    for name in ("n", "cases", "missing", "psus", "strata", "df"):
        count = int(getattr(observations, name)[row])
        if count >= 0:
            facts.append(Fact(words(name), words.number(count, 0)))
    for name, decimals in (("se", 4), ("cv", 4), ("deff", 3), ("ess", 1)):
        value = float(getattr(observations, name)[row])
        if value == value:
            facts.append(Fact(words(name), words.number(value, decimals)))
    return tuple(facts)


def _formula(indicator: Indicator, words: Words) -> tuple[Fact, ...]:
    facts = [
        Fact(words("estimator"), words(f"estimator_{indicator.estimator}")),
        Fact(words("universe"), indicator.universe),
        Fact(words("numerator"), indicator.numerator),
    ]
    if indicator.denominator:
        facts.append(Fact(words("denominator"), indicator.denominator))
    elif indicator.estimator in ("rate", "mean"):
        facts.append(Fact(words("denominator"), words("everyone_who_answered")))
    if indicator.standard:
        facts.append(Fact(words("standard"), indicator.standard))
    if indicator.ilostat:
        facts.append(Fact("ILOSTAT", indicator.ilostat))
    return tuple(facts)


def _steps(manifest: Manifest, flow: str, indicator: str) -> tuple[Step, ...]:
    return next(
        (x.steps for x in manifest.lineages if (x.dataflow, x.indicator) == (flow, indicator)), ()
    )


def _design(manifest: Manifest, words: Words) -> tuple[Fact, ...]:
    method = manifest.dataflow.method
    return (
        Fact(words("method"), method.var_method),
        Fact(words("single_psu"), method.single_psu),
        Fact(words("psu_scope"), method.psu_scope),
        Fact(words("fpc"), method.fpc),
        Fact(
            "ICLS · ISCO · ISIC",
            " · ".join(x or "–" for x in (method.icls, method.isco, method.isic)),
        ),
    )


def _source(manifest: Manifest, words: Words) -> tuple[Fact, ...]:
    source = manifest.dataflow.source
    return (
        Fact(words("survey"), words.of(source.name)),
        Fact(words("population"), words.of(source.population)),
        Fact(words("citation"), source.citation),
        Fact(words("licence"), source.licence),
    )
