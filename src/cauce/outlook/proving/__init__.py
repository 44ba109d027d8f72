"""Whether a forecast may be believed: what adds up, what past errors say, who forecasts better.

Methods come in as arguments: nothing here knows how a forecast is made.
GSBPM phase 6, analyse: validate outputs.
"""

from cauce.outlook.proving.reconciliation import reconcile
from cauce.outlook.proving.rounding import rounded
from cauce.outlook.proving.tree import Hierarchy, coherence, hierarchy

__all__ = ["Hierarchy", "coherence", "hierarchy", "reconcile", "rounded"]
