"""Years made of their quarters, for surveys whose packs ask for annual figures."""

from collections.abc import Sequence

from cauce.declare.problems import Problems
from cauce.model.errors import BadInput
from cauce.model.pack import Pack, Wave
from cauce.model.rule import rule
from cauce.model.text import Text

QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def years(pack: Pack) -> dict[str, tuple[Wave, ...]]:
    """The waves of every year that gets annual figures, by year; empty if the pack asks for none.

    Raises:
        BadInput: as `check_years` notes.
    """
    if not pack.survey.annual:
        return {}
    found: dict[str, tuple[Wave, ...]] = {}
    for wave in sorted(pack.waves, key=lambda wave: wave.period):
        year = wave.period.partition("-")[0]
        found[year] = (*found.get(year, ()), wave)
    if fault := _incomplete(pack, found):
        raise BadInput(fault)
    return found


def check_years(pack: Pack, problems: Problems) -> None:
    """Note annual figures asked of waves that are no quarters, or of years that lack some."""
    if not pack.survey.annual:
        return
    if pack.survey.freq != "Q" or not all(_is_quarter(wave.period) for wave in pack.waves):
        problems.add_told(
            "pack.toml: survey.annual asks for figures of years from their quarters, and not all "
            'waves are quarters. Leave it out, or say freq = "Q" and write periods as 2024-Q1.'
        )
        return
    try:
        years(pack)
    except BadInput as error:
        problems.add_told(f"pack.toml: {error}")


def _is_quarter(period: str) -> bool:
    return period.partition("-")[2] in QUARTERS


def _incomplete(pack: Pack, found: dict[str, tuple[Wave, ...]]) -> str:
    """Why some year may not have annual figures; "" if all may."""
    lacking = {
        year: told
        for year, waves in found.items()
        if (told := ", ".join(q for q in QUARTERS if q not in _quarters(waves)))
    }
    if pack.survey.annual == "partial" or not lacking:
        return ""
    years_lacking = "; ".join(f"{year} lacks {told}" for year, told in lacking.items())
    return (
        f"annual figures need whole years: {years_lacking}. Add the waves, leave `annual` out, or "
        'say annual = "partial": a year is then pooled from the quarters there are.'
    )


def _quarters(waves: Sequence[Wave]) -> set[str]:
    return {wave.period.partition("-")[2] for wave in waves}


def partial_years(pack: Pack) -> tuple[str, ...]:
    """A note on every year that is pooled from fewer than four quarters, in both languages."""
    return tuple(
        rule(
            Text(
                f"{year}: pooled from {len(waves)} of 4 quarters.",
                f"{year}: reúne {len(waves)} de 4 trimestres.",
            )
        )
        for year, waves in years(pack).items()
        if len(waves) < len(QUARTERS)
    )
