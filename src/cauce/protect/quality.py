"""What may be said of the quality of a wave: counts are rounded, and nobody is told apart.

Every count of respondents is rounded to a multiple of the fewest that may be told; 1 to one below
that is FEW. Of two rounded counts the difference is known to within that number only, so no small
group is found by subtraction. Source: deterministic rounding, Willenborg & de Waal (2001), Elements
of Statistical Disclosure Control.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cauce.model.codelist import Codelist
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.pack import Dictionary, Rules
from cauce.model.quality import (
    FEW,
    Answers,
    MarginResult,
    MarginRow,
    OutlierResult,
    RuleResult,
    TableResult,
    WaveQuality,
)
from cauce.model.raised import Raised
from cauce.model.text import Text
from cauce.model.validation import Acceptance, Margin, Weighed
from cauce.model.wave_facts import Influence, WaveFacts

EVERYONE = Text("Everyone", "Todas las personas")


def told(count: int, fewest: int) -> int:
    """A count as it may be told: rounded to a multiple of the fewest, FEW below that."""
    if count == 0 or fewest <= 1:
        return count
    if count < fewest:
        return FEW
    return fewest * ((2 * count + fewest) // (2 * fewest))


def clear_wave(
    facts: WaveFacts,
    flows: Sequence[Observations],
    margins: Sequence[Margin],
    accepted: Sequence[Acceptance],
    dictionary: Dictionary,
    rules: Rules,
    fewest: int,
) -> WaveQuality:
    """What is published of a wave.

    Args:
        flows: every table of the release, cleared.
        margins: those of this wave.
        accepted: what the pack accepts in this wave.
        fewest: the minimum of respondents in force.
    """
    reasons = {one.rule: one.because for one in accepted}
    return WaveQuality(
        period=facts.period,
        respondents=facts.rows,
        strata=facts.strata,
        psus=facts.psus,
        lonely=facts.lonely,
        weighted=facts.weighted,
        kish=facts.kish,
        quantiles=tuple(
            (order, float(f"{value:.4g}"))
            for order, value in facts.quantiles
            if facts.rows * min(order, 1 - order) >= fewest
        ),
        results=tuple(
            RuleResult(
                one.rule,
                told(one.passed, fewest),
                told(one.failed, fewest),
                told(one.unknown, fewest),
                reasons.get(one.rule, "") if one.failed else "",
            )
            for one in facts.findings.outcomes
        ),
        answers=tuple(
            _answers(name, counts, facts.rows, dictionary, fewest)
            for name, counts in facts.reasons.items()
        ),
        margins=tuple(
            margin_result(one, facts.findings.weighed, dictionary, fewest) for one in margins
        ),
        outliers=tuple(_outliers(one, dictionary, rules, fewest) for one in facts.influences),
        tables=tuple(table_result(flow, facts.period) for flow in flows),
        raised=_raised(facts.raised, fewest),
    )


def _raised(raised: Raised | None, fewest: int) -> Raised | None:
    """How far weights were raised, with rounded counts of respondents."""
    if raised is None:
        return None
    return replace(raised, asked=told(raised.asked, fewest), answered=told(raised.answered, fewest))


def _answers(
    name: str, counts: dict[str, int], rows: int, dictionary: Dictionary, fewest: int
) -> Answers:
    lost = {reason: told(count, fewest) for reason, count in counts.items()}
    answered = told(rows - sum(counts.values()), fewest)
    return Answers(name, dictionary.variables[name].name, answered, **lost)


def margin_result(
    margin: Margin, weighed: Sequence[Weighed], dictionary: Dictionary, fewest: int
) -> MarginResult:
    """Weights against one margin; gate and report say the same of how far they are apart."""
    found = {one.code: one for one in weighed if one.variable == margin.variable}
    sums = {code: found[code].weighted if code in found else 0.0 for code in margin.totals}
    apart = [_apart(sums[code], official) for code, official in margin.totals.items()]
    largest = max(apart, default=0.0)
    few = any(0 < one.respondents < fewest for one in found.values())
    names = _names(margin, dictionary)
    return MarginResult(
        name=margin.name,
        source=margin.source,
        tolerance=margin.tolerance,
        largest=largest,
        met=largest <= margin.tolerance,
        because=margin.because,
        rows=()
        if few
        else tuple(
            MarginRow(code, names[code], official, sums[code])
            for code, official in margin.totals.items()
        ),
    )


def _apart(weighted: float, official: float) -> float:
    """The difference as a share of the official count; 1 where that is 0 and the sum is not."""
    if official == 0:
        return float(weighted != 0)
    return abs(weighted / official - 1)


def _names(margin: Margin, dictionary: Dictionary) -> dict[str, Text]:
    if not margin.variable:
        return {"": EVERYONE}
    codelist: Codelist = dictionary.codelists[dictionary.variables[margin.variable].codelist]
    return {code.id: code.name for code in codelist.codes}


def _outliers(one: Influence, dictionary: Dictionary, rules: Rules, fewest: int) -> OutlierResult:
    """Counts, and the joint effect of a group nobody in which can be told apart."""
    held = sum(one.shares[: rules.dominance_n])
    dominated = one.group < fewest or held * 100 > rules.dominance_k > 0
    return OutlierResult(
        indicator=one.indicator,
        name=dictionary.indicators[one.indicator].name,
        n=told(one.n, fewest),
        over=tuple(told(count, fewest) for count in one.over),
        group=told(one.group, fewest),
        joint=np.nan if dominated else round(one.joint, 2),
    )


def table_result(flow: Observations, period: str) -> TableResult:
    """The verdicts of a table in one period."""
    codes = [code.id for code in flow.dataflow.dimensions[-1].codes]
    rows = np.flatnonzero(flow.key[:, -1] == codes.index(period))
    free = [row for row in rows if flow.conf_status[row] is ConfStatus.FREE]
    verdicts = [flow.reliability[row] for row in free]
    cv = flow.cv[rows]
    cv = cv[np.isfinite(cv)]
    middle, high = np.quantile(cv, (0.5, 0.9)).tolist() if len(cv) else (np.nan, np.nan)
    return TableResult(
        flow=flow.dataflow.id,
        name=flow.dataflow.name,
        cells=len(rows),
        reliable=verdicts.count(Reliability.RELIABLE),
        weak=verdicts.count(Reliability.WEAK),
        imprecise=verdicts.count(Reliability.UNRELIABLE),
        confidential=len(rows) - len(free),
        none=verdicts.count(Reliability.NONE),
        breaks=sum(flow.obs_status[row] is ObsStatus.BREAK for row in rows),
        cv_median=round(middle, 4),
        cv_high=round(high, 4),
    )


def unexplained(result: MarginResult) -> bool:
    """Whether weights miss an official count and the pack does not say why."""
    return not result.met and not result.because
