"""The rule of the ILO's published microdata code: the number of cases, and nothing else."""

from cauce.model.observation import Reliability
from cauce.protect.profiles.criteria import Profile, at_least

ILO = Profile(
    version="ilo-1",
    source="ILO, iloMicro (R code): 15 cases to be reliable, 5 to be published",
    criteria=(
        at_least("cases", 5, Reliability.UNRELIABLE),
        at_least("cases", 15, Reliability.WEAK),
    ),
)
