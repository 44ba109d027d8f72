"""What a reliability profile is made of: criteria, each with the verdict of failing it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.observation import Reliability
from cauce.model.text import Text


@dataclass(frozen=True)
class Evidence:
    """What a profile may look at; every array has shape (c,).

    `value` and `se` are in natural units: a rate is a fraction. `cases` counts those with the
    attribute, and for a mean everybody who answered. `weighted` is the number of people the
    estimate stands for. `proportion` marks rates within 0 and 1, `total` marks totals, `planned`
    marks the whole population, the one domain every survey is planned for. `census` says that
    nothing was sampled.

    `half_width` is half the interval of a gap in parts of one, NaN for all that is no gap: the CV
    of a gap grows without bound as the gap goes to 0, however well both sides are known. A gap of
    amounts has 0 here: it has no scale of its own, and counts alone judge it.
    """

    value: Floats
    se: Floats
    cv: Floats
    deff: Floats
    ess: Floats
    df: Ints
    n: Ints
    cases: Ints
    missing: Ints
    weighted: Floats
    proportion: Flags
    total: Flags
    planned: Flags
    half_width: Floats | None = None
    census: bool = False


Meets = Callable[[Evidence], Flags]
Kind = Literal["all", "proportions", "others"]
Measure = Literal["n", "cases", "df", "ess", "weighted"]


@dataclass(frozen=True)
class Criterion:
    """One demand: who meets it, the verdict of failing it, and the words for that.

    `{count}` in the words stands for the cell's own count, and only where it stays public.
    """

    verdict: Reliability
    meets: Meets
    words: Text
    count: Callable[[Evidence], Ints] | None = None


@dataclass(frozen=True)
class Profile:
    """A named set of criteria; a cell gets the worst verdict of those it fails.

    A criterion that cannot be computed (NaN) is failed: what is not shown is not met.
    """

    version: str
    source: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Verdicts:
    """One verdict and its reason for every cell."""

    reliability: tuple[Reliability, ...]
    reasons: tuple[Text, ...]


RANKS = (Reliability.RELIABLE, Reliability.WEAK, Reliability.UNRELIABLE)
NO_ESTIMATE = Text(
    "No estimate exists: nobody answered, or the denominator is 0.",
    "No existe estimación: nadie respondió, o el denominador es 0.",
)


def judge(profile: Profile, evidence: Evidence) -> Verdicts:
    """One verdict for every cell, whatever the input: the worst of the criteria it fails.

    NONE where there is no estimate; RELIABLE where nothing was sampled.
    """
    shown = with_known_error(evidence)
    ranks = np.zeros(len(shown.value), dtype=np.int64)
    failed = np.full(len(shown.value), -1)
    for index, criterion in enumerate(() if evidence.census else profile.criteria):
        worse = ~criterion.meets(shown) & (RANKS.index(criterion.verdict) > ranks)
        ranks[worse] = RANKS.index(criterion.verdict)
        failed[worse] = index
    exists = np.isfinite(shown.value) & (shown.n > 0)
    return Verdicts(
        tuple(
            RANKS[rank] if there else Reliability.NONE
            for rank, there in zip(ranks, exists, strict=True)
        ),
        tuple(
            reason(profile, shown, cell, int(index)) if there else NO_ESTIMATE
            for cell, (index, there) in enumerate(zip(failed, exists, strict=True))
        ),
    )


def with_known_error(evidence: Evidence) -> Evidence:
    """With cv 0, design effect 1 and ESS n where the standard error is 0.

    Nothing varied there, so those three are 0/0; the count says what can be said.
    """
    flat = evidence.se == 0
    return replace(
        evidence,
        cv=np.where(flat, 0.0, evidence.cv),
        deff=np.where(flat, 1.0, evidence.deff),
        ess=np.where(flat, evidence.n.astype(np.float64), evidence.ess),
    )


def reason(profile: Profile, evidence: Evidence, cell: int, failed: int) -> Text:
    if failed < 0:
        met = ("all criteria met", "cumple todos los criterios")
        if evidence.census:
            met = ("nothing was sampled", "no hay muestreo")
        return Text(f"{profile.version}: {met[0]}.", f"{profile.version}: {met[1]}.")
    criterion = profile.criteria[failed]
    count = int(criterion.count(evidence)[cell]) if criterion.count else 0
    return Text(
        f"{profile.version}: {criterion.words.en.format(count=count)}.",
        f"{profile.version}: {criterion.words.es.format(count=count)}.",
    )


SHORT = {
    "n": Text("fewer than {limit} respondents", "menos de {limit} informantes"),
    "cases": Text("fewer than {limit} cases", "menos de {limit} casos"),
    "df": Text("fewer than {limit} degrees of freedom", "menos de {limit} grados de libertad"),
    "ess": Text(
        "effective sample size below {limit}", "tamaño efectivo de muestra menor que {limit}"
    ),
    "weighted": Text(
        "stands for fewer people than {limit}", "representa a menos personas que {limit}"
    ),
}
COUNTED = {
    "n": Text("{count} respondents, fewer than {limit}", "{count} informantes, menos de {limit}"),
    "cases": Text("{count} cases, fewer than {limit}", "{count} casos, menos de {limit}"),
    "df": Text(
        "{count} degrees of freedom, fewer than {limit}",
        "{count} grados de libertad, menos de {limit}",
    ),
}


def at_least(measure: Measure, limit: float, verdict: Reliability) -> Criterion:
    """The measure must reach the limit. Where the value is published, the words tell the count."""
    told = verdict is Reliability.WEAK and measure in COUNTED
    words = (COUNTED if told else SHORT)[measure]
    said = f"{limit:.12g}"
    return Criterion(
        verdict,
        lambda evidence: measured(evidence, measure) >= limit,
        Text(words.en.replace("{limit}", said), words.es.replace("{limit}", said)),
        (lambda evidence: measured(evidence, measure).astype(np.int64)) if told else None,
    )


def measured(evidence: Evidence, measure: Measure) -> Floats:
    values: Floats = np.asarray(getattr(evidence, measure), dtype=np.float64)
    return values


def cv_within(
    limit: float, verdict: Reliability, kind: Kind = "all", strict: bool = False
) -> Criterion:
    """The coefficient of variation must not pass the limit; `strict`: it must stay below.

    Not asked of gaps: `gap_within` is, with the same limit.
    """

    def meets(evidence: Evidence) -> Flags:
        within = evidence.cv < limit if strict else evidence.cv <= limit
        return within | ~concerns(evidence, kind) | is_gap(evidence)

    sign = "≥" if strict else ">"
    return Criterion(
        verdict,
        meets,
        Text(
            f"coefficient of variation {sign} {limit:.0%}",
            f"coeficiente de variación {sign} {limit:.0%}",
        ),
    )


def gap_within(limit: float, verdict: Reliability) -> Criterion:
    """Half the interval of a gap must not pass the limit, in parts of one; asked of gaps only."""
    points = f"{100 * limit:.12g}"
    return Criterion(
        verdict,
        lambda evidence: ~is_gap(evidence) | (half_width(evidence) <= limit),
        Text(
            f"interval of the gap wider than ±{points} points",
            f"intervalo de la brecha mayor que ±{points} puntos",
        ),
    )


def is_gap(evidence: Evidence) -> Flags:
    gap: Flags = ~np.isnan(half_width(evidence))
    return gap


def half_width(evidence: Evidence) -> Floats:
    if evidence.half_width is None:
        return np.full(len(evidence.value), np.nan)
    return evidence.half_width


def concerns(evidence: Evidence, kind: Kind) -> Flags:
    if kind == "all":
        return np.ones_like(evidence.proportion)
    return evidence.proportion if kind == "proportions" else ~evidence.proportion


def log_cv(evidence: Evidence) -> Floats:
    """The coefficient of variation of the logarithm of a proportion, or of its complement.

    cv / (-ln p) below one half, cv / (-ln (1 - p)) from there on; NaN if no proportion.
    """
    share = np.where(evidence.proportion, evidence.value, np.nan)
    with np.errstate(all="ignore"):
        result: Floats = evidence.cv / -np.log(np.where(share < 0.5, share, 1 - share))
    return result


VARIES = Criterion(
    Reliability.WEAK,
    lambda evidence: evidence.se != 0,
    Text(
        "no variation in the sample, so its error cannot be estimated",
        "sin variación en la muestra, por lo que su error no puede estimarse",
    ),
)
"""A standard error of 0 is not certainty: such a cell is flagged even where it meets all else."""
