"""The error for what was published and is no more."""

from cauce.model.errors import BadInput


class Withdrawn(BadInput):
    """A vintage was withdrawn; the message gives the reason. The portal answers 410."""
