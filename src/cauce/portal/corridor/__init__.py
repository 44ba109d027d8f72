"""The corridor: everything Cauce knows of an ordered pair of countries, in one place."""

from cauce.portal.corridor.routes import DATED, PAGES

__all__ = ["DATED", "PAGES"]
