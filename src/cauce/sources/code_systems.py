"""Which international classification the codes of a column could be of. Runs in the worker."""

from collections.abc import Callable, Mapping

import pycountry

MOST_CODES = 2_000
"""A column with more different values is no column of codes."""

# Sub-major groups: the first two digits of a code.
# ILO (2012), International Standard Classification of Occupations, ISCO-08, volume 1, annex 1.
SUB_MAJOR = {0: 3, 1: 4, 2: 6, 3: 5, 4: 4, 5: 4, 6: 3, 7: 5, 8: 3, 9: 6}
ISCO08 = frozenset(
    f"{major}{minor}" for major, last in SUB_MAJOR.items() for minor in range(1, last + 1)
)
# Divisions. United Nations (2008), ISIC, Rev.4, Statistical Papers, series M, no. 4, part two.
NO_DIVISIONS = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}
ISIC4 = frozenset(f"{number:02d}" for number in set(range(1, 100)) - NO_DIVISIONS)
ALPHA3 = frozenset(country.alpha_3 for country in pycountry.countries)
NUMERIC = frozenset(country.numeric for country in pycountry.countries)


def starts_in(groups: frozenset[str]) -> Callable[[str], bool]:
    """Whether a code of two to six digits begins with a group, a lost leading zero put back.

    Offices add digits of their own: Costa Rica's ISIC has five.
    """

    def fits(code: str) -> bool:
        digits = code.isdecimal() and code.isascii() and 1 < len(code) < 7
        return digits and (code[:2] in groups or f"0{code[0]}" in groups)

    return fits


SYSTEMS: Mapping[str, Callable[[str], bool]] = {
    "ISO 3166-1 alpha-3": lambda code: code.upper() in ALPHA3,
    "ISO 3166-1 numeric": lambda code: code.isdecimal() and code.zfill(3) in NUMERIC,
    "ISCO-08": starts_in(ISCO08),
    "ISIC Rev.4": starts_in(ISIC4),
}


def shares(counts: Mapping[str, int]) -> dict[str, float]:
    """Of the respondents who have a value, the share whose value each system knows.

    Args:
        counts: how many respondents have each value.

    Returns the systems that know any; nothing where there are too many values for codes.
    """
    total = sum(counts.values())
    if not total or len(counts) > MOST_CODES:
        return {}
    found = {
        name: sum(count for code, count in counts.items() if fits(code)) / total
        for name, fits in SYSTEMS.items()
    }
    return {name: share for name, share in found.items() if share}


def numeric_of(alpha3: str) -> str:
    """The numeric code of a country without leading zeros, "" if it has none."""
    country = pycountry.countries.get(alpha_3=alpha3)
    return str(int(country.numeric)) if country else ""
