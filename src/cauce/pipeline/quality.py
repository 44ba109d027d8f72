"""The quality of a release, gathered from the run itself."""

from collections.abc import Sequence

import numpy as np

from cauce.estimate import counts_of, exact_sum, influences
from cauce.harmonise import accepted_in, rules_said, set_faults
from cauce.model.observation import Observations
from cauce.model.pack import Pack
from cauce.model.quality import Quality
from cauce.model.sample import Sample
from cauce.model.wave_facts import WaveFacts
from cauce.pipeline.gates import margins_in
from cauce.pipeline.packs import terms_of
from cauce.protect import clear_wave, minimum_in_force, reference_date

ORDERS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)


def fewest_of(pack: Pack) -> int:
    """The minimum of respondents in force when the release is."""
    day = reference_date(wave.period for wave in pack.waves)
    return minimum_in_force(terms_of(pack), day).value


def facts_of(sample: Sample, group: int) -> WaveFacts:
    """What is known of a wave as a whole, before anything is cleared.

    Args:
        group: how many of the most influential respondents are looked at together.
    """
    design, weight = sample.design, sample.design.weight
    counts = counts_of(design)
    weighted = exact_sum(weight)
    quantiles = np.quantile(weight, ORDERS).tolist()
    return WaveFacts(
        period=sample.period,
        rows=len(weight),
        strata=counts.strata,
        psus=counts.psus,
        lonely=counts.lonely,
        weighted=weighted,
        kish=int((weight > 0).sum()) * exact_sum(weight**2) / weighted**2,
        quantiles=tuple(zip(ORDERS, quantiles, strict=True)),
        reasons=sample.reasons,
        findings=sample.findings,
        influences=influences(design, sample.scores, group),
        raised=sample.raised,
    )


def quality_of(pack: Pack, waves: Sequence[WaveFacts], flows: Sequence[Observations]) -> Quality:
    """What may be published of the quality of a release."""
    fewest = fewest_of(pack)
    faults = set_faults(pack)
    return Quality(
        fewest=fewest,
        rules=rules_said(pack),
        waves=tuple(
            clear_wave(
                facts,
                flows,
                margins_in(pack, facts.period),
                accepted_in(pack, facts.period),
                pack.dictionary,
                pack.rules,
                fewest,
            )
            for facts in waves
        ),
        contradictions=len(faults.contradictions) + len(faults.never_pass),
        undecided=len(faults.undecided),
    )
