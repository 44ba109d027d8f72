"""The data explorer: a table as a reader wants it, on a page and in files."""

from cauce.portal.explorer.missing import no_number, or_missing
from cauce.portal.explorer.routes import PAGES
from cauce.portal.explorer.shelf import Shelf, shelf_of

__all__ = ["PAGES", "Shelf", "no_number", "or_missing", "shelf_of"]
