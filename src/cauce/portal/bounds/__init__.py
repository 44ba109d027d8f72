"""What one reader may take of the server, so that all the others are answered."""

from cauce.portal.bounds.again import Again
from cauce.portal.bounds.answers import pin
from cauce.portal.bounds.cost import TooMuch, afford, afford_all, afford_table, afford_tables
from cauce.portal.bounds.gate import Gate
from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused
from cauce.portal.bounds.refusing import Refusing
from cauce.portal.bounds.sending import sent

__all__ = [
    "Again",
    "Gate",
    "Limits",
    "Refused",
    "Refusing",
    "TooMuch",
    "afford",
    "afford_all",
    "afford_table",
    "afford_tables",
    "pin",
    "sent",
]
