"""Releases that wait for a second person: who holds them, what they change, and the yes."""

from cauce.office.releases.routes import routes

__all__ = ["routes"]
