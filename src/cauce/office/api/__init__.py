"""The registers for programs: JSON at /api/v1, described by an OpenAPI document."""

from cauce.office.api.problems import problem_of
from cauce.office.api.routes import routes

__all__ = ["problem_of", "routes"]
