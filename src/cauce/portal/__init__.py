"""The public pages and the SDMX service: reads releases and nothing else. GSBPM: phase 7."""

from cauce.portal.app import create_app

__all__ = ["create_app"]
