"""Codes of occupations and industries from what people write, offline, in Spanish and English.

GSBPM 5.2, classify and code. An index of known titles speaks first, then a linear model where it is
sure enough; the rest gets fewer digits or none, and a list of five for a clerk. Strings in and
proposals out: files are read in `sources.coding`, and `pipeline.coding` knows the order.
"""

from cauce.outlook.coding.agreement import Agreement, agreement, in_or_out
from cauce.outlook.coding.coder import Coded, Coder, Proposal, Said
from cauce.outlook.coding.doubles import SHARE, drawn_twice
from cauce.outlook.coding.features import Features
from cauce.outlook.coding.index import Index, Title, make_index
from cauce.outlook.coding.linear import Linear
from cauce.outlook.coding.margins import Margins, set_margins
from cauce.outlook.coding.normal import Words, normalise, token
from cauce.outlook.coding.scheme import LEVELS, Scheme
from cauce.outlook.coding.train import (
    HeldOut,
    Lesson,
    Material,
    hold_out,
    learn,
    margins_of,
    material,
)

__all__ = [
    "LEVELS",
    "SHARE",
    "Agreement",
    "Coded",
    "Coder",
    "Features",
    "HeldOut",
    "Index",
    "Lesson",
    "Linear",
    "Margins",
    "Material",
    "Proposal",
    "Said",
    "Scheme",
    "Title",
    "Words",
    "agreement",
    "drawn_twice",
    "hold_out",
    "in_or_out",
    "learn",
    "make_index",
    "margins_of",
    "material",
    "normalise",
    "set_margins",
    "token",
]
