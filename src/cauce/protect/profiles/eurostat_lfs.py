"""The rule of the EU labour force survey: two limits a country sets, and item non-response."""

import numpy as np

from cauce.model.arrays import Flags
from cauce.model.observation import Reliability
from cauce.model.text import Text
from cauce.protect.profiles.criteria import Criterion, Evidence, Profile, at_least


def eurostat_lfs(lower: float, upper: float) -> Profile:
    """The profile with a country's limits a (`lower`) and b (`upper`), in people."""
    return Profile(
        version="eurostat_lfs-1",
        source="EU labour force survey, publication guidelines: limits a and b of the country",
        criteria=(
            at_least("weighted", lower, Reliability.UNRELIABLE),
            answered(0.30, Reliability.UNRELIABLE, strict=False),
            at_least("weighted", upper, Reliability.WEAK),
            answered(0.10, Reliability.WEAK, strict=True),
        ),
    )


def answered(limit: float, verdict: Reliability, strict: bool) -> Criterion:
    """The unweighted share of those who did not answer; not asked of totals."""

    def meets(evidence: Evidence) -> Flags:
        share = evidence.missing / np.maximum(evidence.n + evidence.missing, 1)
        within: Flags = evidence.total | (share < limit if strict else share <= limit)
        return within

    sign = "≥" if strict else ">"
    return Criterion(
        verdict,
        meets,
        Text(f"non-response {sign} {limit:.0%}", f"no respuesta {sign} {limit:.0%}"),
    )
