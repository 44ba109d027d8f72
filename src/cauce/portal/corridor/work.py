"""Movers in the destination's survey: how many, in work or not, and how good the jobs are."""

from collections.abc import Sequence

from cauce.model.codelist import TOTAL
from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.paired import paired
from cauce.portal.corridor.survey import COUNTS, JOB, LABOUR, Survey, bases, lines, under
from cauce.portal.corridor.testing import Compared
from cauce.portal.origins import Table
from cauce.portal.words import Words
from cauce.publish.brief.told import Grid, Missing, Section, Tile


def work(
    found: Sequence[Survey], compared: Compared, ends: Ends, words: Words
) -> Section | Missing:
    """Participation, unemployment, and how good the jobs are, beside natives."""
    asked = (*LABOUR, *JOB)
    contrasts = [
        each
        for survey in found
        for each in under(
            survey, lines(survey, asked, compared, words), asked, words("c_work"), words
        )
    ]
    if not contrasts:
        return Missing("work", words("c_work"), words("c_work_needs", **ends.names))
    survey = found[0]
    rates = [
        (table, i, dict[str, str](), table.indicator_name(i, words))
        for i in asked
        if (table := survey.table(i)) and table.unit(i) == "PT"
    ]
    return Section(
        id="work",
        title=words("c_work"),
        lead=_lead(survey, ends, words),
        pictures=paired(survey, rates, words("c_work_picture"), words),
        contrasts=tuple(contrasts),
        grids=_sexes(survey, words),
        notes=(words("c_pairs_read"), words("c_work_universe"), words("c_work_test")),
        bases=tuple(each for s in found for each in bases(s, asked, words)),
    )


def work_tiles(found: Sequence[Survey], words: Words) -> tuple[Tile, ...]:
    """How many movers work there, and how many of them informally."""
    tiles = []
    for indicator in ("EMP_TEMP", "EMP_NIFL_RT"):
        for survey in found[:1]:
            table = survey.table(indicator)
            rows = _movers(survey, table, indicator) if table else []
            if table and rows:
                told = table.figure(rows[-1], words)
                number = (
                    f"{told.value} %"
                    if told.value and table.unit(indicator) == "PT"
                    else told.value
                )
                note = told.interval and words("c_interval", interval=told.interval)
                name = words.of(table.indicator(rows[-1]).name)
                tiles.append(
                    Tile(name, number or told.why, f"{note} · {survey.period}".strip(" ·"))
                )
    return tuple(tiles)


def _movers(survey: Survey, table: Table, indicator: str) -> list[int]:
    own = {survey.pairing.dimension: survey.pairing.movers}
    return table.rows({**survey.wanted(indicator, table), **own})


def _lead(survey: Survey, ends: Ends, words: Words) -> str:
    """How many movers the survey finds, by the widest count it has."""
    for indicator in COUNTS:
        table = survey.table(indicator)
        rows = _movers(survey, table, indicator) if table else []
        if table and rows and table.value(rows[-1]) is not None:
            told = table.figure(rows[-1], words)
            return words(
                "c_work_lead",
                **ends.names,
                survey=words.of(table.flow.source.name),
                count=told.value,
                interval=told.interval,
                what=words.of(table.indicator(rows[-1]).name),
                n=told.n,
            )
    return words("c_work_lead_none", survey=words.of(survey.tables[0].flow.source.name))


def _sexes(survey: Survey, words: Words) -> tuple[Grid, ...]:
    """Movers by sex, counted."""
    rows: list[tuple[str, ...]] = []
    for indicator in COUNTS[1:]:
        table = survey.table(indicator, frozenset({"SEX"}))
        if table is None:
            continue
        own = {survey.pairing.dimension: survey.pairing.movers}
        told = []
        for sex in (TOTAL, "F", "M"):
            found = table.rows({**survey.wanted(indicator, table, SEX=sex), **own})
            one = table.number(found[-1] if found else None, words)
            told.append(f"{one.told} ({one.interval})" if one.interval else one.told or one.why)
        rows.append((table.indicator_name(indicator, words), *told))
    heads = ("", words("total"), words("c_women"), words("c_men"))
    return (Grid(words("c_work_sexes"), heads, tuple(rows)),) if rows else ()
