"""The only door from cells to observations."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from cauce.model.arrays import Flags
from cauce.model.audit import MOVED, REPAIRED, SECONDARY, Cited, Withheld
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.observation import Observations
from cauce.model.pack import MinRespondents, Rules
from cauce.model.release import Release
from cauce.model.retained import Retained
from cauce.model.terms import Terms
from cauce.protect.account import account, withheld_of
from cauce.protect.clear import clear, withheld_words
from cauce.protect.complete import complete
from cauce.protect.differences import differences
from cauce.protect.forced import rows_of
from cauce.protect.gate import BUDGET, Asked, Progress, Tried, silent, tried
from cauce.protect.noise import check_choices, check_vintages, method_of, with_noise
from cauce.protect.possible import with_possible
from cauce.protect.primary import primary_of
from cauce.protect.recoded import check_recoded
from cauce.protect.safeguards import in_force
from cauce.protect.system import united
from cauce.protect.system.frames import Judged
from cauce.protect.system.recalled import rows
from cauce.protect.system.shared import shared
from cauce.protect.table import Table, table
from cauce.protect.thresholds import minimum_in_force, reference_date
from cauce.protect.trees import check_trees
from cauce.protect.verdicts import chosen_profile, verdicts


def protect(
    cells: Sequence[Cells],
    terms: Terms,
    day: date | None = None,
    comparisons: Sequence[Comparisons] = (),
    budget_seconds: float = BUDGET,
    progress: Progress = silent,
    secret: bytes = b"",
    retained: Sequence[Retained] = (),
    forced: Sequence[Cited] = (),
) -> Release:
    """Give every cell its two verdicts and release what may be said.

    Args:
        cells: every table of the release together; each wave of a dataflow comes as its own.
        terms: whose numbers these are, and the rules on respondents, dominance and reliability.
        day: the day whose rules are in force; the last day of the latest period if None.
        comparisons: of those cells; each is released if both of its cells are.
        budget_seconds: how long the audit may take.
        secret: from which noise is made where a dataflow chooses it; it goes nowhere.
        retained: earlier vintages of the survey that are still public, or were.
        forced: cells to be published before all others, whatever must be withheld instead; those
            that are primary stay withheld.

    Raises:
        BadInput: no minimum of respondents is in force on that day; a reliability profile does not
            exist or lacks its limits; waves of a dataflow do not fit together; codes of a dimension
            overlap; methods that undo each other were chosen; a public vintage tells the same in
            another way, or by codes of which nobody says what they became; an attacker finds what
            is withheld, or does not finish in time.

    Source: secondary suppression after Langsrud (2024), by Gaussian elimination; audited by linear
        programmes after Fischetti & Salazar (2001).
    """
    waves: dict[str, list[Cells]] = {}
    for wave in cells:
        waves.setdefault(wave.dataflow.id, []).append(wave)
    tables = shared([complete(table(one)) for one in waves.values()])
    check_trees(tables, terms.nestings)
    on = day or reference_date(period for one in tables for period in one.periods)
    minimum = minimum_in_force(terms, on)
    rules = [in_force(terms.rules, one.cells.dataflow, on) for one in tables]
    pairs = list(zip(tables, rules, strict=True))
    check_choices([(one.cells.dataflow, of) for one, of in pairs])
    noisy = {
        number: with_noise(
            one, method, of, minimum, chosen_profile(one, of), secret, budget_seconds
        )
        for number, (one, of) in enumerate(pairs)
        if (method := method_of(one.cells.dataflow, of)) is not None
    }
    judged = {
        number: judged_by(one, of, minimum, forced)
        for number, (one, of) in enumerate(pairs)
        if number not in noisy
    }
    asked = Asked(minimum.value, budget_seconds, progress)
    public = rows(retained, {one.cells.dataflow.id: one.cells.dataflow for one in tables})
    found = [
        tried(one, every, [row for at in one.places for row in public.get(at, ())], asked)
        for one, every in united(list(judged.values()), terms.nestings)
    ]
    shut = {
        number: observations(one, flagged(at, one, found), rules[number], minimum)
        for at, (number, one) in enumerate(judged.items())
    }
    made = [shut[at] if at in shut else (noisy[at], ()) for at in range(len(tables))]
    flows = tuple(flow for flow, _ in made)
    still = [one.dataflow for each in retained if not each.gone for one in each.flows]
    check_vintages([one.dataflow for one in flows], still)
    check_recoded(flows, retained)
    return Release(
        survey=terms.survey,
        vintage=terms.vintage,
        flows=flows,
        differences=differences(comparisons, flows),
        audited=True,
        audit=account(
            sum(len(flow.value) for flow in flows),
            [one for _, each in made for one in each],
            [bound for one in found for bound in one.bounds],
            sum(one.seconds for one in found),
        ),
    )


def judged_by(
    table: Table, rules: Rules, minimum: MinRespondents, forced: Sequence[Cited] = ()
) -> Judged:
    """A table with every cell that could tell something, and what is sensitive for its own sake."""
    full = with_possible(table, rules.own)
    first = primary_of(full, minimum.value, rules)
    return Judged(full, first, rows_of(full, forced), rules.unit)


def flagged(number: int, judged: Judged, found: Sequence[Tried]) -> dict[str, Flags]:
    """The cells of a table withheld though no rule of their own asks for it, by the reason."""
    flags = {why: np.zeros_like(judged.primary.any) for why in (MOVED, REPAIRED, SECONDARY)}
    for one in found:
        spots = {MOVED: one.moved, REPAIRED: one.repaired, SECONDARY: one.closed}
        for why, own in spots.items():
            flags[why][[spot.row for spot in own if spot.section.number == number]] = True
    return flags


def observations(
    judged: Judged, besides: dict[str, Flags], rules: Rules, minimum: MinRespondents
) -> tuple[Observations, tuple[Withheld, ...]]:
    """The observations of a dataflow, and which of them are withheld as confidential and why."""
    table, chosen = judged.table, chosen_profile(judged.table, rules)
    words = withheld_words(minimum, rules, bool(table.amount.any()))
    also: Flags = np.any([*besides.values()], axis=0)
    cleared = clear(table, judged.primary, also, verdicts(table, chosen), words, chosen)
    return cleared, tuple(withheld_of(table, judged.primary, besides))
