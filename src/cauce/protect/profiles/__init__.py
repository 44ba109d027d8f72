"""Reliability profiles: is a number precise enough to be read?"""

from cauce.model.errors import BadInput
from cauce.protect.profiles.criteria import Evidence, Profile, Verdicts, judge
from cauce.protect.profiles.eclac_2020 import ECLAC_2020
from cauce.protect.profiles.eclac_2023 import ECLAC_2023
from cauce.protect.profiles.employers import EMPLOYERS
from cauce.protect.profiles.eurostat_lfs import eurostat_lfs
from cauce.protect.profiles.ilo import ILO
from cauce.protect.profiles.ine_cl import INE_CL

__all__ = ["PROFILES", "Evidence", "Profile", "Verdicts", "judge", "profile"]

FIXED = {
    "ilo": ILO,
    "ine_cl": INE_CL,
    "eclac_2020": ECLAC_2020,
    "eclac_2023": ECLAC_2023,
    "employers": EMPLOYERS,
}
PROFILES = (*FIXED, "eurostat_lfs")


def profile(name: str, limits: tuple[float, float] | None) -> Profile:
    """The profile of that name, with the country's limits where it needs them.

    Raises:
        BadInput: there is no such profile; eurostat_lfs lacks limits, or not 0 < a <= b.
    """
    if name in FIXED:
        return FIXED[name]
    if name != "eurostat_lfs":
        raise BadInput(
            f"The pack asks for the reliability profile '{name}', which does not exist. "
            f"Choose one of: {', '.join(PROFILES)}."
        )
    if limits is None or not 0 < limits[0] <= limits[1]:
        raise BadInput(
            "The reliability profile eurostat_lfs needs the country's limits a and b, in people, "
            "with 0 < a <= b. Add limits = [a, b] to [rules] in pack.toml."
        )
    return eurostat_lfs(*limits)
