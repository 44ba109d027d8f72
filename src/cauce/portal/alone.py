"""A page that needs no portal around it, as a file to print or send."""

from pathlib import Path

from cauce.model.text import Language
from cauce.portal.pages import Pages
from cauce.portal.quality import quality_page
from cauce.portal.words import words
from cauce.publish.quality import Report

TEMPLATES = Path(__file__).parent / "templates"


def quality_html(report: Report, language: Language) -> str:
    """The quality report as one HTML file, with its style inside and no script."""
    page = quality_page(report, words(language))
    return Pages(TEMPLATES, "").alone("quality_alone.html", page, language)
