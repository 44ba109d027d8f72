"""The pages of crises: what passed, who works there, whom to call, what is not known."""

from cauce.portal.crisis.numbers import crisis_paths
from cauce.portal.crisis.routes import PAGES

__all__ = ["PAGES", "crisis_paths"]
