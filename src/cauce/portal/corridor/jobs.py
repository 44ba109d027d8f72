"""What jobs movers have: status, occupation and industry, beside those of natives."""

from collections.abc import Sequence

from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.paired import Named, paired
from cauce.portal.corridor.survey import Survey, bases, under
from cauce.portal.corridor.testing import Compared, contrast
from cauce.portal.origins import Table
from cauce.portal.words import Words
from cauce.publish.brief.told import Contrast, Contrasts, Missing, Picture, Section

CLASSES = ("STE", "OCU", "ECO")
"""What jobs are told apart by: status, occupation, industry."""


def jobs(
    found: Sequence[Survey], compared: Compared, ends: Ends, words: Words
) -> Section | Missing:
    """The shares of status, occupation and industry in the employment of movers and natives."""
    contrasts: list[Contrasts] = []
    pictures: list[Picture] = []
    asked: list[str] = []
    survey = found[0] if found else None
    for dimension in CLASSES if survey else ():
        if survey is None or (share := _share(survey, dimension)) is None:
            continue
        table, indicator = share
        classes = _classes(survey, table, indicator, dimension, words)
        named = [(table, indicator, {dimension: code}, name) for code, name in classes]
        told = _contrasts(survey, named, compared, words)
        title = words.of(next(d.name for d in table.flow.dimensions if d.id == dimension))
        contrasts += under(survey, told, [indicator], title, words)
        pictures += paired(survey, named, title, words)
        asked.append(indicator)
    if survey is None or not contrasts:
        return Missing("jobs", words("c_jobs"), words("c_jobs_needs", **ends.names))
    return Section(
        id="jobs",
        title=words("c_jobs"),
        lead=words("c_jobs_lead", **ends.names),
        pictures=tuple(pictures),
        contrasts=tuple(contrasts),
        notes=(words("c_pairs_read"), words("c_jobs_test")),
        bases=bases(survey, asked, words),
    )


def _share(survey: Survey, dimension: str) -> tuple[Table, str] | None:
    """The table that has shares within a dimension, and their indicator."""
    for table in survey.tables:
        for each in table.flow.indicators:
            if each.estimator == "share" and each.within == dimension:
                return table, each.id
    return None


def _classes(
    survey: Survey, table: Table, indicator: str, dimension: str, words: Words
) -> list[tuple[str, str]]:
    """The codes of a dimension that someone is in, those with most movers first."""
    codes = next(d.codes for d in table.flow.dimensions if d.id == dimension)
    found = []
    for at, code in enumerate(codes):
        if code.id.startswith("_"):
            continue
        wanted = survey.wanted(indicator, table, **{dimension: code.id})
        rows = table.rows(wanted, (survey.pairing.dimension,))
        if rows:
            movers = _value(survey, table, wanted)
            found.append((-movers, at, code.id, code.name))
    ordered = sorted(found, key=lambda each: each[:2])
    return [(code, words.of(name)) for _, _, code, name in ordered]


def _value(survey: Survey, table: Table, wanted: dict[str, str]) -> float:
    rows = table.rows({**wanted, survey.pairing.dimension: survey.pairing.movers})
    return (table.value(rows[-1]) or 0.0) if rows else 0.0


def _contrasts(
    survey: Survey, named: Sequence[Named], compared: Compared, words: Words
) -> list[Contrast]:
    found = (
        contrast(table, survey.wanted(i, table, **more), survey.pairing, compared, words, name)
        for table, i, more, name in named
    )
    return [each for each in found if each is not None]
