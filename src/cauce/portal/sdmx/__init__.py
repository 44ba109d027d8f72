"""The SDMX service: `/sdmx/v1` speaks SDMX 2.1, `/sdmx/v2` speaks SDMX 3.0 and 3.1."""

from cauce.portal.sdmx.service import METHODS, routes, sdmx_refusal

__all__ = ["METHODS", "routes", "sdmx_refusal"]
