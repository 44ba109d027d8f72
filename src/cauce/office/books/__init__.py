"""A register as a workbook: taken away with what its reader may see, and sent back filled in."""

from cauce.office.books.routes import routes

__all__ = ["routes"]
