"""GSBPM 6.4: an attacker of our own, who tries a release before anybody else can.

A release is what its reader is told: sums of unknowns, each within bounds. The attacker bounds
every number that is withheld, tells which bounds are too narrow, and by which public numbers.
"""

from cauce.protect.attack.attack import attack
from cauce.protect.attack.clock import Unfinished
from cauce.protect.attack.found import Found
from cauce.protect.attack.repair import cells_of, repair, without

__all__ = ["Found", "Unfinished", "attack", "cells_of", "repair", "without"]
