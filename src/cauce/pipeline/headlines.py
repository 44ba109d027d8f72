"""The figures the office published, beside ours."""

import math
from collections.abc import Iterator, Sequence

from cauce.harmonise import headline_key
from cauce.model.observation import Observations
from cauce.model.pack import HeadlineSpec, Pack
from cauce.model.release import Headline, Release
from cauce.model.rule import rule_in


def compare_headlines(pack: Pack, release: Release) -> tuple[Headline, ...]:
    """Every declared headline with the value of the release; NaN where the release withholds it."""
    dataflows = tuple(flow.dataflow for flow in release.flows)
    found = []
    for spec in pack.headlines:
        flow, key = headline_key(pack, spec, dataflows)
        found.append(_compare(spec, _value(release.flows[flow], key)))
    return tuple(found)


def missed_headlines(pack: Pack, headlines: Sequence[Headline]) -> Iterator[str]:
    """A sentence for every headline that is not reproduced and not explained in the pack."""
    for spec, one in zip(pack.headlines, headlines, strict=True):
        if one.matches or spec.because:
            continue
        ours = f"computed is {one.computed:,.12g}"
        if math.isnan(one.computed):
            ours = "ours is withheld or does not exist, and cannot be compared"
        yield (
            f"{spec.place.file}, line {spec.place.line}: {rule_in(one.name, 'en')} of "
            f"{spec.period}, published as {one.published:,.12g} (± {one.tolerance:g}; "
            f"{one.source}), is not reproduced: {ours}. Correct the pack, or explain the "
            "difference: because = … in [[headline]]."
        )


def _value(observations: Observations, key: tuple[int, ...]) -> float:
    rows = (observations.key == key).all(axis=1).nonzero()[0]
    return float(observations.value[rows[0]]) if len(rows) else math.nan


def _compare(spec: HeadlineSpec, computed: float) -> Headline:
    # A hair of slack, so that 17.35 published as 17.4 is not refused for its last binary digit.
    matches = abs(computed - spec.value) <= spec.tolerance * (1 + 1e-9)
    because = "" if matches else spec.because
    return Headline(spec.name, spec.value, computed, spec.tolerance, spec.source, matches, because)
