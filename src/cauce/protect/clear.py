"""From cells and their two verdicts to observations."""

from collections.abc import Mapping
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
from cauce.protect.primary import Primary
from cauce.protect.profiles import Profile, Verdicts
from cauce.protect.table import Table

RULES = "conf-3"
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
SECONDARY = Text(
    "Withheld so that no other withheld number can be found by subtraction.",
    "Retenido para que ningún otro número retenido pueda hallarse por diferencia.",
)


def clear(
    table: Table,
    primary: Primary,
    secondary: Flags,
    verdicts: Verdicts,
    words: dict[ConfStatus, Text],
    profile: Profile,
) -> Observations:
    """The observations of a table: a value that is withheld takes every number along.

    Where there is no estimate the counts stay: they say that nobody answered. Absent cells appear
    only where they are withheld.
    """
    conf = [
        ConfStatus.SECONDARY if also else status
        for status, also in zip(primary.status(), secondary, strict=True)
    ]
    closed = primary.any | secondary
    reliability = [
        Reliability.NONE if shut else verdict
        for shut, verdict in zip(closed, verdicts.reliability, strict=True)
    ]
    withheld = closed | np.array([one is Reliability.UNRELIABLE for one in reliability])
    said = ~withheld & np.array([one is not Reliability.NONE for one in reliability])
    cells = table.cells

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
        conf_status=tuple(conf),
        reliability=tuple(reliability),
        rule=tuple(
            rule(words.get(status, reason))
            for status, reason in zip(conf, verdicts.reasons, strict=True)
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


def rule_words(minimum: MinRespondents, rules: Rules) -> dict[ConfStatus, Text]:
    """The words for each reason to withhold. They state the rule, the same for all of its cells.

    Which of the counts is small, and by how much, is not said: that would narrow it.
    """
    share = f"{rules.dominance_k:.12g}%"
    who = WHO[rules.unit]
    ground = (rule_in(minimum.ground, "en"), rule_in(minimum.ground, "es"))
    amount = (rule_in(rules.dominance_ground, "en"), rule_in(rules.dominance_ground, "es"))
    return {
        ConfStatus.SMALL_COUNT: Text(
            f"Fewer than {minimum.value} {who.en} stand behind the number, have what it counts, or "
            f"lack it ({ground[0]}).",
            f"Menos de {minimum.value} {who.es} sustentan el número, tienen lo que cuenta o "
            f"carecen de ello ({ground[1]}).",
        ),
        ConfStatus.DOMINANCE_ONE: Text(
            f"The largest contributor holds more than {share} ({amount[0]}).",
            f"El mayor contribuyente reúne más del {share} ({amount[1]}).",
        ),
        ConfStatus.DOMINANCE_TWO: Text(
            f"The two largest contributors hold more than {share} ({amount[0]}).",
            f"Los dos mayores contribuyentes reúnen más del {share} ({amount[1]}).",
        ),
        ConfStatus.SECONDARY: SECONDARY,
    }
