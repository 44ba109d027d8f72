"""The editors' side: forms, review, history, and the registers for programs.

GSBPM: phases 4 (collect), 5.3 (review and validate).
"""

from cauce.office.app import Entrance, create_office

__all__ = ["Entrance", "create_office"]
