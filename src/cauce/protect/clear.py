"""From cells and their two verdicts to observations."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import compress
from typing import Any

import numpy as np

from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.design import Unit
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text
from cauce.protect.grounds import also
from cauce.protect.primary import Primary
from cauce.protect.profiles import Profile, Verdicts
from cauce.protect.table import Table

RULES = "conf-5"
"""The version of the confidentiality rules, which goes with that of the reliability profile."""

STATUS = {
    Reliability.RELIABLE: ObsStatus.NORMAL,
    Reliability.WEAK: ObsStatus.LOW_RELIABILITY,
    Reliability.UNRELIABLE: ObsStatus.SUPPRESSED,
    Reliability.NONE: ObsStatus.NOT_POSSIBLE,
}
WHO: Mapping[Unit, Text] = {
    "row": Text("people", "personas"),
    "psu": Text("employers", "empleadores"),
}


def clear(
    table: Table,
    primary: Primary,
    secondary: Flags,
    verdicts: Verdicts,
    words: Text,
    profile: Profile,
) -> Observations:
    """The observations of a table: a value that is withheld takes every number along.

    Whatever a cell is withheld as confidential for, it looks the same but for its key: which are
    withheld for their own sake would tell a reader where the small numbers are. Where there is no
    estimate the counts stay: they say that nobody answered. Absent cells appear only where they are
    withheld.
    """
    closed = primary.any | secondary
    reliability = [
        Reliability.NONE if shut else verdict
        for shut, verdict in zip(closed, verdicts.reliability, strict=True)
    ]
    withheld = closed | np.array([one is Reliability.UNRELIABLE for one in reliability])
    said = ~withheld & np.array([one is not Reliability.NONE for one in reliability])
    cells, alike = table.cells, rule(words)

    def number(values: Floats, shown: Flags) -> Floats:
        return np.where(shown, values, np.nan)

    def count(values: Ints, shown: Flags) -> Codes:
        return np.where(shown, values, -1).astype(np.int32)

    observations = Observations(
        dataflow=stamped(cells.dataflow, profile),
        key=cells.key,
        value=number(cells.value, said),
        se=number(cells.se, said),
        cv=number(cells.cv, said),
        ci_low=number(cells.ci_low, said),
        ci_high=number(cells.ci_high, said),
        deff=number(cells.deff, said),
        ess=number(cells.ess, said),
        df=count(cells.df, ~withheld),
        n=count(cells.n, ~withheld),
        cases=count(cells.cases, ~withheld & ~table.amount),
        missing=count(cells.missing, ~withheld),
        psus=count(cells.psus, ~withheld),
        strata=count(cells.strata, ~withheld),
        obs_status=tuple(
            ObsStatus.SUPPRESSED if shut else STATUS[verdict]
            for shut, verdict in zip(closed, reliability, strict=True)
        ),
        conf_status=tuple(ConfStatus.CONFIDENTIAL if shut else ConfStatus.FREE for shut in closed),
        reliability=tuple(reliability),
        rule=tuple(
            alike if shut else rule(reason)
            for shut, reason in zip(closed, verdicts.reasons, strict=True)
        ),
    )
    return only(observations, ~table.absent | closed)


def only(observations: Observations, rows: Flags) -> Observations:
    """Some of the observations."""
    kept: dict[str, Any] = {}
    for field in fields(observations):
        column = getattr(observations, field.name)
        if isinstance(column, np.ndarray):
            kept[field.name] = column[rows]
        elif isinstance(column, tuple):
            kept[field.name] = tuple(compress(column, rows))
    return replace(observations, **kept)


def stamped(dataflow: Dataflow, profile: Profile) -> Dataflow:
    """The dataflow with the versions of the rules its verdicts were given by."""
    return replace(
        dataflow, method=replace(dataflow.method, rule_version=f"{profile.version}+{RULES}")
    )


def withheld_words(minimum: MinRespondents, rules: Rules, amounts: bool) -> Text:
    """What is said of every cell of a dataflow that is withheld as confidential: all its rules.

    One sentence for all of them: which rule a cell failed, and by how much, would narrow it.

    Args:
        amounts: whether the dataflow has indicators whose numerator is an amount.
    """
    said = tuple(_rules_said(minimum, rules, amounts))
    return Text(
        "Withheld as confidential, for its own sake or for that of another number: "
        f"{'; '.join(one.en for one in said)}.",
        "Retenido por confidencial, por sí mismo o para proteger otro número: "
        f"{'; '.join(one.es for one in said)}.",
    )


def _rules_said(minimum: MinRespondents, rules: Rules, amounts: bool) -> Iterator[Text]:
    """When a number is withheld for its own sake, rule by rule."""
    who = WHO[rules.unit]
    yield Text(
        f"fewer than {minimum.value} {who.en} stand behind a number, have what it counts, or lack "
        f"it ({rule_in(minimum.ground, 'en')})",
        f"menos de {minimum.value} {who.es} sustentan un número, tienen lo que cuenta o carecen de "
        f"ello ({rule_in(minimum.ground, 'es')})",
    )
    if amounts and rules.dominance_n:
        share, one = f"{rules.dominance_k:.12g}%", rules.dominance_n == 1
        yield Text(
            f"the {'largest contributor holds' if one else 'two largest contributors hold'} more "
            f"than {share} ({rule_in(rules.dominance_ground, 'en')})",
            f"{'el mayor contribuyente reúne' if one else 'los dos mayores contribuyentes reúnen'} "
            f"más del {share} ({rule_in(rules.dominance_ground, 'es')})",
        )
    yield from also(minimum, rules, amounts)
