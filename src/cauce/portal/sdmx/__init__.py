"""SDMX addresses."""

from starlette.routing import Route


def routes(reader: object) -> list[Route]:
    return []
