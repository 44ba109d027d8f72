"""What one reader may take of the server, so that all the others are answered."""

from cauce.portal.bounds.cost import TooMuch, afford, afford_table
from cauce.portal.bounds.gate import Gate
from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused
from cauce.portal.bounds.sending import sent

__all__ = ["Gate", "Limits", "Refused", "TooMuch", "afford", "afford_table", "sent"]
