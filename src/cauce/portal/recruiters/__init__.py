"""Whether a recruiter is licensed on a day, as the public registers say."""

from cauce.portal.recruiters.routes import DATED, PAGES

__all__ = ["DATED", "PAGES"]
