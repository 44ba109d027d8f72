"""People from the origin in the destination's own surveys, beside those from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.portal.corridor.ends import Ends, criterion_of
from cauce.portal.corridor.testing import Compared, Pairing, contrast
from cauce.portal.origins import INDICATOR, ORIGIN, Table, Tables
from cauce.portal.words import Words
from cauce.publish.brief.told import Basis, Contrast, Contrasts

LABOUR = ("EAP_DWAP", "EMP_DWAP", "UNE_DEAP", "LUU_XLU4")
JOB = (
    "EMP_NIFL_RT", "SOC_RT", "TRU_DEMP", "LMIS_G48_CBR", "LMIS_SLF_CBR", "LMIS_ELM_CBR",
    "LMIS_DOM_CBR", "EES_XTMP", "HOW_TEMP", "HOW_UEMP",
)  # fmt: skip
COUNTS = ("POP", "POP_XWAP", "EAP_TEAP", "EMP_TEMP", "UNE_TUNE")
"""Indicators of the catalogue that a corridor asks for, in this order."""


@dataclass(frozen=True)
class Survey:
    """Tables of one survey by one criterion, of one period and standard: what may be compared."""

    tables: tuple[Table, ...]
    criterion: str
    period: str
    icls: str
    pairing: Pairing

    def table(self, indicator: str, own: frozenset[str] = frozenset()) -> Table | None:
        """The table with an indicator and these dimensions that has the fewest others."""
        fits = [
            each
            for each in self.tables
            if each.has(INDICATOR, indicator) and own <= {d.id for d in each.flow.dimensions}
        ]
        return min(
            fits,
            key=lambda each: (len(each.flow.dimensions), -len(each.flow.indicators)),
            default=None,
        )

    def names(self, words: Words) -> tuple[str, str]:
        """What natives and movers are called."""
        dimensions = self.tables[0].flow.dimensions
        codes = next(d.codes for d in dimensions if d.id == self.pairing.dimension)
        called = {code.id: words.of(code.name) for code in codes}
        return called[self.pairing.natives], called[self.pairing.movers]

    def wanted(self, indicator: str, table: Table, **more: str) -> dict[str, str]:
        """The codes of a row but for the two compared."""
        return {INDICATOR: indicator, table.flow.dimensions[-1].id: self.period, **more}


def surveys(tables: Tables, ends: Ends) -> tuple[Survey, ...]:
    """What the destination's surveys tell of the origin: for each criterion the fullest, latest.

    Figures by another standard or of another wave stand on pages of their own.
    """
    found: dict[tuple[str, str, str, str, str], list[Table]] = {}
    for manifest in tables.manifests:
        flow = manifest.dataflow
        if flow.source.area != ends.destination or any(d.id == ORIGIN for d in flow.dimensions):
            continue
        for d in flow.dimensions:
            if criterion_of(d) and {ends.origin, ends.destination} <= {c.id for c in d.codes}:
                table = tables.table(manifest)
                last = table.period(int(table.observations.key[:, -1].argmax()))
                of = criterion_of(d), flow.source.survey, last, flow.method.icls, d.id
                found.setdefault(of, []).append(table)
    best: dict[str, Survey] = {}
    order = sorted(found.items(), key=lambda each: (each[0][2], len(each[1]), each[0]))
    for (criterion, _, period, icls, dimension), own in order:
        pairing = Pairing(dimension, ends.destination, ends.origin)
        best[criterion] = Survey(tuple(own), criterion, period, icls, pairing)
    return tuple(best[criterion] for criterion in sorted(best))


def lines(
    survey: Survey, indicators: Sequence[str], compared: Compared, words: Words
) -> tuple[Contrast, ...]:
    """A line for each indicator the survey has."""
    found = []
    for indicator in indicators:
        table = survey.table(indicator)
        if table is not None:
            wanted = survey.wanted(indicator, table)
            found.append(contrast(table, wanted, survey.pairing, compared, words))
    return tuple(each for each in found if each is not None)


def under(
    survey: Survey, found: Sequence[Contrast], indicators: Sequence[str], caption: str, words: Words
) -> tuple[Contrasts, ...]:
    """The lines with who is compared, by what criterion, of what age, when and by what standard."""
    if not found:
        return ()
    used = [i for t in survey.tables for i in t.flow.indicators if i.id in indicators]
    ages = sorted({words.known(f"c_ages_{i.age}", i.age) for i in used if i.age})
    icls = words("c_icls", number=survey.icls) if survey.icls else words("c_icls_none")
    of = (caption, words(f"c_by_{survey.criterion}"), *ages, survey.period, icls)
    href = next((each.href for each in bases(survey, indicators, words)), "")
    return (Contrasts(" · ".join(of), *survey.names(words), tuple(found), href),)


def bases(survey: Survey, indicators: Sequence[str], words: Words) -> tuple[Basis, ...]:
    """One line for all tables of a survey, linked to the first that has what is asked."""
    for indicator in indicators:
        table = survey.table(indicator)
        if table is not None:
            return (table.basis(survey.period, words, INDICATOR=indicator),)
    return ()
