"""The public pages of registers: what publishing wrote to the store, and nothing behind it."""

from cauce.portal.registers.routes import DATED, PAGES

__all__ = ["DATED", "PAGES"]
