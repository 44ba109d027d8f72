"""What of a release is withheld and why: for who may see it, since in public it looks alike."""

from cauce.office.protection.routes import routes

__all__ = ["routes"]
