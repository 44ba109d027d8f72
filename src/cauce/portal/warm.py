"""What every first reader would wait for, opened before the first one comes."""

from contextlib import suppress

from starlette.applications import Starlette

from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES
from cauce.portal.visit import Site
from cauce.portal.words import words


def warm(app: Starlette) -> None:
    """Read the templates, our words and what the store has; no thread is started.

    A store that cannot be read yet is no fault: the pages say so.
    """
    site: Site = app.state.site
    site.pages.read_all()
    for language in LANGUAGES:
        told = words(language)
        told.number(1.5, 1), told.iso_day("2026-01-01")
    with suppress(BadInput):
        site.reader.snapshot().flows()
