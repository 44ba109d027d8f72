"""Coming in: who somebody is, before anything else is asked. GSBPM phase: overarching (security).

`routes` and `guards` are put into the office's app; every request then knows
`request.state.account`, None for who is not signed in.
"""

from cauce.office.doors.guard import Guard, OfficeHeaders, csrf_field, csrf_of, kept_page
from cauce.office.doors.provider import Provider
from cauce.office.doors.routes import guards, routes
from cauce.office.doors.setting import Doors

__all__ = [
    "Doors",
    "Guard",
    "OfficeHeaders",
    "Provider",
    "csrf_field",
    "csrf_of",
    "guards",
    "kept_page",
    "routes",
]
