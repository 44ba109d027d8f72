"""The addresses of finding, knowing and taking along, together."""

from cauce.portal.browse.routes import PAGES as BROWSE
from cauce.portal.finding.routes import PAGES as FINDING
from cauce.portal.metadata.routes import PAGES as METADATA
from cauce.portal.releases.routes import DATED
from cauce.portal.releases.routes import PAGES as RELEASES
from cauce.portal.visit import Handler

__all__ = ["DATED", "PAGES"]

PAGES: tuple[tuple[str, Handler], ...] = (*FINDING, *BROWSE, *METADATA, *RELEASES)
