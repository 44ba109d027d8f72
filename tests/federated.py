"""Small surveys of invented countries, what is released of them, and what may be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from cauce.estimate import confirmed, design_from_labels, estimate
from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.design import SinglePsu
from cauce.model.indicator import Estimator, Indicator
from cauce.model.missing import Missing
from cauce.model.moments import Moments, Sent
from cauce.model.pack import MinRespondents, Rules
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.sample import Sample, Score
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.protect import protect, to_send

NUMBERS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")
COUNTS = ("df", "n", "cases", "missing", "psus", "strata")
WORDS = ("obs_status", "conf_status", "reliability", "rule")
SEXES = ("_T", "M", "F", "_U", "_Z")


def text(word: str) -> Text:
    return Text(word, word)


def dimension(name: str, *codes: str, additive: bool = False) -> Dimension:
    return Dimension(
        name, text(name), tuple(Code(one, text(one)) for one in codes), f"CL_{name}", additive
    )


def indicator(name: str, estimator: Estimator, scale: float = 1.0, over: str = "") -> Indicator:
    universe = "TRUE" if name != "PAY" else "WORKS"
    return Indicator(
        name, text(name), text(name), estimator, universe, name, over, "U", scale, 0, ""
    )


INDICATORS = (
    indicator("POP", "total"),
    indicator("RATE", "rate", 100.0),
    indicator("PAY", "mean"),
    indicator("COST", "ratio", 100.0, over="PAY"),
    indicator("MONEY", "total"),
    indicator("GINI", "gini"),
)


def flow_of(
    area: str = "XAA",
    indicators: Sequence[Indicator] = INDICATORS,
    single_psu: SinglePsu = "refuse",
    table: str = "WORK",
    survey: str = "LFS",
) -> Dataflow:
    return Dataflow(
        f"{area}_{survey}_{table}",
        "1.0",
        text(table),
        (
            dimension("FREQ", "A"),
            dimension("REF_AREA", area),
            dimension("INDICATOR", *(one.id for one in indicators)),
            dimension("SEX", *SEXES, additive=True),
            dimension("ZONE", "_T", "A", "B", "C", "_U", "_Z", additive=True),
            dimension("TIME_PERIOD", "2020"),
        ),
        tuple(indicators),
        Source(survey, area, text(area), text("people"), "free", "us", True),
        Method("Taylor", single_psu, "survey", "none", "ilo", ""),
    )


def survey_of(
    seed: int = 1,
    strata: int = 6,
    psus: int = 4,
    people: int = 12,
    single_psu: SinglePsu = "refuse",
    missing: float = 0.02,
) -> Sample:
    """A stratified sample; under `average` its last stratum has a single PSU."""
    random = np.random.default_rng(seed)
    sizes = random.integers(people // 2, people * 2, strata * psus)
    if single_psu != "refuse":
        sizes = sizes[: len(sizes) - psus + 1]
    psu = np.repeat(np.arange(len(sizes)), sizes)
    n = len(psu)
    design = design_from_labels(psu // psus, psu, random.uniform(5, 40, n), single_psu=single_psu)
    sex = np.where(random.random(n) < 0.02, Missing.REFUSED, random.integers(0, 2, n))
    zone = random.choice(3, n, p=[0.6, 0.3, 0.1])
    lost = random.random(n) < missing
    inside = ~lost
    works = inside & (random.random(n) < 0.7)
    pay = random.lognormal(8, 0.7, n)
    cost = pay * random.uniform(0, 1, n)
    flag = (random.random(n) < 0.3) * 1.0
    gone = lost if lost.any() else None
    scores = (
        Score("POP", np.ones(n, bool), np.ones(n), None, 0, False, "total"),
        Score("RATE", inside, flag, None, int(lost.sum()), False, "rate", gone),
        Score("PAY", works, pay, None, int(lost.sum()), True, "mean", gone),
        Score("COST", works, cost, pay, int(lost.sum()), True, "ratio", gone),
        Score("MONEY", works, pay, None, int(lost.sum()), True, "total", gone),
        Score("GINI", works, pay, None, int(lost.sum()), True, "gini", gone),
    )
    columns = {"SEX": sex.astype(np.int32), "ZONE": zone.astype(np.int32)}
    return Sample("2020", design, columns, scores)


def terms_of(area: str = "XAA", minimum: int = 3, survey: str = "LFS") -> Terms:
    rules = Rules("ilo", (MinRespondents(date(2000, 1, 1), minimum, "Order 1"),), 0, 0.0, "")
    return Terms(f"{area}_{survey}", "2020", rules)


def provenance(area: str = "XAA") -> Provenance:
    file = InputFile("file.csv", "0" * 64, 10, "2020", 500)
    return Provenance(f"{area}/LFS", "1" * 64, (file,), "0", "2" * 64, "here", ("ilo",))


@dataclass(frozen=True)
class Made:
    """A country's release from its rows, the cells behind it, and what may be sent."""

    release: Release
    cells: tuple[Cells, ...]
    sent: Sent

    @property
    def moments(self) -> Moments:
        return self.sent.flows[0]


def made(
    sample: Sample,
    flow: Dataflow | None = None,
    minimum: int = 3,
) -> Made:
    flow = flow or flow_of()
    cells = estimate(sample, [flow])
    return made_of(cells, flow, minimum)


def made_of(cells: tuple[Cells, ...], flow: Dataflow, minimum: int = 3) -> Made:
    area = flow.source.area
    terms = terms_of(area, minimum, flow.source.survey)
    release = replace(protect(cells, terms), provenance=provenance(area))
    fewest, flows = to_send(release, cells, terms)
    own = tuple(confirmed(a, b) for a, b in zip(flows, release.flows, strict=True))
    assert release.provenance is not None
    sent = Sent(
        release.survey, release.vintage, fewest, own, release.differences, (), (),
        release.provenance,
    )  # fmt: skip
    return Made(release, cells, sent)


def at(moments: Moments, **codes: str) -> int:
    """The row of the cell with these codes, at the total of all else."""
    return row_of(moments.dataflow, moments.observations.key, **codes)


def row_of(flow: Dataflow, key: np.ndarray, **codes: str) -> int:
    wanted = []
    for one in flow.dimensions:
        names = [code.id for code in one.codes]
        wanted.append(names.index(codes.get(one.id, names[0])))
    [row] = np.flatnonzero((key == wanted).all(axis=1))
    return int(row)


def same(one: object, other: object) -> None:
    """Assert that two sets of observations are equal to the last bit, words included."""
    for name in (*NUMBERS, *COUNTS):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    for name in WORDS:
        assert getattr(one, name) == getattr(other, name), name
