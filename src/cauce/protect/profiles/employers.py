"""The rule of Cauce for surveys of employers: the coefficient of variation, and nothing else.

Counts of firms are asked by confidentiality (five of them, and none with over 70 %); how precise a
number is, an optimal sample of firms says by its error alone, since few large ones are all taken.
"""

from cauce.model.observation import Reliability
from cauce.protect.profiles.criteria import VARIES, Profile, cv_within, gap_within

EMPLOYERS = Profile(
    version="employers-1",
    source="Cauce: CV above 30 % is withheld, above 20 % is flagged",
    criteria=(
        cv_within(0.30, Reliability.UNRELIABLE, "all"),
        gap_within(0.30, Reliability.UNRELIABLE),
        cv_within(0.20, Reliability.WEAK, "all"),
        gap_within(0.20, Reliability.WEAK),
        VARIES,
    ),
)
