"""What is to be said beside public records: what may not be compared or added, and why."""

from cauce.model.shelf import Filled


def said(filled: Filled) -> Filled:
    """The register with the sentences that go with its records."""
    return filled
