"""Disseminate (GSBPM phase 7): a corridor on two printed pages."""

from cauce.publish.brief.sheets import PAPERS, brief_pdf

__all__ = ["PAPERS", "brief_pdf"]
