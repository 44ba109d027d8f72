"""Why the store cannot give what was asked; each is a BadInput."""

from cauce.model.errors import BadInput


class NotPublished(BadInput):
    """There is no such dataflow, vintage or generation. The portal answers 404."""


class Withdrawn(BadInput):
    """A vintage was withdrawn; `reason` says why. The portal answers 410."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class Damaged(BadInput):
    """A file of the store is missing or not what was written; the message names it.

    The portal answers 503 for what rests on that file and serves the rest.
    """
