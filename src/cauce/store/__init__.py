"""What is published: immutable vintages and one pointer to the current ones. GSBPM: phase 7.1."""

from cauce.store.reader import Reader, Snapshot
from cauce.store.revisions import Revision, revisions
from cauce.store.withdrawn import Withdrawn
from cauce.store.writer import Store

__all__ = ["Reader", "Revision", "Snapshot", "Store", "Withdrawn", "revisions"]
