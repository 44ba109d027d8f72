"""The only door from cells to observations."""

from collections.abc import Sequence
from datetime import date

from cauce.model.arrays import Flags
from cauce.model.audit import Cited, Withheld
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.observation import Observations
from cauce.model.pack import MinRespondents, Rules
from cauce.model.release import Release
from cauce.model.terms import Terms
from cauce.protect.account import account, withheld_of
from cauce.protect.clear import clear, withheld_words
from cauce.protect.complete import complete
from cauce.protect.differences import differences
from cauce.protect.forced import rows_of
from cauce.protect.possible import with_possible
from cauce.protect.primary import primary_of
from cauce.protect.safeguards import in_force
from cauce.protect.secondary import secondary
from cauce.protect.system import united
from cauce.protect.system.frames import Judged
from cauce.protect.table import table
from cauce.protect.thresholds import minimum_in_force, reference_date
from cauce.protect.verdicts import chosen_profile, verdicts

NOT_AUDITED = "linked tables not audited"


def protect(
    cells: Sequence[Cells],
    terms: Terms,
    day: date | None = None,
    comparisons: Sequence[Comparisons] = (),
    forced: Sequence[Cited] = (),
) -> Release:
    """Give every cell its two verdicts and release what may be said.

    Args:
        cells: every table of the release together; each wave of a dataflow comes as its own.
        terms: whose numbers these are, and the rules on respondents, dominance and reliability.
        comparisons: of those cells; each is released if both of its cells are.
        day: the day whose rules are in force; the last day of the latest period if None.
        forced: cells to be published before all others, whatever must be withheld instead; those
            that are primary stay withheld.

    Raises:
        BadInput: no minimum of respondents is in force on that day; a reliability profile does not
            exist or lacks its limits; waves of a dataflow do not fit together.

    Source: secondary suppression after Langsrud (2024), by Gaussian elimination.
    """
    waves: dict[str, list[Cells]] = {}
    for wave in cells:
        waves.setdefault(wave.dataflow.id, []).append(wave)
    tables = [complete(table(one)) for one in waves.values()]
    on = day or reference_date(period for one in tables for period in one.periods)
    minimum = minimum_in_force(terms, on)
    rules = [in_force(terms.rules, one.cells.dataflow, on) for one in tables]
    full = [with_possible(one, of.own) for one, of in zip(tables, rules, strict=True)]
    judged = [
        Judged(one, primary_of(one, minimum.value, of), rows_of(one, forced))
        for one, of in zip(full, rules, strict=True)
    ]
    withheld = secondary(judged, united(judged, terms.nestings))
    made = [
        observations(one, also, of, minimum)
        for one, also, of in zip(judged, withheld, rules, strict=True)
    ]
    flows = tuple(flow for flow, _ in made)
    return Release(
        survey=terms.survey,
        vintage=terms.vintage,
        flows=flows,
        differences=differences(comparisons, flows),
        audited=False,
        notes=(NOT_AUDITED,),
        audit=account(
            sum(len(flow.value) for flow in flows), [one for _, each in made for one in each]
        ),
    )


def observations(
    judged: Judged, withheld: Flags, rules: Rules, minimum: MinRespondents
) -> tuple[Observations, tuple[Withheld, ...]]:
    """The observations of a dataflow, and which of them are withheld as confidential and why."""
    table = judged.table
    chosen = chosen_profile(table, rules)
    words = withheld_words(minimum, rules, bool(table.amount.any()))
    cleared = clear(table, judged.primary, withheld, verdicts(table, chosen), words, chosen)
    return cleared, tuple(withheld_of(table, judged.primary, withheld))


def needs_acceptance(terms: Terms) -> bool:
    """Must somebody accept that linked tables are not audited before this is released?"""
    return terms.confidential
