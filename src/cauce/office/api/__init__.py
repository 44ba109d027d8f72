"""The registers for programs: JSON at /api/v1."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from cauce.office.desk.failures import status_of
from cauce.office.seat import Office


def routes(office: Office) -> list[BaseRoute]:
    return []


def problem_of(request: Request, error: Exception) -> Response:
    return JSONResponse({"status": status_of(error)}, status_of(error))
