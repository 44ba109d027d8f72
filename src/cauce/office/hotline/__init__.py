"""The hotline: complaints taken, screened, referred and looked for, by who hears them."""

from cauce.office.hotline.routes import routes

__all__ = ["routes"]
