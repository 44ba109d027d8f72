"""The SDMX service: `/sdmx/v1` speaks SDMX 2.1, `/sdmx/v2` speaks SDMX 3.0."""

from cauce.portal.sdmx.service import routes, sdmx_refusal

__all__ = ["routes", "sdmx_refusal"]
