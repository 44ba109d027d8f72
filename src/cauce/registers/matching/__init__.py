"""Which spellings of a name may be one organisation: proposals with reasons, for a person.

GSBPM 5.1, integrate data. Nothing here merges anything.
"""

from cauce.registers.matching.alike import Alike, alike
from cauce.registers.matching.clusters import Proposal, Question, propose
from cauce.registers.matching.likeness import ACCEPT, REVIEW, Likeness, likeness
from cauce.registers.matching.spelling import Spelling, spelling

__all__ = [
    "ACCEPT",
    "REVIEW",
    "Alike",
    "Likeness",
    "Proposal",
    "Question",
    "Spelling",
    "alike",
    "likeness",
    "propose",
    "spelling",
]
