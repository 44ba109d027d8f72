"""The outlook: what work will need, how sure that is, and what is not known."""

from cauce.portal.outlook.routes import PAGES

__all__ = ["PAGES"]
