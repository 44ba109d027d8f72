"""Where a number comes from, as one object for the page and for the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from cauce.model.codelist import Code
from cauce.model.dataflow import (
    ADMITTED,
    CENSUS,
    NOT_SAMPLED,
    PROJECTED,
    WAITING,
    Dataflow,
    Dimension,
)
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.release import InputFile, Provenance
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.ages import ages
from cauce.portal.compare import compare_links
from cauce.portal.crumbs import topic_crumbs
from cauce.portal.derived import carried, run_again, way_of
from cauce.portal.figures import Figure, figure
from cauce.portal.formulas import AMOUNTS, LETTERS, letters_told, own_keys
from cauce.portal.links import Link, address, table_path
from cauce.portal.made import (
    Fact,
    File,
    Made,
    again,
    belongs,
    design_of,
    file_of,
    lent_of,
    source_of,
    steps_of,
)
from cauce.portal.notes import notes
from cauce.portal.pages import Invented
from cauce.portal.programs import sdmx_links
from cauce.portal.words import Words
from cauce.publish.protection import protection_of
from cauce.store.keys import key_text

AREA, INDICATOR = 1, 2
COUNTS = ("n", "cases", "missing", "psus", "strata", "df")
MEASURES = (("se", 4), ("cv", 4), ("deff", 3), ("ess", 1))


@dataclass(frozen=True)
class Explanation:
    """What templates/explain.html is given, and nothing else; the terminal prints it, too."""

    title: str
    indicator: str
    invented: Invented
    flow: str
    flow_name: str
    crumbs: list[Link]
    table: str
    key: str
    period: str
    codes: tuple[Fact, ...]
    figure: Figure
    verdicts: tuple[Fact, ...]
    sample: tuple[Fact, ...]
    definition: str
    formula: tuple[Fact, ...]
    steps: tuple[Made, ...]
    design: tuple[Fact, ...]
    source: tuple[Fact, ...]
    inputs: tuple[File, ...]
    provenance: Provenance
    rules: str
    lent: tuple[Fact, ...]
    vintage: str
    published_at: str
    current: str
    verify: str
    counted: bool
    admitted: bool
    projected: bool
    citation: str
    notes: tuple[str, ...]
    programs: tuple[Link, ...]
    compared: tuple[Link, ...]


def explain(
    manifest: Manifest,
    observations: Observations,
    row: int,
    words: Words,
    vintage_asked: str = "",
) -> Explanation:
    """Everything that is said about one observation; `vintage_asked` is "" for the current one."""
    flow = observations.dataflow
    position = observations.key[row].tolist()
    codes = [d.codes[p] for d, p in zip(flow.dimensions, position, strict=True)]
    indicator = flow.indicators[position[2]]
    period = codes[-1].id
    part = next(p for p in manifest.parts if period in p.periods)
    told = figure(observations, row, words)
    table = table_path(words.language, flow.id)
    counted = flow.method.var_method in (CENSUS, WAITING)
    admitted = flow.method.var_method == ADMITTED
    projected = flow.method.var_method == PROJECTED
    return Explanation(
        title=f"{words.of(indicator.name)}: {words('where_from')}",
        indicator=words.of(indicator.name),
        invented="all" if flow.source.invented else "",
        flow=flow.id,
        flow_name=words.of(flow.name),
        crumbs=list(topic_crumbs(flow, words)),
        table=address(table, {"INDICATOR": indicator.id, "vintage": vintage_asked}),
        key=key_text(flow, position),
        period=period,
        codes=tuple(Fact(words.of(d.name), words.of(c.name)) for d, c in _told(flow, codes)),
        figure=told,
        verdicts=_verdicts(observations, row, words),
        sample=() if told.raw is None else _sample(observations, row, words, counted),
        definition=words.of(indicator.definition),
        formula=_way(flow, indicator, words),
        steps=steps_of(manifest, flow.id, indicator.id, words),
        design=() if flow.method.var_method in NOT_SAMPLED else design_of(manifest, words),
        source=source_of(manifest, words),
        inputs=tuple(file_of(f, words) for f in _inputs(part.provenance, period, projected)),
        provenance=part.provenance,
        rules=", ".join(part.provenance.rules),
        lent=lent_of(manifest, words),
        vintage=part.vintage,
        published_at=words.moment(manifest.published_at),
        current=table if vintage_asked else "",
        counted=counted,
        admitted=admitted,
        citation=f"number:{flow.id}/{key_text(flow, position)}/{period}@{manifest.vintage}",
        projected=projected,
        verify=(run_again(part.provenance, flow) if projected else "")
        or again(part.provenance, flow, counted)
        or f"cauce verify {part.vintage} --survey {manifest.survey} --store …",
        notes=notes(manifest, words),
        programs=sdmx_links(
            flow, [(at,) for at in position], manifest.published_at if vintage_asked else ""
        ),
        compared=compare_links(observations, row, words, vintage_asked),
    )


def _told(flow: Dataflow, codes: Sequence[Code]) -> Iterator[tuple[Dimension, Code]]:
    """The dimensions a number is told by, with its codes: the area too where there are several."""
    for at, (dimension, code) in enumerate(zip(flow.dimensions[:-1], codes, strict=False)):
        if at > INDICATOR or (at == AREA and len(dimension.codes) > 1):
            yield dimension, code


def _verdicts(observations: Observations, row: int, words: Words) -> tuple[Fact, ...]:
    conf, obs = observations.conf_status[row], observations.obs_status[row]
    facts = [Fact(words("confidentiality"), f"{words(f'conf_{conf.value}')} ({conf.value})")]
    if conf is ConfStatus.FREE:
        facts += _carried(observations.dataflow, observations.reliability[row], words)
    facts.append(Fact(words("obs_status"), f"{words(f'obs_{obs.value}')} ({obs.value})"))
    if observations.rule[row]:
        facts.append(Fact(words("rule"), rule_in(observations.rule[row], words.language)))
    if protection := protection_of(observations.dataflow):
        facts.append(Fact(words("protected_by"), words.of(protection)))
    facts.append(Fact(words("rule_version"), observations.dataflow.method.rule_version))
    return tuple(facts)


def _inputs(provenance: Provenance, period: str, projected: bool) -> Iterator[InputFile]:
    """The files behind a period; of a projection each table it starts from, once."""
    if projected:
        return iter({one.name: one for one in provenance.inputs}.values())
    return (one for one in provenance.inputs if belongs(one.period, period))


def _carried(flow: Dataflow, verdict: Reliability, words: Words) -> tuple[Fact, ...]:
    if flow.method.var_method == PROJECTED:
        return carried(verdict, words)
    facts = (Fact(words("reliability"), words(f"reliability_{verdict.value}")),)
    profile = flow.method.reliability_profile
    known = profile and verdict is not Reliability.NONE
    return (*facts, Fact(words("profile"), profile)) if known else facts


def _way(flow: Dataflow, indicator: Indicator, words: Words) -> tuple[Fact, ...]:
    """How the number was made, by the kind of its source."""
    if flow.method.var_method == PROJECTED:
        return way_of(flow, words)
    if flow.method.var_method == ADMITTED:
        return _taken_over(flow, words)
    return _formula(indicator, words, flow.method.var_method in (CENSUS, WAITING))


def _sample(observations: Observations, row: int, words: Words, counted: bool) -> tuple[Fact, ...]:
    """Counts and parts of the estimate; what is withheld or unknown is left out."""
    facts = []
    waits = observations.dataflow.method.var_method == WAITING
    summed = ("n", "missing") if _adds_up(observations) and not waits else ("n",)
    shown = COUNTS if not counted else summed
    for name in shown:
        count = int(getattr(observations, name)[row])
        if count >= 0:
            said = words(f"counted_{name}") if counted else words(name)
            facts.append(Fact(said, words.number(count, 0)))
    for name, decimals in () if counted else MEASURES:
        value = float(getattr(observations, name)[row])
        if isfinite(value):
            facts.append(Fact(words(name), words.number(value, decimals)))
    return tuple(facts)


def _adds_up(observations: Observations) -> bool:
    """Whether amounts are summed, and not records counted."""
    return observations.dataflow.indicators[0].numerator != "1"


def _formula(indicator: Indicator, words: Words, counted: bool) -> tuple[Fact, ...]:
    if counted:
        way = "counted_records" if indicator.numerator == "1" else "counted_sum"
        way = "waited" if indicator.estimator == "quantile" else way
        return (Fact(words("estimator"), words(way)),)
    scale = "" if indicator.scale == 1 else f"{words.plain(indicator.scale)} × "
    facts = [
        Fact(words("estimator"), words(f"estimator_{indicator.estimator}")),
        Fact(words("in_letters"), f"{scale}{LETTERS[indicator.estimator]}", code=True),
        Fact(words("letters"), letters_told(indicator, words)),
        Fact(words("universe"), indicator.universe, code=True)
        if indicator.universe
        else Fact(words("universe"), words("everyone")),
        Fact(
            words("amount" if indicator.estimator in AMOUNTS else "numerator"),
            indicator.numerator,
            code=True,
        ),
    ]
    if indicator.denominator:
        facts.append(Fact(words("denominator"), indicator.denominator, code=True))
    elif indicator.estimator in ("rate", "mean"):
        facts.append(Fact(words("denominator"), words("everyone_who_answered")))
    facts += [Fact(words(name), said, code=True) for name, said in own_keys(indicator, words)]
    if indicator.standard:
        facts.append(Fact(words("standard"), rule_in(indicator.standard, words.language)))
    if indicator.ilostat:
        facts.append(Fact("ILOSTAT", indicator.ilostat, code=True))
    return (*facts, *_bounds(indicator, words))


def _taken_over(flow: Dataflow, words: Words) -> tuple[Fact, ...]:
    """That the number is another producer's own, and by which code they call it."""
    facts = [Fact(words("estimator"), words("taken_over", producer=words.of(flow.source.name)))]
    codes = (one.ilostat for one in flow.indicators if one.ilostat)
    return (*facts, *(Fact("ILOSTAT", code, code=True) for code in codes))


def _bounds(indicator: Indicator, words: Words) -> tuple[Fact, ...]:
    """What the figure can stand in one series with: its ICLS, its criterion, its ages."""
    said = (
        ("icls", indicator.icls),
        ("criterion", indicator.criterion and words(f"criterion_{indicator.criterion}")),
        ("age_bounds", ages(indicator.age, words)),
    )
    return tuple(Fact(words(name), text) for name, text in said if text)
